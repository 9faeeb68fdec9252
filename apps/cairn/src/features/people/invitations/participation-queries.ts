import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';

/** Ids of those who take part in a summit: a role in it, or an invitation sent and not withdrawn. */
export const takingPart = (summitId: string) => sql<string>`(
  select person_id from role where summit_id = ${summitId}
  union select person_id from invitation
    where summit_id = ${summitId} and state not in ('drafted', 'withdrawn')
)`;

/** Ids of those of them who come, as far as they have said: accepted, seated, or with a role. */
export const coming = (summitId: string) => sql<string>`(
  select person_id from seat where summit_id = ${summitId}
  union select person_id from role where summit_id = ${summitId}
  union select person_id from invitation where summit_id = ${summitId} and state = 'accepted'
)`;

/** Whether a person takes part in a summit. */
export const takesPartIn = (db: Reader, summitId: string, personId: string): Promise<boolean> =>
  isAmong(db, takingPart(summitId), personId);

/** Whether a person comes, as far as they have said. */
export const isComing = (db: Reader, summitId: string, personId: string): Promise<boolean> =>
  isAmong(db, coming(summitId), personId);

async function isAmong(
  db: Reader,
  people: ReturnType<typeof takingPart>,
  personId: string,
): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select ${personId}::uuid in ${people} as found`.execute(db);
  return rows[0]?.found === true;
}
