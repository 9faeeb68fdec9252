import { z } from 'zod';
import { SCOPE_NAMES } from '../../../platform/http/api-scope.ts';
import { LIFETIMES } from './token-rules.ts';

/** The form for a new token. */
export const tokenForm = z.object({
  name: z
    .string('write what the token is for')
    .trim()
    .min(1, 'write what the token is for, such as “attendance script”')
    .max(100, 'shorten the name to 100 characters'),
  'scopes[]': z
    .array(z.enum(SCOPE_NAMES, 'choose from the list'), 'choose at least one thing that it may do')
    .min(1, 'choose at least one thing that it may do'),
  days: z
    .enum([...LIFETIMES.map(String), 'never'], 'choose how long it lasts')
    .transform((days) => (days === 'never' ? undefined : Number(days))),
});
