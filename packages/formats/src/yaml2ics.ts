/**
 * Calendars of recurring calls as communities keep them in Git: YAML in the dialect of the program
 * yaml2ics (https://github.com/scientific-python/yaml2ics). A call has a beginning on a wall clock,
 * a length, and a rule.
 *
 * The zone of a call is that of its beginning's offset, else its own `timezone`, else the file's,
 * else UTC. An offset forgets daylight saving, so it is told.
 */
import { type Problem, problem } from '@cairn/kernel/problem';
import { ok, type Result } from '@cairn/kernel/result';
import { parseZone, type ZoneName } from '@cairn/kernel/time';
import { nearestWord } from './nearest-word.ts';
import { isGroup } from './plain-data.ts';
import type { Recurrence } from './recurrence.ts';
import type { Path } from './schema-fault.ts';
import { parseYaml, type YamlDocument } from './yaml-document.ts';
import { readRepeats } from './yaml2ics-repeats.ts';
import { readTime } from './yaml2ics-time.ts';
import { quoted, Told } from './yaml2ics-told.ts';

/** One call, or another event, of a calendar. */
export interface CallEvent {
  readonly summary: string;
  readonly description?: string;
  readonly location?: string;
  readonly url?: string;
  readonly recurrence: Recurrence;
  /** Whole days: the recurrence's minutes are days of 1,440. */
  readonly isAllDay: boolean;
  /** Which of the file's events it was read from, from 0; a new one has none. */
  readonly index?: number;
}

export interface CallCalendar {
  readonly name: string;
  /** The zone of calls that name none. */
  readonly zone?: ZoneName;
  readonly events: readonly CallEvent[];
}

export interface ReadCalendar {
  readonly calendar: CallCalendar;
  readonly document: YamlDocument;
  /** Events that could not be read, and what to write instead. They stay in the file. */
  readonly problems: readonly Problem[];
  /** What was read, and yet may not mean what its writer thinks. */
  readonly notes: readonly Problem[];
}

const CALENDAR_KEYS = ['name', 'timezone', 'events', 'include'];

/** What yaml2ics hands to the library that writes its calendars. */
const EVENT_KEYS = [
  'summary',
  'begin',
  'end',
  'duration',
  'timezone',
  'description',
  'location',
  'url',
  'repeat',
  'ics',
];
/** Known to yaml2ics; kept in the file and not looked at. */
const PASSED_OVER = new Set([
  'name',
  'uid',
  'created',
  'last_modified',
  'transparent',
  'alarms',
  'attendees',
  'categories',
  'status',
  'organizer',
  'geo',
  'classification',
]);

/**
 * Reads a calendar of calls. What is no YAML at all is refused; an event that cannot be read is told
 * and passed over, and the others are read all the same.
 *
 * @param file names the file in problems
 */
export function readCallCalendar(text: string, file: string): Result<ReadCalendar, Problem[]> {
  const parsed = parseYaml(text, file);
  if (!parsed.ok) return parsed;
  const document = parsed.value;
  const told = new Told(document);
  const value = document.value ?? {};
  if (!isGroup(value)) {
    const sentence = 'A calendar begins with name: and events:; this file holds something else.';
    return { ok: false, error: [problem('not-a-calendar', sentence, document.placeOf([]))] };
  }
  unknownKeys(value, CALENDAR_KEYS, new Set(), [], told);
  const zone = readZone(value['timezone'], ['timezone'], told);
  const name = value['name'];
  if (name !== undefined && typeof name !== 'string') {
    told.note(['name'], 'not-text', 'The name of a calendar is a text; it is passed over.');
  }
  if (value['include'] !== undefined) {
    const sentence =
      'Other files that are included here are not followed; import each of them by itself.';
    told.note(['include'], 'include', sentence, 'key');
  }
  const calendar = {
    name: typeof name === 'string' && name.trim() !== '' ? name.trim() : nameOfFile(file),
    ...(zone === undefined ? {} : { zone }),
    events: readEvents(value['events'], zone, told),
  };
  return ok({ calendar, document, problems: told.problems, notes: told.notes });
}

const nameOfFile = (file: string): string =>
  file
    .replace(/^.*[\\/]/, '')
    .replace(/\.ya?ml$/i, '')
    .replace(/[_-]+/g, ' ')
    .trim() || 'Calendar';

function readEvents(value: unknown, zone: ZoneName | undefined, told: Told): CallEvent[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    told.problem(['events'], 'not-a-list', 'Write the events as a list: each begins with “- ”.');
    return [];
  }
  return value.flatMap((each: unknown, index) => {
    const event = readEvent(each, index, zone, told);
    return event === undefined ? [] : [event];
  });
}

function readEvent(
  value: unknown,
  index: number,
  fileZone: ZoneName | undefined,
  told: Told,
): CallEvent | undefined {
  const path: Path = ['events', index];
  if (!isGroup(value)) {
    return told.problem(path, 'not-an-event', 'An event has summary: and begin: at least.');
  }
  unknownKeys(value, EVENT_KEYS, PASSED_OVER, path, told);
  const summary = textOf(value, 'summary', path, told) ?? textOf(value, 'name', path, told);
  if (summary === undefined || summary === '') {
    return told.problem(path, 'no-summary', 'This event has no name; write summary: and its name.');
  }
  const zonePath = [...path, 'timezone'];
  const said = value['timezone'];
  const ownZone = said === undefined ? undefined : readZone(said, zonePath, told);
  if (said !== undefined && ownZone === undefined) return undefined;
  const time = readTime(value, { own: ownZone, file: fileZone }, path, told);
  if (time === undefined) return undefined;
  const repeats = readRepeats(value, time.start, path, told);
  if (repeats === undefined) return undefined;
  const description = textOf(value, 'description', path, told);
  const location = textOf(value, 'location', path, told);
  const url = textOf(value, 'url', path, told);
  return {
    summary,
    ...(description === undefined ? {} : { description }),
    ...(location === undefined ? {} : { location }),
    ...(url === undefined ? {} : { url }),
    recurrence: { start: time.start, minutes: time.minutes, ...repeats },
    isAllDay: time.isAllDay,
    index,
  };
}

function textOf(
  event: Readonly<Record<string, unknown>>,
  key: string,
  path: Path,
  told: Told,
): string | undefined {
  const value = event[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  told.note([...path, key], 'not-text', `${key} is a text; what stands here is passed over.`);
  return undefined;
}

function readZone(value: unknown, path: Path, told: Told): ZoneName | undefined {
  if (value === undefined || value === null) return undefined;
  const zone = parseZone(typeof value === 'string' ? value.trim() : quoted(value));
  return zone.ok ? zone.value : told.problem(path, zone.error.code, zone.error.sentence);
}

function unknownKeys(
  group: Readonly<Record<string, unknown>>,
  known: readonly string[],
  passedOver: ReadonlySet<string>,
  path: Path,
  told: Told,
): void {
  for (const key of Object.keys(group)) {
    if (known.includes(key)) continue;
    const at = [...path, key];
    if (passedOver.has(key)) {
      // The library's own word for a summary, which is read.
      if (key === 'name') continue;
      told.note(at, 'passed-over', `“${key}” stays in the file and is not used here.`, 'key');
      continue;
    }
    const meant = nearestWord(key, known);
    const hint = meant === undefined ? '' : `; did you mean “${meant}”?`;
    told.note(at, 'unknown-key', `“${key}” is not known here and is kept as it is${hint}`, 'key');
  }
}
