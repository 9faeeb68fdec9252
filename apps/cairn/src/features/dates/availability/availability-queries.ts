import { expectZone, type Instant, type ZoneName } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import { takingPart } from '../../people/invitations/participation-queries.ts';
import type { Oneself } from '../../people/own-data/own-data-queries.ts';
import type { Organiser, Self } from '../../people/rights.ts';

/** What somebody can in an ordinary week. */
export interface WeeklyAvailability {
  readonly zone: ZoneName;
  /** 168 characters 0, 1 or 2, Monday 00:00 by the clock of the zone first. */
  readonly cells: string;
  readonly updatedAt: Instant;
}

/** A person's own week, said once for all polls and summits; undefined when they have not. */
export async function weeklyAvailabilityOf(
  db: Reader,
  { personId }: Self | Oneself,
): Promise<WeeklyAvailability | undefined> {
  const row = await db
    .selectFrom('weeklyAvailability')
    .select(['zone', 'cells', 'updatedAt'])
    .where('personId', '=', personId)
    .executeTakeFirst();
  return row && { ...row, zone: expectZone(row.zone) };
}

/**
 * The weeks of those who take part in the organiser's summit (see `takesPartIn`), by person. Who has
 * not said anything is not in it: unknown, never unable.
 */
export async function availabilitiesOf(
  db: Reader,
  { summitId }: Organiser,
): Promise<ReadonlyMap<string, WeeklyAvailability>> {
  const { rows } = await sql<{ personId: string; zone: string; cells: string; updatedAt: Instant }>`
    select person_id, zone, cells, updated_at from weekly_availability
    where person_id in ${takingPart(summitId)}`.execute(db);
  return new Map(
    rows.map(({ personId, zone, ...week }) => [personId, { ...week, zone: expectZone(zone) }]),
  );
}
