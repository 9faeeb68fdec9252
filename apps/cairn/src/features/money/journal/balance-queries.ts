import type { Reader } from '../../../platform/db/database.ts';
import type { Treasurer } from '../../people/rights.ts';
import { type Category, categoryOf } from '../category-rules.ts';
import { type Purpose, type Stage, type Standing, standing } from './journal-rules.ts';

/** The balance of one account. */
export interface Balance {
  readonly lineId: string;
  readonly category: Category | '';
  readonly personId: string | null;
  readonly stage: Stage;
  readonly minor: number;
}

/** Every account of a summit that is not empty, with whose it is. */
export async function balancesOf(db: Reader, { summitId }: Treasurer): Promise<readonly Balance[]> {
  const rows = await db
    .selectFrom('journalBalance')
    .innerJoin('fundLine', 'fundLine.id', 'journalBalance.lineId')
    .selectAll('journalBalance')
    .where('fundLine.summitId', '=', summitId)
    .where('journalBalance.minor', '<>', 0)
    .execute();
  return rows.map(({ category, stage, ...row }) => ({
    ...row,
    category: category === '' ? '' : categoryOf(category),
    stage: stage as Stage, // the database allows no other
  }));
}

/** Where the money of each line stands, by line; says nothing of any one person. */
export async function lineStandings(
  db: Reader,
  summitId: string,
): Promise<ReadonlyMap<string, Standing>> {
  const rows = await db
    .selectFrom('fundLine')
    .leftJoin('journalBalance', 'journalBalance.lineId', 'fundLine.id')
    .select(({ fn }) => [
      'fundLine.id as lineId',
      'journalBalance.stage',
      fn.sum<number | string | null>('journalBalance.minor').as('minor'),
    ])
    .where('fundLine.summitId', '=', summitId)
    .groupBy(['fundLine.id', 'journalBalance.stage'])
    .execute();
  const byLine = Map.groupBy(rows, ({ lineId }) => lineId);
  return new Map(
    [...byLine].map(([lineId, stages]) => [
      lineId,
      standing(
        stages.flatMap(({ stage, minor }) =>
          stage === null ? [] : [{ stage: stage as Stage, minor: Number(minor) }],
        ),
      ),
    ]),
  );
}

/** So few people that a line's totals tell what one of them was given. */
const FEW = 2;

/** The lines that pay for one or two people so far: whoever may not see a person's money does not see their totals. */
export async function linesOfFew(db: Reader, summitId: string): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('journalBalance')
    .innerJoin('fundLine', 'fundLine.id', 'journalBalance.lineId')
    .select('lineId')
    .where('fundLine.summitId', '=', summitId)
    .where('personId', 'is not', null)
    .where('minor', '<>', 0)
    .groupBy('lineId')
    .having((eb) => eb(eb.fn.count('personId').distinct(), '<=', FEW))
    .execute();
  return new Set(rows.map(({ lineId }) => lineId));
}

/** What is still committed for one purpose. For commands, which hold the line's lock. */
export async function committedFor(
  db: Reader,
  { lineId, category, personId }: Purpose,
): Promise<number> {
  const row = await db
    .selectFrom('journalBalance')
    .select('minor')
    .where('lineId', '=', lineId)
    .where('category', '=', category)
    .where('personId', 'is not distinct from', personId)
    .where('stage', '=', 'committed')
    .executeTakeFirst();
  return row?.minor ?? 0;
}
