import { formatMoney, parseCurrency } from '@cairn/kernel/money';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { dateIn, expectZone, parseDate } from '@cairn/kernel/time';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Treasurer } from '../../people/rights.ts';
import { summitById } from '../../summits/queries.ts';
import { categoryOf } from '../category-rules.ts';
import { writeJournal } from '../journal/journal-commands.ts';
import { opposite, type Posting, paid } from '../journal/journal-rules.ts';
import { lockClaim, settleClaim } from './claim-paid-commands.ts';
import { dues, openItems } from './payment-queries.ts';
import { amountProblem, dayProblem, partsOf, stillOwed } from './payment-rules.ts';

/** A payment to be recorded: amounts in minor units, the first in the funder's currency. */
export interface NewPayment {
  readonly claimId: string;
  readonly funderId: string;
  readonly minor: number;
  /** ISO day. */
  readonly paidOn: string;
  readonly reference?: string;
  /** What arrived, where the payee was paid in another currency. */
  readonly sentMinor?: number | undefined;
  readonly sentCurrency?: string | undefined;
  /** The form that asks for it: asked twice, it is recorded once. */
  readonly key: string;
  /** What had been paid when whoever records it looked; another sum means that somebody was faster. */
  readonly seenPaidMinor?: number | undefined;
}

/**
 * Records what a funder paid of a claim, wholly or in part, in the order of its costs. The claim is paid once
 * everything owed on all of its lines is. Refused: one's own claim, more than is owed, a day to come, and a form that
 * did not know of a payment recorded meanwhile. The same `key` again changes nothing.
 *
 * Events `payment.recorded`, and `claim.paid` where that was the rest.
 */
export async function recordPayment(
  tx: Tx,
  actor: Actor,
  treasurer: Treasurer,
  input: NewPayment,
): Promise<Result<{ readonly paymentId: string; readonly isNew: boolean }, Problem>> {
  const { summitId } = treasurer;
  const { claimId, funderId, minor, paidOn, key } = input;
  const claim = await lockClaim(tx, summitId, claimId);
  if (claim === undefined) return fail(problem('no-claim', 'This claim is gone; look again.'));
  const known = await tx
    .selectFrom('payment')
    .select(['id', 'claimId'])
    .where('key', '=', key)
    .executeTakeFirst();
  if (known?.claimId === claimId) return ok({ paymentId: known.id, isNew: false });
  if (known !== undefined) return fail(problem('used-key', 'Open the form again, then send it.'));
  if (claim.personId === treasurer.personId) {
    const sentence = 'This claim is yours, so another treasurer records what was paid.';
    return fail(problem('own-claim', sentence));
  }
  const [due] = await dues(tx, treasurer, { claimId, funderId });
  if (due === undefined) {
    return fail(problem('not-owed', 'Nothing of this claim is approved for this funder.'));
  }
  if (input.seenPaidMinor !== undefined && input.seenPaidMinor !== due.paidMinor) {
    const sentence = `Somebody changed the payments of C-${due.number} meanwhile: ${formatMoney(due.paidMinor, due.currency)} is paid now, ${formatMoney(stillOwed(due), due.currency)} is owed. Look again before you record another one.`;
    return fail(problem('paid-meanwhile', sentence, { path: 'amount' }));
  }
  const { zone } = (await summitById(tx, summitId)).definition;
  const day = parseDate(paidOn);
  if (!day.ok) return fail({ ...day.error, place: { path: 'paid_on' } });
  const wrong =
    amountProblem(minor, due) ??
    dayProblem(day.value, dateIn(actor.now, expectZone(zone))) ??
    sentProblem(input);
  if (wrong !== undefined) return fail(wrong);
  const items = await openItems(tx, claimId, funderId);
  const { id: paymentId } = await tx
    .insertInto('payment')
    .values({
      summitId,
      funderId,
      claimId,
      minor,
      sentMinor: input.sentMinor ?? null,
      sentCurrency: input.sentCurrency ?? null,
      paidOn,
      reference: input.reference ?? '',
      key,
      recordedAt: actor.now,
      recordedBy: actor.personId ?? null,
      reversedAt: null,
      reversedBy: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const purposes = new Map(items.map((item) => [item.itemId, item]));
  const written = await writeJournal(
    tx,
    actor,
    summitId,
    partsOf(minor, items).map((part) => {
      const item = purposes.get(part.itemId);
      if (item === undefined) throw new Error('a payment pays costs of its claim');
      const { lineId, category, personId } = item;
      const purpose = { lineId, personId, category: categoryOf(category) };
      return {
        kind: 'payment',
        key: `payment:${paymentId}:${part.itemId}`,
        subject: { kind: 'claim_item', id: part.itemId },
        postings: paid(purpose, part.minor),
      };
    }),
  );
  if (!written.ok) return written;
  await recordEvent(tx, actor, {
    kind: 'payment.recorded',
    summitId,
    ...(claim.personId === null ? {} : { personId: claim.personId }),
    data: { payment: paymentId, claim: claimId },
  });
  await settleClaim(tx, actor, treasurer, claim, { paymentId, isReversal: false });
  return ok({ paymentId, isNew: true });
}

function sentProblem({ sentMinor, sentCurrency }: NewPayment): Problem | undefined {
  if ((sentMinor === undefined) !== (sentCurrency === undefined)) {
    const sentence = 'Write both what arrived and in which currency, or neither.';
    return problem('half-said', sentence, { path: 'sent_amount' });
  }
  const currency = sentCurrency === undefined ? undefined : parseCurrency(sentCurrency);
  if (currency?.ok === false) return { ...currency.error, place: { path: 'sent_currency' } };
  if (sentMinor !== undefined && sentMinor <= 0) {
    return problem('no-amount', 'Write an amount above zero.', { path: 'sent_amount' });
  }
  return undefined;
}

/**
 * Takes back a payment that was recorded by mistake or came back, with a reason that is kept. What it paid is owed
 * again; the claim waits for it once more. Taken back twice changes nothing.
 *
 * Event `payment.reversed`.
 */
export async function reversePayment(
  tx: Tx,
  actor: Actor,
  treasurer: Treasurer,
  { paymentId, reason }: { readonly paymentId: string; readonly reason: string },
): Promise<Result<{ readonly isNew: boolean }, Problem>> {
  const { summitId } = treasurer;
  if (reason.trim() === '') {
    const sentence = 'Write why the payment is taken back; it stays with the payment.';
    return fail(problem('no-reason', sentence, { path: 'reason' }));
  }
  const payment = await tx
    .selectFrom('payment')
    .select('claimId')
    .where('id', '=', paymentId)
    .where('summitId', '=', summitId)
    .executeTakeFirst();
  const claim = payment && (await lockClaim(tx, summitId, payment.claimId));
  if (claim === undefined) return fail(problem('no-payment', 'This payment is gone; look again.'));
  if (claim.personId === treasurer.personId) {
    const sentence = 'This payment is to you, so another treasurer takes it back.';
    return fail(problem('own-claim', sentence));
  }
  const changed = await tx
    .updateTable('payment')
    .set({
      reversedAt: actor.now,
      reversedBy: actor.personId ?? null,
      reversalReason: reason.trim(),
    })
    .where('id', '=', paymentId)
    .where('reversedAt', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (changed === undefined) return ok({ isNew: false });
  const written = await writeJournal(
    tx,
    actor,
    summitId,
    (await entriesOf(tx, paymentId)).map(({ id, itemId, postings }) => ({
      kind: 'reversal',
      key: `reversal:${paymentId}:${itemId}`,
      subject: { kind: 'claim_item', id: itemId },
      postings: opposite(postings),
      corrects: id,
    })),
  );
  if (!written.ok) return written;
  await tx
    .updateTable('bankRow')
    .set({ state: 'unmatched', paymentId: null, reason: 'Its payment was taken back.' })
    .where('paymentId', '=', paymentId)
    .execute();
  await recordEvent(tx, actor, {
    kind: 'payment.reversed',
    summitId,
    ...(claim.personId === null ? {} : { personId: claim.personId }),
    data: { payment: paymentId, claim: claim.id },
  });
  await settleClaim(tx, actor, treasurer, claim, { paymentId, isReversal: true });
  return ok({ isNew: true });
}

/** What a payment wrote into the journal. */
async function entriesOf(tx: Tx, paymentId: string) {
  const entries = await tx
    .selectFrom('journalEntry')
    .select(['id', 'subjectId'])
    .where('key', 'like', `payment:${paymentId}:%`)
    .execute();
  const ids = entries.map(({ id }) => id);
  const postings =
    ids.length === 0
      ? []
      : await tx.selectFrom('journalPosting').selectAll().where('entryId', 'in', ids).execute();
  return entries.map(({ id, subjectId }) => ({
    id,
    itemId: subjectId ?? '',
    postings: postings
      .filter(({ entryId }) => entryId === id)
      .map(
        ({ lineId, category, personId, stage, minor }): Posting => ({
          lineId,
          category: categoryOf(category),
          personId,
          stage,
          minor,
        }),
      ),
  }));
}
