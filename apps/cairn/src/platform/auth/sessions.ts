import { type Instant, Temporal } from '@cairn/kernel/time';
import type { Db, Tx } from '../db/database.ts';
import type { Library } from './library.ts';

/** Which account a request comes from. */
export interface AuthVisitor {
  readonly authUserId: string;
  readonly sessionId: string;
  readonly email: string;
  /** How they signed in: `link`, `code`, `passkey`, `github`, `oidc`, `invitation`. */
  readonly method: string;
  readonly since: Instant;
  /** Cookies to send along when the session was prolonged; mostly none. */
  readonly setCookies: readonly string[];
}

/** One of somebody's sessions, as they may see it. */
export interface OpenSession {
  readonly id: string;
  readonly method: string;
  readonly since: Instant;
  /** To the day: a session is prolonged once a day. */
  readonly lastUsed: Instant;
  readonly userAgent: string;
}

/** The account behind a request's cookies, if its session is still open. */
export async function visitorOf(
  library: Library,
  headers: Headers,
): Promise<AuthVisitor | undefined> {
  // Most requests to public pages carry no cookie: spare the library's work.
  if (!headers.has('cookie')) return undefined;
  const { headers: answered, response } = await library.api.getSession({
    headers,
    returnHeaders: true,
  });
  if (response === null) return undefined;
  const { session, user } = response;
  return {
    authUserId: user.id,
    sessionId: session.id,
    email: user.email,
    method: session.method,
    since: Temporal.Instant.fromEpochMilliseconds(session.createdAt.getTime()),
    setCookies: answered.getSetCookie(),
  };
}

/** Ends the session of a request; the cookies that it returns clear the browser's. */
export async function signOut(library: Library, headers: Headers): Promise<readonly string[]> {
  const { headers: answered } = await library.api.signOut({
    headers,
    body: { disableRedirect: true },
    returnHeaders: true,
  });
  return answered.getSetCookie();
}

/** Somebody's open sessions, latest first. */
export async function sessionsOf(db: Db, authUserId: string): Promise<OpenSession[]> {
  const rows = await db
    .selectFrom('authSession')
    .select(['id', 'method', 'createdAt', 'updatedAt', 'userAgent'])
    .where('userId', '=', authUserId)
    .where('expiresAt', '>', Temporal.Now.instant())
    .orderBy('updatedAt', 'desc')
    .execute();
  return rows.map(({ id, method, createdAt, updatedAt, userAgent }) => ({
    id,
    method,
    since: createdAt,
    lastUsed: updatedAt,
    userAgent: userAgent ?? '',
  }));
}

/** Ends one of somebody's sessions, or all but the one they keep. Returns how many ended. */
export async function endSessions(
  tx: Tx,
  authUserId: string,
  which: { readonly only: string } | { readonly allBut: string },
): Promise<number> {
  const own = tx.deleteFrom('authSession').where('userId', '=', authUserId);
  const { numDeletedRows } = await ('only' in which
    ? own.where('id', '=', which.only)
    : own.where('id', '!=', which.allBut)
  ).executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}
