import type { Instant } from '@cairn/kernel/time';
import type { Reader } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';

/** When each person was last asked to say their stay. */
export async function lastAsked(
  db: Reader,
  { summitId }: Organiser,
): Promise<ReadonlyMap<string, Instant>> {
  const rows = await db
    .selectFrom('event')
    .select(['personId', 'at'])
    .where('summitId', '=', summitId)
    .where('kind', '=', 'stay.asked')
    .orderBy('at')
    .execute();
  return new Map(rows.flatMap(({ personId, at }) => (personId === null ? [] : [[personId, at]])));
}
