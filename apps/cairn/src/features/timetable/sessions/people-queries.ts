import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import { coming } from '../../people/invitations/participation-queries.ts';

/** Somebody who can be in sessions. */
export interface SessionPerson {
  readonly id: string;
  readonly name: string;
  /** Keys of the communities that they come from. */
  readonly communities: readonly string[];
}

/** Those who come, by name. For organisers, and for those who come. */
export async function sessionPeople(db: Reader, summitId: string): Promise<SessionPerson[]> {
  const { rows } = await sql<SessionPerson>`
    select person.id, person.name,
      array(
        select community from person_community
        where summit_id = ${summitId} and person_id = person.id order by community
      ) as communities
    from person
    where person.erased_at is null and person.id in ${coming(summitId)}
    order by person.name, person.id`.execute(db);
  return rows;
}
