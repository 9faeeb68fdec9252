import type { IndexedInstance } from '../sessions/index-instance.ts';

/** Rooms that no rule tells apart, in order. */
export interface RoomClass {
  readonly rooms: readonly number[];
}

/**
 * Rooms by all that a rule can see of them. Rooms of one class can be exchanged slot by slot for
 * everything but `same-room`: where that is asked for, each room is a class of its own.
 */
export function roomClasses(indexed: IndexedInstance): readonly RoomClass[] {
  const isApart = indexed.rules.some(({ kind }) => kind === 'same-room');
  const wished = indexed.rules.filter(({ kind }) => kind === 'room-wish');
  const fixed = new Set(
    [
      ...indexed.sessions.map(({ pinned }) => pinned?.room),
      ...indexed.rules.flatMap(({ from }) => [...from.values()].map(({ room }) => room)),
    ].filter((room) => room !== undefined),
  );
  const limited = indexed.sessions.filter(({ rooms }) => rooms !== undefined);
  const classes = new Map<string, number[]>();
  for (const [room, { capacity, features, closed }] of indexed.rooms.entries()) {
    const seen = [
      capacity,
      [...features].sort(),
      [...closed].sort((one, other) => one - other),
      wished.map(({ rooms }) => rooms.has(room)),
      limited.map(({ rooms }) => rooms?.has(room)),
      isApart || fixed.has(room) ? room : -1,
    ];
    // JSON writes Infinity as null, which no capacity is.
    const key = JSON.stringify(seen);
    const same = classes.get(key) ?? [];
    same.push(room);
    classes.set(key, same);
  }
  return [...classes.values()].map((rooms) => ({ rooms }));
}
