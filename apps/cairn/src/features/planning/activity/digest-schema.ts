import { z } from 'zod';
import { CADENCES } from './digest-rules.ts';

const cadence = z.enum(CADENCES, 'choose how often');
const whole = (most: number, least: number, sentence: string) =>
  z
    .string()
    .regex(/^\d{1,2}$/, sentence)
    .transform(Number)
    .refine((number) => number >= least && number <= most, sentence);

export const digestForm = z.object({
  mentions: cadence,
  taking_part: cadence,
  everything: cadence,
  hour: whole(23, 0, 'choose an hour'),
  weekday: whole(7, 1, 'choose a day'),
  asks: z
    .string()
    .optional()
    .transform((said) => said !== undefined),
});

export const watchForm = z.object({
  watches: z.enum(['yes', 'no'], 'press one of the buttons').transform((said) => said === 'yes'),
});
