import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { listed } from '@cairn/kernel/words';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { notify } from '../../people/invitations/notify-commands.ts';
import type { Treasurer } from '../../people/rights.ts';
import { lockSummit } from '../../summits/queries.ts';
import { claimName } from '../claims/claim-rules.ts';
import { lockClaim, type PaidClaim, stepClaim } from './claim-paid-commands.ts';
import { dues } from './payment-queries.ts';
import { type Due, stillOwed } from './payment-rules.ts';

/** Claims that go together to whoever pays for a funder. */
export interface NewBatch {
  readonly funderId: string;
  readonly claimIds: readonly string[];
  readonly note?: string;
}

/**
 * Sends approved claims to whoever pays for a funder: all of them or, with a sentence, none. What each is still owed
 * by that funder is kept with the batch. A claim that other funders pay too is sent once all of them have it.
 *
 * Events `payer_batch.sent`, and `claim.sent` for each claim that is now sent; its person is told by mail.
 */
export async function sendBatch(
  tx: Tx,
  actor: Actor,
  treasurer: Treasurer,
  { funderId, claimIds, note = '' }: NewBatch,
): Promise<Result<{ readonly number: number }, Problem>> {
  const { summitId } = treasurer;
  const wanted = [...new Set(claimIds)].sort();
  if (wanted.length === 0) {
    const sentence = 'Choose at least one claim to send.';
    return fail(problem('nothing-chosen', sentence, { path: 'claims[]' }));
  }
  const summit = await lockSummit(tx, summitId);
  const claims: PaidClaim[] = [];
  for (const id of wanted) {
    const claim = await lockClaim(tx, summitId, id);
    if (claim === undefined) return fail(problem('no-claim', 'A claim is gone; look again.'));
    claims.push(claim);
  }
  const own = (await dues(tx, treasurer, { funderId })).filter((due) =>
    wanted.includes(due.claimId),
  );
  const wrong = claims.filter(({ id }) => {
    const due = own.find(({ claimId }) => claimId === id);
    return due === undefined || due.sentOn !== null || stillOwed(due) <= 0;
  });
  if (wrong.length > 0) {
    const names = listed(wrong.map(({ number }) => claimName(number)));
    const sentence = `${names} cannot be sent to this payer: sent before, paid, or not approved for this funder. Look at the list again.`;
    return fail(problem('not-to-send', sentence, { path: 'claims[]' }));
  }
  const { most } = await tx
    .selectFrom('payerBatch')
    .select(({ fn }) => fn.max('number').as('most'))
    .where('summitId', '=', summitId)
    .executeTakeFirstOrThrow();
  const number = (most ?? 0) + 1;
  const { id: batchId } = await tx
    .insertInto('payerBatch')
    .values({
      summitId,
      funderId,
      number,
      note,
      sentAt: actor.now,
      sentBy: actor.personId ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('payerBatchClaim')
    .values(
      own.map((due) => ({
        batchId,
        claimId: due.claimId,
        minor: stillOwed(due),
        recalledAt: null,
      })),
    )
    .execute();
  await recordEvent(tx, actor, {
    kind: 'payer_batch.sent',
    summitId,
    data: { batch: batchId, claims: claims.length },
  });
  for (const claim of claims) await sent(tx, actor, treasurer, summit, claim);
  return ok({ number });
}

const waitsToBeSent = (due: Due): boolean => due.sentOn === null && stillOwed(due) > 0;

async function sent(
  tx: Tx,
  actor: Actor,
  treasurer: Treasurer,
  summit: Awaited<ReturnType<typeof lockSummit>>,
  claim: PaidClaim,
): Promise<void> {
  if ((await dues(tx, treasurer, { claimId: claim.id })).some(waitsToBeSent)) return;
  if (!(await stepClaim(tx, actor, claim, 'send'))) return;
  const { id, number, personId } = claim;
  await recordEvent(tx, actor, {
    kind: 'claim.sent',
    summitId: summit.id,
    ...(personId === null ? {} : { personId }),
    data: { claim: id },
  });
  if (personId === null) return;
  const name = claimName(number);
  await notify(tx, actor, {
    summitId: summit.id,
    personId,
    key: `claim:${id}:sent:${actor.now.epochMilliseconds}`,
    subject: `Claim ${name} was sent to the payer`,
    body: `Your claim ${name} for ${summit.definition.title} is approved and was sent to whoever pays. You are told when it is paid.`,
    page: `/s/${summit.slug}/money/claims/${number}`,
  });
}

/**
 * Takes a claim out of a batch, because whoever pays gave it back or it should not have gone. It is approved again and
 * can be sent anew. The reason is kept with the batch and shown to the claim's person.
 *
 * Event `claim.recalled`.
 */
export async function recallClaim(
  tx: Tx,
  actor: Actor,
  treasurer: Treasurer,
  input: { readonly batch: number; readonly claimId: string; readonly reason: string },
): Promise<Result<undefined, Problem>> {
  const { summitId } = treasurer;
  const reason = input.reason.trim();
  if (reason === '') {
    const sentence = 'Write why it came back; the person who made the claim reads it.';
    return fail(problem('no-reason', sentence, { path: 'reason' }));
  }
  const claim = await lockClaim(tx, summitId, input.claimId);
  if (claim === undefined) return fail(problem('no-claim', 'This claim is gone; look again.'));
  const recalled = await tx
    .updateTable('payerBatchClaim')
    .from('payerBatch')
    .set({ recalledAt: actor.now, recallReason: reason })
    .whereRef('payerBatch.id', '=', 'payerBatchClaim.batchId')
    .where('payerBatch.summitId', '=', summitId)
    .where('payerBatch.number', '=', input.batch)
    .where('payerBatchClaim.claimId', '=', claim.id)
    .where('payerBatchClaim.recalledAt', 'is', null)
    .returning('payerBatch.id')
    .executeTakeFirst();
  if (recalled === undefined) {
    return fail(problem('not-in-batch', 'This claim is not in the batch any more; look again.'));
  }
  if (claim.state === 'paid') {
    const sentence = 'This claim is paid; take its payment back first, if it came back.';
    return fail(problem('paid-already', sentence));
  }
  await stepClaim(tx, actor, claim, 'recall', reason);
  await recordEvent(tx, actor, {
    kind: 'claim.recalled',
    summitId,
    ...(claim.personId === null ? {} : { personId: claim.personId }),
    data: { batch: recalled.id, claim: claim.id },
  });
  return ok(undefined);
}
