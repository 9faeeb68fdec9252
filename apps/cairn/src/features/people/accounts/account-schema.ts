import { parseZone } from '@cairn/kernel/time';
import { z } from 'zod';

/** What people say about themselves on their own page. */
export const detailsSchema = z.object({
  name: z
    .string('Write your name.')
    .trim()
    .min(1, 'Write your name.')
    .max(200, 'Write a name of at most 200 characters.'),
  /** Empty: the zone that the browser tells. */
  zone: z.string().transform((typed, context) => {
    if (typed === '') return undefined;
    const zone = parseZone(typed);
    if (zone.ok) return zone.value;
    context.addIssue(zone.error.sentence);
    return z.NEVER;
  }),
});
export type Details = z.infer<typeof detailsSchema>;

/** A new passkey: its name, and what the browser made. */
export const passkeySchema = z.object({
  name: z
    .string()
    .trim()
    .max(100)
    .transform((name) => (name === '' ? 'Passkey' : name)),
  answer: z.looseObject({}),
});
