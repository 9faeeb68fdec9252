import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Treasurer } from '../../people/rights.ts';

/**
 * Says whether somebody is a participant whom participant support may pay for, or works for the programme, and why
 * (2 CFR 200.1 leaves it to the grantee's written policy). Refused with `not-here`. Event `participant_status.said`.
 */
export async function sayParticipantStatus(
  tx: Tx,
  actor: Actor,
  { summitId }: Treasurer,
  said: { readonly personId: string; readonly isParticipant: boolean; readonly reason: string },
): Promise<Result<undefined, Problem>> {
  const { personId, isParticipant, reason } = said;
  if (!(await isSeated(tx, summitId, personId))) {
    return fail(problem('not-here', 'Nobody with this seat is here; look at the list again.'));
  }
  const decided = {
    isParticipant,
    reason,
    decidedBy: actor.personId ?? null,
    decidedAt: actor.now,
  };
  await tx
    .insertInto('participantStatus')
    .values({ summitId, personId, ...decided })
    .onConflict((conflict) => conflict.columns(['summitId', 'personId']).doUpdateSet(decided))
    .execute();
  await recordEvent(tx, actor, {
    kind: 'participant_status.said',
    summitId,
    personId,
    data: { participant: isParticipant },
  });
  return ok(undefined);
}

const isSeated = async (tx: Tx, summitId: string, personId: string): Promise<boolean> =>
  (await tx
    .selectFrom('seat')
    .select('number')
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .executeTakeFirst()) !== undefined;
