import { z } from 'zod';

/** What a search begins from: nothing, what was released last, or a draft. */
export const fromSchema = z.union([z.literal('none'), z.literal('release'), z.uuid()]);
export type From = z.output<typeof fromSchema>;

const whole = (least: number, most: number, sentence: string) =>
  z.coerce.number(sentence).int(sentence).min(least, sentence).max(most, sentence);

const seedSchema = whole(0, 2_147_483_647, 'write a whole number from 0');

/** The form and the request that begin a search for timetables. */
export const findSchema = z.object({
  seed: seedSchema.default(1),
  seconds: whole(1, 600, 'write how many seconds it may take, from 1 to 600').default(20),
  from: fromSchema.default('none'),
});

/** Those that begin a repair. */
export const repairSchema = z.object({
  from: fromSchema.default('release'),
  measure: z.enum(['people', 'sessions']).default('people'),
  seed: seedSchema.default(1),
});

/** What a search was asked for, as it is kept. */
export const wishesSchema = z
  .object({
    from: fromSchema.default('none'),
    measure: z.enum(['people', 'sessions']).default('people'),
    /** So many moves for each proposal instead of seconds, which gives the same on every machine. */
    iterations: z.int().positive().optional(),
  })
  .catch({ from: 'none', measure: 'people' });

/** How far a search is. */
export const progressSchema = z
  .object({
    stage: z.string(),
    done: z.number(),
    of: z.number(),
    values: z.array(z.number()),
  })
  .optional()
  .catch(undefined);
export type SearchProgress = NonNullable<z.output<typeof progressSchema>>;

const placementSchema = z.object({
  sessionId: z.string(),
  date: z.string(),
  starts: z.string(),
  roomId: z.string().nullable(),
  isPinned: z.boolean(),
});

/** A way to mend a timetable. */
const offerSchema = z.object({
  more: z.int(),
  cost: z.int(),
  isBest: z.boolean(),
  placements: z.array(placementSchema),
});
export type RepairOffer = z.output<typeof offerSchema>;

/** What a search found. */
export const resultSchema = z.object({
  /** Ids of the drafts that it made, best first. */
  drafts: z.array(z.string()).default([]),
  /** What cannot hold together, in sentences; empty where all can. */
  conflict: z.array(z.string()).default([]),
  /** Of a repair: what must move, and what is proven of that. */
  sentences: z.array(z.string()).default([]),
  offers: z.array(offerSchema).default([]),
  /** Of the facts that it was made from. */
  fingerprint: z.string().default(''),
  /** It was ended before it had proven what it could. */
  isCut: z.boolean().default(false),
});
export type SearchResult = z.output<typeof resultSchema>;
