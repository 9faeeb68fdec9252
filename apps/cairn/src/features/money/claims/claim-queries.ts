import { expectCurrency } from '@cairn/kernel/money';
import { type Expression, type SqlBool, sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import type { Self, Treasurer } from '../../people/rights.ts';
import { categoryOf } from '../category-rules.ts';
import type { Deduction, Finding } from '../policy/policy-rules.ts';
import type { Claim, ClaimItem, ClaimState, ClaimStep, Covered } from './claim-rules.ts';

/** One's own claims, newest first, and the bills of suppliers that one entered. */
export const ownClaims = (db: Reader, self: Self): Promise<readonly Claim[]> =>
  loadClaims(db, self.summitId, isOwn(self));

/** One of one's own claims, by its number. */
export async function ownClaim(db: Reader, self: Self, number: number): Promise<Claim | undefined> {
  const [claim] = await loadClaims(
    db,
    self.summitId,
    sql<SqlBool>`claim.number = ${number} and ${isOwn(self)}`,
  );
  return claim;
}

const isOwn = ({ personId }: Self) =>
  sql<SqlBool>`(claim.person_id = ${personId} or (claim.person_id is null and claim.entered_by = ${personId}))`;

/** Which claims a treasurer wants to see. */
export interface ClaimFilter {
  readonly states?: readonly ClaimState[];
  readonly lineId?: string;
  readonly funderId?: string;
  readonly personId?: string;
  readonly ids?: readonly string[];
}

/** What was submitted once is for treasurers to see; drafts are nobody's but their owner's. */
const WAS_SUBMITTED = sql<SqlBool>`claim.submitted_at is not null`;

/** Claims that were submitted, the longest waiting first. */
export async function claimsOf(
  db: Reader,
  { summitId }: Treasurer,
  filter: ClaimFilter = {},
): Promise<readonly Claim[]> {
  const parts = [
    WAS_SUBMITTED,
    filter.states && sql<SqlBool>`claim.state = any(${[...filter.states]}::text[])`,
    filter.personId !== undefined && sql<SqlBool>`claim.person_id = ${filter.personId}`,
    filter.ids && sql<SqlBool>`claim.id = any(${[...filter.ids]}::uuid[])`,
    filter.lineId !== undefined &&
      sql<SqlBool>`exists (select from claim_item i where i.claim_id = claim.id and i.line_id = ${filter.lineId})`,
    filter.funderId !== undefined &&
      sql<SqlBool>`exists (select from claim_item i join fund_line l on l.id = i.line_id
        where i.claim_id = claim.id and l.funder_id = ${filter.funderId})`,
  ].filter((part) => part !== undefined && part !== false);
  const found = await loadClaims(db, summitId, sql<SqlBool>`${sql.join(parts, sql` and `)}`);
  const waits = ({ submittedAt }: Claim) => submittedAt?.epochMilliseconds ?? 0;
  return [...found].sort((a, b) => waits(a) - waits(b));
}

/** One claim that was submitted, by its number. */
export async function claimOf(
  db: Reader,
  { summitId }: Treasurer,
  number: number,
): Promise<Claim | undefined> {
  const [claim] = await loadClaims(
    db,
    summitId,
    sql<SqlBool>`claim.number = ${number} and ${WAS_SUBMITTED}`,
  );
  return claim;
}

/** What happened to a claim that somebody may see, in its order. */
export async function stepsOf(
  db: Reader,
  { id }: Pick<Claim, 'id'>,
): Promise<readonly ClaimStep[]> {
  const rows = await db
    .selectFrom('claimStep')
    .leftJoin('person', 'person.id', 'claimStep.byPerson')
    .select(['claimStep.at', 'claimStep.byPerson', 'claimStep.state', 'claimStep.reason'])
    .select('person.name as byName')
    .where('claimId', '=', id)
    .orderBy('claimStep.id')
    .execute();
  return rows.map(({ state, ...row }) => ({ ...row, state: state as ClaimState })); // written from one only
}

/**
 * In which other claims the slips of a claim stand, by the id of the receipt: the same receipt, or the same file sent by
 * somebody else.
 */
export async function sameSlips(
  db: Reader,
  { summitId }: Treasurer,
  { id, items }: Pick<Claim, 'id' | 'items'>,
): Promise<ReadonlyMap<string, readonly number[]>> {
  const ids = [...new Set(items.flatMap(({ receiptIds }) => receiptIds))];
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ receiptId: string; numbers: number[] }>`
    select own.id as receipt_id, array_agg(distinct claim.number order by claim.number) as numbers
    from receipt own
    join receipt other on other.summit_id = own.summit_id and other.sha256 = own.sha256
    join claim_item_receipt used on used.receipt_id = other.id
    join claim_item item on item.id = used.item_id
    join claim on claim.id = item.claim_id
    where own.id = any(${ids}::uuid[]) and claim.summit_id = ${summitId} and claim.id <> ${id}
      and claim.submitted_at is not null and claim.state not in ('declined', 'withdrawn')
    group by own.id`.execute(db);
  return new Map(rows.map(({ receiptId, numbers }) => [receiptId, numbers]));
}

/** For commands and sweeps, which have the right already. */
export async function loadClaims(
  db: Reader,
  summitId: string,
  where: Expression<SqlBool>,
): Promise<readonly Claim[]> {
  const rows = await db
    .selectFrom('claim')
    .leftJoin('person', 'person.id', 'claim.personId')
    .selectAll('claim')
    .select('person.name as personName')
    .where('claim.summitId', '=', summitId)
    .where(where)
    .orderBy('claim.number', 'desc')
    .execute();
  if (rows.length === 0) return [];
  const items = await itemsOf(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map(({ personName, ...row }) => ({
    ...row,
    payee: personName ?? row.supplier,
    items: items.get(row.id) ?? [],
  }));
}

async function itemsOf(
  db: Reader,
  claimIds: readonly string[],
): Promise<ReadonlyMap<string, readonly ClaimItem[]>> {
  const rows = await db
    .selectFrom('claimItem')
    .selectAll()
    .where('claimId', 'in', [...claimIds])
    .orderBy('position')
    .orderBy('id')
    .execute();
  const [people, receipts] = await Promise.all([
    db
      .selectFrom('claimItemPerson')
      .innerJoin('claimItem', 'claimItem.id', 'claimItemPerson.itemId')
      .select(['itemId', 'claimItemPerson.personId', 'claimItemPerson.minor'])
      .where('claimItem.claimId', 'in', [...claimIds])
      .orderBy('claimItemPerson.personId')
      .execute(),
    db
      .selectFrom('claimItemReceipt')
      .innerJoin('claimItem', 'claimItem.id', 'claimItemReceipt.itemId')
      .select(['itemId', 'receiptId'])
      .where('claimItem.claimId', 'in', [...claimIds])
      .orderBy('claimItemReceipt.position')
      .execute(),
  ]);
  const covers = Map.groupBy(people, ({ itemId }) => itemId);
  const receiptIds = Map.groupBy(receipts, ({ itemId }) => itemId);
  const items = rows.map(({ claimId, ...row }) => ({
    claimId,
    item: {
      ...row,
      category: categoryOf(row.category),
      spentCurrency: row.spentCurrency === null ? null : expectCurrency(row.spentCurrency),
      // These were written by this room's commands only.
      facts: row.facts as ClaimItem['facts'],
      deductions: row.deductions as readonly Deduction[],
      findings: row.findings as readonly Finding[],
      typed: row.typed as ClaimItem['typed'],
      covers: (covers.get(row.id) ?? []).map(
        ({ personId, minor }): Covered => ({ personId, minor }),
      ),
      receiptIds: (receiptIds.get(row.id) ?? []).map(({ receiptId }) => receiptId),
    } satisfies ClaimItem,
  }));
  return new Map(
    [...Map.groupBy(items, ({ claimId }) => claimId)].map(([claimId, own]) => [
      claimId,
      own.map(({ item }) => item),
    ]),
  );
}
