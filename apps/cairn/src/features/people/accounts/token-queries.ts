import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { Instant } from '@cairn/kernel/time';
import type { Db, Reader } from '../../../platform/db/database.ts';
import type { Caller, FindCaller } from '../../../platform/http/api-caller.ts';
import { type Scope, scopesOf } from '../../../platform/http/api-scope.ts';
import type { Services } from '../../../platform/http/env.ts';
import { hashSecret } from '../../../platform/http/secret.ts';
import type { Oneself } from '../own-data/own-data-queries.ts';
import { TOKEN_PREFIX, tokenWorks } from './token-rules.ts';

/** A token that works, as its owner sees it. */
export interface OwnToken {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly createdAt: Instant;
  readonly expiresAt: Instant | null;
  readonly lastUsedAt: Instant | null;
}

/** One's tokens that still work, newest first. */
export async function ownTokens(
  db: Reader,
  { personId }: Oneself,
  now: Instant,
): Promise<OwnToken[]> {
  const rows = await db
    .selectFrom('apiToken')
    .select(['id', 'name', 'scopes', 'createdAt', 'expiresAt', 'lastUsedAt'])
    .where('personId', '=', personId)
    .where('revokedAt', 'is', null)
    .where((eb) => eb.or([eb('expiresAt', 'is', null), eb('expiresAt', '>', now)]))
    .orderBy('createdAt', 'desc')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ ...row, scopes: scopesOf(row.scopes) }));
}

const unknown = (): Problem =>
  problem('token-unknown', 'This token is not known here; copy it whole, or make another one.');

/** The owner of a token, with what it allows; or why it opens nothing. */
async function callerByToken(
  db: Reader,
  token: string,
  now: Instant,
): Promise<Result<Caller & { readonly lastUsedAt: Instant | null }, Problem>> {
  if (!token.startsWith(TOKEN_PREFIX)) return fail(unknown());
  const row = await db
    .selectFrom('apiToken')
    .innerJoin('person', 'person.id', 'apiToken.personId')
    .select([
      'apiToken.id',
      'apiToken.scopes',
      'apiToken.expiresAt',
      'apiToken.revokedAt',
      'apiToken.lastUsedAt',
      'person.id as personId',
      'person.name',
      'person.isAdministrator',
    ])
    .where('apiToken.secretHash', '=', hashSecret(token))
    .where('person.erasedAt', 'is', null)
    .executeTakeFirst();
  if (row === undefined) return fail(unknown());
  const works = tokenWorks(row, now);
  if (!works.ok) return works;
  return ok({
    who: {
      personId: row.personId,
      name: row.name,
      isAdministrator: row.isAdministrator,
      // What a token says is known by the token's name, as what a session says is by the session.
      sessionId: row.id,
      signInMethod: 'token',
    },
    scopes: new Set(scopesOf(row.scopes)),
    countedAs: row.id,
    lastUsedAt: row.lastUsedAt,
  });
}

/**
 * Notes that a token was used, at most once an hour: its owner sees which ones are idle. No event,
 * because it says nothing that a change of anything would.
 */
export async function noteTokenUse(db: Db, id: string, now: Instant): Promise<void> {
  await db
    .updateTable('apiToken')
    .set({ lastUsedAt: now })
    .where('id', '=', id)
    .where((eb) =>
      eb.or([eb('lastUsedAt', 'is', null), eb('lastUsedAt', '<', now.subtract({ hours: 1 }))]),
    )
    .execute();
}

/** Finds callers by their tokens. That a token was used is noted beside the request, not in it. */
export const findCallers =
  ({ db, clock }: Pick<Services, 'db' | 'clock'>): FindCaller =>
  async (token) => {
    const now = clock.now();
    const found = await callerByToken(db, token, now);
    if (!found.ok) return found;
    const { lastUsedAt, ...caller } = found.value;
    const isRecent =
      lastUsedAt !== null && lastUsedAt.add({ hours: 1 }).epochMilliseconds > now.epochMilliseconds;
    if (!isRecent && caller.countedAs !== undefined) {
      // A mark that is lost with the connection comes with the next request.
      void noteTokenUse(db, caller.countedAs, now).catch(() => undefined);
    }
    return ok(caller);
  };
