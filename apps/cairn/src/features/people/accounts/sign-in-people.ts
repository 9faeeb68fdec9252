import { sql } from 'kysely';
import type { Account, Identity, KnownPeople } from '../../../platform/auth/people.ts';
import type { Clock } from '../../../platform/clock/clock.ts';
import { recordEvent } from '../../../platform/db/command.ts';
import type { Db, Reader, Tx } from '../../../platform/db/database.ts';
import { personByEmail } from './sign-in-queries.ts';

/** Answers what signing in asks about people. */
export const knownPeople = (db: Db, clock: Clock): KnownPeople => ({
  accountOf: async (identity) => {
    const handled = await personByHandle(db, identity.githubLogin);
    if (handled?.accountEmail !== undefined) return { email: handled.accountEmail, byHandle: true };
    const mailable =
      identity.email === undefined ? undefined : await personByEmail(db, identity.email);
    return mailable && { email: mailable.accountEmail, byHandle: false };
  },
  mayEnter: (identity) => db.transaction().execute((tx) => mayEnter(tx, clock, identity)),
  admit: (account) => db.transaction().execute((tx) => admit(tx, clock, account)),
});

/**
 * The person bound to a GitHub handle. Before their first sign-in it is the way in that an invitation
 * was bound to. Afterwards only a handle that they proved counts, since organisers wrote the others;
 * and once their account holds a GitHub sign-in, that one counts by its number: a handle can be given
 * up, and taken by somebody else.
 */
async function personByHandle(db: Reader, login: string | undefined) {
  if (login === undefined) return undefined;
  const found = await db
    .selectFrom('personIdentity as handle')
    .innerJoin('person', 'person.id', 'handle.personId')
    .leftJoin('authUser', 'authUser.id', 'person.authUserId')
    .leftJoin('personIdentity as address', (join) =>
      join.onRef('address.personId', '=', 'person.id').on('address.kind', '=', 'email'),
    )
    .select(['person.id', 'authUser.email', 'address.value'])
    .where('handle.kind', '=', 'github')
    .where('handle.value', '=', login)
    .where('person.erasedAt', 'is', null)
    .where((eb) =>
      eb.or([eb('person.authUserId', 'is', null), eb('handle.verifiedAt', 'is not', null)]),
    )
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('authAccount')
            .select('authAccount.id')
            .whereRef('authAccount.userId', '=', 'person.authUserId')
            .where('authAccount.providerId', '=', 'github'),
        ),
      ),
    )
    .orderBy('address.isPrimary', 'desc')
    .limit(1)
    .executeTakeFirst();
  return (
    found && {
      personId: found.id,
      accountEmail: found.email ?? found.value?.toLowerCase() ?? undefined,
    }
  );
}

async function mayEnter(
  tx: Tx,
  clock: Clock,
  { email, githubLogin }: Identity & { readonly email: string },
): Promise<boolean> {
  if ((await personByEmail(tx, email)) !== undefined) return true;
  const handled = await personByHandle(tx, githubLogin);
  // A known address would have led to the account; this proven one is somebody else's or nobody's.
  if (handled === undefined || handled.accountEmail !== undefined) return false;
  const actor = { personId: handled.personId, door: 'web', now: clock.now() } as const;
  await tx
    .insertInto('personIdentity')
    .values({ kind: 'email', value: email, personId: handled.personId, verifiedAt: actor.now })
    .execute();
  await recordEvent(tx, actor, { kind: 'person.address_proven', personId: handled.personId });
  return true;
}

async function admit(
  tx: Tx,
  clock: Clock,
  { authUserId, email, isProven }: Account,
): Promise<boolean> {
  const joined = await tx
    .selectFrom('person')
    .select('id')
    .where('authUserId', '=', authUserId)
    .where('erasedAt', 'is', null)
    .executeTakeFirst();
  if (joined !== undefined) return true;
  const person = await tx
    .updateTable('person')
    .set({ authUserId })
    .where('authUserId', 'is', null)
    .where('erasedAt', 'is', null)
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('personIdentity')
        .select('personId')
        .where('kind', '=', 'email')
        .where('value', '=', email),
    )
    .returning('id')
    .executeTakeFirst();
  if (person === undefined) return false;
  const actor = { personId: person.id, door: 'web', now: clock.now() } as const;
  if (isProven) {
    await tx
      .updateTable('personIdentity')
      .set({ verifiedAt: actor.now })
      .where('kind', '=', 'email')
      .where('value', '=', email)
      .where('verifiedAt', 'is', null)
      .execute();
  } else await endTickets(tx, email);
  await recordEvent(tx, actor, { kind: 'person.account_joined', personId: person.id });
  return true;
}

/** Ends the links and codes that were mailed to an address which is, from now on, no way in. */
const endTickets = (tx: Tx, email: string): Promise<unknown> =>
  tx
    .deleteFrom('authVerification')
    .where((eb) =>
      eb.or([
        eb('identifier', '=', `sign-in-otp-${email.toLowerCase()}`),
        eb.and([
          eb('identifier', 'like', 'link-%'),
          eb(sql`lower(value)`, '=', JSON.stringify({ email: email.toLowerCase() })),
        ]),
      ]),
    )
    .execute();
