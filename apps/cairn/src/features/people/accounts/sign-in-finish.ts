import type { Problem } from '@cairn/kernel/problem';
import type { Result } from '@cairn/kernel/result';
import { parse, serialize } from 'hono/utils/cookie';
import type { Auth } from '../../../platform/auth/auth.ts';
import type { Try } from '../../../platform/auth/limits.ts';
import type { SignedInNow } from '../../../platform/auth/tickets.ts';
import { networkOfRequest } from '../../../platform/http/client.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { type LoggedTry, logTry } from './sign-in-commands.ts';
import { personByAccount } from './sign-in-queries.ts';
import type { SignInMethod } from './sign-in-rules.ts';
import { type Asked, askedSchema } from './sign-in-schema.ts';

/** Sends cookies that the sign-in library made. */
export function sendCookies(c: AppContext, cookies: readonly string[]): void {
  for (const cookie of cookies) c.header('set-cookie', cookie, { append: true });
}

/** What the log says about where a try came from and whom it named. */
export const traceOf = (
  c: AppContext,
  auth: Auth,
  email?: string,
): Pick<LoggedTry, 'addressHash' | 'network'> => ({
  addressHash: email === undefined ? undefined : auth.addressHash(email),
  network: networkOfRequest(c),
});

/** Logs one try in a transaction of its own. */
export const log = (c: AppContext, tried: LoggedTry): Promise<void> =>
  c.var.services.db.transaction().execute((tx) => logTry(tx, webActor(c), tried));

/** Counts a try; over the limit it is logged and the seconds to wait come back. */
export async function secondsToWait(
  c: AppContext,
  auth: Auth,
  { what, method, email }: { what: Try; method: SignInMethod; email?: string | undefined },
): Promise<number | undefined> {
  const trace = traceOf(c, auth, email);
  const counted = await auth.limits(what, {
    address: trace.addressHash,
    network: trace.network,
  });
  if (counted.ok) return undefined;
  await log(c, { method, outcome: 'limited', ...trace });
  c.header('retry-after', String(counted.error.retryAfterSeconds));
  return counted.error.retryAfterSeconds;
}

/**
 * What follows every proof of identity, good or bad: it is logged; a good one replaces the browser's
 * session (never continues it, so that a session planted before is worth nothing after).
 */
export async function concludeSignIn(
  c: AppContext,
  auth: Auth,
  method: SignInMethod,
  result: Result<SignedInNow, Problem>,
  email?: string,
): Promise<boolean> {
  const trace = traceOf(c, auth, email);
  if (!result.ok) {
    await log(c, { method, outcome: 'refused', ...trace });
    return false;
  }
  const { services } = c.var;
  const { authUserId, setCookies } = result.value;
  const before = await auth.visitor(c.req.raw.headers);
  const person = await personByAccount(services.db, authUserId);
  await services.db.transaction().execute(async (tx) => {
    if (before !== undefined) {
      await auth.endSessions(tx, before.authUserId, { only: before.sessionId });
    }
    await logTry(tx, webActor(c), {
      method,
      outcome: 'signed-in',
      personId: person?.id,
      ...trace,
    });
  });
  sendCookies(c, setCookies);
  return true;
}

const ASKED_COOKIE = 'cairn_asked';

/** Remembers in the browser which address asked for a mail, until its code is typed. */
export function rememberAsked(c: AppContext, asked: Asked): void {
  const kept = Buffer.from(JSON.stringify(asked)).toString('base64url');
  const cookie = serialize(ASKED_COOKIE, kept, {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/sign-in',
    maxAge: 15 * 60,
    secure: c.var.services.url.startsWith('https:'),
  });
  sendCookies(c, [cookie]);
}

/** The address that asked, if this browser did within the quarter of an hour. */
export function askedBefore(c: AppContext): Asked | undefined {
  const kept = parse(c.req.header('cookie') ?? '', ASKED_COOKIE)[ASKED_COOKIE];
  if (kept === undefined) return undefined;
  try {
    return askedSchema.safeParse(JSON.parse(Buffer.from(kept, 'base64url').toString())).data;
  } catch {
    return undefined; // a cookie that somebody edited
  }
}
