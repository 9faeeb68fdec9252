import { z } from 'zod';
import { SEAT_KINDS } from '../invitations/invitation-rules.ts';

const person = z.uuid('choose a person from the list');

/** What an organiser does with one seat or one place on the waiting list: the button that was pressed. */
export const seatForm = z.discriminatedUnion(
  'action',
  [
    z.object({
      action: z.literal('seat'),
      person,
      seat_kind: z.enum(SEAT_KINDS, 'choose a kind of seat'),
    }),
    z.object({ action: z.literal('release'), person }),
    z.object({ action: z.literal('offer'), person }),
    z.object({ action: z.literal('offer_uncarried'), person }),
    z.object({ action: z.literal('up'), person }),
    z.object({ action: z.literal('down'), person }),
    z.object({
      action: z.literal('reason'),
      person,
      reason: z.string().trim().max(500, 'shorten the reason to 500 characters'),
    }),
  ],
  { error: 'press one of the buttons' },
);
