import { sql } from 'kysely';
import type { Reader, Tx } from '../../../platform/db/database.ts';
import { freeHandle, handleFrom } from './handle-rules.ts';

/** People by their handle, in lower case; handles of nobody are left out. */
export async function peopleByHandle(
  db: Reader,
  handles: readonly string[],
): Promise<ReadonlyMap<string, { readonly personId: string; readonly name: string }>> {
  if (handles.length === 0) return new Map();
  const rows = await db
    .selectFrom('planHandle')
    .innerJoin('person', 'person.id', 'planHandle.personId')
    .select(['planHandle.handle', 'person.id as personId', 'person.name'])
    .where(sql<boolean>`plan_handle.handle = any(${handles}::citext[])`)
    .execute();
  return new Map(rows.map(({ handle, ...person }) => [handle.toLowerCase(), person]));
}

/** Whom documents of a plan may name, in small letters: who has a handle here, and accounts seen on GitHub. */
export async function namedInPlans(db: Reader): Promise<ReadonlySet<string>> {
  const [handles, logins] = await Promise.all([
    db.selectFrom('planHandle').select('handle').execute(),
    db.selectFrom('githubAccount').select('login').execute(),
  ]);
  const names = [...handles.map(({ handle }) => handle), ...logins.map(({ login }) => login)];
  return new Set(names.map((each) => each.toLowerCase()));
}

/** Handles of people who have one, by the person's id. */
export async function handlesOf(
  db: Reader,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (personIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('planHandle')
    .select(['personId', 'handle'])
    .where('personId', 'in', personIds)
    .execute();
  return new Map(rows.map(({ personId, handle }) => [personId, handle]));
}

/**
 * By what the plan calls a person; given when it is first needed, and then for ever: that of their
 * GitHub account, if they said one and nobody has it, else one made of their name.
 */
export async function handleOf(tx: Tx, personId: string): Promise<string> {
  const known = await tx
    .selectFrom('planHandle')
    .select('handle')
    .where('personId', '=', personId)
    .executeTakeFirst();
  if (known !== undefined) return known.handle;
  const { name, github } = await tx
    .selectFrom('person')
    .leftJoin('personIdentity', (join) =>
      join.onRef('personIdentity.personId', '=', 'person.id').on('kind', '=', 'github'),
    )
    .select(['person.name', 'personIdentity.value as github'])
    .where('person.id', '=', personId)
    .orderBy('personIdentity.isPrimary', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  const base = handleFrom(github ?? name);
  // One at a time, so that two people of one name do not reach for the same.
  await sql`select pg_advisory_xact_lock(hashtext('plan_handle'))`.execute(tx);
  const taken = await tx
    .selectFrom('planHandle')
    .select('handle')
    .where('handle', 'like', `${base}%`)
    .execute();
  const handle = freeHandle(base, new Set(taken.map((row) => row.handle.toLowerCase())));
  await tx
    .insertInto('planHandle')
    .values({ handle, personId, createdAt: sql`now()` })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { handle: kept } = await tx
    .selectFrom('planHandle')
    .select('handle')
    .where('personId', '=', personId)
    .executeTakeFirstOrThrow();
  return kept;
}
