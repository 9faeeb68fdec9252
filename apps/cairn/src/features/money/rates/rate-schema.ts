import { parseCurrency, parseRate } from '@cairn/kernel/money';
import { z } from 'zod';
import { day } from '../../../platform/http/fields.ts';

const currency = z
  .string('choose a currency')
  .trim()
  .transform((text, context) => {
    const read = parseCurrency(text);
    if (read.ok) return read.value;
    context.addIssue({ code: 'custom', message: read.error.sentence });
    return z.NEVER;
  });

const source = z
  .string('say where the rate is from')
  .trim()
  .min(1, 'say where the rate is from')
  .max(200, 'write at most 200 characters')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
  .refine((text) => !/[\u0000-\u001f\u007f]/.test(text), 'this text holds a control character');

/** A rate as it is typed; `today` is the last day that it can be of. */
export const rateForm = (today: string) =>
  z.object({
    base: currency,
    quote: currency,
    on_date: day.refine((text) => text <= today, 'this day lies in the future; check the year'),
    rate: z.string('write a rate').transform((text, context) => {
      const read = parseRate(text.replace(',', '.'));
      if (read.ok) return read.value;
      context.addIssue({ code: 'custom', message: read.error.sentence });
      return z.NEVER;
    }),
    source,
  });

/** How a file of rates is to be read. */
export const rateFileForm = z.object({ base: currency, from: day, source });
