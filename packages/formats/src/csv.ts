import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type * as z from 'zod';
import { type CsvRecord, readRecords } from './csv-records.ts';
import { nearestWord } from './nearest-word.ts';
import { checkSchema } from './schema-fault.ts';

/** A CSV file, read row by row: what fits, and what does not with the reason. */
export interface CsvTable<T> {
  readonly rows: readonly CsvRow<T>[];
  readonly bad: readonly BadCsvRow[];
  /** Headers that the schema does not know; their cells are in each row's `extra`. */
  readonly unknownColumns: readonly string[];
}

export interface CsvRow<T> {
  /** The line of the file on which the row begins, from 1. */
  readonly line: number;
  readonly value: T;
  /** Cells of unknown columns, by header, empty ones left out. */
  readonly extra: Readonly<Record<string, string>>;
}

export interface BadCsvRow {
  readonly line: number;
  /** The row as it stands in the file, to be shown, corrected and imported again. */
  readonly raw: string;
  readonly problems: readonly Problem[];
}

export interface CsvOptions {
  readonly file?: string;
  /** Other headers for a schema's key, e.g. `{ email: ['e-mail', 'mail'] }`; case does not count. */
  readonly headerAliases?: Readonly<Record<string, readonly string[]>>;
  /** With more rows than this the file as a whole is refused. */
  readonly mostRows?: number;
}

/** In bytes or UTF-16 units; 5,000 people take about 1 MB. */
const LARGEST = 8 * 1024 * 1024;

/**
 * Reads a CSV file from a spreadsheet. The schema is a zod object over the cells' texts; a cell
 * that is empty counts as absent. Fails only if the file as a whole cannot be read: not UTF-8, no
 * header, a required column missing. A bad row never stops a good one.
 *
 *     const read = parseCsv(bytes, z.object({ name: z.string(), email: z.email() }), { file });
 */
export function parseCsv<S extends z.ZodObject>(
  input: string | Uint8Array,
  rowSchema: S,
  { file, headerAliases = {}, mostRows }: CsvOptions = {},
): Result<CsvTable<z.output<S>>, Problem[]> {
  const at = (line: number) => ({ ...(file === undefined ? {} : { file }), line });
  const text = decode(input);
  if (!text.ok) return fail([{ ...text.error, place: at(1) }]);
  const delimiter = detectDelimiter(text.value);
  const records = readRecords(text.value, delimiter);
  const [header, ...body] = records ?? [];
  if (!header?.cells) {
    const sentence =
      'This file is not a table; save it from the spreadsheet as CSV (UTF-8) with the names of the columns in the first row.';
    return fail([problem('not-a-table', sentence, at(1))]);
  }
  if (mostRows !== undefined && body.length > mostRows) {
    const sentence = `This table has ${body.length} rows; more than ${mostRows} are not read.`;
    return fail([problem('too-many', sentence, at(1))]);
  }
  const columns = matchColumns(header.cells, rowSchema, headerAliases);
  const problems = headerProblems(columns, rowSchema, headerAliases);
  if (problems.length > 0) {
    return fail(problems.map((each) => ({ ...each, place: at(header.line) })));
  }
  const rows: CsvRow<z.output<S>>[] = [];
  const bad: BadCsvRow[] = [];
  for (const record of body) {
    const read = readRow(record, columns, rowSchema, delimiter);
    if (read.ok) rows.push(read.value);
    else {
      const { line, raw } = record;
      const located = read.error.map((each) => ({
        ...each,
        place: { ...at(line), ...each.place },
      }));
      bad.push({ line, raw, problems: located });
    }
  }
  const unknownColumns = columns.filter(({ key }) => key === undefined).map(({ name }) => name);
  return ok({ rows, bad, unknownColumns });
}

function decode(input: string | Uint8Array): Result<string, Problem> {
  if (input.length > LARGEST) {
    return fail(problem('too-long', 'This file is larger than 8 MB; split it into several.'));
  }
  if (typeof input === 'string') return ok(normalised(input));
  // Spreadsheets call this “Unicode text”: UTF-16 with a byte order mark and tabs.
  const wide = input[0] === 0xff && input[1] === 0xfe;
  try {
    return ok(
      normalised(new TextDecoder(wide ? 'utf-16le' : 'utf-8', { fatal: true }).decode(input)),
    );
  } catch {
    const sentence =
      'This file is not in UTF-8, so names would be garbled; save it as “CSV UTF-8” and try again.';
    return fail(problem('not-utf-8', sentence));
  }
}

/** One kind of line break, so that lines can be counted; NUL, which few places can keep, as HTML shows it. */
const normalised = (text: string): string =>
  text
    .replace(/^\ufeff/, '')
    .replace(/\r\n?/g, '\n')
    .replaceAll('\0', '\uFFFD');

/** The separator that the header row has most of, outside quotes. */
function detectDelimiter(text: string): string {
  const header = /^(?:"(?:[^"]|"")*"|[^"\n])*/.exec(text.trimStart())?.[0] ?? '';
  const bare = header.replace(/"(?:[^"]|"")*"/g, '');
  const counted = [',', ';', '\t'].map((sign) => ({ sign, count: bare.split(sign).length }));
  return counted.reduce((best, each) => (each.count > best.count ? each : best)).sign;
}

interface Column {
  readonly name: string;
  /** The schema's key, if it knows the column. */
  readonly key: string | undefined;
}

/** Case, spaces, hyphens and underscores are where headers differ without meaning to. */
const headerForm = (name: string): string => name.toLowerCase().replace(/[\s_-]+/g, '');

function matchColumns(
  names: readonly string[],
  { shape }: z.ZodObject,
  aliases: Readonly<Record<string, readonly string[]>>,
): Column[] {
  const keys = new Map<string, string>();
  for (const key of Object.keys(shape)) {
    for (const name of [...(aliases[key] ?? []), key]) keys.set(headerForm(name), key);
  }
  return names.map((name) => ({ name: name.trim(), key: keys.get(headerForm(name)) }));
}

function headerProblems(
  columns: readonly Column[],
  { shape }: z.ZodObject,
  aliases: Readonly<Record<string, readonly string[]>>,
): Problem[] {
  const problems: Problem[] = [];
  const present = new Set<string>();
  for (const { name, key } of columns) {
    const identity = key ?? ` ${name}`;
    if (present.has(identity) && name !== '') {
      const sentence = `Two columns are called “${name}” or mean the same; remove or rename one.`;
      problems.push(problem('duplicate-column', sentence));
    }
    present.add(identity);
  }
  const unknown = columns.filter(({ key }) => key === undefined).map(({ name }) => name);
  for (const [key, cell] of Object.entries(shape)) {
    if (present.has(key) || cell.safeParse(undefined).success) continue;
    const meant = [key, ...(aliases[key] ?? [])]
      .map((name) => nearestWord(name, unknown))
      .find((word) => word !== undefined);
    const guess = meant === undefined ? '' : ` (is it the one called “${meant}”?)`;
    const sentence = `The column “${key}” is missing; add it to the first row${guess}.`;
    problems.push(problem('missing-column', sentence));
  }
  return problems;
}

function readRow<S extends z.ZodObject>(
  { line, cells }: CsvRecord,
  columns: readonly Column[],
  schema: S,
  delimiter: string,
): Result<CsvRow<z.output<S>>, Problem[]> {
  if (!cells) {
    const sentence =
      'The quotes of this row are broken; put each quoted cell between two quotes and write a quote inside it twice.';
    return fail([problem('broken-quotes', sentence)]);
  }
  // Spreadsheets pad rows with empty cells; those say nothing.
  const surplus = cells.slice(columns.length).some((cell) => cell !== '');
  if (surplus || cells.length < columns.length) {
    const sign = delimiter === '\t' ? 'a tab' : `“${delimiter}”`;
    const sentence = `This row has ${cells.length} cells and the header ${columns.length}; put quotes around a cell that contains ${sign}, or add what is missing.`;
    return fail([problem('ragged-row', sentence)]);
  }
  const known: Record<string, string> = {};
  const extra: Record<string, string> = {};
  for (const [index, { name, key }] of columns.entries()) {
    const cell = withoutGuard(cells[index] ?? '').trim();
    if (cell !== '') (key === undefined ? extra : known)[key ?? name] = cell;
  }
  const checked = checkSchema(schema, known);
  if (checked.ok) return ok({ line, value: checked.value, extra });
  return fail(
    checked.faults.map(({ code, sentence, path, at }) => {
      const column = String(path[0] ?? '');
      return at === 'missing'
        ? problem('empty-cell', `“${column}” is empty in this row; fill it in.`, { path: column })
        : problem(code, sentence, column === '' ? {} : { path: column });
    }),
  );
}

/** What a spreadsheet would take for a formula (OWASP, “CSV injection”). */
const FORMULA = /^'*[=+\-@\t\r\n]/;

/** Takes off the apostrophe that `formatCsv` puts before such a cell. */
const withoutGuard = (cell: string): string =>
  cell.startsWith("'") && FORMULA.test(cell) ? cell.slice(1) : cell;

/** What a cell may hold; null is empty. */
export type Cell = string | number | boolean | null;

/**
 * A CSV file (RFC 4180: commas, CRLF) that no spreadsheet takes for formulas: text that begins
 * with = + - @, tab or line break gets an apostrophe before it, which `parseCsv` takes off again.
 * Begins with a byte order mark, without which Excel garbles every accent.
 */
export function formatCsv(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const lines = [header, ...rows].map((cells) => cells.map(formatCell).join(','));
  return `\ufeff${lines.map((line) => `${line}\r\n`).join('')}`;
}

function formatCell(cell: Cell): string {
  if (typeof cell !== 'string') return cell === null ? '' : String(cell);
  const guarded = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",;\t\r\n]|^\s|\s$/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
