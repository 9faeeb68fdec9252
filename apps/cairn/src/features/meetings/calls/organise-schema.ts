import { parseZone } from '@cairn/kernel/time';
import { z } from 'zod';

const text = (most: number) => z.string().trim().max(most, `shorten this to ${most} characters`);

const key = z
  .string()
  .trim()
  .regex(
    /^([a-z0-9][a-z0-9_-]{0,39})?$/,
    'write lower-case letters, digits, - and _, at most 40, or leave it empty',
  )
  .default('')
  .transform((value) => (value === '' ? undefined : value));

/** A calendar without calls. */
export const newCalendarForm = z.object({
  name: text(100).min(1, 'write a name, such as Arrays'),
  key,
  zone: z.string().transform((value, context) => {
    const zone = parseZone(value);
    if (zone.ok) return zone.value;
    context.addIssue({ code: 'custom', message: zone.error.sentence });
    return z.NEVER;
  }),
});

/** A calendar that is imported. */
export const importForm = z.object({ key });

const whole = (most: number) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,4}$/, `write a whole number from 0 to ${most}`)
    .transform(Number)
    .refine((number) => number <= most, `write a number from 0 to ${most}`);

/** When organisers are warned before a call of a calendar runs out. */
export const warningForm = z.object({ days: whole(730), times: whole(100) });
