import { inTransaction, jobActor } from '../../../platform/db/command.ts';
import type { Sweep } from '../../../platform/jobs/sweeps.ts';
import { allSummits } from '../../summits/queries.ts';
import { warnOfNextMeeting } from './warning-commands.ts';

/** Warns people while they can still keep their promise about meetings, and reminds those who need one. */
export const warningSweep: Sweep = {
  name: 'meetings-warn',
  everySeconds: 600,
  run: async ({ db, clock }) => {
    for (const summit of await allSummits(db)) {
      if (summit.state !== 'announced') continue;
      const actor = jobActor(clock.now());
      await inTransaction(db, (tx) => warnOfNextMeeting(tx, actor, summit));
    }
  },
};
