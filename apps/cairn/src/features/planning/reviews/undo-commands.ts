import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Self } from '../../people/rights.ts';
import { noReview } from './review-commands.ts';
import { lockReviewed } from './reviewed-queries.ts';

/**
 * Takes back a review that somebody just gave: it counts no longer, its remarks are drafts again, and
 * whoever asked for it waits as before. Possible until anybody has answered one of its remarks, the
 * proposal has a new version, or it is merged or closed. Events `review.dismissed`, `comment.withdrawn`
 * for each remark.
 */
export async function undoReview(
  tx: Tx,
  actor: Actor,
  { summitId, personId }: Self,
  { number, review }: { readonly number: number; readonly review: string },
): Promise<Result<{ readonly drafts: number }, Problem>> {
  const proposal = await lockReviewed(tx, { summitId, number });
  const row = await tx
    .selectFrom('planReview')
    .select(['version', 'at', 'dismissedAt'])
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .where('id', '=', review)
    .where('authorId', '=', personId)
    .executeTakeFirst();
  if (proposal === undefined || row === undefined) return fail(noReview());
  const remarks = await tx
    .selectFrom('planLineComment')
    .innerJoin('planComment', 'planComment.id', 'planLineComment.commentId')
    .select(['planComment.id', 'planComment.body', 'planComment.withdrawnAt'])
    .select(['version', 'path', 'side', 'firstLine', 'line', 'blob', 'resolvedAt'])
    .where('reviewId', '=', review)
    .orderBy('planComment.createdAt')
    .execute();
  const answers =
    remarks.length === 0
      ? undefined
      : await tx
          .selectFrom('planLineComment')
          .select('commentId')
          .where(
            'replyTo',
            'in',
            remarks.map(({ id }) => id),
          )
          .executeTakeFirst();
  const isSettled = remarks.some(({ resolvedAt }) => resolvedAt !== null);
  if (
    row.dismissedAt !== null ||
    proposal.state !== 'open' ||
    answers !== undefined ||
    isSettled ||
    row.version !== proposal.latest.version
  ) {
    const sentence =
      'Others have gone on from this review, so it can no longer be taken back; dismiss it and say why.';
    return fail(problem('too-late', sentence));
  }
  await tx
    .updateTable('planReview')
    .set({ dismissedAt: actor.now, dismissedBy: personId, dismissedWhy: 'Taken back.' })
    .where('id', '=', review)
    .execute();
  await recordEvent(tx, actor, { kind: 'review.dismissed', summitId, data: { number, review } });
  let drafts = 0;
  for (const { id, body, withdrawnAt, resolvedAt: _, ...anchor } of remarks) {
    if (withdrawnAt !== null) continue;
    drafts += 1;
    await tx
      .insertInto('planLineDraft')
      .values({ summitId, number, personId, ...anchor, body, createdAt: actor.now })
      .execute();
    await tx
      .updateTable('planComment')
      .set({ withdrawnAt: actor.now, body: '' })
      .where('id', '=', id)
      .execute();
    await recordEvent(tx, actor, {
      kind: 'comment.withdrawn',
      summitId,
      data: { number, comment: id },
    });
  }
  await tx
    .updateTable('planReviewRequest')
    .set({ answeredAt: null })
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .where('personId', '=', personId)
    .where('answeredAt', '=', row.at)
    .execute();
  return ok({ drafts });
}
