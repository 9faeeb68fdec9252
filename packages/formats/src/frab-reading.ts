import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { plainLine, plainText } from './frab-plain.ts';
import { scheduleTree } from './frab-tree.ts';
import { type IgnoredKey, IgnoredKeys } from './ignored-keys.ts';

export interface ReadRoom {
  readonly name: string;
  readonly capacity: number | null;
  readonly description: string;
}

/** An event as another tool wrote it. */
export interface ReadEvent {
  /** Where in the file: `days[0].Hall[2]`. */
  readonly path: string;
  readonly guid: string | undefined;
  readonly title: string;
  readonly subtitle: string;
  /** ISO day and `HH:MM` on the clock of the file. */
  readonly date: string;
  readonly starts: string;
  /** The same with its offset, where the file gives one: the moment, whatever clock shows it. */
  readonly moment: string | undefined;
  /** Undefined where the file does not say. */
  readonly minutes: number | undefined;
  /** Empty where it has none. */
  readonly room: string;
  readonly track: string;
  readonly type: string;
  readonly abstract: string;
  readonly description: string;
  readonly persons: readonly string[];
}

/** What could not be read, as it stands in the file. */
export interface UnreadEvent {
  readonly path: string;
  readonly raw: string;
  readonly sentence: string;
}

export interface ReadSchedule {
  readonly title: string;
  /** The name of its zone, where it says one. */
  readonly zone: string | undefined;
  readonly rooms: readonly ReadRoom[];
  readonly events: readonly ReadEvent[];
  readonly unread: readonly UnreadEvent[];
  /** What the file says besides, and this reader leaves. */
  readonly ignored: readonly IgnoredKey[];
}

type Group = Readonly<Record<string, unknown>>;

const MOST_EVENTS = 5000;
const MOST_DAYS = 400;

/** What is read, or is made anew from the rest when it is written. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  schedule: ['version', 'conference', 'base_url', 'url', 'generator'],
  conference:
    'acronym title start end daysCount days day_change timeslot_duration time_zone_name rooms tracks base_url url'.split(
      ' ',
    ),
  day: ['index', 'date', 'day_start', 'day_end', 'start', 'end', 'rooms'],
  room: ['name', 'guid', 'description', 'capacity'],
  event:
    'id guid code date start duration room slug url title subtitle track type language abstract description persons'.split(
      ' ',
    ),
};

/**
 * Reads a schedule of another tool, JSON or XML. An event that cannot be read stops no other: it is in
 * `unread`, as it stands. Fails where the file as a whole is no schedule.
 */
export function readFrab(text: string): Result<ReadSchedule, Problem> {
  const tree = scheduleTree(text);
  if (!tree.ok) return tree;
  const ignored = new IgnoredKeys(KNOWN);
  const schedule = groupOf(groupOf(tree.value)?.['schedule']);
  const conference = groupOf(schedule?.['conference']);
  const days = conference?.['days'];
  if (schedule === undefined || conference === undefined || !Array.isArray(days)) {
    const sentence =
      'There is no “schedule.conference.days” in this file, so it is no schedule of version 1; other tools call that export frab or Pentabarf.';
    return fail(problem('not-a-schedule', sentence));
  }
  if (days.length > MOST_DAYS) {
    return fail(problem('too-many', `There are ${days.length} days, more than any summit has.`));
  }
  ignored.note('schedule', schedule);
  ignored.note('conference', conference);
  const dayChange = clockOf(conference['day_change']) ?? '04:00';
  const read = days.map((day, index) => readDay(day, `days[${index}]`, dayChange, ignored));
  const events = read.flatMap((day) => day.events);
  const unreadEvents = read.flatMap((day) => day.unread);
  const found = events.length + unreadEvents.length;
  if (found > MOST_EVENTS) {
    const sentence = `There are ${found} events; more than ${MOST_EVENTS} are not read.`;
    return fail(problem('too-many', sentence));
  }
  return ok({
    title: lineOf(conference['title']),
    zone: lineOf(conference['time_zone_name']) || undefined,
    rooms: roomsOf(
      conference['rooms'],
      [...read.flatMap((day) => day.rooms), ...events.map(({ room }) => room)],
      ignored,
    ),
    events,
    unread: unreadEvents,
    ignored: ignored.list(),
  });
}

interface ReadDay {
  readonly rooms: readonly string[];
  readonly events: readonly ReadEvent[];
  readonly unread: readonly UnreadEvent[];
}

function readDay(value: unknown, path: string, dayChange: string, ignored: IgnoredKeys): ReadDay {
  const day = groupOf(value);
  if (day === undefined) return { rooms: [], events: [], unread: [unread(path, value, NO_GROUP)] };
  ignored.note('day', day);
  const date = dayIn(day['date']);
  const events: ReadEvent[] = [];
  const left: UnreadEvent[] = [];
  const rooms = Object.entries(groupOf(day['rooms']) ?? {});
  for (const [room, list] of rooms) {
    const at = `${path}.${room}`;
    if (!Array.isArray(list)) left.push(unread(at, list, 'This room holds no list of events.'));
    else {
      for (const [index, entry] of list.entries()) {
        const read = readEvent(entry, `${at}[${index}]`, { room, date, dayChange }, ignored);
        if ('sentence' in read) left.push(read);
        else events.push(read);
      }
    }
  }
  return { rooms: rooms.map(([name]) => plainLine(name)), events, unread: left };
}

const NO_GROUP = 'This is no group of keys and values.';

interface DayRoom {
  readonly room: string;
  readonly date: string | undefined;
  readonly dayChange: string;
}

function readEvent(
  value: unknown,
  path: string,
  day: DayRoom,
  ignored: IgnoredKeys,
): ReadEvent | UnreadEvent {
  const event = groupOf(value);
  if (event === undefined) return unread(path, value, NO_GROUP);
  ignored.note('event', event);
  const title = lineOf(event['title']);
  if (title === '') return unread(path, value, 'It has no title.');
  const when = whenOf(event, day);
  if (when === undefined) {
    return unread(path, value, 'It does not say on which day or at what time it begins.');
  }
  const minutes = minutesOf(event['duration']);
  if (minutes === null) return unread(path, value, 'Its duration is not written as hours:minutes.');
  const persons = Array.isArray(event['persons']) ? event['persons'] : [];
  return {
    path: plainLine(path),
    guid: lineOf(event['guid']).toLowerCase() || undefined,
    title,
    subtitle: lineOf(event['subtitle']),
    ...when,
    minutes,
    room: plainLine(lineOf(event['room']) || day.room),
    track: lineOf(event['track']),
    type: lineOf(event['type']),
    abstract: textOf(event['abstract']),
    description: textOf(event['description']),
    persons: persons.map(nameOf).filter((name) => name !== ''),
  };
}

/** When an event begins, from its date, or else from its day and its time. */
function whenOf(
  { date: given, start }: Group,
  { date, dayChange }: DayRoom,
): Pick<ReadEvent, 'date' | 'starts' | 'moment'> | undefined {
  const found =
    /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/.exec(
      textOf(given).trim(),
    );
  if (found !== null && isDay(found[1]) && isClock(found[2])) {
    const [, on = '', at = '', offset] = found;
    const spelt = offset?.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
    const moment = spelt === undefined ? undefined : `${on}T${at}:00${spelt}`;
    // No clock is a hundred hours ahead.
    if (moment !== undefined && Number.isNaN(Date.parse(moment))) return undefined;
    return { date: on, starts: at, moment };
  }
  const starts = clockOf(start);
  if (date === undefined || starts === undefined) return undefined;
  // What begins after midnight still belongs to the evening before, in the file's own counting.
  return { date: starts < dayChange ? nextDay(date) : date, starts, moment: undefined };
}

const isDay = (text: string | undefined): text is string =>
  text !== undefined &&
  new Date(`${text}T00:00Z`).toString() !== 'Invalid Date' &&
  nextDay(text) !== '';

const nextDay = (date: string): string => {
  const at = Date.parse(`${date}T00:00Z`);
  const isReal = !Number.isNaN(at) && new Date(at).toISOString().startsWith(date);
  return isReal ? new Date(at + 86_400_000).toISOString().slice(0, 10) : '';
};

const isClock = (text: string | undefined): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(text ?? '');

function dayIn(value: unknown): string | undefined {
  const text = textOf(value).slice(0, 10);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && isDay(text) ? text : undefined;
}

function clockOf(value: unknown): string | undefined {
  const found = /^(\d{1,2}:\d{2})(?::\d{2})?$/.exec(textOf(value).trim());
  const clock = found?.[1]?.padStart(5, '0');
  return isClock(clock) ? clock : undefined;
}

/** `01:30`, `1:30:00`, or minutes as a number; undefined for none at all, null for what is none of these. */
function minutesOf(value: unknown): number | undefined | null {
  if (value === undefined || value === null || value === '') return undefined;
  const text = typeof value === 'number' ? String(value) : textOf(value).trim();
  const found = /^(?:(\d{1,3}):)?(\d{1,4})(?::\d{1,2})?$/.exec(text);
  if (found === null) return null;
  const minutes = Number(found[1] ?? 0) * 60 + Number(found[2]);
  return minutes > 0 ? minutes : null;
}

/** Those of the conference's list, then those that events are in. */
function roomsOf(value: unknown, used: readonly string[], ignored: IgnoredKeys): ReadRoom[] {
  const rooms = new Map<string, ReadRoom>();
  for (const entry of Array.isArray(value) ? value : []) {
    const room = groupOf(entry) ?? {};
    ignored.note('room', room);
    const { capacity } = room;
    const name = lineOf(room['name']);
    if (name === '' || rooms.has(name)) continue;
    const seats = typeof capacity === 'number' && Number.isSafeInteger(capacity) ? capacity : 0;
    const description = textOf(room['description']);
    rooms.set(name, { name, capacity: seats > 0 ? seats : null, description });
  }
  for (const name of used) {
    if (name !== '' && !rooms.has(name)) rooms.set(name, { name, capacity: null, description: '' });
  }
  return [...rooms.values()];
}

const groupOf = (value: unknown): Group | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Group)
    : undefined;

const textOf = (value: unknown): string =>
  typeof value === 'string'
    ? plainText(value).trim()
    : typeof value === 'number'
      ? String(value)
      : '';

const lineOf = (value: unknown): string => plainLine(textOf(value));

const nameOf = (value: unknown): string => {
  const { public_name: shown, name, full_public_name: full } = groupOf(value) ?? {};
  return typeof value === 'string' ? lineOf(value) : lineOf(shown) || lineOf(name) || lineOf(full);
};

/** As much of it as somebody reads. */
const LONGEST_RAW = 2000;

const unread = (path: string, value: unknown, sentence: string): UnreadEvent => ({
  path: plainLine(path),
  raw: (JSON.stringify(value) ?? '').slice(0, LONGEST_RAW).toWellFormed(),
  sentence,
});
