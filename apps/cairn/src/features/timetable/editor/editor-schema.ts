import { z } from 'zod';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What is shown of a draft: one day or all, and how much of each session. What is neither is left out. */
export const viewSchema = z.object({
  day: z.string().regex(DAY).optional().catch(undefined),
  view: z.literal('condensed').optional().catch(undefined),
});

/** The session that is being moved, and where to, as a key or as two answers. */
export const askedSchema = z.object({
  move: z.uuid().optional().catch(undefined),
  to: z.string().max(60).optional().catch(undefined),
  when: z.string().max(20).optional().catch(undefined),
  room: z.string().max(60).optional().catch(undefined),
});

/** A move as it is posted; without a place the session is taken out. */
export const moveForm = z.object({
  session: z.uuid('choose a session'),
  to: z.string().max(60).default(''),
  seen: z.coerce.number('load the page again').int().nonnegative().catch(0),
  /** The session that goes to where this one was. */
  swap: z.uuid().optional().catch(undefined),
});

export const pinForm = z.object({
  session: z.uuid('choose a session'),
  pinned: z.enum(['', 'yes']).catch(''),
});
