import { z } from 'zod';
import { dietsOf } from './need-rules.ts';

const words = z
  .string()
  .overwrite((text) => text.replace(/\r\n?/g, '\n'))
  .trim()
  .max(1000, 'shorten this to 1,000 characters')
  .default('');

/** What somebody needs, as its form says it. */
export const needForm = z
  .object({
    'diets[]': z.array(z.string()).default([]),
    allergies: words,
    access: words,
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
