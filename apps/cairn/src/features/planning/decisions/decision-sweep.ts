import { ok } from '@cairn/kernel/result';
import { inTransaction, jobActor } from '../../../platform/db/command.ts';
import type { Sweep } from '../../../platform/jobs/sweeps.ts';
import { summitById } from '../../summits/queries.ts';
import { settleDue } from './settle-commands.ts';
import { tellDecisions } from './told-commands.ts';

/** Settles decisions whose window is closed, each in a transaction of its own, and tells of the others. */
export const decisionSweep: Sweep = {
  name: 'decisions',
  everySeconds: 120,
  run: async (services) => {
    const { db, clock } = services;
    const now = clock.now();
    const open = await db
      .selectFrom('planDecision')
      .select(['summitId', 'number', 'closesAt'])
      .where('state', '=', 'provisional')
      .orderBy('closesAt')
      .execute();
    for (const { summitId, number, closesAt } of open) {
      if (closesAt.epochMilliseconds > now.epochMilliseconds) continue;
      const summit = await summitById(db, summitId);
      await inTransaction(db, (tx) => settleDue(tx, services, jobActor(now), summit, number));
    }
    for (const summitId of new Set(open.map((decision) => decision.summitId))) {
      const summit = await summitById(db, summitId);
      await inTransaction(db, async (tx) => ok(await tellDecisions(tx, jobActor(now), summit)));
    }
  },
};
