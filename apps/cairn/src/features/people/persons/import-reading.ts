import { type BadCsvRow, parseCsv } from '@cairn/formats/csv';
import type { Problem } from '@cairn/kernel/problem';
import { ok, type Result } from '@cairn/kernel/result';
import { z } from 'zod';
import type { SummitDefinition } from '../../summits/schema.ts';
import type { ReadRow } from './import-rules.ts';
import { COLUMN_ALIASES, entryOf, type PERSON_COLUMNS, personRowSchema } from './person-schema.ts';

/** The cells of a row by column, as they were written. */
export type Cells = Readonly<Record<(typeof PERSON_COLUMNS)[number], string>>;

export const NO_CELLS: Cells = {
  name: '',
  email: '',
  github: '',
  communities: '',
  seat_kind: '',
  note: '',
};

/** A row that cannot be taken as it is. */
export interface BadRow {
  readonly line: number;
  readonly raw: string;
  /** Undefined where the cells cannot even be told apart. */
  readonly cells: Cells | undefined;
  readonly problems: readonly Problem[];
}

/** A row that can be taken, with the cells it came from in case it cannot after all. */
export interface GoodRow extends ReadRow {
  readonly raw: string;
  readonly cells: Cells | undefined;
}

/** A file of people, read. */
export interface ReadImport {
  readonly rows: readonly GoodRow[];
  readonly bad: readonly BadRow[];
  /** Columns that no field answers to; their cells go into the remark. */
  readonly unknownColumns: readonly string[];
}

const text = z.string().default('');
const cellsSchema = z.object({
  name: text,
  email: text,
  github: text,
  communities: text,
  seat_kind: text,
  note: text,
});

/** Reads a file of people: what fits, and what does not with the reason. Nothing is left out. */
export function readImport(
  input: string | Uint8Array,
  communities: SummitDefinition['communities'],
  file?: string,
): Result<ReadImport, Problem[]> {
  const options = { ...(file === undefined ? {} : { file }), headerAliases: COLUMN_ALIASES };
  const read = parseCsv(input, personRowSchema(communities), options);
  if (!read.ok) return read;
  // A second, lenient reading: the cells of a row that is wrong, to be corrected one by one.
  const asWritten = parseCsv(input, cellsSchema, options);
  const cells = new Map(
    asWritten.ok ? asWritten.value.rows.map(({ line, value }) => [line, value]) : [],
  );
  const withCells = ({ line, raw, problems }: BadCsvRow): BadRow => ({
    line,
    raw,
    cells: cells.get(line),
    problems,
  });
  return ok({
    rows: read.value.rows.map(({ line, value, extra }) => {
      const entry = entryOf(value);
      const others = Object.entries(extra).map(([column, cell]) => `${column}: ${cell}`);
      const remark = [entry.remark, ...others].filter((part) => part !== '').join('\n');
      const written = cells.get(line);
      const raw = Object.values(written ?? {}).join(', ');
      return { line, raw, cells: written, entry: { ...entry, remark } };
    }),
    bad: read.value.bad.map(withCells),
    unknownColumns: read.value.unknownColumns,
  });
}
