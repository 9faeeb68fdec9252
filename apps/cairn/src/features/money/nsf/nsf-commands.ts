import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Treasurer } from '../../people/rights.ts';
import { awardOf } from './nsf-queries.ts';
import type { Awarded } from './nsf-rules.ts';

/**
 * Keeps what was awarded for each line of the form. Refused where somebody saved meanwhile. Event `nsf_budget.saved`.
 */
export async function saveAward(
  tx: Tx,
  actor: Actor,
  { summitId }: Treasurer,
  input: {
    readonly funderId: string;
    readonly awarded: Awarded;
    readonly participants: number | null;
    readonly revision: number;
  },
): Promise<Result<undefined, Problem>> {
  const { funderId, awarded, participants, revision } = input;
  const funder = await tx
    .selectFrom('funder')
    .select('id')
    .where('id', '=', funderId)
    .where('summitId', '=', summitId)
    .forUpdate()
    .executeTakeFirst();
  if (funder === undefined) return fail(problem('no-funder', 'This funder is gone; look again.'));
  if ((await awardOf(tx, funderId)).revision !== revision) {
    const sentence = 'Somebody changed the award meanwhile; look at it again before you save.';
    return fail(problem('changed-meanwhile', sentence));
  }
  const saved = {
    awarded: JSON.stringify(awarded),
    participants,
    revision: revision + 1,
    savedAt: actor.now,
    savedBy: actor.personId ?? null,
  };
  await tx
    .insertInto('nsfBudget')
    .values({ funderId, ...saved })
    .onConflict((conflict) => conflict.column('funderId').doUpdateSet(saved))
    .execute();
  await recordEvent(tx, actor, {
    kind: 'nsf_budget.saved',
    summitId,
    data: { funder: funderId, revision: revision + 1 },
  });
  return ok(undefined);
}
