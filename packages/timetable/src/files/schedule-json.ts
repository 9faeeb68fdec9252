import type { Problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { Instance, Person, Timetable } from '../sessions/model.ts';
import { type Group, JsonReader } from './json-reader.ts';
import { parseJsonText, placeByPath } from './json-text.ts';
import { type Place, timetableOf } from './places.ts';
import {
  readScheduleDocument,
  type ScheduleDocument,
  type ScheduleEvent,
} from './schedule-events.ts';
import { gridOf, localTime, type ScheduleGrid } from './schedule-grid.ts';
import { checkSizes } from './sizes.ts';

/**
 * The `schedule.json` that frab, pretalx and others publish: an existing schedule, read as an
 * instance with its present timetable.
 *
 * Slots are the schedule's finest step in which all its times lie; where nothing runs there is none,
 * so that breaks stay free. Events may start when on that day anything starts. Their people must be
 * there; tracks should not run beside themselves, and what is published should stay, in this order.
 *
 * Source: https://github.com/voc/schedule, validator/json/schema.json.
 */
export const SCHEDULE_LEVELS = ['what must hold', 'clashes of tracks', 'moved sessions'] as const;

/** Reads a published schedule as an instance. */
export function readScheduleJson(text: string, file: string): Result<Instance, Problem[]> {
  const read = scheduleOf(text, file);
  return read.ok ? ok(read.value.instance) : read;
}

/** Reads where the schedule has its events; that of another version of the same schedule, too. */
export function readScheduleTimetable(
  text: string,
  instance: Instance,
  file: string,
): Result<Timetable, Problem[]> {
  const read = scheduleOf(text, file, instance);
  return read.ok ? ok(read.value.timetable) : read;
}

interface ReadSchedule {
  readonly instance: Instance;
  readonly timetable: Timetable;
}

function scheduleOf(text: string, file: string, known?: Instance): Result<ReadSchedule, Problem[]> {
  const parsed = parseJsonText(text, file);
  if (!parsed.ok) return parsed;
  const reader = new JsonReader();
  const document = readScheduleDocument(reader, parsed.value);
  const grid = gridOf(reader, document);
  if (reader.problems.length > 0) return fail(placeByPath(reader.problems, text, file));
  const keys =
    known === undefined ? grid.keys : new Map(known.slots.map((slot) => [slot.start, slot.key]));
  const present = Object.fromEntries(
    document.events.map(({ key, start, room }): [string, Place] => [
      key,
      { slot: keys.get(start) ?? '', room },
    ]),
  );
  const instance = known ?? instanceOf(document, grid, present);
  const problems = checkSizes(instance, file);
  if (problems.length > 0) return fail(problems);
  return ok({ instance, timetable: timetableOf(instance, present) });
}

function instanceOf(
  { title, rooms, events }: ScheduleDocument,
  grid: ScheduleGrid,
  from: Readonly<Record<string, Place>>,
): Instance {
  const people = new Map<string, Person>();
  for (const { persons } of events) {
    for (const { key, name } of persons) people.set(key, { key, name });
  }
  return {
    ...(title === undefined ? {} : { title }),
    slots: grid.slots,
    rooms,
    people: [...people.values()],
    sessions: events.map((event) => ({
      key: event.key,
      ...(event.title === undefined ? {} : { title: event.title }),
      length: event.minutes / grid.step,
      tracks: event.track === undefined ? [] : [event.track],
      leads: event.persons.map(({ key }) => key),
      slots: grid.begun,
    })),
    rules: [
      { kind: 'track-clash', level: 1, name: 'one session of a track at a time' },
      { kind: 'unmoved', level: 2, from, name: 'what is published stays' },
    ],
    levels: SCHEDULE_LEVELS,
  };
}

/**
 * The schedule with its events at the places of a timetable; whatever else it says stays as it was.
 * Events without a place are left out, since the format has none for them.
 */
export function writeScheduleJson(
  instance: Instance,
  timetable: Timetable,
  original: string,
): string {
  const value: unknown = JSON.parse(original.replace(/^\ufeff/, ''));
  const { events, days, replaceEvents } = readScheduleDocument(new JsonReader(), value);
  const byKey = new Map(instance.sessions.map(({ key }, number) => [key, number]));
  const placed = events.flatMap((event) => {
    const number = byKey.get(event.key) ?? -1;
    const slot = instance.slots[timetable.slot[number] ?? -1];
    const room = instance.rooms[timetable.room[number] ?? -1];
    if (slot === undefined || room === undefined) return [];
    const isThere = event.start === slot.start && event.room === room.key;
    const day = isThere ? event.day : days.findIndex(({ date }) => date === slot.day);
    const offset = days[day]?.offset ?? 0;
    const entry = isThere ? event.entry : movedEntry(event, room.key, slot.start, offset);
    return [{ day, room: room.key, start: slot.start, entry }];
  });
  return `${JSON.stringify(replaceEvents(placed), null, 1)}\n`;
}

function movedEntry({ entry }: ScheduleEvent, room: string, start: number, offset: number): Group {
  const local = localTime(start, offset);
  const two = (part: number): string => String(Math.floor(part)).padStart(2, '0');
  const ahead = Math.abs(offset);
  const zone = `${offset < 0 ? '-' : '+'}${two(ahead / 60)}:${two(ahead % 60)}`;
  const [date, time] = local.split(' ');
  return {
    ...entry,
    room,
    start: time,
    ...('date' in entry ? { date: `${date}T${time}:00${zone}` } : {}),
  };
}
