import { ok } from '@cairn/kernel/result';
import { inTransaction, jobActor } from '../../../platform/db/command.ts';
import type { Sweep } from '../../../platform/jobs/sweeps.ts';
import { expireOffers } from './waiting-commands.ts';

/** Ends offers that ran out and offers their seats to the next who waits, one summit at a time. */
export const seatSweep: Sweep = {
  name: 'seat offers',
  everySeconds: 60,
  run: async ({ db, clock }) => {
    const now = clock.now();
    const due = await db
      .selectFrom('seatOffer')
      .select('summitId')
      .distinct()
      .where('state', '=', 'open')
      .where('expiresAt', '<=', now)
      .execute();
    for (const { summitId } of due) {
      const actor = jobActor(now);
      await inTransaction(db, async (tx) => ok(await expireOffers(tx, actor, summitId)));
    }
  },
};
