import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';

/** Whether a person has a role in a summit, or an invitation that was sent and not withdrawn. */
export async function takesPartIn(
  db: Reader,
  summitId: string,
  personId: string,
): Promise<boolean> {
  const { rows } = await sql<{ found: boolean }>`
    select exists (
      select from role where summit_id = ${summitId} and person_id = ${personId}
    ) or exists (
      select from invitation
      where summit_id = ${summitId} and person_id = ${personId} and state not in ('drafted', 'withdrawn')
    ) as found`.execute(db);
  return rows[0]?.found === true;
}
