import { expectCurrency } from '@cairn/kernel/money';
import type { Reader } from '../../../platform/db/database.ts';
import type { Self, Treasurer } from '../../people/rights.ts';
import { type Category, categoryOf } from '../category-rules.ts';
import type { Estimate, EstimateItem, EstimateState } from './estimate-rules.ts';

const COLUMNS = [
  'id',
  'number',
  'personId',
  'state',
  'note',
  'overReason',
  'firstLookBy',
  'revision',
  'createdAt',
  'submittedAt',
  'settledAt',
] as const;

/** Whose estimates are looked for: somebody's own, or everybody's but drafts. */
interface Search {
  readonly summitId: string;
  readonly personId?: string | undefined;
  readonly number?: number | undefined;
  readonly states?: readonly EstimateState[] | undefined;
}

async function estimatesWhere(
  db: Reader,
  { summitId, personId, number, states }: Search,
): Promise<readonly Estimate[]> {
  let query = db.selectFrom('estimate').select(COLUMNS).where('summitId', '=', summitId);
  if (personId !== undefined) query = query.where('personId', '=', personId);
  if (number !== undefined) query = query.where('number', '=', number);
  if (states !== undefined) query = query.where('state', 'in', [...states]);
  const rows = await query.orderBy('number', 'desc').execute();
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const [items, steps] = await Promise.all([
    itemsOf(db, ids),
    db
      .selectFrom('estimateStep')
      .select(['estimateId', 'at', 'byPerson', 'state', 'reason'])
      .where('estimateId', 'in', ids)
      .orderBy('id')
      .execute(),
  ]);
  return rows.map((row) => ({
    ...row,
    items: items.get(row.id) ?? [],
    steps: steps
      .filter(({ estimateId }) => estimateId === row.id)
      .map(({ at, byPerson, state, reason }) => ({
        at,
        byPerson,
        state: state as EstimateState, // written by our commands only
        reason,
      })),
  }));
}

async function itemsOf(
  db: Reader,
  estimateIds: readonly string[],
): Promise<ReadonlyMap<string, readonly EstimateItem[]>> {
  const rows = await db
    .selectFrom('estimateItem')
    .selectAll()
    .where('estimateId', 'in', [...estimateIds])
    .orderBy('position')
    .execute();
  const items = new Map<string, EstimateItem[]>();
  for (const { estimateId, category, spentCurrency, ...row } of rows) {
    const item = {
      ...row,
      category: categoryOf(category),
      spentCurrency: expectCurrency(spentCurrency),
    };
    items.set(estimateId, [...(items.get(estimateId) ?? []), item]);
  }
  return items;
}

/** One's own estimates, newest first, drafts too. */
export const ownEstimates = (
  db: Reader,
  { summitId, personId }: Self,
): Promise<readonly Estimate[]> => estimatesWhere(db, { summitId, personId });

/** One of one's own estimates. */
export const ownEstimate = async (
  db: Reader,
  { summitId, personId }: Self,
  number: number,
): Promise<Estimate | undefined> => (await estimatesWhere(db, { summitId, personId, number }))[0];

/** What a treasurer looks for; drafts are their owners'. */
export interface EstimateFilter {
  readonly states?: readonly EstimateState[];
  readonly personId?: string;
}

/** An estimate with whose it is. */
export interface NamedEstimate extends Estimate {
  readonly name: string;
}

const SEEN: readonly EstimateState[] = [
  'submitted',
  'second_look',
  'returned',
  'approved',
  'declined',
  'withdrawn',
  'closed',
];

/** Everybody's estimates, newest first. What was never submitted is not among them. */
export async function estimatesOf(
  db: Reader,
  { summitId }: Treasurer,
  { states = SEEN, personId }: EstimateFilter = {},
): Promise<readonly NamedEstimate[]> {
  const asked = states.filter((state) => SEEN.includes(state));
  if (asked.length === 0) return [];
  const found = await estimatesWhere(db, { summitId, personId, states: asked });
  return named(
    db,
    found.filter(({ submittedAt }) => submittedAt !== null),
  );
}

/** One of them by its number. */
export async function estimateOf(
  db: Reader,
  { summitId }: Treasurer,
  number: number,
): Promise<NamedEstimate | undefined> {
  const found = await estimatesWhere(db, { summitId, number, states: SEEN });
  return (
    await named(
      db,
      found.filter(({ submittedAt }) => submittedAt !== null),
    )
  )[0];
}

async function named(
  db: Reader,
  estimates: readonly Estimate[],
): Promise<readonly NamedEstimate[]> {
  if (estimates.length === 0) return [];
  const people = await db
    .selectFrom('person')
    .select(['id', 'name'])
    .where('id', 'in', [...new Set(estimates.map(({ personId }) => personId))])
    .execute();
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return estimates.map((each) => ({ ...each, name: names.get(each.personId) ?? '' }));
}

/** How many estimates are in each state; for a treasurer's list of what is to be done. */
export async function estimateCounts(
  db: Reader,
  { summitId }: Treasurer,
): Promise<Readonly<Partial<Record<EstimateState, number>>>> {
  const rows = await db
    .selectFrom('estimate')
    .select(({ fn }) => ['state', fn.countAll<number | string>().as('count')])
    .where('summitId', '=', summitId)
    .where('submittedAt', 'is not', null)
    .groupBy('state')
    .execute();
  return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]));
}

/** What somebody may spend of a line for a category, in the line's currency. */
export interface Cap {
  readonly lineId: string;
  readonly category: Category;
  /** The caps of approved estimates together. */
  readonly capMinor: number;
  /** What of it is neither claimed nor let go yet. */
  readonly leftMinor: number;
  /** Numbers of the estimates that it stands in. */
  readonly estimates: readonly number[];
}

/** One's own caps, of estimates that are approved and not closed. */
export const ownCaps = (db: Reader, { summitId, personId }: Self): Promise<readonly Cap[]> =>
  capsWhere(db, summitId, personId);

/** Somebody's caps, for those who look after the money. */
export const capsOf = (
  db: Reader,
  { summitId }: Treasurer,
  personId: string,
): Promise<readonly Cap[]> => capsWhere(db, summitId, personId);

async function capsWhere(db: Reader, summitId: string, personId: string): Promise<readonly Cap[]> {
  const rows = await db
    .selectFrom('estimateItem')
    .innerJoin('estimate', 'estimate.id', 'estimateItem.estimateId')
    .leftJoin('journalBalance', (join) =>
      join
        .onRef('journalBalance.lineId', '=', 'estimateItem.lineId')
        .onRef('journalBalance.category', '=', 'estimateItem.category')
        .onRef('journalBalance.personId', '=', 'estimate.personId')
        .on('journalBalance.stage', '=', 'committed'),
    )
    .select(['estimateItem.lineId', 'estimateItem.category', 'estimateItem.capMinor'])
    .select(['estimate.number', 'journalBalance.minor as leftMinor'])
    .where('estimate.summitId', '=', summitId)
    .where('estimate.personId', '=', personId)
    .where('estimate.state', '=', 'approved')
    .orderBy('estimate.number')
    .execute();
  const caps = new Map<string, Cap>();
  for (const { lineId, category, capMinor, number, leftMinor } of rows) {
    if (lineId === null || capMinor === null) continue;
    const key = `${lineId} ${category}`;
    const before = caps.get(key);
    caps.set(key, {
      lineId,
      category: categoryOf(category),
      capMinor: (before?.capMinor ?? 0) + capMinor,
      leftMinor: leftMinor ?? 0,
      estimates: [...new Set([...(before?.estimates ?? []), number])],
    });
  }
  return [...caps.values()];
}
