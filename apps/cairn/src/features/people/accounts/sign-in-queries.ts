import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import type { Administrator } from '../rights.ts';
import type { Attempt } from './sign-in-rules.ts';

/** A person who can be mailed to sign in. */
export interface Mailable {
  readonly personId: string;
  readonly name: string;
  /** Where the mail goes: the address as the house wrote it down. */
  readonly recipient: string;
  /** The address of their account: the one they first signed in with, whichever they typed now. */
  readonly accountEmail: string;
}

/**
 * Who can sign in by an address, if anybody. Before somebody's first sign-in that is every address
 * that organisers wrote down; afterwards only one that they proved, or what organisers wrote before
 * would open the account to others.
 */
export async function personByEmail(db: Reader, email: string): Promise<Mailable | undefined> {
  const found = await db
    .selectFrom('personIdentity')
    .innerJoin('person', 'person.id', 'personIdentity.personId')
    .leftJoin('authUser', 'authUser.id', 'person.authUserId')
    .select(['person.id', 'person.name', 'personIdentity.value', 'authUser.email'])
    .where('personIdentity.kind', '=', 'email')
    .where('personIdentity.value', '=', email)
    .where('person.erasedAt', 'is', null)
    .where((eb) =>
      eb.or([eb('person.authUserId', 'is', null), eb('personIdentity.verifiedAt', 'is not', null)]),
    )
    .executeTakeFirst();
  return (
    found && {
      personId: found.id,
      name: found.name,
      recipient: found.value,
      accountEmail: found.email ?? found.value.toLowerCase(),
    }
  );
}

/** The person that an account belongs to. */
export const personByAccount = (db: Reader, authUserId: string) =>
  db
    .selectFrom('person')
    .select(['id', 'name', 'zone', 'isAdministrator'])
    .where('authUserId', '=', authUserId)
    .where('erasedAt', 'is', null)
    .executeTakeFirst();

/** One page of the attempts to sign in, latest first, and how many there are in all. */
export async function signInAttempts(
  db: Reader,
  _right: Administrator,
  { page, perPage }: { readonly page: number; readonly perPage: number },
): Promise<{ readonly attempts: Attempt[]; readonly total: number }> {
  const rows = await db
    .selectFrom('signInAttempt')
    .leftJoin('person', 'person.id', 'signInAttempt.personId')
    .select([
      'signInAttempt.id',
      'signInAttempt.at',
      'signInAttempt.method',
      'signInAttempt.outcome',
      'signInAttempt.addressHash',
      'signInAttempt.network',
      'person.name',
    ])
    .orderBy('signInAttempt.id', 'desc')
    .limit(perPage)
    .offset((page - 1) * perPage)
    .execute();
  const { total } = await db
    .selectFrom('signInAttempt')
    .select(sql<number>`count(*)`.as('total'))
    .executeTakeFirstOrThrow();
  return {
    total,
    attempts: rows.map((row) => ({
      id: String(row.id),
      at: row.at,
      method: row.method,
      outcome: row.outcome,
      name: row.name ?? undefined,
      addressMark: row.addressHash?.slice(0, 8),
      network: row.network ?? undefined,
    })),
  };
}

/** The latest mails that no summit sent and no mail server took: links and codes to sign in with. */
export const keptSignInMails = (db: Reader, _right: Administrator) =>
  db
    .selectFrom('mail')
    .select(['id', 'recipient', 'subject', 'body', 'createdAt'])
    .where('summitId', 'is', null)
    .where('state', 'in', ['queued', 'kept'])
    .orderBy('createdAt', 'desc')
    .limit(20)
    .execute();
