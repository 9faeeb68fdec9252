import type { Reader } from '../../../platform/db/database.ts';
import type { Presence } from './presence-rules.ts';

/** When people are there, by person, for those who said something. For those who come. */
export async function presenceOf(
  db: Reader,
  summitId: string,
): Promise<ReadonlyMap<string, Presence>> {
  const rows = await db
    .selectFrom('presence')
    .select(['personId', 'arrivesOn', 'arrivesAt', 'leavesOn', 'leavesAt', 'isRemote', 'note'])
    .where('summitId', '=', summitId)
    .execute();
  return new Map(rows.map((row) => [row.personId, row]));
}
