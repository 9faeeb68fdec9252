import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Scope } from '../../../platform/http/api-scope.ts';
import { hashSecret } from '../../../platform/http/secret.ts';
import type { Oneself } from '../own-data/own-data-queries.ts';
import { ownTokens } from './token-queries.ts';
import { mayMakeToken } from './token-rules.ts';

export interface NewToken {
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** How long it works; for ever when undefined. */
  readonly days: number | undefined;
}

/** Keeps a new token's hash; `secret` is the whole token, which is shown once and not kept. */
export async function makeToken(
  tx: Tx,
  actor: Actor,
  own: Oneself,
  { name, scopes, days }: NewToken,
  secret: string,
): Promise<Result<{ readonly id: string }, Problem>> {
  // One at a time for a person, so that the count holds.
  await tx.selectFrom('person').select('id').where('id', '=', own.personId).forUpdate().execute();
  const allowed = mayMakeToken((await ownTokens(tx, own, actor.now)).length);
  if (!allowed.ok) return allowed;
  const { id } = await tx
    .insertInto('apiToken')
    .values({
      personId: own.personId,
      name,
      secretHash: hashSecret(secret),
      scopes: [...scopes],
      createdAt: actor.now,
      expiresAt: days === undefined ? null : actor.now.add({ hours: days * 24 }),
      lastUsedAt: null,
      revokedAt: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await recordEvent(tx, actor, {
    kind: 'token.made',
    personId: own.personId,
    data: { token: id, scopes: [...scopes] },
  });
  return ok({ id });
}

/** Makes one of one's tokens useless, at once and for ever. */
export async function revokeToken(
  tx: Tx,
  actor: Actor,
  { personId }: Oneself,
  id: string,
): Promise<Result<void, Problem>> {
  const revoked = await tx
    .updateTable('apiToken')
    .set({ revokedAt: actor.now })
    .where('id', '=', id)
    .where('personId', '=', personId)
    .where('revokedAt', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (revoked === undefined) {
    return fail(problem('no-such-token', 'That token was revoked already; nothing was changed.'));
  }
  await recordEvent(tx, actor, { kind: 'token.revoked', personId, data: { token: id } });
  return ok(undefined);
}
