import { sql } from 'kysely';
import type { Reader } from '../../platform/db/database.ts';
import type { Mentionable } from './action-rules.ts';

/**
 * Everybody who can be given a task in a summit: those with a role in it, and those who answered
 * their invitation with a yes or with “not sure”.
 */
export async function mentionablePeople(db: Reader, summitId: string): Promise<Mentionable[]> {
  const { rows } = await sql<Mentionable>`
    select person.id, person.name,
      array(
        select value::text from person_identity
        where kind = 'github' and person_id = person.id order by value
      ) as handles
    from person
    where person.erased_at is null and (
      exists (select from role where summit_id = ${summitId} and person_id = person.id)
      or exists (
        select from invitation
        where summit_id = ${summitId} and person_id = person.id and state in ('accepted', 'unsure')
      )
    )
    order by person.name, person.id`.execute(db);
  return rows.map((row) => ({ ...row }));
}
