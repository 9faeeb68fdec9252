import { seededRandom } from '@cairn/kernel/random';
import { checkTimetable } from '@cairn/timetable/sessions/checker';
import { type IndexedInstance, indexInstance } from '@cairn/timetable/sessions/index-instance';
import type { Instance, Rule, Timetable, Values } from '@cairn/timetable/sessions/model';

/** Instances for tests, small enough that every timetable of them can be looked at. */
export function smallInstance(seed: number): IndexedInstance {
  const random = seededRandom(seed);
  const below = (count: number) => Math.floor(random() * count);
  const chance = (of: number) => random() < of;
  const some = <T>(items: readonly T[], of: number): T[] => items.filter(() => chance(of));
  const named = (what: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${what}${index}`);
  const slots = named('t', 2 + below(3));
  const rooms = named('r', 1 + below(2));
  const people = named('p', 1 + below(3));
  const sessions = named('s', 2 + below(slots.length * rooms.length > 6 ? 2 : 3));
  const about = () => some(sessions, 0.6);
  const place = () => ({
    slot: slots[below(slots.length)] ?? '',
    ...(chance(0.5) ? { room: rooms[below(rooms.length)] ?? '' } : {}),
  });
  const base = () => ({ level: below(3), weight: 1 + below(3) });
  const kinds: (() => Rule)[] = [
    () => ({ kind: 'placed', ...base(), measure: chance(0.5) ? 'people' : 'sessions' }),
    () => ({ kind: 'room-size', ...base(), measure: chance(0.5) ? 'seats' : 'sessions' }),
    () => ({ kind: 'room-taken', ...base() }),
    () => ({ kind: 'person-twice', ...base() }),
    () => ({ kind: 'person-away', ...base() }),
    () => ({ kind: 'runs-over', ...base() }),
    () => ({ kind: 'exclusive', ...base() }),
    () => ({ kind: 'track-clash', ...base() }),
    () => ({ kind: 'interest', ...base() }),
    () => ({ kind: 'interest', level: 1 }),
    () => ({ kind: 'worst-off', ...base() }),
    () => ({ kind: 'day-pattern', ...base(), pattern: 'alone' }),
    () => ({ kind: 'day-pattern', ...base(), pattern: 'last-slot' }),
    () => ({ kind: 'day-pattern', ...base(), pattern: 'three-in-a-row' }),
    () => ({ kind: 'before', ...base(), sessions: about(), slots: below(2) }),
    () => ({ kind: 'consecutive', ...base(), sessions: about() }),
    () => ({ kind: 'together', ...base(), sessions: about() }),
    () => ({ kind: 'apart', ...base(), sessions: about() }),
    () => ({ kind: 'same-day', ...base(), sessions: about() }),
    () => ({ kind: 'other-day', ...base(), sessions: about() }),
    () => ({ kind: 'same-room', ...base(), sessions: about() }),
    () => ({
      kind: 'slot-wish',
      ...base(),
      sessions: about(),
      slots: some(slots, 0.5),
      wish: chance(0.5) ? 'in' : 'out',
    }),
    () => ({
      kind: 'room-wish',
      ...base(),
      sessions: about(),
      rooms: some(rooms, 0.5),
      wish: chance(0.5) ? 'in' : 'out',
    }),
    () => ({ kind: 'spread', ...base(), sessions: about(), days: 1 + below(3) }),
    () => ({ kind: 'compact', ...base(), sessions: about() }),
    () => ({ kind: 'attends', ...base(), sessions: about(), least: 1 + below(2) }),
    () => ({
      kind: 'unmoved',
      ...base(),
      from: Object.fromEntries(about().map((session) => [session, place()])),
      measure: chance(0.5) ? 'people' : 'sessions',
    }),
  ];
  const instance: Instance = {
    slots: slots
      .map((key, index) => ({
        key,
        day: index < 2 || chance(0.2) ? 'first' : 'last',
        start: 60 * index,
        end: 60 * index + 60,
      }))
      .sort((one, other) => one.start - other.start),
    rooms: rooms.map((key) => ({
      key,
      ...(chance(0.7) ? { capacity: 10 * (1 + below(3)) } : {}),
      features: some(['screen', 'board'], 0.5),
      closed: some(slots, 0.1),
    })),
    people: people.map((key) => ({
      key,
      away: some(slots, 0.15),
      interest: Object.fromEntries(some(sessions, 0.7).map((session) => [session, 1 + below(3)])),
    })),
    sessions: sessions.map((key) => ({
      key,
      kind: chance(0.85) ? 'session' : chance(0.5) ? 'plenary' : 'block',
      length: chance(0.8) ? 1 : 2,
      size: 10 * below(4),
      needs: some(['screen', 'board'], 0.2),
      tracks: some(['red', 'blue'], 0.5),
      leads: some(people, 0.3),
      people: some(people, 0.2),
      ...(chance(0.2) ? { slots: some(slots, 0.7) } : {}),
      ...(chance(0.15) ? { rooms: some(rooms, 0.7) } : {}),
      ...(chance(0.1) ? { pinned: place() } : {}),
      isOptional: chance(0.15),
      isRoomless: chance(0.1),
    })),
    rules: Array.from({ length: below(5) }, () => kinds[below(kinds.length)]?.()).filter(
      (rule) => rule !== undefined,
    ),
  };
  const days = instance.slots.map(({ day }) => day);
  const sorted = [...days].sort();
  const indexed = indexInstance({
    ...instance,
    slots: instance.slots.map((slot, index) => ({ ...slot, day: sorted[index] ?? 'last' })),
  });
  if (!indexed.ok) throw new Error(JSON.stringify(indexed.error));
  return indexed.value;
}

/** Every timetable of an instance with its values, in an order that is always the same. */
export function* everyTimetable(
  indexed: IndexedInstance,
): Generator<{ readonly timetable: Timetable; readonly values: Values }> {
  const slot = indexed.sessions.map(() => -1);
  const room = indexed.sessions.map(() => -1);
  function* from(session: number): Generator<{ timetable: Timetable; values: Values }> {
    const each = indexed.sessions[session];
    if (each === undefined) {
      const timetable = { slot: [...slot], room: [...room] };
      yield { timetable, values: checkTimetable(indexed, timetable).values };
      return;
    }
    const rooms = each.takesRoom ? indexed.rooms.map((_, number) => number) : [-1];
    slot[session] = -1;
    room[session] = -1;
    yield* from(session + 1);
    for (const at of indexed.slots.keys()) {
      for (const where of rooms) {
        slot[session] = at;
        room[session] = where;
        yield* from(session + 1);
      }
    }
    slot[session] = -1;
    room[session] = -1;
  }
  yield* from(0);
}

/** Small summits in which people have to choose: few slots, sessions side by side, leads, absences. */
export function smallSummit(seed: number): IndexedInstance {
  const random = seededRandom(seed);
  const below = (count: number) => Math.floor(random() * count);
  const named = (what: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${what}${index}`);
  const slots = named('t', 2 + below(2));
  const rooms = named('r', slots.length === 2 ? 2 + below(2) : 2);
  const people = named('p', 3 + below(3));
  const sessions = named('s', 4);
  const some = <T>(items: readonly T[], of: number): T[] => items.filter(() => random() < of);
  const indexed = indexInstance({
    slots: slots.map((key, at) => ({ key, day: 'day', start: 60 * at, end: 60 * at + 60 })),
    rooms: rooms.map((key, at) => ({ key, capacity: 20 - 10 * Math.min(at, 1) })),
    people: people.map((key) => ({
      key,
      away: some(slots, 0.1),
      interest: Object.fromEntries(some(sessions, 0.8).map((session) => [session, 1 + below(4)])),
    })),
    sessions: sessions.map((key, at) => ({
      key,
      size: 10 + 10 * below(2),
      length: random() < 0.1 ? 2 : 1,
      tracks: [at < 2 && random() < 0.3 ? 'red' : `own ${at}`],
      leads: some(people, 0.12),
      isOptional: random() < 0.1,
    })),
    rules: [
      { kind: 'track-clash', level: 0 },
      { kind: 'interest', level: 1, weight: 1 + below(2) },
    ],
  });
  if (!indexed.ok) throw new Error(JSON.stringify(indexed.error));
  return indexed.value;
}
