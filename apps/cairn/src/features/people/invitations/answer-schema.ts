import { z } from 'zod';

const note = z.string().trim().max(2000, 'shorten the note to 2,000 characters').default('');

const noticeDays = z
  .string()
  .trim()
  .default('')
  .refine(
    (text) => /^\d{0,3}$/.test(text),
    'write the days as a whole number, such as 14, or leave it empty',
  )
  .transform((text) => (text === '' ? undefined : Number(text)));

/** The form under an invitation: three buttons, one of which was pressed. */
export const answerForm = z.discriminatedUnion(
  'answer',
  [
    z.object({
      answer: z.literal('accept'),
      agreed: z.literal(
        'yes',
        'tick the box if you accept the agreement; without it the answer cannot be yes',
      ),
      version: z.coerce.number().int().positive(),
      notice_days: noticeDays,
      note,
    }),
    z.object({ answer: z.literal('unsure'), note }),
    z.object({ answer: z.literal('decline'), note }),
  ],
  { error: 'press one of the three buttons' },
);

/** The form under an offered seat. */
export const offerForm = z.object({
  answer: z.enum(['accept', 'decline'], 'press one of the two buttons'),
});

/** The form under a place on the waiting list. */
export const noticeForm = z.object({ notice_days: noticeDays });

/** The form under a changed agreement. */
export const agreementForm = z.object({
  agreed: z.literal('yes', 'tick the box if you accept the new text'),
  version: z.coerce.number().int().positive(),
});
