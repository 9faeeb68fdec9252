import { parseZone, type ZoneName } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import { coming } from '../../people/invitations/participation-queries.ts';
import type { Organiser } from '../../people/rights.ts';

/** A zone in which people of the summit live, and how many. */
export interface PeoplesZone {
  readonly zone: ZoneName;
  readonly people: number;
}

/** The zones of those who may come to the meetings, those of most people first; people who named none are left out. */
export async function peoplesZones(
  db: Reader,
  { summitId }: Organiser,
  most: number,
): Promise<readonly PeoplesZone[]> {
  const { rows } = await sql<{ zone: string; people: number }>`
    select zone, count(*) as people from person
    where zone is not null and erased_at is null and id in ${coming(summitId)}
    group by zone order by count(*) desc, zone limit ${most}`.execute(db);
  return rows.flatMap(({ zone, people }) => {
    const parsed = parseZone(zone);
    return parsed.ok ? [{ zone: parsed.value, people }] : [];
  });
}
