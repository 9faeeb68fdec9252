import { currentGit } from '../../../platform/git/version.ts';
import type { Consumer } from '../../../platform/jobs/events.ts';
import { reconcile } from './ref-commands.ts';

/** Lets the refs of Git follow what was changed in the browser, or by a job. */
export const refConsumer: Consumer = {
  name: 'refs of plans',
  kinds: ['plan.founded', 'plan.moved', 'proposal.versioned', 'proposal.reopened'],
  handle: async ({ summitId }, _tx, services) => {
    if (summitId === null || (await currentGit()).problem !== undefined) return;
    await reconcile(services, summitId);
  },
};
