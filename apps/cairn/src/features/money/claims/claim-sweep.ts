import { ok } from '@cairn/kernel/result';
import { inTransaction, jobActor } from '../../../platform/db/command.ts';
import type { Sweep } from '../../../platform/jobs/sweeps.ts';
import { allSummits } from '../../summits/queries.ts';
import { remindOfClaims } from './reminder-commands.ts';

/** Reminds people of drafts, returned claims and deadlines, and treasurers of claims that wait or are not paid. */
export const claimSweep: Sweep = {
  name: 'claims-remind',
  everySeconds: 3600,
  run: async ({ db, clock }) => {
    for (const summit of await allSummits(db)) {
      if (summit.state !== 'announced') continue;
      const actor = jobActor(clock.now());
      await inTransaction(db, async (tx) => ok(await remindOfClaims(tx, actor, summit)));
    }
  },
};
