import { z } from 'zod';
import type { Range, SeatCostModel } from './cost-rules.ts';

const minor = z.int().min(0).max(1e11);
const range = { low: minor, likely: minor, high: minor };
const share = z.int().min(0).max(300);
const grows = ({ low, likely, high }: Range): boolean => low <= likely && likely <= high;
const ORDER = 'low, likely and high have to grow in this order';
const percent = z.object({ low: share, likely: share, high: share }).refine(grows, ORDER);
const meal = z.object(range).refine(grows, ORDER);
const source = z.string().max(300).default('');

/** A stored model of what seats cost. */
export const storedModel: z.ZodType<SeatCostModel> = z.object({
  currency: z.string().regex(/^[A-Z]{3}$/),
  fares: z
    .array(
      z
        .object({ ...range, from: z.string().regex(/^([A-Z]{2,3})?$/), source })
        .refine(grows, ORDER),
    )
    .max(300),
  night: z.object({ ...range, source, sharedBy: z.int().min(1).max(12) }).refine(grows, ORDER),
  meals: z.object({
    breakfast: meal,
    lunch: meal,
    dinner: meal,
    source,
  }),
  other: z.object({ ...range, source }).refine(grows, ORDER),
  capUsed: percent,
  estimateUsed: percent,
  confidence: z.int().min(1).max(100),
  seed: z.int(),
});
