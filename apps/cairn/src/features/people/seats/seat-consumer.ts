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

/** What may give lines more, or make people cost less: who was passed over may be carried now. */
const MORE_MONEY: readonly unknown[] = [
  'allotment',
  'transfer',
  'release',
  'return',
  'approval',
  'correction',
];

/** Offers free seats to those who wait once there is money for them. */
export const carriedSeatConsumer: Consumer = {
  name: 'seats that lines can carry',
  kinds: ['journal.written', 'seat_cost.model_saved', 'fund_line.saved', 'fund_line.reopened'],
  handle: async ({ kind, summitId, data }, tx, { clock }) => {
    if (summitId === null) return;
    if (kind === 'journal.written' && !MORE_MONEY.includes(data['kind'])) return;
    const actor = jobActor(clock.now());
    await rollWaitingList(tx, actor, await lockSeats(tx, summitId));
  },
};
