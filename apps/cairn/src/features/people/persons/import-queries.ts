import type { Reader } from '../../../platform/db/database.ts';
import type { Organiser } from '../rights.ts';
import type { Cells } from './import-reading.ts';

/** A row of an earlier file that waits for its correction. */
export interface KeptRow {
  readonly id: string;
  readonly line: number;
  readonly raw: string;
  readonly cells: Cells;
}

const openRows = (db: Reader, { summitId }: Organiser) =>
  db
    .selectFrom('importRow')
    .select(['id', 'line', 'raw', 'cells'])
    .where('summitId', '=', summitId)
    .where('settledAt', 'is', null);

/** The rows that wait, in the order in which they came. */
export async function keptRows(db: Reader, organiser: Organiser): Promise<KeptRow[]> {
  const rows = await openRows(db, organiser)
    .orderBy('createdAt')
    .orderBy('line')
    .limit(1000)
    .execute();
  return rows.map(asKept);
}

/** One row that waits. */
export async function keptRow(
  db: Reader,
  organiser: Organiser,
  id: string,
): Promise<KeptRow | undefined> {
  const row = await openRows(db, organiser).where('id', '=', id).executeTakeFirst();
  return row && asKept(row);
}

// Written by keepRows alone.
const asKept = (row: Omit<KeptRow, 'cells'> & { cells: unknown }): KeptRow => ({
  ...row,
  cells: row.cells as Cells,
});
