import { inTransaction, jobActor } from '../../../platform/db/command.ts';
import type { Sweep } from '../../../platform/jobs/sweeps.ts';
import { removeOldNeeds } from './need-commands.ts';

/** Removes diets, allergies and access needs of summits that are over for long enough. */
export const needSweep: Sweep = {
  name: 'needs of people',
  everySeconds: 3600,
  run: async ({ db, clock }) => {
    const summits = await db.selectFrom('need').select('summitId').distinct().execute();
    for (const { summitId } of summits) {
      await inTransaction(db, (tx) => removeOldNeeds(tx, jobActor(clock.now()), summitId));
    }
  },
};
