import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { Instant } from '@cairn/kernel/time';
import type { Seal } from '../../../platform/auth/keys.ts';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { UserToken } from '../../../platform/github/user-tokens.ts';

/** Whose account on GitHub it is, as GitHub says. */
export interface GrantedAccount {
  readonly id: number;
  readonly login: string;
}

/**
 * Keeps somebody's leave to write on GitHub as them, and that the account is theirs: they have just
 * proved it there. An account that is another person's here is refused. Event `github.granted`.
 */
export async function keepGrant(
  tx: Tx,
  actor: Actor,
  seal: Seal,
  personId: string,
  { id, login }: GrantedAccount,
  token: UserToken,
): Promise<Result<void, Problem>> {
  const known = await tx
    .insertInto('githubAccount')
    .values({ id, login, personId, seenAt: actor.now })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet((eb) => ({
        login,
        personId: eb.fn.coalesce('githubAccount.personId', eb.val(personId)),
        seenAt: actor.now,
      })),
    )
    .returning('personId')
    .executeTakeFirstOrThrow();
  if (known.personId !== personId && !(await isProven(tx, id, known.personId))) {
    // Whoever only says that an account is theirs gives way to whoever has just shown it.
    await tx.updateTable('githubAccount').set({ personId }).where('id', '=', id).execute();
  } else if (known.personId !== personId) {
    const sentence = `The account ${login} on GitHub belongs to somebody else here; sign in there with your own.`;
    return fail(problem('account-of-another', sentence));
  }
  const row = { ...closedGrant(seal, token, actor.now), accountId: id, refusedAt: null };
  await tx
    .insertInto('githubGrant')
    .values({ ...row, personId, grantedAt: actor.now })
    .onConflict((conflict) =>
      conflict.column('personId').doUpdateSet({ ...row, grantedAt: actor.now }),
    )
    .execute();
  await recordEvent(tx, actor, { kind: 'github.granted', personId });
  return ok(undefined);
}

/** Whether somebody has shown that an account is theirs: they signed in with it, or let Cairn write under it. */
async function isProven(tx: Tx, accountId: number, personId: string | null): Promise<boolean> {
  const signedIn = await tx
    .selectFrom('authAccount')
    .innerJoin('person', 'person.authUserId', 'authAccount.userId')
    .select('person.id')
    .where('authAccount.providerId', '=', 'github')
    .where('authAccount.accountId', '=', String(accountId))
    .where('person.id', '=', personId)
    .executeTakeFirst();
  const granted = await tx
    .selectFrom('githubGrant')
    .select('personId')
    .where('accountId', '=', accountId)
    .where('personId', '=', personId)
    .executeTakeFirst();
  return signedIn !== undefined || granted !== undefined;
}

/** Takes the leave back: what opened the account is gone here. Event `github.withdrawn`, if there was one. */
export async function withdrawGrant(
  tx: Tx,
  actor: Actor,
  personId: string,
): Promise<Result<void, Problem>> {
  const { numDeletedRows } = await tx
    .deleteFrom('githubGrant')
    .where('personId', '=', personId)
    .executeTakeFirst();
  if (numDeletedRows > 0n) await recordEvent(tx, actor, { kind: 'github.withdrawn', personId });
  return ok(undefined);
}

/** A token as it is kept: sealed, with the moment at which it ends. */
export const closedGrant = (
  seal: Seal,
  { access, refresh, endsIn }: UserToken,
  now: Instant,
): {
  access: Uint8Array;
  refresh: Uint8Array | null;
  expiresAt: Instant | null;
} => ({
  access: seal.close(access),
  refresh: refresh === undefined ? null : seal.close(refresh),
  expiresAt: endsIn === undefined ? null : now.add({ seconds: endsIn }),
});
