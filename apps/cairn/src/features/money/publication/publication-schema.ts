import { parseCurrency } from '@cairn/kernel/money';
import { z } from 'zod';

const kind = z.enum(['category', 'community', 'country']);

const currency = z.string().transform((text, context) => {
  const read = parseCurrency(text);
  if (read.ok) return read.value;
  context.addIssue({ code: 'custom', message: read.error.sentence });
  return z.NEVER;
});

/** What is kept of a published table: how it was made, and what it says. */
export const publicationSchema = z.object({
  atLeast: z.number().int(),
  roundTo: z.number().int(),
  tables: z.array(kind),
  /** When the table below was made; kept when it is withdrawn, so that the next one can be compared with it. */
  madeAt: z.iso.datetime().optional(),
  made: z
    .array(
      z.object({
        kind,
        currency,
        rows: z.array(z.object({ label: z.string(), people: z.number(), minor: z.number() })),
      }),
    )
    .default([]),
});
export type StoredPublication = z.output<typeof publicationSchema>;

/** The form of the options. */
export const optionsForm = z.object({
  at_least: z
    .string()
    .regex(/^\d{1,3}$/, 'write a whole number')
    .transform(Number)
    .refine(
      (count) => count >= 3,
      'with fewer than three people in a row, two could work out the third',
    ),
  round_to: z
    .string()
    .regex(/^\d{1,4}$/, 'write a whole number')
    .transform(Number)
    .refine((units) => units >= 1, 'write 1 or more'),
  'tables[]': z.array(kind).min(1, 'choose at least one table'),
});
