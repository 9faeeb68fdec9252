import { z } from 'zod';

/** What somebody marks of a session, as a form posts it; `unsaid` takes the mark back. */
export const markForm = z.object({
  goes: z.enum(['yes', 'no', 'unsaid'], 'say whether you go: yes, no or unsaid'),
  /** The page to go back to: the agenda, a day of it, or the session's own. */
  from: z.string().max(200).optional(),
});

/** What a mark means for a row. */
export const GOES = { yes: true, no: false, unsaid: undefined } as const;
