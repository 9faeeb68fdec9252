import { parseZone } from '@cairn/kernel/time';
import { z } from 'zod';
import { personName } from '../persons/person-name.ts';

/** What people say about themselves on their own page. */
export const detailsSchema = z.object({
  name: personName,
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
