import { parseCsv } from '@cairn/formats/csv';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { z } from 'zod';
import {
  namesPeople,
  PERSON_ALIASES,
  STAY_ALIASES,
  withoutSurroundings,
} from '../../people/promises/evidence-table-rules.ts';
import { minutesOf, type Stay, stayOf } from './stay-rules.ts';

/** One row of a list: somebody who was in the call for a time. */
export interface ListRow {
  readonly line: number;
  readonly name: string | undefined;
  readonly email: string | undefined;
  readonly github: string | undefined;
  /** Minutes, as the list counts them. */
  readonly minutes: number | undefined;
  readonly stay: Stay | undefined;
}

/** A row that cannot be read. */
export interface BrokenRow {
  readonly line: number;
  readonly raw: string;
  readonly sentence: string;
}

/** Who was in a call, as a video tool lists it. */
export interface VideoList {
  readonly rows: readonly ListRow[];
  readonly broken: readonly BrokenRow[];
  /** Rows of people who got no further than the waiting room. */
  readonly waited: number;
  readonly unusedColumns: readonly string[];
  /** Whether the list says how long people stayed. */
  readonly saysHowLong: boolean;
}

const cell = z.string().optional();
const rowSchema = z.object({
  name: cell,
  first: cell,
  last: cell,
  email: cell,
  github: cell,
  duration: cell,
  joined: cell,
  left: cell,
  waiting: cell,
});

const ALIASES = { ...PERSON_ALIASES, ...STAY_ALIASES, waiting: ['In Waiting Room'] };

/**
 * Reads the list of participants of a video tool, as it comes: Zoom's with or without the block about
 * the meeting above it, Google Meet's, Microsoft Teams' with its several parts and tabs,
 * BigBlueButton's, Jitsi's, or any table with a name or an address. Fails only when it is no such table.
 */
export function readVideoList(text: string): Result<VideoList, Problem[]> {
  const table = withoutSurroundings(text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n'));
  const read = parseCsv(table, rowSchema, { headerAliases: ALIASES });
  if (!read.ok) {
    return fail(read.error.map(({ code, sentence }) => problem(code, sentence, { path: 'csv' })));
  }
  if (!namesPeople(table)) {
    const sentence =
      'No column says who was there; call one “email”, “github” or “name” in the first row.';
    return fail([problem('no-person-column', sentence, { path: 'csv' })]);
  }
  const unit = /duration[^,;\t"]*sec/i.test(table.trimStart().split('\n')[0] ?? '') ? 1 / 60 : 1;
  const { rows, bad, unknownColumns } = read.value;
  const isInside = ({ value }: (typeof rows)[number]) =>
    !/^(yes|true|1)$/i.test(value.waiting ?? '');
  const inside = rows.filter(isInside).map(({ line, value }): ListRow => {
    const { name, first, last, email, github, duration, joined, left } = value;
    return {
      line,
      name: name ?? ([first, last].filter((part) => part !== undefined).join(' ') || undefined),
      email,
      github,
      minutes: duration === undefined ? undefined : minutesOf(duration, unit),
      stay: stayOf(joined, left),
    };
  });
  const names = ({ name, email, github }: ListRow) => (name ?? email ?? github) !== undefined;
  return ok({
    rows: inside.filter(names),
    broken: [
      ...bad.map(({ line, raw, problems: [first] }) => ({
        line,
        raw,
        sentence: first?.sentence ?? 'This row cannot be read.',
      })),
      ...inside
        .filter((row) => !names(row))
        .map(({ line }) => ({ line, raw: '', sentence: 'This row names nobody.' })),
    ],
    waited: rows.length - inside.length,
    unusedColumns: unknownColumns.filter((name) => name !== ''),
    saysHowLong: inside.some(({ minutes, stay }) => minutes !== undefined || stay !== undefined),
  });
}
