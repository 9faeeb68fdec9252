import { type Currency, expectCurrency } from '@cairn/kernel/money';
import type { Instant } from '@cairn/kernel/time';
import { type Expression, type SqlBool, sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import { coming } from '../../people/invitations/participation-queries.ts';
import type { Self, Treasurer } from '../../people/rights.ts';
import type { ReceiptType } from './receipt-rules.ts';

/** A receipt without its content. */
export interface Receipt {
  readonly id: string;
  /** Whose it is. */
  readonly personId: string;
  readonly owner: string;
  readonly name: string;
  readonly mediaType: ReceiptType;
  /** Bytes. */
  readonly size: number;
  /** As it is shown, in pixels; null for a PDF. */
  readonly width: number | null;
  readonly height: number | null;
  /** Null for a picture. */
  readonly pages: number | null;
  /** What the whole slip says, where its owner said so. */
  readonly totalMinor: number | null;
  readonly currency: Currency | null;
  readonly addedAt: Instant;
}

/** Somebody who may claim a part of a receipt. */
export interface Sharer {
  readonly personId: string;
  readonly name: string;
  /** Their part, in the currency of the receipt, where its owner said so. */
  readonly minor: number | null;
}

/** A receipt as those see it who may claim it. */
export interface OwnReceipt extends Receipt {
  readonly isOwn: boolean;
  /** With whom its owner shares it; of a receipt of somebody else, the reader’s own part only. */
  readonly shares: readonly Sharer[];
  /** Numbers of the reader’s own claims that it stands in. */
  readonly claims: readonly number[];
  /** It stands in a claim that was submitted, of the reader or of somebody it is shared with. */
  readonly isFixed: boolean;
}

/** One's own receipts and those that others share with one, newest first. */
export async function ownReceipts(
  db: Reader,
  { summitId, personId }: Self,
): Promise<readonly OwnReceipt[]> {
  const receipts = await select(
    db,
    summitId,
    sql<SqlBool>`(receipt.person_id = ${personId} or exists (select from receipt_share s
      where s.receipt_id = receipt.id and s.person_id = ${personId}))`,
  );
  const ids = receipts.map(({ id }) => id);
  if (ids.length === 0) return [];
  const shares = await db
    .selectFrom('receiptShare')
    .innerJoin('person', 'person.id', 'receiptShare.personId')
    .select(['receiptId', 'personId', 'person.name', 'minor'])
    .where('receiptId', 'in', ids)
    .orderBy('person.name')
    .execute();
  const uses = await usesOf(db, ids);
  return receipts.map((receipt) => {
    const isOwn = receipt.personId === personId;
    const used = uses.filter(({ receiptId }) => receiptId === receipt.id);
    return {
      ...receipt,
      isOwn,
      shares: shares
        .filter((share) => share.receiptId === receipt.id && (isOwn || share.personId === personId))
        .map(({ personId: with_, name, minor }) => ({ personId: with_, name, minor })),
      claims: [
        ...new Set(used.filter((use) => use.payee === personId).map(({ number }) => number)),
      ].sort((a, b) => a - b),
      isFixed: used.some(({ isFixed }) => isFixed),
    };
  });
}

/** Receipts by their ids, for those who review a claim: those in claims that were submitted. In the order of the ids. */
export async function receiptsOf(
  db: Reader,
  { summitId }: Treasurer,
  ids: readonly string[],
): Promise<readonly Receipt[]> {
  if (ids.length === 0) return [];
  const found = await select(
    db,
    summitId,
    sql<SqlBool>`receipt.id = any(${[...ids]}::uuid[]) and ${WAS_SUBMITTED}`,
  );
  const byId = new Map(found.map((receipt) => [receipt.id, receipt]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** What a treasurer may look at: what stands in a claim that was submitted once. */
const WAS_SUBMITTED = sql<SqlBool>`exists (select from claim_item_receipt used
  join claim_item item on item.id = used.item_id join claim on claim.id = item.claim_id
  where used.receipt_id = receipt.id and claim.submitted_at is not null)`;

/** The bytes of a receipt with what they are. */
export interface ReceiptContent {
  readonly name: string;
  readonly mediaType: ReceiptType;
  readonly content: Uint8Array<ArrayBuffer>;
}

/** A receipt that one owns or that somebody shares with one; undefined for any other. */
export const ownReceiptContent = (
  db: Reader,
  { summitId, personId }: Self,
  id: string,
): Promise<ReceiptContent | undefined> =>
  content(
    db,
    summitId,
    id,
    sql<SqlBool>`(receipt.person_id = ${personId} or exists (select from receipt_share s
      where s.receipt_id = receipt.id and s.person_id = ${personId}))`,
  );

/** A receipt in a claim that was submitted, for those who decide on it and pay it. */
export const receiptContent = (
  db: Reader,
  { summitId }: Treasurer,
  id: string,
): Promise<ReceiptContent | undefined> => content(db, summitId, id, WAS_SUBMITTED);

async function content(
  db: Reader,
  summitId: string,
  id: string,
  where: Expression<SqlBool>,
): Promise<ReceiptContent | undefined> {
  const found = await db
    .selectFrom('receipt')
    .select(['name', 'mediaType', 'content'])
    .where('summitId', '=', summitId)
    .where('id', '=', id)
    .where('removedAt', 'is', null)
    .where(where)
    .executeTakeFirst();
  return found && { ...found, content: new Uint8Array(found.content) };
}

async function select(
  db: Reader,
  summitId: string,
  where: Expression<SqlBool>,
): Promise<readonly Receipt[]> {
  const rows = await db
    .selectFrom('receipt')
    .innerJoin('person', 'person.id', 'receipt.personId')
    .select(['receipt.id', 'receipt.personId', 'person.name as owner', 'receipt.name'])
    .select(['mediaType', 'size', 'width', 'height', 'pages', 'totalMinor', 'currency', 'addedAt'])
    .where('receipt.summitId', '=', summitId)
    .where('receipt.removedAt', 'is', null)
    .where(where)
    .orderBy('receipt.addedAt', 'desc')
    .orderBy('receipt.name')
    .orderBy('receipt.id')
    .execute();
  return rows.map(({ currency, ...row }) => ({
    ...row,
    currency: currency === null ? null : expectCurrency(currency),
  }));
}

/** In which claims receipts stand. `payee`: whose claim it is, or who entered it for a supplier. */
export async function usesOf(db: Reader, receiptIds: readonly string[]) {
  const { rows } = await sql<{
    receiptId: string;
    number: number;
    payee: string | null;
    /** Another state than draft, or one in which it was taken back. */
    isFixed: boolean;
  }>`
    select used.receipt_id, claim.number, coalesce(claim.person_id, claim.entered_by) as payee,
      claim.state <> 'draft' and claim.state <> 'withdrawn' as is_fixed
    from claim_item_receipt used
    join claim_item item on item.id = used.item_id
    join claim on claim.id = item.claim_id
    where used.receipt_id = any(${[...receiptIds]}::uuid[])`.execute(db);
  return rows;
}

/** Those with whom somebody may share a receipt: all who come, but themselves. For those who come. */
export const peopleToShareWith = (db: Reader, { summitId, personId }: Self) =>
  db
    .selectFrom('person')
    .select(['id', 'name'])
    .where('erasedAt', 'is', null)
    .where('id', '<>', personId)
    .where(sql<SqlBool>`id in ${coming(summitId)}`)
    .orderBy('name')
    .execute();
