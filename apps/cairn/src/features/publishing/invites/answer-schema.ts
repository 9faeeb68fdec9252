import { z } from 'zod';
import { ANSWERS } from './answer-rules.ts';

const answer = z.enum(ANSWERS, 'press one of the three buttons');
const seen = z.coerce
  .number('this page is not whole; open it again')
  .int()
  .min(0)
  .max(2_000_000_000);

/** The three buttons of an invitation by link. */
export const linkAnswerForm = z.object({ answer, seen });

/** The same on one's own page, where there are several invitations. */
export const ownAnswerForm = z.object({
  entry: z.string().min(1).max(200),
  answer,
  seen,
  /** Where the answer was pressed, and the reader goes back to. */
  back: z.enum(['meeting']).optional(),
});

/** An organiser notes what somebody told them. */
export const noteForm = z.object({
  person: z.guid('choose who answered'),
  answer: z.enum(ANSWERS, 'choose what they said'),
});

/** An organiser does not want to wait. */
export const sendForm = z.object({
  action: z.literal('send', 'press one of the buttons of this page'),
});
