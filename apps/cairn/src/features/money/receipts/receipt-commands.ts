import type { Currency } from '@cairn/kernel/money';
import { formatMoney, sumOf } from '@cairn/kernel/money';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { isId } from '../../../platform/db/id.ts';
import { isComing } from '../../people/invitations/participation-queries.ts';
import type { Self } from '../../people/rights.ts';
import type { CleanReceipt } from './receipt-intake.ts';
import { usesOf } from './receipt-queries.ts';
import { MOST_RECEIPTS } from './receipt-rules.ts';

/** A receipt that is kept now, whether it was before or not. */
export interface AddedReceipt {
  readonly id: string;
  readonly name: string;
  /** The same was kept before, so nothing was added. */
  readonly wasThere: boolean;
}

/**
 * Keeps receipts that `takeIn` let pass, as one's own. The same one twice is kept once. They come back in the order in
 * which they were sent. Event `receipt.added` for each new one.
 */
export async function addReceipts(
  tx: Tx,
  actor: Actor,
  self: Self,
  good: readonly CleanReceipt[],
): Promise<Result<readonly AddedReceipt[], Problem>> {
  const { summitId, personId } = self;
  const { count } = await tx
    .selectFrom('receipt')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .where('removedAt', 'is', null)
    .executeTakeFirstOrThrow();
  if (Number(count) + good.length > MOST_RECEIPTS) {
    const sentence = `You keep ${count} receipts, and at most ${MOST_RECEIPTS} fit; remove those that you do not claim.`;
    return fail(problem('too-many-receipts', sentence, { path: 'receipts' }));
  }
  const added: AddedReceipt[] = [];
  for (const { bytes, ...receipt } of good) {
    const inserted = await tx
      .insertInto('receipt')
      .values({
        ...{ summitId, personId, addedAt: actor.now, removedAt: null },
        ...{ ...receipt, size: bytes.length, content: bytes },
        ...{ totalMinor: null, currency: null },
      })
      .onConflict((conflict) =>
        conflict
          .columns(['summitId', 'personId', 'sha256'])
          .where('removedAt', 'is', null)
          .doNothing(),
      )
      .returning(['id', 'name'])
      .executeTakeFirst();
    if (inserted !== undefined) {
      const data = { receipt: inserted.id, size: bytes.length };
      await recordEvent(tx, actor, { kind: 'receipt.added', summitId, personId, data });
    }
    const kept = inserted ?? (await known(tx, self, receipt.sha256));
    added.push({ ...kept, wasThere: inserted === undefined });
  }
  return ok(added);
}

const known = (tx: Tx, { summitId, personId }: Self, sha256: Uint8Array) =>
  tx
    .selectFrom('receipt')
    .select(['id', 'name'])
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .where('sha256', '=', sha256)
    .where('removedAt', 'is', null)
    .executeTakeFirstOrThrow();

/** One's own receipt, locked; or why it is not there. */
async function lockOwn(tx: Tx, { summitId, personId }: Self, id: string) {
  const found = isId(id)
    ? await tx
        .selectFrom('receipt')
        .select(['id', 'totalMinor', 'currency'])
        .where('summitId', '=', summitId)
        .where('personId', '=', personId)
        .where('id', '=', id)
        .where('removedAt', 'is', null)
        .forUpdate()
        .executeTakeFirst()
    : undefined;
  return found === undefined
    ? fail(problem('no-such-receipt', 'This receipt is not there any more; look at the list.'))
    : ok(found);
}

/** Removes a receipt for good, with its content; not one that stands in a claim that was submitted. Event `receipt.removed`. */
export async function removeReceipt(
  tx: Tx,
  actor: Actor,
  self: Self,
  id: string,
): Promise<Result<void, Problem>> {
  const locked = await lockOwn(tx, self, id);
  if (!locked.ok) return locked;
  const uses = await usesOf(tx, [id]);
  if (uses.some(({ isFixed }) => isFixed)) {
    const sentence =
      'This receipt stands in a claim that was submitted, so it stays; take it out of the claim first, where that is still open.';
    return fail(problem('receipt-claimed', sentence));
  }
  await tx.deleteFrom('claimItemReceipt').where('receiptId', '=', id).execute();
  await tx.deleteFrom('receiptShare').where('receiptId', '=', id).execute();
  await tx.deleteFrom('receipt').where('id', '=', id).execute();
  const { summitId, personId } = self;
  await recordEvent(tx, actor, {
    kind: 'receipt.removed',
    summitId,
    personId,
    data: { receipt: id },
  });
  return ok(undefined);
}

/** What a whole slip says. */
export interface SlipTotal {
  readonly minor: number;
  readonly currency: Currency;
}

/** Says what the whole slip comes to, so that its parts cannot exceed it; undefined takes that back. Event `receipt.total_said`. */
export async function sayTotal(
  tx: Tx,
  actor: Actor,
  self: Self,
  id: string,
  total: SlipTotal | undefined,
): Promise<Result<void, Problem>> {
  const locked = await lockOwn(tx, self, id);
  if (!locked.ok) return locked;
  const shares = await sharesOf(tx, id);
  const parts = sumOf(shares.map(({ minor }) => minor ?? 0));
  if (parts > (total?.minor ?? 0) && shares.some(({ minor }) => minor !== null)) {
    const sentence =
      total === undefined
        ? 'Parts of this receipt are given to others; take those back first.'
        : `Parts of ${formatMoney(parts, total.currency)} are given to others already, so the whole is at least as much.`;
    return fail(problem('below-its-parts', sentence, { path: 'total' }));
  }
  await tx
    .updateTable('receipt')
    .set({ totalMinor: total?.minor ?? null, currency: total?.currency ?? null })
    .where('id', '=', id)
    .execute();
  const { summitId, personId } = self;
  await recordEvent(tx, actor, {
    kind: 'receipt.total_said',
    summitId,
    personId,
    data: { receipt: id },
  });
  return ok(undefined);
}

const sharesOf = (tx: Tx, receiptId: string) =>
  tx
    .selectFrom('receiptShare')
    .select(['personId', 'minor'])
    .where('receiptId', '=', receiptId)
    .execute();

/**
 * Lets somebody who comes claim a part of one's receipt, and see it. `minor` is their part in the currency of the
 * receipt; null leaves it open. All parts together are at most the whole. Event `receipt.shared`.
 */
export async function shareReceipt(
  tx: Tx,
  actor: Actor,
  self: Self,
  id: string,
  { personId: other, minor }: { readonly personId: string; readonly minor: number | null },
): Promise<Result<void, Problem>> {
  const locked = await lockOwn(tx, self, id);
  if (!locked.ok) return locked;
  const { summitId, personId } = self;
  if (!isId(other) || other === personId || !(await isComing(tx, summitId, other))) {
    const sentence = 'Choose somebody else who comes to this summit.';
    return fail(problem('nobody-to-share-with', sentence, { path: 'person' }));
  }
  const { totalMinor, currency } = locked.value;
  if (minor !== null && (totalMinor === null || currency === null)) {
    const sentence = 'Say first what the whole slip comes to; then give parts of it.';
    return fail(problem('no-total', sentence, { path: 'part' }));
  }
  const others = (await sharesOf(tx, id)).filter((share) => share.personId !== other);
  const parts = sumOf([...others.map((share) => share.minor ?? 0), minor ?? 0]);
  if (totalMinor !== null && parts > totalMinor) {
    const sentence = 'The parts of others together are more than the whole slip; give less.';
    return fail(problem('above-the-whole', sentence, { path: 'part' }));
  }
  await tx
    .insertInto('receiptShare')
    .values({ receiptId: id, personId: other, minor })
    .onConflict((conflict) => conflict.columns(['receiptId', 'personId']).doUpdateSet({ minor }))
    .execute();
  await recordEvent(tx, actor, {
    kind: 'receipt.shared',
    summitId,
    personId,
    data: { receipt: id, with: other },
  });
  return ok(undefined);
}

/** Takes a share back; not where the other one submitted a claim with it. Event `receipt.unshared`. */
export async function unshareReceipt(
  tx: Tx,
  actor: Actor,
  self: Self,
  id: string,
  other: string,
): Promise<Result<void, Problem>> {
  const locked = await lockOwn(tx, self, id);
  if (!locked.ok) return locked;
  if (!isId(other)) return ok(undefined);
  const theirs = (await usesOf(tx, [id])).filter(({ payee }) => payee === other);
  if (theirs.some(({ isFixed }) => isFixed)) {
    const sentence =
      'This receipt stands in a claim of theirs that was submitted, so it stays shared.';
    return fail(problem('receipt-claimed', sentence));
  }
  const { numDeletedRows } = await tx
    .deleteFrom('receiptShare')
    .where('receiptId', '=', id)
    .where('personId', '=', other)
    .executeTakeFirst();
  if (numDeletedRows === 0n) return ok(undefined);
  // In drafts of theirs it is not theirs to show any more.
  await tx
    .deleteFrom('claimItemReceipt')
    .where('receiptId', '=', id)
    .where('itemId', 'in', (eb) =>
      eb
        .selectFrom('claimItem')
        .innerJoin('claim', 'claim.id', 'claimItem.claimId')
        .select('claimItem.id')
        .where((or) =>
          or.or([
            or('claim.personId', '=', other),
            or.and([or('claim.personId', 'is', null), or('claim.enteredBy', '=', other)]),
          ]),
        ),
    )
    .execute();
  const { summitId, personId } = self;
  await recordEvent(tx, actor, {
    kind: 'receipt.unshared',
    summitId,
    personId,
    data: { receipt: id, with: other },
  });
  return ok(undefined);
}
