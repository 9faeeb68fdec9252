import { expectOk } from '@cairn/kernel/result';
import { parseDate, parseZone, startOfDay, Temporal } from '@cairn/kernel/time';
import { inTransaction, jobActor } from '../../../platform/db/command.ts';
import type { Sweep } from '../../../platform/jobs/sweeps.ts';
import { allSummits, type Summit } from '../../summits/queries.ts';
import { planOf } from '../repository/main-queries.ts';
import { inviteToReviews } from './ask-commands.ts';

/** Asks those of whom nothing is in the plan yet, until the summit begins and its work plan is frozen. */
export const reviewInviteSweep: Sweep = {
  name: 'plan-invite-to-reviews',
  everySeconds: 6 * 3600,
  run: async (services) => {
    const now = services.clock.now();
    for (const summit of await allSummits(services.db)) {
      if (summit.state !== 'announced') continue;
      if (Temporal.Instant.compare(startOf(summit), now) <= 0) continue;
      if ((await planOf(services.db, summit.id)) === undefined) continue;
      await inTransaction(services.db, (tx) =>
        inviteToReviews(tx, services, jobActor(now), summit),
      );
    }
  },
};

const startOf = ({ definition }: Summit) =>
  startOfDay(expectOk(parseDate(definition.dates.start)), expectOk(parseZone(definition.zone)));
