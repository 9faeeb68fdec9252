import { parseDate } from '@cairn/kernel/time';
import { z } from 'zod';

/** An ISO day that there is. */
export const day = z
  .string('write a day')
  .trim()
  .superRefine((text, context) => {
    const parsed = parseDate(text);
    if (!parsed.ok) context.addIssue({ code: 'custom', message: parsed.error.sentence });
  });

/** A whole number as somebody typed it. */
export const whole = (least: number, most: number, what: string) => {
  const message = `write ${what} as a whole number from ${least} to ${most}`;
  return z
    .string(message)
    .trim()
    .regex(/^\d{1,6}$/, message)
    .transform(Number)
    .refine((value) => value >= least && value <= most, message);
};

/** One line of text. */
export const line = (what: string, most = 200) =>
  z
    .string(`write ${what}`)
    .overwrite((text) => text.replace(/\s*[\r\n]\s*/g, ' '))
    .trim()
    .min(1, `write ${what}`)
    .max(most, `shorten ${what} to ${most} characters`);

/** Text that may be empty. */
export const words = (most: number) =>
  z
    .string()
    .overwrite((text) => text.replace(/\r\n?/g, '\n'))
    .trim()
    .max(most, `shorten this to ${most} characters`);

/** Nothing: a field that was left empty. */
export const none = z.literal('').transform(() => null);

/** The same as `day`, or null where nothing was written. */
export const dayOrNone = z
  .string()
  .trim()
  .default('')
  .superRefine((text, context) => {
    if (text === '') return;
    const parsed = parseDate(text);
    if (!parsed.ok) context.addIssue({ code: 'custom', message: parsed.error.sentence });
  })
  .transform((text) => (text === '' ? null : text));

const WALL = /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d$/;
const SAY_WALL = 'write a day and a time, as 2023-05-21T14:05';

/** A local time of a place, as browsers send it: `2023-05-21T14:05`. */
export const wall = z
  .string()
  .trim()
  .regex(WALL, SAY_WALL)
  .refine((text) => parseDate(text.slice(0, 10)).ok, 'this day does not exist');

/** An address on the web, or null where nothing was written. */
export const linkOrNone = z
  .union(
    [none, z.url({ protocol: /^https?$/ }).max(2000)],
    'write a web address that starts with https://',
  )
  .default(null);

/** Whether a box was ticked. */
export const ticked = z
  .enum(['yes'])
  .optional()
  .transform((value) => value === 'yes');
