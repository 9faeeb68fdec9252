import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { indexInstance } from '../sessions/index-instance.ts';
import type { Instance, Person, Room, Session, Slot, Timetable } from '../sessions/model.ts';
import { readRule } from './cairn-rules.ts';
import { JsonReader, OptionalKeys } from './json-reader.ts';
import { parseJsonText, pathInto, placeByPath } from './json-text.ts';
import { placesOf, readPlaces } from './places.ts';
import { checkSizes, MOST } from './sizes.ts';

/**
 * Cairn’s own file of an instance: JSON in snake_case, described by `instance.schema.json` of this
 * package. Every key that has a default may be left out.
 */
export function readCairnInstance(text: string, file: string): Result<Instance, Problem[]> {
  const parsed = parseJsonText(text, file);
  if (!parsed.ok) return parsed;
  const reader = new JsonReader();
  const { instance, timetable } = instanceOf(reader, parsed.value);
  if (timetable !== undefined && reader.problems.length === 0) {
    readPlaces(reader, timetable, 'timetable', instance);
  }
  const problems = reader.problems.length > 0 ? reader.problems : checkSizes(instance, file);
  if (problems.length > 0) return fail(placeByPath(problems, text, file));
  const indexed = indexInstance(instance);
  if (indexed.ok) return ok(instance);
  return fail(placeByPath(indexed.error.slice(0, 20).map(sayPath), text, file));
}

/** What is wrong inside an instance, with its path in the sentence: a file is mended by it. */
const sayPath = ({ code, sentence, place }: Problem): Problem =>
  problem(code, `${place.path ?? ''}: ${sentence}`, place);

function instanceOf(
  reader: JsonReader,
  value: unknown,
): { readonly instance: Instance; readonly timetable: unknown } {
  const file = reader.group(value, '', [
    '$schema',
    'title',
    'pause_minutes',
    'levels',
    'slots',
    'rooms',
    'people',
    'sessions',
    'rules',
    'timetable',
  ]);
  const { title, levels, pause_minutes: pause } = file;
  const each = <T>(
    key: 'slots' | 'rooms' | 'people' | 'sessions' | 'rules',
    read: (item: unknown, path: string) => T,
  ): T[] => {
    const isLeftOut = file[key] === undefined && (key === 'people' || key === 'rules');
    const list = isLeftOut ? [] : reader.list(file[key], key, MOST[key]);
    return list.map((item, index) => read(item, pathInto(key, index)));
  };
  const instance: Instance = {
    ...(title === undefined ? {} : { title: reader.text(title, 'title') }),
    ...(pause === undefined
      ? {}
      : { pauseMinutes: reader.whole(pause, 'pause_minutes', 0, MOST.number) }),
    ...(levels === undefined ? {} : { levels: reader.texts(levels, 'levels', 32) }),
    slots: slotsOf(reader, each),
    rooms: each('rooms', (item, path) => roomOf(reader, item, path)),
    people: each('people', (item, path) => personOf(reader, item, path)),
    sessions: each('sessions', (item, path) => sessionOf(reader, item, path)),
    rules: each('rules', (item, path) => readRule(reader, item, path)),
  };
  return { instance, timetable: file.timetable };
}

/** Writes an instance, and a timetable of it if there is one, as `readCairnInstance` reads them. */
export function writeCairnInstance(instance: Instance, timetable?: Timetable): string {
  const { title, slots, rooms, people, sessions, rules, levels, pauseMinutes } = instance;
  return `${JSON.stringify(
    {
      title,
      pause_minutes: pauseMinutes,
      levels,
      slots,
      rooms,
      people,
      sessions: sessions.map(({ isOptional, isRoomless, ...session }) => ({
        ...session,
        optional: isOptional,
        roomless: isRoomless,
      })),
      rules,
      timetable: timetable && placesOf(instance, timetable),
    },
    null,
    1,
  )}\n`;
}

/** What a timetable file says beside the places. */
export interface TimetableOrigin {
  readonly values?: readonly number[];
  readonly seed?: number;
  readonly iterations?: number;
}

/** Reads the places of a timetable file, or of an instance that has a timetable with it. */
export function readCairnTimetable(
  text: string,
  instance: Instance,
  file: string,
): Result<Timetable, Problem[]> {
  const parsed = parseJsonText(text, file);
  if (!parsed.ok) return parsed;
  const reader = new JsonReader();
  const whole = reader.map(parsed.value, '');
  const { timetable: places, slots } = whole;
  if (slots === undefined) {
    reader.group(parsed.value, '', ['timetable', 'values', 'seed', 'iterations']);
  }
  const timetable = readPlaces(reader, places, 'timetable', instance);
  if (reader.problems.length > 0) return fail(placeByPath(reader.problems, text, file));
  return ok(timetable);
}

/** Writes a timetable as `readCairnTimetable` reads it. */
export const writeCairnTimetable = (
  instance: Instance,
  timetable: Timetable,
  origin: TimetableOrigin = {},
): string =>
  `${JSON.stringify({ ...origin, timetable: placesOf(instance, timetable) }, null, 1)}\n`;

type Each = <T>(key: 'slots', read: (item: unknown, path: string) => T) => T[];

/** Times are minutes, or times of day such as `09:00` of the day that the slot names. */
function slotsOf(reader: JsonReader, each: Each): Slot[] {
  let day: string | undefined;
  let days = -1;
  const minutes = (value: unknown, path: string): number => {
    if (typeof value !== 'string') return reader.whole(value, path, -MOST.number, MOST.number);
    const time = /^(?:([01]\d|2[0-3]):([0-5]\d)|(24):(00))$/.exec(value);
    if (time === null) {
      reader.refuse('wrong-time', path, `Write a time of day as "09:00", or minutes as a number.`);
      return 0;
    }
    return days * 24 * 60 + Number(time[1] ?? time[3]) * 60 + Number(time[2] ?? time[4]);
  };
  return each('slots', (item, path) => {
    const group = reader.group(item, path, ['key', 'day', 'start', 'end']);
    const read = {
      key: reader.text(group.key, pathInto(path, 'key')),
      day: reader.text(group.day, pathInto(path, 'day')),
    };
    if (read.day !== day) days += 1;
    day = read.day;
    return {
      ...read,
      start: minutes(group.start, pathInto(path, 'start')),
      end: minutes(group.end, pathInto(path, 'end')),
    };
  });
}

function roomOf(reader: JsonReader, item: unknown, path: string): Room {
  const group = reader.group(item, path, ['key', 'capacity', 'features', 'closed']);
  const own = new OptionalKeys(reader, group, path);
  return {
    key: reader.text(group.key, pathInto(path, 'key')),
    ...own.whole('capacity', 0),
    ...own.texts('features', MOST.rooms),
    ...own.texts('closed', MOST.slots),
  };
}

function personOf(reader: JsonReader, item: unknown, path: string): Person {
  const group = reader.group(item, path, ['key', 'name', 'away', 'interest', 'roles']);
  const own = new OptionalKeys(reader, group, path);
  const interest = (): Record<string, number> =>
    Object.fromEntries(
      Object.entries(reader.map(group.interest, pathInto(path, 'interest'))).map(
        ([key, weight]) => {
          const at = pathInto(pathInto(path, 'interest'), key);
          return [key, reader.whole(weight, at, 1, MOST.number)];
        },
      ),
    );
  return {
    key: reader.text(group.key, pathInto(path, 'key')),
    ...own.text('name'),
    ...own.texts('away', MOST.slots),
    ...(group.interest === undefined ? {} : { interest: interest() }),
    ...own.texts('roles', 100),
  };
}

function sessionOf(reader: JsonReader, item: unknown, path: string): Session {
  const group = reader.group(item, path, [
    'key',
    'title',
    'kind',
    'length',
    'size',
    'needs',
    'tracks',
    'leads',
    'people',
    'slots',
    'rooms',
    'pinned',
    'optional',
    'roomless',
  ]);
  const own = new OptionalKeys(reader, group, path);
  const pinnedAt = pathInto(path, 'pinned');
  const pinned = (): { slot: string; room?: string } => {
    const place = reader.group(group.pinned, pinnedAt, ['slot', 'room']);
    const slot = reader.text(place.slot, pathInto(pinnedAt, 'slot'));
    return { slot, ...new OptionalKeys(reader, place, pinnedAt).text('room') };
  };
  const kindAt = pathInto(path, 'kind');
  return {
    key: reader.text(group.key, pathInto(path, 'key')),
    ...own.text('title'),
    ...(group.kind === undefined
      ? {}
      : { kind: reader.choice(group.kind, kindAt, ['session', 'plenary', 'block']) }),
    ...own.whole('length', 1, MOST.slots),
    ...own.whole('size', 0),
    ...own.texts('needs', MOST.rooms),
    ...own.texts('tracks', MOST.sessions),
    ...own.texts('leads', MOST.people),
    ...own.texts('people', MOST.people),
    ...own.texts('slots', MOST.slots),
    ...own.texts('rooms', MOST.rooms),
    ...(group.pinned === undefined ? {} : { pinned: pinned() }),
    ...(group.optional === undefined
      ? {}
      : { isOptional: reader.flag(group.optional, pathInto(path, 'optional')) }),
    ...(group.roomless === undefined
      ? {}
      : { isRoomless: reader.flag(group.roomless, pathInto(path, 'roomless')) }),
  };
}
