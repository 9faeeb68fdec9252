import { z } from 'zod';

/**
 * A person's name: one line, since it stands in the subject and the greeting of mails. White space of
 * any kind becomes single spaces; characters that cannot be seen (C0 and C1 controls, and those that
 * turn the direction of the text around them) are refused.
 */
export const personName = z
  .string('Write a name.')
  .transform((text) => text.replace(/\s+/gu, ' ').trim())
  .pipe(
    z
      .string()
      .min(1, 'Write a name.')
      .max(200, 'Write a name of at most 200 characters.')
      .regex(
        /^[^\p{Cc}\u{202A}-\u{202E}\u{2066}-\u{2069}]*$/u,
        'This name holds a character that cannot be seen; type it anew.',
      ),
  );
