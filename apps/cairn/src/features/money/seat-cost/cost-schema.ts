import { z } from 'zod';
import type { SeatCostModel } from './cost-rules.ts';

const minor = z.int().min(0).max(1e11);
const range = { low: minor, likely: minor, high: minor };
const percent = z.object({
  low: z.int().min(0).max(300),
  likely: z.int().min(0).max(300),
  high: z.int().min(0).max(300),
});
const source = z.string().max(300).default('');

/** A stored model of what seats cost. */
export const storedModel: z.ZodType<SeatCostModel> = z.object({
  currency: z.string().regex(/^[A-Z]{3}$/),
  fares: z
    .array(z.object({ ...range, from: z.string().regex(/^([A-Z]{2,3})?$/), source }))
    .max(300),
  night: z.object({ ...range, source, sharedBy: z.int().min(1).max(12) }),
  meals: z.object({
    breakfast: z.object(range),
    lunch: z.object(range),
    dinner: z.object(range),
    source,
  }),
  other: z.object({ ...range, source }),
  capUsed: percent,
  estimateUsed: percent,
  confidence: z.int().min(1).max(100),
  seed: z.int(),
});
