import { type CsvTable, parseCsv } from '@cairn/formats/csv';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { z } from 'zod';
import { type Occasion, occasionNamed } from './evidence-occasions.ts';
import {
  type Directory,
  directoryOf,
  findPerson,
  type KnownPerson,
} from './evidence-people-rules.ts';
import { namesPeople, PERSON_ALIASES, withoutSurroundings } from './evidence-table-rules.ts';

/** A row that says who was where. */
export interface AttendedRow {
  readonly line: number;
  readonly person: KnownPerson;
  /** By what the person was found; a name is the weakest, so the preview says so. */
  readonly foundBy: 'email' | 'github' | 'name';
  readonly occasion: Occasion;
}

/** A row that cannot be recorded as it is. */
export interface LeftRow {
  readonly line: number;
  /** As it stands in the file, to be corrected and sent again. */
  readonly raw: string;
  readonly problem: Problem;
}

/** A table of who came, read against a summit's people and occasions. */
export interface AttendanceTable {
  readonly attended: readonly AttendedRow[];
  readonly left: readonly LeftRow[];
  /** Columns that say nothing to Cairn, such as how long somebody stayed. */
  readonly unusedColumns: readonly string[];
  /** The header and the rows left over: a file of its own. Empty when none is left. */
  readonly leftOver: string;
}

const cell = z.string().optional();
const rowSchema = z.object({ name: cell, email: cell, github: cell, meeting: cell, day: cell });

const ALIASES = {
  ...PERSON_ALIASES,
  meeting: ['Planning meeting', 'Meeting title'],
  day: ['Date', 'Present on'],
} as const;

/**
 * Reads who came to what from a spreadsheet or from a video tool's list of attendees. Each row names
 * a person by address, GitHub handle or name, and a meeting or a day; `otherwise` is meant where a
 * row names neither. A row that cannot be recorded is left over with its reason, and stops no other.
 * Fails only when the text is no such table at all.
 */
export function readAttendance(
  text: string,
  people: readonly KnownPerson[],
  occasions: readonly Occasion[],
  otherwise: Occasion | undefined,
): Result<AttendanceTable, Problem[]> {
  const table = withoutSurroundings(text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n'));
  const read = parseCsv(table, rowSchema, { headerAliases: ALIASES });
  if (!read.ok) return fail(read.error.map(({ code, sentence }) => inText(code, sentence)));
  if (!namesPeople(table)) {
    const sentence =
      'No column says who came; call one “email”, “github” or “name” in the first row.';
    return fail([inText('no-person-column', sentence)]);
  }
  return ok(matched(table, read.value, directoryOf(people), occasions, otherwise));
}

const inText = (code: string, sentence: string): Problem =>
  problem(code, sentence, { path: 'csv' });

type Row = z.output<typeof rowSchema>;

function matched(
  text: string,
  table: CsvTable<Row>,
  directory: Directory,
  occasions: readonly Occasion[],
  otherwise: Occasion | undefined,
): AttendanceTable {
  const lines = text.split('\n');
  const begins = [...table.rows, ...table.bad].map(({ line }) => line).sort((a, b) => a - b);
  // A quoted cell may run over several lines: a row ends where the next one begins.
  const rawOf = (line: number) =>
    lines
      .slice(line - 1, (begins.find((other) => other > line) ?? lines.length + 1) - 1)
      .join('\n')
      .trim();
  const attended: AttendedRow[] = [];
  const left: LeftRow[] = table.bad.map(({ line, raw, problems: [first] }) => ({
    line,
    raw,
    problem: first ?? problem('bad-row', 'This row cannot be read.'),
  }));
  for (const { line, value } of table.rows) {
    const found = findPerson(value, directory);
    const occasion = occasionOf(value, occasions, otherwise);
    if (!found.ok) left.push({ line, raw: rawOf(line), problem: found.problem });
    else if (!occasion.ok) left.push({ line, raw: rawOf(line), problem: occasion.error });
    else {
      const { person, foundBy } = found;
      attended.push({ line, person, foundBy, occasion: occasion.value });
    }
  }
  left.sort((a, b) => a.line - b.line);
  const header = lines.find((line) => line.trim() !== '') ?? '';
  return {
    attended,
    left,
    unusedColumns: table.unknownColumns.filter((name) => name !== ''),
    leftOver: left.length === 0 ? '' : [header, ...left.map(({ raw }) => raw)].join('\n'),
  };
}

function occasionOf(
  { meeting, day }: Row,
  occasions: readonly Occasion[],
  otherwise: Occasion | undefined,
): Result<Occasion, Problem> {
  const written = meeting ?? day;
  const found = written === undefined ? otherwise : occasionNamed(occasions, written);
  if (found === undefined) {
    const known = occasions.map(({ subject }) => subject.replace(/^\w+:/, '')).join(', ');
    const sentence =
      written === undefined
        ? 'This row names no meeting or day; fill one in, or choose above what such rows are about.'
        : `“${written}” is no meeting or day of this summit; write one of ${known}.`;
    return fail(problem(written === undefined ? 'no-occasion' : 'unknown-occasion', sentence));
  }
  if (!found.hasBegun) {
    return fail(
      problem('not-begun', `${found.label} has not begun; send this row again when it has.`),
    );
  }
  return ok(found);
}
