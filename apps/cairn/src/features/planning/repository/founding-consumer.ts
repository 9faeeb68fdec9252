import { expectOk } from '@cairn/kernel/result';
import { jobActor } from '../../../platform/db/command.ts';
import { currentGit } from '../../../platform/git/version.ts';
import type { Consumer } from '../../../platform/jobs/events.ts';
import { ensurePlan } from './founding-commands.ts';

/** Gives each new summit its plan. Without a Git that works the sweep does it, once there is one. */
export const foundingConsumer: Consumer = {
  name: 'plans of new summits',
  kinds: ['summit.created', 'summit.copied'],
  handle: async ({ summitId, actorId }, tx, services) => {
    if (summitId === null || (await currentGit()).problem !== undefined) return;
    expectOk(await ensurePlan(tx, services, jobActor(services.clock.now(), actorId), summitId));
  },
};
