import { type BadCsvRow, type CsvRow, formatCsv, parseCsv } from '@cairn/formats/csv';
import { type ReadEvent, type ReadSchedule, readFrab } from '@cairn/formats/frab-reading';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { counted } from '@cairn/kernel/words';
import type { z } from 'zod';
import { BLOCK_KINDS, minutesOf } from '../../timetable/frame/frame-rules.ts';
import type { AskedImport, AskedRoom, AskedSession } from './import-rules.ts';
import {
  LONGEST_TEXT,
  LONGEST_TITLE,
  MOST_PLACES,
  type Rest,
  ROOM_ALIASES,
  roomRowSchema,
  SESSION_ALIASES,
  sessionRowSchema,
} from './import-schema.ts';

/**
 * Reads what organisers bring: `schedule.json` or `schedule.xml` of another tool, or a table of
 * sessions or rooms. What it is, it tells by itself. Fails only where the file as a whole is neither.
 */
export function readTimetableFile(
  input: string | Uint8Array,
  file?: string,
): Result<AskedImport, Problem[]> {
  const text = textOf(input);
  if (text !== undefined && /^\s*[<{[]/.test(text)) {
    const read = readFrab(text);
    return read.ok ? withinReason(ofSchedule(read.value)) : fail([read.error]);
  }
  const read = isOfRooms(text ?? '') ? readRooms(input, file) : readSessions(input, file);
  return read.ok ? withinReason(read.value) : read;
}

/** More rooms and names than any summit has; each is compared with those that there are. */
const MOST_ROOMS = 1000;
const MOST_NAMES = 20_000;
const MOST_ROWS = 5000;

/** Refuses what would keep the whole installation busy with comparing. */
function withinReason(asked: AskedImport): Result<AskedImport, Problem[]> {
  const { rooms, sessions } = asked;
  const count = new Set(
    [...rooms, ...sessions.map(({ room: name }) => ({ name }))].map(({ name }) => name),
  ).size;
  const names = sessions.reduce((sum, { leads, needed }) => sum + leads.length + needed.length, 0);
  const tooMany = (found: number, what: string, most: number) =>
    fail([
      problem('too-many', `There are ${found} ${what}; more than ${most} are not read.`, {
        path: 'rows',
      }),
    ]);
  if (count > MOST_ROOMS) return tooMany(count, 'rooms', MOST_ROOMS);
  if (names > MOST_NAMES) return tooMany(names, 'names of people', MOST_NAMES);
  return ok(asked);
}

/**
 * The text of a file in UTF-8, with signs that no database keeps as HTML shows them; undefined where it is
 * none, which the reader of tables words better.
 */
function textOf(input: string | Uint8Array): string | undefined {
  if (typeof input === 'string') return storable(input.replace(/^\ufeff/, ''));
  try {
    return storable(new TextDecoder('utf-8', { fatal: true }).decode(input));
  } catch {
    return undefined;
  }
}

const storable = (text: string): string => text.replaceAll('\0', '\uFFFD').toWellFormed();

/** Rooms have names and sessions have titles; the first row says which it is. */
function isOfRooms(text: string): boolean {
  const header = /^[^\r\n]*/.exec(text.trimStart())?.[0].toLowerCase() ?? '';
  const columns = header.split(/[,;\t]/).map((cell) => cell.replaceAll('"', '').trim());
  const has = (...names: string[]) => names.some((name) => columns.includes(name));
  return !has('title', ...SESSION_ALIASES.title) && has('name', 'room', 'room name');
}

function readRooms(input: string | Uint8Array, file?: string): Result<AskedImport, Problem[]> {
  const read = parseCsv(input, roomRowSchema, {
    ...(file === undefined ? {} : { file }),
    headerAliases: ROOM_ALIASES,
    mostRows: MOST_ROWS,
  });
  if (!read.ok) return read;
  const { rows, bad, unknownColumns } = read.value;
  return ok({
    kind: 'rooms',
    rooms: rows.map(
      ({ value: { name, capacity, features, directions, link } }): AskedRoom => ({
        ...{ name, features, capacity: capacity ?? null },
        ...{ directions: directions ?? '', link: link ?? null },
      }),
    ),
    sessions: [],
    rest: [...bad.filter(saysAnything).map(badRow), ...unknown(unknownColumns)],
    header: headerOf(input),
  });
}

type SessionRow = CsvRow<z.output<typeof sessionRowSchema>>;

function readSessions(input: string | Uint8Array, file?: string): Result<AskedImport, Problem[]> {
  const read = parseCsv(input, sessionRowSchema, {
    ...(file === undefined ? {} : { file }),
    headerAliases: SESSION_ALIASES,
    mostRows: MOST_ROWS,
  });
  if (!read.ok) return read;
  const { rows, bad, unknownColumns } = read.value;
  return ok({
    kind: 'sessions',
    rooms: [],
    sessions: rows.map(askedOfRow),
    rest: [...bad.filter(saysAnything).map(badRow), ...unknown(unknownColumns)],
    header: headerOf(input),
  });
}

function askedOfRow({ line, value }: SessionRow): AskedSession {
  const { title, track, group, topic, leads, needed, needs, size, optional, text } = value;
  const [date, behind] = (value.date ?? '').split(/[T ]/);
  const starts = value.starts ?? behind?.slice(0, 5).padStart(5, '0');
  const lasts =
    value.ends === undefined || starts === undefined || value.ends <= starts
      ? undefined
      : minutesOf(value.ends) - minutesOf(starts);
  return {
    ...{ where: `line ${line}`, raw: title, title, leads, needed, needs },
    id: value.id,
    minutes: value.minutes ?? lasts,
    at: date === '' || starts === undefined ? undefined : { date: date ?? '', starts },
    moment: undefined,
    room: (value.room ?? '').replace(/\s+/g, ' ').trim(),
    kind: value.kind ?? 'work',
    ...{ track: track ?? '', group: group ?? '', text: text ?? '' },
    ...{ topic: topic ?? null, size: size ?? null, isOptional: optional },
  };
}

/** The first row as it stands, so that rows that are to be corrected can be put under it. */
const headerOf = (input: string | Uint8Array): string =>
  /^[^\r\n]*/.exec((textOf(input) ?? '').trimStart())?.[0] ?? '';

/** Spreadsheets pad tables with rows of empty cells. */
const saysAnything = ({ raw }: BadCsvRow): boolean => /[^\s,;"]/.test(raw);

const badRow = ({ line, raw, problems }: BadCsvRow): Rest => ({
  where: `line ${line}`,
  raw,
  sentence: problems.map(({ sentence }) => asSentence(sentence)).join(' '),
  isTaken: false,
  row: raw,
});

const asSentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?…]$/.test(text) ? '' : '.'}`;

const unknown = (columns: readonly string[]): Rest[] =>
  columns
    .filter((name) => name !== '')
    .map((name) => ({
      where: 'first row',
      raw: name,
      sentence: `Cairn knows no column “${name}”; what stands there was left.`,
      isTaken: true,
    }));

/** Columns of the table in which events that were not understood can be corrected. */
const EVENT_COLUMNS = ['title', 'date', 'starts', 'minutes', 'room', 'leads', 'id'];

function ofSchedule({ rooms, events, unread, ignored, zone }: ReadSchedule): AskedImport {
  return {
    kind: 'schedule',
    rooms: rooms.map(({ name, capacity, description }) => ({
      name: name.slice(0, LONGEST_TITLE),
      // More people than any venue holds mean that it is not counted.
      capacity: capacity !== null && capacity > MOST_PLACES ? null : capacity,
      ...{ features: [], directions: description.slice(0, LONGEST_TEXT), link: null },
    })),
    sessions: events.map((event) => askedOfEvent(event, zone)),
    rest: [
      ...unread.map(({ path, raw, sentence }) => ({
        ...{ where: path, raw, sentence, isTaken: false },
        row: rowOfRaw(raw),
      })),
      ...ignored.map(({ kind, key, count, example }) => ({
        where: `each ${kind}`,
        raw: `${key}: ${example}`,
        sentence: `“${key}” has no place in Cairn and was left, ${counted(count, 'time')}.`,
        isTaken: true,
      })),
    ],
    header: EVENT_COLUMNS.join(','),
  };
}

function askedOfEvent(event: ReadEvent, zone: string | undefined): AskedSession {
  const { path, guid, title, date, starts, moment, minutes, room, track, type } = event;
  const kind = (['work', 'open', ...BLOCK_KINDS] as const).find((each) => each === type) ?? 'work';
  const words = [event.subtitle, event.abstract, event.description].filter((text) => text !== '');
  return {
    ...{
      where: path,
      raw: type === '' ? title : `${title} (${type})`,
      id: guid,
      title: title.slice(0, 200),
      minutes,
    },
    // A file that names a zone means that zone where a time has no offset.
    at: { date, starts, ...(zone === undefined ? {} : { zone }) },
    ...{ moment, kind, group: '', topic: null },
    ...{ room: room.slice(0, LONGEST_TITLE), track: track.slice(0, LONGEST_TITLE) },
    ...{ leads: event.persons, needed: [], needs: [], size: null, isOptional: false },
    text: [...new Set(words)].join('\n\n').slice(0, LONGEST_TEXT),
  };
}

/** What is known of an event that could not be read, as a row to be filled in. */
function rowOfRaw(raw: string): string {
  let event: Record<string, unknown> = {};
  try {
    const value: unknown = JSON.parse(raw);
    if (typeof value === 'object' && value !== null) event = { ...value };
  } catch {
    // It was cut off; the row begins empty.
  }
  const cell = (key: string) => (typeof event[key] === 'string' ? event[key] : '');
  const date = cell('date').slice(0, 10);
  const line = formatCsv(EVENT_COLUMNS, [
    [cell('title'), date, cell('start'), cell('duration'), cell('room'), '', cell('guid')],
  ]);
  return line.split('\r\n')[1] ?? '';
}

/** Neither a file nor rows. */
export const emptyImport = (): Problem =>
  problem('nothing-given', 'Choose a file, or paste rows or a schedule into the field.', {
    path: 'rows',
  });
