import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';

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
