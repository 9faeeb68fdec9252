import type { Reader } from '../../../platform/db/database.ts';
import type { Treasurer } from '../../people/rights.ts';
import type { BankRow, RowState } from './bank-row-rules.ts';

/** A row of a bank's file as it is kept. */
export interface KeptBankRow
  extends Pick<BankRow, 'line' | 'raw' | 'payee' | 'reference'>,
    Readonly<{ minor: number | null; currency: string | null; paidOn: string | null }> {
  readonly id: string;
  readonly state: RowState;
  readonly reason: string;
  readonly fileName: string;
  readonly funderId: string;
  readonly funder: string;
  readonly funderCurrency: string;
  readonly paymentId: string | null;
}

const rowsIn = (db: Reader, summitId: string) =>
  db
    .selectFrom('bankRow')
    .innerJoin('bankImport', 'bankImport.id', 'bankRow.importId')
    .innerJoin('funder', 'funder.id', 'bankImport.funderId')
    .where('bankRow.summitId', '=', summitId);

/** How many rows of bank files wait for somebody: no claim was found, or they could not be read. */
export const openRowCount = async (db: Reader, treasurer: Treasurer): Promise<number> => {
  const counts = await rowCounts(db, treasurer);
  return counts.unmatched + counts.unreadable;
};

/** How many rows stand how. */
export async function rowCounts(
  db: Reader,
  { summitId }: Treasurer,
): Promise<Readonly<Record<RowState, number>>> {
  const rows = await db
    .selectFrom('bankRow')
    .select(['state', ({ fn }) => fn.countAll<string>().as('count')])
    .where('summitId', '=', summitId)
    .groupBy('state')
    .execute();
  const of = (state: RowState) => Number(rows.find((row) => row.state === state)?.count ?? 0);
  return {
    unmatched: of('unmatched'),
    unreadable: of('unreadable'),
    set_aside: of('set_aside'),
    matched: of('matched'),
    known: of('known'),
  };
}

/** The rows of one state, the latest file first, in its order; one row where an id is given. */
export async function keptBankRows(
  db: Reader,
  { summitId }: Treasurer,
  which:
    | { readonly id: string }
    | { readonly state: RowState; readonly page: number; readonly size: number },
): Promise<readonly KeptBankRow[]> {
  const rows = rowsIn(db, summitId)
    .select(['bankRow.id', 'bankRow.line', 'bankRow.raw', 'bankRow.paidOn', 'bankRow.minor'])
    .select(['bankRow.currency', 'bankRow.payee', 'bankRow.reference', 'bankRow.state'])
    .select(['bankRow.reason', 'bankRow.paymentId', 'bankImport.fileName', 'bankImport.funderId'])
    .select(['funder.name as funder', 'funder.currency as funderCurrency'])
    .orderBy('bankImport.readAt', 'desc')
    .orderBy('bankImport.id')
    .orderBy('bankRow.line');
  return 'id' in which
    ? rows.where('bankRow.id', '=', which.id).execute()
    : rows
        .where('bankRow.state', '=', which.state)
        .limit(which.size)
        .offset((which.page - 1) * which.size)
        .execute();
}
