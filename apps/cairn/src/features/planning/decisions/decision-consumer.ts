import { expectOk } from '@cairn/kernel/result';
import { z } from 'zod';
import { jobActor } from '../../../platform/db/command.ts';
import type { Consumer } from '../../../platform/jobs/events.ts';
import { summitById } from '../../summits/queries.ts';
import { mendDecisions } from './settle-commands.ts';
import { tellDecisions, tellObjectors, tellReopened } from './told-commands.ts';

const ofDecision = z.object({ number: z.number() });

/** Mails that follow from what becomes of decisions. */
export const decisionMailConsumer: Consumer = {
  name: 'mails about decisions',
  kinds: ['decision.made', 'decision.revised', 'decision.answered', 'decision.reopened'],
  handle: async ({ id, kind, summitId, actorId, data }, tx, { clock }) => {
    if (summitId === null) return;
    const { number } = ofDecision.parse(data);
    const summit = await summitById(tx, summitId);
    const actor = jobActor(clock.now());
    if (kind === 'decision.reopened') {
      await tellReopened(tx, actor, summit, { number, event: id, by: actorId });
      return;
    }
    await tellDecisions(tx, actor, summit);
    await tellObjectors(tx, actor, summit, number);
  },
};

/** Documents of decisions that a push or a merge changed say again how they stand. */
export const decisionMendConsumer: Consumer = {
  name: 'documents of decisions',
  kinds: ['plan.moved'],
  handle: async ({ summitId }, tx, services) => {
    if (summitId === null) return;
    const summit = await summitById(tx, summitId);
    expectOk(await mendDecisions(tx, services, jobActor(services.clock.now()), summit));
  },
};
