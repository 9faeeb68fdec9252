import { type Currency, expectCurrency } from '@cairn/kernel/money';
import type { Instant } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import type { Treasurer } from '../../people/rights.ts';

/** Claims that went together to whoever pays for a funder. */
export interface Batch {
  readonly id: string;
  readonly number: number;
  readonly funderId: string;
  readonly funder: string;
  readonly award: string;
  readonly currency: Currency;
  readonly note: string;
  readonly sentAt: Instant;
  readonly sentBy: string | null;
  readonly claims: readonly BatchClaim[];
}

/** One claim of a batch, with what was asked for it. */
export interface BatchClaim {
  readonly claimId: string;
  readonly number: number;
  readonly payee: string;
  readonly state: string;
  readonly minor: number;
  /** First and last day on which something was spent. */
  readonly spentFrom: string | null;
  readonly spentUntil: string | null;
  /** `Participants: travel, meals`. */
  readonly lines: string;
  readonly approvedAt: Instant | null;
  readonly recalledAt: Instant | null;
  readonly recallReason: string;
}

/** The batches of a summit, newest first; one of them where a number is given. */
export async function batchesOf(
  db: Reader,
  { summitId }: Treasurer,
  number?: number,
): Promise<readonly Batch[]> {
  const batches = await db
    .selectFrom('payerBatch')
    .innerJoin('funder', 'funder.id', 'payerBatch.funderId')
    .leftJoin('person', 'person.id', 'payerBatch.sentBy')
    .select(['payerBatch.id', 'payerBatch.number', 'payerBatch.funderId', 'payerBatch.note'])
    .select(['payerBatch.sentAt', 'person.name as sentBy'])
    .select(['funder.name as funder', 'funder.award', 'funder.currency'])
    .where('payerBatch.summitId', '=', summitId)
    .$if(number !== undefined, (q) => q.where('payerBatch.number', '=', number ?? 0))
    .orderBy('payerBatch.number', 'desc')
    .execute();
  const claims = await db
    .selectFrom('payerBatchClaim')
    .innerJoin('payerBatch', 'payerBatch.id', 'payerBatchClaim.batchId')
    .innerJoin('claim', 'claim.id', 'payerBatchClaim.claimId')
    .leftJoin('person', 'person.id', 'claim.personId')
    .selectAll('payerBatchClaim')
    .select(['claim.number', 'claim.state', 'claim.approvedAt'])
    .select(sql<string>`coalesce(person.name, claim.supplier)`.as('payee'))
    .select([
      itemsIn<string | null>(sql`min(i.spent_on)::text`).as('spentFrom'),
      itemsIn<string | null>(sql`max(i.spent_on)::text`).as('spentUntil'),
      itemsIn<string | null>(sql`string_agg(distinct l.title, ', ')`).as('lines'),
    ])
    .where('payerBatch.summitId', '=', summitId)
    .$if(number !== undefined, (q) => q.where('payerBatch.number', '=', number ?? 0))
    .orderBy('claim.number')
    .execute();
  return batches.map(({ currency, ...batch }) => ({
    ...batch,
    currency: expectCurrency(currency),
    claims: claims
      .filter(({ batchId }) => batchId === batch.id)
      .map(({ batchId: _, lines, ...claim }) => ({ ...claim, lines: lines ?? '' })),
  }));
}

/** Something about the costs of a batch's claim that the batch's funder pays. */
const itemsIn = <T>(what: ReturnType<typeof sql>) =>
  sql<T>`(select ${what} from claim_item i join fund_line l on l.id = i.line_id
    where i.claim_id = claim.id and l.funder_id = payer_batch.funder_id and i.approved_minor > 0)`;
