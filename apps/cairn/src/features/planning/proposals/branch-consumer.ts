import { z } from 'zod';
import type { Consumer } from '../../../platform/jobs/events.ts';
import { aloneWithPlan } from '../repository/alone-commands.ts';
import { proposalOf, versionsOf } from './proposal-queries.ts';
import { openProposalOf } from './version-commands.ts';

const ofProposal = z.object({ number: z.number() });

/**
 * Takes the branch of a merged proposal away; its versions stay under their hidden refs. A branch that
 * was pushed further meanwhile, or that another proposal is of by now, stays.
 */
export const mergedBranchConsumer: Consumer = {
  name: 'branches of merged proposals',
  kinds: ['proposal.merged'],
  handle: async ({ summitId, data }, tx, services) => {
    if (summitId === null) return;
    const place = { summitId, number: ofProposal.parse(data).number };
    const proposal = await proposalOf(tx, place);
    if (proposal?.state !== 'merged') return;
    const versions = await versionsOf(tx, place);
    await aloneWithPlan(services.db, summitId, async () => {
      if ((await openProposalOf(tx, summitId, proposal.branch)) !== undefined) return;
      const repository = services.git.plan(summitId);
      const ref = `refs/heads/${proposal.branch}`;
      const at = await repository.resolve(ref);
      if (at === undefined || !versions.some(({ head }) => head === at)) return;
      await repository.pointRef(ref, null, at);
    });
  },
};
