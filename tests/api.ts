import { expectOk } from '@cairn/kernel/result';
import { makeToken } from '../apps/cairn/src/features/people/accounts/token-commands.ts';
import { oneself } from '../apps/cairn/src/features/people/own-data/own-data-queries.ts';
import type { SettableClock } from '../apps/cairn/src/platform/clock/clock.ts';
import { inTransaction } from '../apps/cairn/src/platform/db/command.ts';
import type { Db } from '../apps/cairn/src/platform/db/database.ts';
import { SCOPE_NAMES, type Scope } from '../apps/cairn/src/platform/http/api-scope.ts';
import { newSecret } from '../apps/cairn/src/platform/http/secret.ts';

/** A token of a person, for everything or for some scopes only. */
export async function tokenOf(
  { db, clock }: { readonly db: Db; readonly clock: SettableClock },
  personId: string,
  scopes: readonly Scope[] = SCOPE_NAMES,
  days?: number,
): Promise<string> {
  const secret = `cairn_${newSecret()}`;
  const actor = { personId, door: 'web', now: clock.now() } as const;
  expectOk(
    await inTransaction(db, (tx) =>
      makeToken(tx, actor, oneself({ personId }), { name: 'test', scopes, days }, secret),
    ),
  );
  return secret;
}

/** A request to the API with a token and, where there is one, a JSON body. */
export const withToken = (
  token: string | undefined,
  {
    json,
    headers,
    ...init
  }: Omit<RequestInit, 'headers'> & {
    readonly json?: unknown;
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): RequestInit => ({
  ...init,
  ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  headers: {
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(json === undefined ? {} : { 'content-type': 'application/json' }),
    ...headers,
  },
});
