import { jobActor } from '../../../platform/db/command.ts';
import type { Sweep } from '../../../platform/jobs/sweeps.ts';
import { sendDueInvites } from './invite-commands.ts';

/** So many mails in one transaction: whoever takes a seat meanwhile does not wait for thousands. */
const BATCH = 200;

/** Tells those who are invited what has changed, once it has settled. */
export const inviteSweep: Sweep = {
  name: 'calendar invitations',
  everySeconds: 30,
  run: async (services) => {
    const { db, clock } = services;
    const now = clock.now();
    const due = await db
      .selectFrom('calendarDue')
      .select('summitId')
      .where('sendAt', '<=', now)
      .execute();
    for (const { summitId } of due) {
      const actor = jobActor(now);
      let left = 1;
      while (left > 0) {
        left = await db
          .transaction()
          .execute((tx) => sendDueInvites(tx, actor, summitId, services, BATCH));
      }
    }
  },
};
