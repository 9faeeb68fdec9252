import { type APIError, isAPIError } from 'better-auth/api';

/**
 * The library's refusal behind something thrown: wrong, spent or too old, all of which people can
 * cause. Anything else (a lost database, a bug) is thrown on.
 */
export function refusalOf(thrown: unknown): APIError {
  if (isAPIError(thrown) && thrown.statusCode < 500) return thrown;
  throw thrown;
}
