import type { Problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { Instance, Room, Rule, Session, Timetable } from '../sessions/model.ts';
import { JsonReader } from './json-reader.ts';
import { parseJsonText, pathInto, placeByPath } from './json-text.ts';
import { checkSizes, MOST } from './sizes.ts';
import { readTpacSlots, type TpacSlots } from './tpac-slots.ts';

/**
 * Breakout sessions of W3C’s TPAC and Breakouts Days, as the JSON of slots, rooms and sessions with a
 * published grid. Chairs must not be in two sessions at a time, sessions are only in slots that are
 * possible for them, and breaks part slots. The rest is wished, in this order: that every session has a
 * place, that sessions which were declared to conflict do not run beside each other, that rooms are
 * large enough, that sessions of a track do not run beside each other.
 *
 * A session that asks for a class of room (small, medium, big) needs as many places as the smallest room
 * of that class or a larger one has.
 */
export const TPAC_LEVELS = [
  'what must hold',
  'sessions without a place',
  'declared conflicts',
  'rooms that are too small',
  'clashes of tracks',
] as const;

const CLASSES = ['small', 'medium', 'big'] as const;
type SizeClass = (typeof CLASSES)[number];

/** Reads a file of either year. */
export function readTpac(text: string, file: string): Result<Instance, Problem[]> {
  const read = documentOf(text, file);
  if (!read.ok) return read;
  const { reader, instance } = read.value;
  const problems = reader.problems.length > 0 ? reader.problems : checkSizes(instance, file);
  return problems.length > 0 ? fail(placeByPath(problems, text, file)) : ok(instance);
}

/** Reads the published grid of such a file. */
export function readTpacGrid(
  text: string,
  instance: Instance,
  file: string,
): Result<Timetable, Problem[]> {
  const read = documentOf(text, file);
  if (!read.ok) return read;
  const { reader, slots, sessions } = read.value;
  const numbers = new Map(instance.sessions.map(({ key }, number) => [key, number]));
  const rooms = new Map(instance.rooms.map(({ key }, number) => [key, number]));
  const slot = instance.sessions.map(() => -1);
  const room = instance.sessions.map(() => -1);
  for (const [index, value] of sessions.entries()) {
    const path = pathInto('sessions', index);
    const { id, published } = reader.map(value, path);
    const number = numbers.get(keyOf(reader, id, pathInto(path, 'id')));
    if (number === undefined) {
      reader.refuse('unknown-key', pathInto(path, 'id'), 'There is no such session.');
    }
    if (published === undefined || published === null || number === undefined) continue;
    const places = reader.list(published, pathInto(path, 'published'), MOST.slots);
    for (const [nth, place] of places.entries()) {
      const at = pathInto(pathInto(path, 'published'), nth);
      const { slot: when, room: where } = reader.map(place, at);
      const found = slots.find(reader, when, pathInto(at, 'slot'));
      const inRoom = rooms.get(keyOf(reader, where, pathInto(at, 'room')));
      if (inRoom === undefined) {
        reader.refuse('unknown-key', pathInto(at, 'room'), 'There is no such room.');
      }
      // A session of several slots is published once in each of them.
      if (found === undefined || ((slot[number] ?? -1) !== -1 && found > (slot[number] ?? 0)))
        continue;
      slot[number] = found;
      room[number] = inRoom ?? -1;
    }
  }
  if (reader.problems.length > 0) return fail(placeByPath(reader.problems, text, file));
  return ok({ slot, room });
}

/** The file with another grid published in it. */
export function writeTpacGrid(instance: Instance, timetable: Timetable, original: string): string {
  const reader = new JsonReader();
  const document = reader.map(JSON.parse(original), '');
  const { slots: written, sessions } = document;
  const slots = readTpacSlots(reader, written);
  const numbers = new Map(instance.sessions.map(({ key }, number) => [key, number]));
  const withGrid = reader.list(sessions, 'sessions', MOST.sessions).map((value) => {
    const session = reader.map(value, '');
    const { id } = session;
    const number = numbers.get(keyOf(reader, id, '')) ?? -1;
    const slot = timetable.slot[number] ?? -1;
    const room = instance.rooms[timetable.room[number] ?? -1];
    const covered = Math.min(
      slots.slots.length - slot,
      slot < 0 || room === undefined ? 0 : (instance.sessions[number]?.length ?? 1),
    );
    const published = Array.from({ length: Math.max(0, covered) }, (_, step) => ({
      slot: slots.written[slot + step],
      room: room?.key,
    }));
    return { ...session, published };
  });
  return `${JSON.stringify({ ...document, sessions: withGrid }, null, 1)}\n`;
}

interface TpacDocument {
  readonly reader: JsonReader;
  readonly instance: Instance;
  readonly slots: TpacSlots;
  readonly sessions: readonly unknown[];
}

function documentOf(text: string, file: string): Result<TpacDocument, Problem[]> {
  const parsed = parseJsonText(text, file);
  if (!parsed.ok) return parsed;
  const reader = new JsonReader();
  const {
    event,
    slots: writtenSlots,
    rooms: writtenRooms,
    sessions,
  } = reader.map(parsed.value, '');
  const slots = readTpacSlots(reader, writtenSlots);
  const rooms = reader
    .list(writtenRooms, 'rooms', MOST.rooms)
    .map((item, index) => roomOf(reader, item, pathInto('rooms', index)));
  const listed = reader.list(sessions, 'sessions', MOST.sessions);
  const read = listed.map((item, index) =>
    sessionOf(reader, item, pathInto('sessions', index), slots, rooms),
  );
  const keys = new Set<string>();
  for (const [index, { session }] of read.entries()) {
    const path = pathInto(pathInto('sessions', index), 'id');
    if (keys.has(session.key)) reader.refuse('key-twice', path, 'This session is there twice.');
    keys.add(session.key);
  }
  for (const [index, { conflicts }] of read.entries()) {
    for (const [nth, other] of conflicts.entries()) {
      if (keys.has(other)) continue;
      const path = pathInto(pathInto(pathInto('sessions', index), 'conflicts'), nth);
      reader.refuse('unknown-key', path, 'There is no such session.');
    }
  }
  const instance: Instance = {
    ...(event === undefined ? {} : { title: reader.text(event, 'event') }),
    slots: slots.slots,
    rooms: rooms.map(({ room }) => room),
    people: [...new Set(read.flatMap(({ session }) => session.leads ?? []))].map((key) => ({
      key,
    })),
    sessions: read.map(({ session }) => session),
    rules: [
      { kind: 'placed', level: 1, name: 'every session takes place' },
      ...declared(read),
      { kind: 'room-size', level: 3, name: 'rooms are large enough' },
      { kind: 'track-clash', level: 4, name: 'one session of a track at a time' },
    ],
    levels: TPAC_LEVELS,
    pauseMinutes: slots.pauseMinutes,
  };
  return ok({ reader, instance, slots, sessions: listed });
}

/** Ids are words or numbers. */
const keyOf = (reader: JsonReader, value: unknown, path: string): string =>
  typeof value === 'number' ? String(value) : reader.text(value, path);

interface TpacRoom {
  readonly room: Room;
  readonly size: SizeClass | undefined;
}

function roomOf(reader: JsonReader, item: unknown, path: string): TpacRoom {
  if (typeof item === 'string') return { room: { key: reader.text(item, path) }, size: undefined };
  const { id, capacity, size } = reader.map(item, path);
  const hasCapacity = capacity !== undefined && capacity !== null;
  return {
    room: {
      key: keyOf(reader, id, pathInto(path, 'id')),
      ...(hasCapacity
        ? { capacity: reader.whole(capacity, pathInto(path, 'capacity'), 0, MOST.number) }
        : {}),
    },
    size: classOf(reader, size, pathInto(path, 'size')),
  };
}

const classOf = (reader: JsonReader, value: unknown, path: string): SizeClass | undefined =>
  value === undefined || value === null ? undefined : reader.choice(value, path, CLASSES);

/** The places of the smallest room of a class or a larger one. */
function placesOf(size: SizeClass | undefined, rooms: readonly TpacRoom[]): number {
  if (size === undefined) return 0;
  const capacities = rooms
    .filter(
      (each) => each.size !== undefined && CLASSES.indexOf(each.size) >= CLASSES.indexOf(size),
    )
    .map(({ room }) => room.capacity ?? 0);
  const largest = Math.max(0, ...rooms.map(({ room }) => room.capacity ?? 0));
  return capacities.length > 0 ? Math.min(...capacities) : largest + 1;
}

interface TpacSession {
  readonly session: Session;
  readonly conflicts: readonly string[];
}

function sessionOf(
  reader: JsonReader,
  item: unknown,
  path: string,
  slots: TpacSlots,
  rooms: readonly TpacRoom[],
): TpacSession {
  const { id, chairs, capacity, track, span, possibleSlots, conflicts } = reader.map(item, path);
  const isGiven = (value: unknown): boolean => value !== undefined && value !== null;
  const size =
    typeof capacity === 'number'
      ? reader.whole(capacity, pathInto(path, 'capacity'), 0, MOST.number)
      : placesOf(classOf(reader, capacity, pathInto(path, 'capacity')), rooms);
  const listAt = (key: string, value: unknown): readonly unknown[] =>
    isGiven(value) ? reader.list(value, pathInto(path, key), MOST.sessions) : [];
  const possible = listAt('possibleSlots', possibleSlots).flatMap((slot, index) => {
    const found = slots.find(reader, slot, pathInto(pathInto(path, 'possibleSlots'), index));
    return found === undefined ? [] : [slots.slots[found]?.key ?? ''];
  });
  const others = listAt('conflicts', conflicts).map((other, index) =>
    keyOf(reader, other, pathInto(pathInto(path, 'conflicts'), index)),
  );
  return {
    session: {
      key: keyOf(reader, id, pathInto(path, 'id')),
      ...(isGiven(span)
        ? { length: reader.whole(span, pathInto(path, 'span'), 1, MOST.slots) }
        : {}),
      size,
      ...(isGiven(track) ? { tracks: [reader.text(track, pathInto(path, 'track'))] } : {}),
      leads: isGiven(chairs) ? reader.texts(chairs, pathInto(path, 'chairs'), 100) : [],
      ...(isGiven(possibleSlots) ? { slots: possible } : {}),
    },
    conflicts: others,
  };
}

/** Each pair once, whichever of the two declared it. */
function declared(sessions: readonly TpacSession[]): Rule[] {
  const known = new Set<string>();
  return sessions.flatMap(({ session: { key }, conflicts }) =>
    conflicts.flatMap((other): Rule[] => {
      if (other === key || known.has(JSON.stringify([key, other]))) return [];
      known.add(JSON.stringify([key, other])).add(JSON.stringify([other, key]));
      const name = `${key} and ${other} were declared to conflict`;
      return [{ kind: 'apart', level: 2, sessions: [key, other], name }];
    }),
  );
}
