import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { Auth } from '../../../platform/auth/auth.ts';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { SignedIn } from '../../../platform/http/env.ts';
import type { Details } from './account-schema.ts';

/** Changes one's own name and zone. Saying the same again changes nothing and records nothing. */
export async function changeDetails(
  tx: Tx,
  actor: Actor,
  own: Pick<SignedIn, 'personId'>,
  { name, zone = null }: { name: Details['name']; zone?: string | null | undefined },
): Promise<Result<void, never>> {
  const before = await tx
    .selectFrom('person')
    .select(['name', 'zone'])
    .where('id', '=', own.personId)
    // Whoever erased themselves in another tab meanwhile has no name any more.
    .where('erasedAt', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (before === undefined) return ok(undefined);
  const fields = [
    ...(before.name === name ? [] : ['name']),
    ...(before.zone === zone ? [] : ['zone']),
  ];
  if (fields.length === 0) return ok(undefined);
  await tx.updateTable('person').set({ name, zone }).where('id', '=', own.personId).execute();
  await recordEvent(tx, actor, {
    kind: 'person.details_changed',
    personId: own.personId,
    data: { fields },
  });
  return ok(undefined);
}

/** Whose account is changed, and by which of its sessions. */
export interface OwnAccount {
  readonly personId: string;
  readonly authUserId: string;
  readonly sessionId: string;
}

/** Ends one of one's sessions, or all but the present one; how many ended. */
export async function endOwnSessions(
  tx: Tx,
  actor: Actor,
  auth: Pick<Auth, 'endSessions'>,
  own: OwnAccount,
  only?: string,
): Promise<Result<number, Problem>> {
  const ended = await auth.endSessions(
    tx,
    own.authUserId,
    only === undefined ? { allBut: own.sessionId } : { only },
  );
  if (ended === 0) {
    return fail(problem('no-such-session', 'That session had ended already; nothing was changed.'));
  }
  await recordEvent(tx, actor, {
    kind: 'person.sessions_ended',
    personId: own.personId,
    data: { sessions: ended },
  });
  return ok(ended);
}

/** Records that a passkey was added; the sign-in library has stored it. */
export async function recordPasskey(
  tx: Tx,
  actor: Actor,
  own: OwnAccount,
): Promise<Result<void, never>> {
  await recordEvent(tx, actor, { kind: 'person.passkey_added', personId: own.personId });
  return ok(undefined);
}

/** Removes one of one's passkeys. */
export async function removeOwnPasskey(
  tx: Tx,
  actor: Actor,
  auth: Pick<Auth, 'removePasskey'>,
  own: OwnAccount,
  id: string,
): Promise<Result<void, Problem>> {
  if (!(await auth.removePasskey(tx, own.authUserId, id))) {
    return fail(problem('no-such-passkey', 'That passkey was removed already.'));
  }
  await recordEvent(tx, actor, { kind: 'person.passkey_removed', personId: own.personId });
  return ok(undefined);
}
