import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Estimate, EstimateState } from './estimate-rules.ts';

/** Holds the row of an estimate for the rest of the transaction: whoever comes next waits, then looks anew. */
export const lockEstimate = (tx: Tx, summitId: string, number: number) =>
  tx
    .selectFrom('estimate')
    .select('id')
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .forUpdate()
    .executeTakeFirst();

export const noEstimate = (): Result<never, Problem> =>
  fail(problem('no-such-estimate', 'There is no such estimate.'));

/** Refuses what was decided on another revision than the one that stands. */
export const sameRevision = (
  estimate: Pick<Estimate, 'revision'>,
  revision: number,
): Result<void, Problem> =>
  estimate.revision === revision
    ? ok(undefined)
    : fail(
        problem(
          'stale-revision',
          'It was changed meanwhile, perhaps by you in another window. Look at it again below, then decide.',
        ),
      );

/**
 * Brings an estimate to a state, with what was said, and counts its revision on. Event `estimate.<state>`, with ids
 * and numbers only.
 */
export async function stepEstimate(
  tx: Tx,
  actor: Actor,
  summitId: string,
  estimate: Pick<Estimate, 'id' | 'number' | 'personId'>,
  state: EstimateState,
  {
    reason = '',
    ...change
  }: {
    readonly reason?: string;
    readonly overReason?: string;
    readonly firstLookBy?: string | null;
  } = {},
): Promise<void> {
  const isSettled = ['approved', 'declined', 'withdrawn', 'closed'].includes(state);
  await tx
    .updateTable('estimate')
    .set(({ eb }) => ({
      ...change,
      state,
      revision: eb('revision', '+', 1),
      ...(state === 'submitted' ? { submittedAt: actor.now } : {}),
      settledAt: isSettled ? actor.now : null,
    }))
    .where('id', '=', estimate.id)
    .execute();
  await tx
    .insertInto('estimateStep')
    .values({
      estimateId: estimate.id,
      at: actor.now,
      byPerson: actor.personId ?? null,
      state,
      reason,
    })
    .execute();
  await recordEvent(tx, actor, {
    kind: `estimate.${state}`,
    summitId,
    personId: estimate.personId,
    data: { estimate: estimate.id, number: estimate.number },
  });
}
