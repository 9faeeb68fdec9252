import { z } from 'zod';
import { words } from '../../../platform/http/fields.ts';
import { dietsOf } from './need-rules.ts';

const said = words(1000).default('');

/** What somebody needs, as its form says it. */
export const needForm = z
  .object({
    'diets[]': z.array(z.string()).default([]),
    allergies: said,
    access: said,
    step_free: z.enum(['yes']).optional(),
  })
  .transform((form) => ({
    diets: dietsOf(form['diets[]']),
    allergies: form.allergies,
    access: form.access,
    stepFree: form.step_free === 'yes',
  }));

const SAY_DAYS = 'write the days as a whole number from 0 to 3650';

/** For how long needs are kept. */
export const keepForm = z.object({
  days_kept: z
    .string(SAY_DAYS)
    .trim()
    .regex(/^\d{1,4}$/, SAY_DAYS)
    .transform(Number)
    .refine((days) => days <= 3650, SAY_DAYS),
});
