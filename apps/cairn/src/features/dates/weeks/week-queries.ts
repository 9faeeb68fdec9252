import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';

/**
 * Those whom the chosen week of a summit does not suit and who have not said that they come all the
 * same, or for a part of it. Nobody while no week was chosen by a poll. Who never answered is not
 * among them: nothing is known of them.
 */
export async function unsuitedPeople(db: Reader, summitId: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ personId: string }>`
    select c.person_id from week_concern c
    join week_poll w on w.summit_id = c.summit_id and w.chosen_start = c.start
    where c.summit_id = ${summitId} and c.why = 'no'
      and (c.reply is null or c.reply not in ('come', 'part'))`.execute(db);
  return new Set(rows.map(({ personId }) => personId));
}
