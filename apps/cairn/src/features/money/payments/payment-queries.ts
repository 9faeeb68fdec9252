import { expectCurrency } from '@cairn/kernel/money';
import type { Instant } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import type { Self, Treasurer } from '../../people/rights.ts';
import type { Due, OpenItem } from './payment-rules.ts';

/** A claim that was approved has one of these. */
const APPROVED = ['approved', 'sent', 'paid'] as const;

/** What each approved claim is owed by each funder that pays some of it, paid or not, by number. */
export async function dues(
  db: Reader,
  { summitId }: Treasurer,
  only: { readonly claimId?: string; readonly funderId?: string } = {},
): Promise<readonly Due[]> {
  const rows = await db
    .selectFrom('claimItem')
    .innerJoin('claim', 'claim.id', 'claimItem.claimId')
    .innerJoin('fundLine', 'fundLine.id', 'claimItem.lineId')
    .innerJoin('funder', 'funder.id', 'fundLine.funderId')
    .leftJoin('person', 'person.id', 'claim.personId')
    .select(['claim.id as claimId', 'claim.number', 'claim.personId', 'claim.supplier'])
    .select(['claim.state', 'person.name as personName'])
    .select(['funder.id as funderId', 'funder.name as funder', 'funder.currency'])
    .select(({ fn }) => fn.sum<string>('claimItem.approvedMinor').as('approvedMinor'))
    .select(
      sql<string>`coalesce((select sum(payment.minor) from payment
        where payment.claim_id = claim.id and payment.funder_id = funder.id
          and payment.reversed_at is null), 0)`.as('paidMinor'),
    )
    .select((eb) =>
      eb
        .selectFrom('payerBatchClaim')
        .innerJoin('payerBatch', 'payerBatch.id', 'payerBatchClaim.batchId')
        .select(({ fn }) => fn.max('payerBatch.sentAt').as('sentOn'))
        .whereRef('payerBatchClaim.claimId', '=', 'claim.id')
        .whereRef('payerBatch.funderId', '=', 'funder.id')
        .where('payerBatchClaim.recalledAt', 'is', null)
        .as('sentOn'),
    )
    .where('claim.summitId', '=', summitId)
    .where('claim.state', 'in', APPROVED)
    .where('claimItem.approvedMinor', '>', 0)
    .$if(only.claimId !== undefined, (q) => q.where('claim.id', '=', only.claimId ?? ''))
    .$if(only.funderId !== undefined, (q) => q.where('funder.id', '=', only.funderId ?? ''))
    .groupBy(['claim.id', 'person.name', 'funder.id'])
    .orderBy('claim.number')
    .orderBy('funder.position')
    .orderBy('funder.key')
    .execute();
  return rows.map(
    ({ supplier, personName, currency, state, approvedMinor, paidMinor, ...row }) => ({
      ...row,
      payee: personName ?? supplier,
      currency: expectCurrency(currency),
      state: state as Due['state'], // one of those asked for
      approvedMinor: Number(approvedMinor),
      paidMinor: Number(paidMinor),
    }),
  );
}

/** What is still to be paid: each approved claim, by each funder that has not paid all of its part. */
export async function owed(db: Reader, treasurer: Treasurer): Promise<readonly Due[]> {
  return (await dues(db, treasurer)).filter((due) => due.approvedMinor > due.paidMinor);
}

/** The costs of a claim that a funder pays, and how much of each is open, by the journal. */
export async function openItems(
  db: Reader,
  claimId: string,
  funderId: string,
): Promise<readonly (OpenItem & Purposed)[]> {
  const rows = await db
    .selectFrom('claimItem')
    .innerJoin('fundLine', 'fundLine.id', 'claimItem.lineId')
    .innerJoin('claim', 'claim.id', 'claimItem.claimId')
    .select(['claimItem.id as itemId', 'claimItem.approvedMinor', 'claimItem.category'])
    .select(['fundLine.id as lineId', 'claim.personId'])
    .select(
      sql<string>`coalesce((select sum(posting.minor) from journal_entry entry
        join journal_posting posting on posting.entry_id = entry.id
        where entry.subject_id = claim_item.id and posting.stage = 'paid'), 0)`.as('paidMinor'),
    )
    .where('claimItem.claimId', '=', claimId)
    .where('fundLine.funderId', '=', funderId)
    .where('claimItem.approvedMinor', '>', 0)
    .orderBy('claimItem.position')
    .orderBy('claimItem.id')
    .execute();
  return rows.map(({ approvedMinor, paidMinor, ...row }) => ({
    ...row,
    openMinor: Math.max(0, (approvedMinor ?? 0) - Number(paidMinor)),
  }));
}

interface Purposed {
  readonly lineId: string;
  readonly category: string;
  readonly personId: string | null;
}

/** A payment as it was recorded. */
export interface Payment {
  readonly id: string;
  readonly claimId: string;
  readonly number: number;
  readonly personId: string | null;
  readonly payee: string;
  readonly funderId: string;
  readonly funder: string;
  readonly currency: string;
  readonly minor: number;
  readonly sentMinor: number | null;
  readonly sentCurrency: string | null;
  readonly paidOn: string;
  readonly reference: string;
  readonly recordedAt: Instant;
  readonly recordedBy: string | null;
  readonly reversedAt: Instant | null;
  readonly reversedBy: string | null;
  readonly reversalReason: string;
}

const payments = (db: Reader, summitId: string) =>
  db
    .selectFrom('payment')
    .innerJoin('claim', 'claim.id', 'payment.claimId')
    .innerJoin('funder', 'funder.id', 'payment.funderId')
    .leftJoin('person', 'person.id', 'claim.personId')
    .leftJoin('person as recorder', 'recorder.id', 'payment.recordedBy')
    .leftJoin('person as reverser', 'reverser.id', 'payment.reversedBy')
    .selectAll('payment')
    .select(['claim.number', 'claim.personId', 'funder.name as funder', 'funder.currency'])
    .select(sql<string>`coalesce(person.name, claim.supplier)`.as('payee'))
    .select(['recorder.name as recordedBy', 'reverser.name as reversedBy'])
    .where('payment.summitId', '=', summitId);

/** The payments of a summit, the latest day first; those taken back too. */
export async function paymentsOf(
  db: Reader,
  { summitId }: Treasurer,
  only: {
    readonly claimId?: string | undefined;
    readonly funderId?: string | undefined;
    readonly id?: string;
    readonly page?: { readonly number: number; readonly size: number };
  } = {},
): Promise<readonly Payment[]> {
  const { claimId, funderId, id, page } = only;
  return payments(db, summitId)
    .$if(claimId !== undefined, (q) => q.where('payment.claimId', '=', claimId ?? ''))
    .$if(funderId !== undefined, (q) => q.where('payment.funderId', '=', funderId ?? ''))
    .$if(id !== undefined, (q) => q.where('payment.id', '=', id ?? ''))
    .orderBy('payment.paidOn', 'desc')
    .orderBy('payment.recordedAt', 'desc')
    .$if(page !== undefined, (q) =>
      q.limit(page?.size ?? 0).offset(((page?.number ?? 1) - 1) * (page?.size ?? 0)),
    )
    .execute();
}

/** The payments of a funder that were not taken back: which claim each pays, and how much of it. */
export const standingPayments = (
  db: Reader,
  { summitId }: Treasurer,
  funderId: string,
): Promise<readonly { readonly claimId: string; readonly minor: number }[]> =>
  db
    .selectFrom('payment')
    .select(['claimId', 'minor'])
    .where('summitId', '=', summitId)
    .where('funderId', '=', funderId)
    .where('reversedAt', 'is', null)
    .execute();

/** What somebody was paid, the latest day first; what was taken back is left out. */
export async function ownPayments(
  db: Reader,
  { summitId, personId }: Self,
): Promise<readonly Payment[]> {
  return payments(db, summitId)
    .where('claim.personId', '=', personId)
    .where('payment.reversedAt', 'is', null)
    .orderBy('payment.paidOn', 'desc')
    .execute();
}

/** How many payments there are, those taken back too. */
export async function paymentCount(db: Reader, { summitId }: Treasurer): Promise<number> {
  const { count } = await db
    .selectFrom('payment')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('summitId', '=', summitId)
    .executeTakeFirstOrThrow();
  return Number(count);
}
