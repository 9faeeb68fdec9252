import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { Instant } from '@cairn/kernel/time';

/** What every token begins with, so that people and scanners of leaked secrets know it. */
export const TOKEN_PREFIX = 'cairn_';

/** For how many days a token may be made. */
export const LIFETIMES = [30, 90, 365] as const;

/** As many as a person can still tell apart. */
const MOST_TOKENS = 50;

/** Whether a stored token still opens anything; otherwise why not. */
export function tokenWorks(
  {
    expiresAt,
    revokedAt,
  }: { readonly expiresAt: Instant | null; readonly revokedAt: Instant | null },
  now: Instant,
): Result<void, Problem> {
  if (revokedAt !== null) {
    return fail(problem('token-revoked', 'This token was revoked; make another one.'));
  }
  if (expiresAt !== null && expiresAt.epochMilliseconds <= now.epochMilliseconds) {
    return fail(problem('token-expired', 'This token has expired; make another one.'));
  }
  return ok(undefined);
}

/** Whether somebody with so many working tokens may make another. */
export const mayMakeToken = (working: number): Result<void, Problem> =>
  working < MOST_TOKENS
    ? ok(undefined)
    : fail(
        problem(
          'too-many-tokens',
          `You have ${working} tokens; revoke one that you no longer use.`,
        ),
      );
