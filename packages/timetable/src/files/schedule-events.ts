import type { Room } from '../sessions/model.ts';
import type { Group, JsonReader } from './json-reader.ts';
import { pathInto } from './json-text.ts';
import { MOST } from './sizes.ts';

/** An event of a published schedule. */
export interface ScheduleEvent {
  readonly key: string;
  readonly title: string | undefined;
  /** The number of its day, from 0. */
  readonly day: number;
  /** Minutes since 1970 began in Greenwich. */
  readonly start: number;
  readonly minutes: number;
  readonly room: string;
  readonly track: string | undefined;
  readonly persons: readonly { readonly key: string; readonly name: string }[];
  /** As the schedule writes it. */
  readonly entry: Group;
}

export interface ScheduleDay {
  /** `2026-05-18`. */
  readonly date: string;
  /** By how many minutes its clock is ahead of Greenwich. */
  readonly offset: number;
}

/** What a schedule says, and how to say it with its events elsewhere. */
export interface ScheduleDocument {
  readonly title: string | undefined;
  readonly rooms: readonly Room[];
  readonly events: readonly ScheduleEvent[];
  readonly days: readonly ScheduleDay[];
  readonly replaceEvents: (events: readonly PlacedEntry[]) => unknown;
}

export interface PlacedEntry {
  readonly day: number;
  readonly room: string;
  readonly start: number;
  readonly entry: unknown;
}

/** Reads the parts of a schedule that matter for when and where; knows nothing of the rest. */
export function readScheduleDocument(reader: JsonReader, value: unknown): ScheduleDocument {
  const whole = reader.map(value, '');
  const { schedule: scheduleValue } = whole;
  const schedule = reader.map(scheduleValue, 'schedule');
  const { conference: conferenceValue } = schedule;
  const conference = reader.map(conferenceValue, CONFERENCE);
  const { title, days: daysValue, rooms: roomsValue } = conference;
  // What is not there has no days either.
  const isFound = reader.problems.length === 0;
  const days = isFound ? reader.list(daysValue, `${CONFERENCE}.days`, 400) : [];
  const read = days.map((day, index) => dayOf(reader, day, index));
  const events = withOwnKeys(read.flatMap(({ events: each }) => each));
  if (events.length > MOST.sessions) {
    reader.refuse('too-many', `${CONFERENCE}.days`, `There are more than ${MOST.sessions} events.`);
  }
  return {
    title: wordOf(title),
    rooms: roomsOf(
      reader,
      roomsValue,
      read.flatMap(({ rooms }) => rooms),
    ),
    events,
    days: read.map(({ day }) => day),
    replaceEvents: (placed) => ({
      ...whole,
      schedule: {
        ...schedule,
        conference: {
          ...conference,
          days: days.map((day, index) => withEvents(reader.map(day, ''), placed, index)),
        },
      },
    }),
  };
}

const CONFERENCE = 'schedule.conference';

/** A day with other events: in the rooms that it had, and in those that it now needs, by time. */
function withEvents(day: Group, placed: readonly PlacedEntry[], index: number): Group {
  const { rooms: had } = day;
  const rooms = new Map<string, PlacedEntry[]>();
  for (const room of Object.keys(typeof had === 'object' && had !== null ? had : {})) {
    rooms.set(room, []);
  }
  for (const event of placed) {
    if (event.day !== index) continue;
    const inRoom = rooms.get(event.room) ?? [];
    inRoom.push(event);
    rooms.set(event.room, inRoom);
  }
  const sorted = [...rooms].map(([room, events]): [string, unknown[]] => [
    room,
    events.sort((one, other) => one.start - other.start).map(({ entry }) => entry),
  ]);
  return { ...day, rooms: Object.fromEntries(sorted) };
}

function dayOf(reader: JsonReader, value: unknown, index: number) {
  const path = pathInto(`${CONFERENCE}.days`, index);
  const { date, rooms } = reader.map(value, path);
  const text = typeof date === 'string' ? date.slice(0, 10) : '';
  const midnight = /^\d{4}-\d{2}-\d{2}$/.test(text)
    ? Date.parse(`${text}T00:00Z`) / 60_000
    : Number.NaN;
  if (!Number.isSafeInteger(midnight)) {
    reader.refuse('wrong-date', pathInto(path, 'date'), 'Write the day as "2026-05-18".');
  }
  const byRoom = Object.entries(reader.map(rooms, pathInto(path, 'rooms')));
  const found = byRoom.flatMap(([room, list]) => {
    const at = pathInto(pathInto(path, 'rooms'), room);
    return reader
      .list(list, at, MOST.sessions)
      .map((entry, nth) => eventOf(reader, entry, pathInto(at, nth), { index, room, midnight }));
  });
  return {
    rooms: byRoom.map(([room]) => room),
    events: found.map(({ event }) => event),
    day: { date: text, offset: found[0]?.offset ?? 0 },
  };
}

interface DayRoom {
  readonly index: number;
  readonly room: string;
  readonly midnight: number;
}

function eventOf(
  reader: JsonReader,
  value: unknown,
  path: string,
  { index, room, midnight }: DayRoom,
) {
  const entry = reader.map(value, path);
  const { guid, id, title, date, start, duration, track, persons } = entry;
  const clock = clockMinutes(reader, start, pathInto(path, 'start'));
  const moment = momentOf(date);
  // A day of an event may last beyond midnight, which only the date tells.
  const begins = moment === undefined ? midnight + clock : moment.minute;
  const people = persons === undefined ? [] : reader.list(persons, pathInto(path, 'persons'), 1000);
  const minutes = clockMinutes(reader, duration, pathInto(path, 'duration'));
  if (minutes === 0) {
    reader.refuse('wrong-time', pathInto(path, 'duration'), 'Let the event last a minute or more.');
  }
  const event: ScheduleEvent = {
    key: wordOf(guid) ?? wordOf(id) ?? path,
    title: wordOf(title),
    day: index,
    start: begins,
    minutes,
    room,
    track: wordOf(track),
    persons: people.map((person, nth) =>
      personOf(reader, person, pathInto(path, `persons[${nth}]`)),
    ),
    entry,
  };
  return { event, offset: moment?.offset ?? 0 };
}

/** Text that is not empty, or a number as text. */
const wordOf = (value: unknown): string | undefined =>
  typeof value === 'number' || (typeof value === 'string' && value !== '') ? `${value}` : undefined;

function personOf(reader: JsonReader, value: unknown, path: string): { key: string; name: string } {
  const { guid, code, id, public_name: publicName, name } = reader.map(value, path);
  const shown = wordOf(publicName) ?? wordOf(name);
  const key = wordOf(guid) ?? wordOf(code) ?? wordOf(id) ?? shown;
  if (key === undefined) reader.refuse('no-name', path, 'Give this person an id or a name.');
  return { key: key ?? '', name: shown ?? key ?? '' };
}

/** What comes twice, such as an event in two parts, gets a number. */
function withOwnKeys(events: readonly ScheduleEvent[]): ScheduleEvent[] {
  const known = new Set<string>();
  return events.map((event) => {
    let { key } = event;
    for (let part = 2; known.has(key); part++) key = `${event.key} (${part})`;
    known.add(key);
    return { ...event, key };
  });
}

/** Those of the conference's list with their places, then others that have events. */
function roomsOf(reader: JsonReader, value: unknown, used: readonly string[]): Room[] {
  const listed = value === undefined ? [] : reader.list(value, `${CONFERENCE}.rooms`, MOST.rooms);
  const capacities = new Map<string, number>();
  for (const [index, item] of listed.entries()) {
    const path = pathInto(`${CONFERENCE}.rooms`, index);
    const { name, capacity } = reader.map(item, path);
    const key = wordOf(name);
    if (key === undefined || typeof capacity !== 'number') continue;
    capacities.set(key, reader.whole(capacity, pathInto(path, 'capacity'), 0, MOST.number));
  }
  return [...new Set(used)].map((key) => {
    const capacity = capacities.get(key);
    return { key, ...(capacity === undefined ? {} : { capacity }) };
  });
}

/** `10:00`, `1:30:00` as minutes; up to a few days, as some things last. */
function clockMinutes(reader: JsonReader, value: unknown, path: string): number {
  const found = /^(\d{1,3}):([0-5]\d)(?::00)?$/.exec(typeof value === 'string' ? value : '');
  if (found !== null) return Number(found[1]) * 60 + Number(found[2]);
  reader.refuse('wrong-time', path, 'Write a time as "09:00".');
  return 0;
}

/** `2026-05-18T10:00:00+02:00` as a minute and what its clock is ahead of Greenwich. */
function momentOf(value: unknown): { minute: number; offset: number } | undefined {
  const text = typeof value === 'string' ? value : '';
  const zone = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::00(?:\.0+)?)?(?:Z|([+-])(\d{2}):?(\d{2}))$/.exec(
    text,
  );
  if (zone === null) return undefined;
  const minute = Date.parse(text) / 60_000;
  const offset = (zone[1] === '-' ? -1 : 1) * (Number(zone[2] ?? 0) * 60 + Number(zone[3] ?? 0));
  return Number.isSafeInteger(minute) ? { minute, offset } : undefined;
}
