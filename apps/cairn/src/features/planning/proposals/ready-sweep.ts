import { type Actor, inTransaction } from '../../../platform/db/command.ts';
import type { Services } from '../../../platform/http/env.ts';
import type { Sweep } from '../../../platform/jobs/sweeps.ts';
import { selfIn } from '../../people/rights.ts';
import { mergeProposal } from './merge-commands.ts';

/** Merges what somebody asked to be merged once it needs nothing more, such as when its window ends. */
export const readySweep: Sweep = {
  name: 'proposals to be merged when ready',
  everySeconds: 60,
  run: mergeReady,
};

/** Merges what is ready, in the name of whoever asked; what still needs something waits. */
export async function mergeReady(services: Services): Promise<void> {
  const asked = await services.db
    .selectFrom('planProposal')
    .select(['summitId', 'number', 'version', 'mergeAskedBy'])
    .where('state', '=', 'open')
    .where('mergeAskedBy', 'is not', null)
    .orderBy('number')
    .execute();
  for (const { summitId, number, version, mergeAskedBy: personId } of asked) {
    if (personId === null) continue;
    const actor: Actor = { personId, door: 'job', now: services.clock.now() };
    // A refusal says what is still lacking; the page tells that.
    await inTransaction(services.db, (tx) =>
      mergeProposal(tx, services, actor, selfIn(summitId, { personId }), { number, version }),
    );
  }
}
