import { z } from 'zod';
import { localPath, plainCode } from './sign-in-rules.ts';

const emailSchema = z
  .string('Write your e-mail address.')
  .trim()
  .toLowerCase()
  .max(254, 'An e-mail address has at most 254 characters.')
  .pipe(z.email('Write an e-mail address such as ada@example.org.'));

const toSchema = z.string().optional().transform(localPath);

/** The form that asks for a mail. */
export const askSchema = z.object({ email: emailSchema, to: toSchema });

/** The form that takes the code. */
export const codeSchema = z.object({
  code: z
    .string('Write the six digits of the mail.')
    .transform(plainCode)
    .pipe(z.string().regex(/^\d{6}$/, 'Write the six digits of the mail, such as 123 456.')),
});

/** What the browser keeps between asking for a mail and typing the code. */
export const askedSchema = z.object({ email: emailSchema, to: toSchema });
export type Asked = z.infer<typeof askedSchema>;
