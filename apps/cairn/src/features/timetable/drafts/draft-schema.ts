import { z } from 'zod';

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time such as 09:30');

/** A place as it is typed or sent. */
const placeSchema = z.object({
  date: z.iso.date('write a day such as 2023-05-22'),
  starts: time,
  roomId: z.uuid('choose a room').nullable(),
});

/** Some moves of a draft as they are sent; `to` null takes a session out. */
export const movesSchema = z
  .array(z.object({ sessionId: z.uuid(), to: placeSchema.nullable() }))
  .min(1)
  .max(1000);

export const nameSchema = z.string().trim().min(1, 'give it a name').max(120);

export type Move = z.output<typeof movesSchema>[number];
