import { z } from 'zod';

/** How a draft came about, where a search, a repair or an import made it. */
const madeSchema = z
  .object({
    /** The search that made it. */
    search: z.string().optional(),
    /** What it was sought by. */
    aim: z.enum(['fair', 'few', 'most', 'steady']).optional(),
    seed: z.int().optional(),
    /** With the seed: so many give the same again. */
    iterations: z.int().optional(),
    /** By level, and what none can be below. */
    values: z.array(z.number()).optional(),
    bounds: z.array(z.number()).optional(),
    levels: z.array(z.string()).optional(),
    verdict: z.enum(['optimal', 'gap', 'infeasible']).optional(),
    /** What is proven of it, in sentences. */
    proof: z.array(z.string()).optional(),
    /** The draft, or the version of the release, that it was made from. */
    from: z.string().optional(),
    /** What it was read from. */
    source: z.string().optional(),
    /** Of the facts that it was made from: what was proven of it holds while they are the same. */
    fingerprint: z.string().optional(),
    /** Of a repair: what was to be few, and how many of them it moves. */
    measure: z.enum(['sessions', 'people']).optional(),
    cost: z.int().optional(),
  })
  .catch({});

export type Made = z.output<typeof madeSchema>;

/** Reads how a draft was made; nothing where that is not understood any more. */
export const readMade = (value: unknown): Made => madeSchema.parse(value);
