import type { Assumed } from './assumed.ts';

/** Slots in which the same sessions can run, in rooms that are alike, before the same people. */
export interface SlotClass {
  readonly slots: readonly number[];
  /** By session: whether it may run then. */
  readonly mayRun: Uint8Array;
  /** By session: the rooms that it may be in, as bits; 0 for one that takes none. */
  readonly rooms: Int32Array;
  /** The most sessions that can run. */
  readonly most: number;
  /** By person: whether they are there. */
  readonly isThere: Uint8Array;
}

/** Rooms beyond so many are not told apart: only their number counts, which is still a bound. */
const MOST_ROOMS = 30;

/** All slots, those that no bound could tell apart together. */
export function slotClasses(assumed: Assumed): SlotClass[] {
  const { indexed } = assumed;
  const covers = indexed.sessions.map((_, session) => new Set(assumed.mayCover(session)));
  const isRoomLimited = assumed.holds('room-taken');
  const tellRooms = isRoomLimited && indexed.rooms.length <= MOST_ROOMS;
  const found = new Map<string, { slots: number[] } & Omit<SlotClass, 'slots'>>();
  for (const slot of indexed.slots.keys()) {
    const mayRun = Uint8Array.from(covers, (of) => Number(of.has(slot)));
    const isThere = Uint8Array.from(indexed.people, ({ away }) => Number(!away.has(slot)));
    const rooms = Int32Array.from(indexed.sessions, ({ takesRoom }, session) => {
      if (!takesRoom || !tellRooms || mayRun[session] === 0) return 0;
      return roomBits(assumed, session, slot);
    });
    const usable = rooms.reduce((all, bits) => all | bits, 0);
    const roomless = indexed.sessions.filter(
      ({ takesRoom }, session) => !takesRoom && mayRun[session] === 1,
    ).length;
    const open = tellRooms ? bitsIn(usable) : indexed.rooms.length;
    const most = isRoomLimited ? open + roomless : indexed.sessions.length;
    const key = `${mayRun.join('')} ${isThere.join('')} ${rooms.join(' ')}`;
    const same = found.get(key);
    if (same) same.slots.push(slot);
    else found.set(key, { slots: [slot], mayRun, rooms, most, isThere });
  }
  return [...found.values()];
}

/** The rooms in which a session may be while it runs in a slot, wherever it started. */
function roomBits(assumed: Assumed, session: number, slot: number): number {
  const { indexed } = assumed;
  const length = indexed.sessions[session]?.length ?? 1;
  let bits = 0;
  for (const start of assumed.starts(session)) {
    if (start > slot || start + length <= slot) continue;
    for (const room of indexed.rooms.keys()) {
      if (assumed.allowsAt(session, start, room)) bits |= 1 << room;
    }
  }
  return bits;
}

export function bitsIn(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count += 1;
  return count;
}

/**
 * A partition of the sessions into sets of which no two can run at a time: greedily, each session
 * into the first set that it fits. Numbers from 0, one for each session.
 */
export function exclusiveSets(assumed: Assumed): Int32Array {
  const sets: number[][] = [];
  return Int32Array.from(assumed.indexed.sessions, (_, session) => {
    const fitting = sets.findIndex((set) => set.every((other) => assumed.excludes(session, other)));
    if (fitting >= 0) {
      sets[fitting]?.push(session);
      return fitting;
    }
    sets.push([session]);
    return sets.length - 1;
  });
}
