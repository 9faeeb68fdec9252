import { type CsvTable, parseCsv } from '@cairn/formats/csv';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { z } from 'zod';
import { folded, type Occasion, occasionNamed } from './evidence-occasions.ts';

/** Somebody of the summit, as a table may name them. */
export interface KnownPerson {
  readonly personId: string;
  readonly name: string;
  readonly emails: readonly string[];
  readonly handles: readonly string[];
}

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

/** How the lists of attendees of common video tools call their columns. */
const ALIASES = {
  name: [
    'Name (Original Name)',
    'Full name',
    'Participant',
    'Participant name',
    'Attendee',
    'User name',
  ],
  email: ['User Email', 'E-mail', 'Mail', 'Email address', 'Attendee email', 'Participant email'],
  github: ['GitHub handle', 'GitHub login', 'GitHub user', 'Handle'],
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
  const table = withoutPreamble(text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n'));
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

const headerCells = (line: string): string[] =>
  line.split(/[,;\t]/).map((name) => folded(name.replaceAll('"', '')).replace(/[ _-]/g, ''));

const PERSON_COLUMNS = new Set(
  (['name', 'email', 'github'] as const).flatMap((key) =>
    [key, ...ALIASES[key]].map((name) => folded(name).replace(/[ _-]/g, '')),
  ),
);

const isHeader = (line: string): boolean =>
  headerCells(line).some((name) => PERSON_COLUMNS.has(name));

const namesPeople = (text: string): boolean =>
  isHeader(text.split('\n').find((line) => line.trim() !== '') ?? '');

/**
 * Some tools write the meeting's own particulars above the table of people. They become empty lines,
 * so that the lines of what follows keep their numbers.
 */
function withoutPreamble(text: string): string {
  const lines = text.split('\n');
  const header = lines.slice(0, 20).findIndex(isHeader);
  return header <= 0 ? text : [...Array(header).fill(''), ...lines.slice(header)].join('\n');
}

/** People by each thing they are known by; undefined where two share a name. */
interface Directory {
  readonly byEmail: ReadonlyMap<string, KnownPerson>;
  readonly byHandle: ReadonlyMap<string, KnownPerson>;
  readonly byName: ReadonlyMap<string, KnownPerson | 'several'>;
}

function directoryOf(people: readonly KnownPerson[]): Directory {
  const byName = new Map<string, KnownPerson | 'several'>();
  for (const person of people) {
    const name = folded(person.name);
    byName.set(name, byName.has(name) ? 'several' : person);
  }
  const by = (keys: (person: KnownPerson) => readonly string[]) =>
    new Map(people.flatMap((person) => keys(person).map((key) => [key.toLowerCase(), person])));
  return { byEmail: by(({ emails }) => emails), byHandle: by(({ handles }) => handles), byName };
}

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
    const person = personOf(value, directory);
    const occasion = occasionOf(value, occasions, otherwise);
    if (!person.ok) left.push({ line, raw: rawOf(line), problem: person.error });
    else if (!occasion.ok) left.push({ line, raw: rawOf(line), problem: occasion.error });
    else attended.push({ line, ...person.value, occasion: occasion.value });
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

function personOf(
  { email, github, name }: Row,
  { byEmail, byHandle, byName }: Directory,
): Result<Pick<AttendedRow, 'person' | 'foundBy'>, Problem> {
  const handle = github
    ?.replace(/^(https?:\/\/)?(www\.)?github\.com\//i, '')
    .replace(/^@|\/$/g, '');
  const byAddress = byEmail.get(email?.toLowerCase() ?? '');
  if (byAddress !== undefined) return ok({ person: byAddress, foundBy: 'email' });
  const byLogin = byHandle.get(handle?.toLowerCase() ?? '');
  if (byLogin !== undefined) return ok({ person: byLogin, foundBy: 'github' });
  for (const candidate of nameCandidates(name ?? '')) {
    const found = byName.get(folded(candidate));
    if (found === 'several') {
      const sentence = `Several people here are called “${candidate}”; add the email of the one you mean.`;
      return fail(problem('ambiguous-name', sentence));
    }
    if (found !== undefined) return ok({ person: found, foundBy: 'name' });
  }
  const who = email ?? github ?? name;
  if (who === undefined) {
    return fail(problem('no-person', 'This row names nobody; fill in email, github or name.'));
  }
  const sentence = `Nobody in this summit is known as “${who}”; write the address or handle that they were invited by, or invite them first.`;
  return fail(problem('unknown-person', sentence));
}

/** Video tools write `Shown name (Original Name)`: either may be the one we know. */
function nameCandidates(name: string): string[] {
  const parts = /^(.*?)\s*\((.*)\)\s*$/.exec(name);
  return [name, parts?.[1], parts?.[2]]
    .filter((candidate) => candidate !== undefined)
    .filter((candidate) => candidate.trim() !== '');
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
