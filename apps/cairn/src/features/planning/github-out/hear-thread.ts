import { applyFact, holdPlan } from '../github/apply-commands.ts';
import type { RemoteThread } from '../github/remote-schema.ts';
import { connected, githubOf } from '../github/settings-queries.ts';
import type { Sending } from './sending.ts';

/**
 * Takes in how a thread is on GitHub at this moment, as if GitHub had told it: before something is changed
 * there, so that nobody's change there is written over, and after, so that what we did is no news.
 */
export async function hearThread(sending: Sending, thread: RemoteThread): Promise<void> {
  const { services, github, summitId } = sending;
  await services.db.transaction().execute(async (tx) => {
    const plan = await githubOf(tx, summitId);
    if (plan === undefined) return;
    const applying = {
      tx,
      services,
      plan: connected(plan, github),
      source: 'asked',
      now: services.clock.now(),
    } as const;
    await holdPlan(applying);
    await applyFact(applying, { is: 'thread', thread });
  });
}
