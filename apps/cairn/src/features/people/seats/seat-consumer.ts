import { jobActor } from '../../../platform/db/command.ts';
import type { Consumer } from '../../../platform/jobs/events.ts';
import { rollWaitingList } from './offer-commands.ts';
import { lockSeats } from './seat-commands.ts';

/** Offers seats that a changed definition added to those who wait. */
export const seatConsumer: Consumer = {
  name: 'seats of a saved definition',
  kinds: ['summit.definition_saved'],
  handle: async ({ summitId }, tx, { clock }) => {
    if (summitId === null) return;
    const actor = jobActor(clock.now());
    await rollWaitingList(tx, actor, await lockSeats(tx, summitId));
  },
};
