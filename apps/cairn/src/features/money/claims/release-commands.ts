import type { Problem } from '@cairn/kernel/problem';
import { ok, type Result } from '@cairn/kernel/result';
import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { selfIn } from '../../people/rights.ts';
import { closeOwnEstimate } from '../estimates/close-commands.ts';
import { ownEstimates } from '../estimates/estimate-queries.ts';
import { awaitsDecision, type Claim, isOpenToOwner } from './claim-rules.ts';

/**
 * Closes the estimates of somebody who claims nothing more, as this claim says or one that was approved before: what is
 * left of their caps is let go. Not while another claim may still need them; who decides on that one comes by here.
 */
export async function releaseRest(
  tx: Tx,
  actor: Actor,
  claim: Claim,
): Promise<Result<void, Problem>> {
  const { personId, summitId } = claim;
  if (personId === null) return ok(undefined);
  const others = await tx
    .selectFrom('claim')
    .select(['state', 'isFinal', 'submittedAt'])
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .where('id', '<>', claim.id)
    .where('state', 'not in', ['declined', 'withdrawn'])
    .execute();
  if (others.some((each) => isOpenToOwner(each) || awaitsDecision(each))) return ok(undefined);
  const last = Math.max(
    claim.isFinal ? actor.now.epochMilliseconds : 0,
    ...others.map(({ isFinal, submittedAt: at }) => (isFinal ? (at?.epochMilliseconds ?? 0) : 0)),
  );
  const self = selfIn(summitId, { personId });
  for (const { number, state, settledAt } of await ownEstimates(tx, self)) {
    // What was approved after they said so is for more.
    if (state !== 'approved' || (settledAt?.epochMilliseconds ?? 0) > last) continue;
    const closed = await closeOwnEstimate(tx, actor, self, number);
    if (!closed.ok) return closed;
  }
  return ok(undefined);
}
