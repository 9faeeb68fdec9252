import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { isComing } from '../../people/invitations/participation-queries.ts';
import type { Organiser, Self } from '../../people/rights.ts';
import { noThread } from '../threads/thread-commands.ts';
import { lockReviewed } from './reviewed-queries.ts';
import { tellAsked } from './told-commands.ts';

/**
 * Asks people who come for their review of a proposal, or asks them again after changes; each gets a
 * mail. Whoever still owes an answer is not asked twice. Event `review.requested` for each.
 */
export async function requestReview(
  tx: Tx,
  actor: Actor,
  { summitId, personId: by }: Self | Organiser,
  { number, of }: { readonly number: number; readonly of: readonly string[] },
): Promise<Result<{ readonly asked: number }, Problem>> {
  const proposal = await lockReviewed(tx, { summitId, number });
  if (proposal === undefined) return fail(noThread(number));
  if (proposal.state !== 'open') {
    const sentence = 'This proposal is not open any more, so there is nothing left to review.';
    return fail(problem('proposal-over', sentence));
  }
  if (of.length === 0) {
    return fail(problem('nobody', 'Choose whom to ask.', { path: 'of' }));
  }
  let asked = 0;
  for (const personId of new Set(of)) {
    if (personId === proposal.authorId) {
      const sentence = 'The author of a proposal cannot review it; choose somebody else.';
      return fail(problem('own-proposal', sentence, { path: 'of' }));
    }
    if (!(await isComing(tx, summitId, personId))) {
      const sentence = 'Only people who come to the summit can be asked; choose one of the list.';
      return fail(problem('not-coming', sentence, { path: 'of' }));
    }
    const row = { askedBy: by ?? null, askedAt: actor.now, answeredAt: null };
    const isNew = await tx
      .insertInto('planReviewRequest')
      .values({ summitId, number, personId, ...row })
      .onConflict((conflict) =>
        conflict
          .columns(['summitId', 'number', 'personId'])
          .doUpdateSet(row)
          .where('planReviewRequest.answeredAt', 'is not', null),
      )
      .returning('personId')
      .executeTakeFirst();
    if (isNew === undefined) continue;
    asked += 1;
    await recordEvent(tx, actor, {
      kind: 'review.requested',
      summitId,
      personId,
      data: { number },
    });
    await tellAsked(tx, actor, proposal, personId);
  }
  return ok({ asked });
}
