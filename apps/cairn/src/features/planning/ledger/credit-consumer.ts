import { jobActor } from '../../../platform/db/command.ts';
import type { Consumer } from '../../../platform/jobs/events.ts';
import { creditPlan, creditThread } from './credit-commands.ts';

/** What people do in plans is evidence for their promise, whatever door it came through. */
export const creditConsumer: Consumer = {
  name: 'plan-credit',
  isBrief: true,
  kinds: [
    'thread.opened',
    'comment.added',
    'comment.edited',
    'comment.withdrawn',
    'topic.merged',
    'proposal.versioned',
    'proposal.merged',
    'review.given',
    'review.dismissed',
    'ledger.set',
  ],
  handle: async ({ kind, summitId, data, door, actorId }, tx, services) => {
    if (summitId === null) return;
    // What an account says that is nobody's here is credited to all of its owner's, once it is known whose it is.
    const isNobodys = door === 'github' && actorId === null;
    if (isNobodys && (kind === 'thread.opened' || kind === 'comment.added')) return;
    const actor = jobActor(services.clock.now());
    if (kind === 'ledger.set') return creditPlan(tx, actor, summitId);
    // A topic made part of another one takes its comments there.
    for (const number of [data['number'], data['into']]) {
      if (typeof number === 'number') await creditThread(tx, actor, { summitId, number });
    }
  },
};
