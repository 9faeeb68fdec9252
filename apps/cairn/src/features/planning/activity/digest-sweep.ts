import { inTransaction, jobActor } from '../../../platform/db/command.ts';
import type { Sweep } from '../../../platform/jobs/sweeps.ts';
import { summitById } from '../../summits/queries.ts';
import { sendDigest } from './digest-send-commands.ts';

/** Tells people by mail what happened in plans, each at the hour that they chose. */
export const digestSweep: Sweep = {
  name: 'plan-digests',
  everySeconds: 60,
  run: async ({ db, clock, url }) => {
    const waiting = await db
      .selectFrom('planDigestItem')
      .select(['summitId', 'personId'])
      .distinct()
      .orderBy('summitId')
      .orderBy('personId')
      .execute();
    for (const { summitId, personId } of waiting) {
      const summit = await summitById(db, summitId);
      await inTransaction(db, (tx) => sendDigest(tx, url, jobActor(clock.now()), summit, personId));
    }
  },
};
