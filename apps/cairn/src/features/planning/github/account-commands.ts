import type { Instant } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Tx } from '../../../platform/db/database.ts';
import type { Writer } from '../threads/thread-commands.ts';
import type { RemoteUser } from './remote-schema.ts';

/** Who was seen in a transaction already, under which name and until when that says all. */
const seen = new WeakMap<Tx, Map<number, { user: RemoteUser; until: number; writer: Writer }>>();

const DAY_SECONDS = 24 * 60 * 60;

/**
 * Notes an account as it was seen at a moment, and says whose words its words are. Accounts are known
 * by GitHub's number, so renaming loses nobody; a name seen earlier takes none back that was seen later.
 */
export async function writerOf(tx: Tx, user: RemoteUser, at: Instant): Promise<Writer> {
  const accounts = seen.get(tx) ?? new Map();
  seen.set(tx, accounts);
  const known = accounts.get(user.id);
  const isSame = known?.user.login === user.login && known.user.kind === user.kind;
  if (known !== undefined && isSame && at.epochMilliseconds <= known.until) return known.writer;
  accounts.delete(user.id);
  const { writer, seenAt } = await noteAccount(tx, user, at);
  accounts.set(user.id, { user, until: seenAt.epochMilliseconds + DAY_SECONDS * 1000, writer });
  return writer;
}

async function noteAccount(
  tx: Tx,
  { id, login, kind }: RemoteUser,
  at: Instant,
): Promise<{ writer: Writer; seenAt: Instant }> {
  const known = await tx
    .selectFrom('githubAccount')
    .select(['login', 'personId', 'seenAt', 'kind as keptAs'])
    .where('id', '=', id)
    .executeTakeFirst();
  // Of somebody who was erased here: their name does not come back by what they do there.
  if (known?.keptAs === 'ghost') {
    return { writer: { personId: undefined, accountId: id }, seenAt: at };
  }
  if (known === undefined) {
    await tx
      .insertInto('githubAccount')
      .values({ id, login, kind, personId: null, seenAt: at })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  const isSameName = known?.login.toLowerCase() === login.toLowerCase();
  if (known === undefined || !isSameName) {
    await tx
      .insertInto('githubAccountLogin')
      .values({ accountId: id, login, firstSeenAt: at })
      .onConflict((conflict) =>
        conflict.columns(['login', 'accountId']).doUpdateSet((eb) => ({
          firstSeenAt: eb.fn('least', ['githubAccountLogin.firstSeenAt', 'excluded.firstSeenAt']),
        })),
      )
      .execute();
  }
  // A later sight counts; of two at one moment always the same.
  const elapsed = known?.seenAt.until(at).total('seconds') ?? 0;
  const isLater = elapsed > 0 || (elapsed === 0 && login > (known?.login ?? ''));
  const isNews = isLater && (!isSameName || elapsed > DAY_SECONDS);
  if (known !== undefined && isNews) {
    await tx
      .updateTable('githubAccount')
      .set({ login, kind, seenAt: at })
      .where('id', '=', id)
      .execute();
  }
  const personId =
    kind !== 'user' ? null : (known?.personId ?? (await tieAccount(tx, id, login))) || null;
  const writer = { personId: personId ?? undefined, accountId: id };
  return { writer, seenAt: known === undefined || isNews ? at : known.seenAt };
}

/**
 * Ties an account to the person whose it is: whoever signed in with it here, else whoever is known
 * under its name. A name that was another account's before is nobody's proof: it may have been given
 * up and taken by a stranger.
 */
async function tieAccount(tx: Tx, id: number, login: string): Promise<string | undefined> {
  const signedIn = await tx
    .selectFrom('authAccount')
    .innerJoin('person', 'person.authUserId', 'authAccount.userId')
    .select('person.id')
    .where('authAccount.providerId', '=', 'github')
    .where('authAccount.accountId', '=', String(id))
    .executeTakeFirst();
  const named =
    signedIn ??
    (await tx
      .selectFrom('personIdentity')
      .select('personId as id')
      .where('kind', '=', 'github')
      .where(sql<boolean>`lower(value) = lower(${login})`)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('githubAccountLogin')
              .innerJoin('githubAccount', 'githubAccount.id', 'githubAccountLogin.accountId')
              .select('githubAccount.id')
              .where(sql<boolean>`github_account_login.login = ${login}::citext`)
              .where('githubAccount.id', '!=', id),
          ),
        ),
      )
      .executeTakeFirst());
  if (named === undefined) return undefined;
  await tx.updateTable('githubAccount').set({ personId: named.id }).where('id', '=', id).execute();
  return named.id;
}

/** Accounts that are nobody's here and may have become somebody's since: tied now. Gives those that were. */
export async function tieAccounts(tx: Tx): Promise<readonly number[]> {
  const { rows } = await sql<{ id: number; login: string }>`
    select a.id, a.login from github_account a
    where a.person_id is null and a.kind = 'user' and (
      exists (select from person_identity i where i.kind = 'github' and lower(i.value) = lower(a.login))
      or exists (
        select from auth_account t join person p on p.auth_user_id = t.user_id
        where t.provider_id = 'github' and t.account_id = a.id::text
      ))
    order by a.id limit 1000`.execute(tx);
  const tied: number[] = [];
  for (const { id, login } of rows) {
    if ((await tieAccount(tx, id, login)) !== undefined) tied.push(id);
  }
  return tied;
}
