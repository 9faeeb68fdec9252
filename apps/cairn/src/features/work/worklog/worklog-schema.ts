import { parseDate } from '@cairn/kernel/time';
import { z } from 'zod';

const WHICH = 'open this page again; it does not say which state of the entry was changed';
const words = z.string('write text').default('');

/** What the form of an entry posts, and what its script sends. */
export const entryForm = z.object({
  did: words,
  links: words,
  blocked: words,
  next: words,
  base: z.coerce.number<string | number>(WHICH).int(WHICH).min(0, WHICH).max(1_000_000_000, WHICH),
  /** Made up by the page, so that a save which is sent twice is one. */
  key: z.uuid().optional().catch(undefined),
});

/** A day that a calendar has. */
export const dateSchema = z.string().refine((text) => parseDate(text).ok);
