import { type Instant, Temporal } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import {
  type CurrentTimetable,
  currentTimetable,
} from '../../timetable/release/current-queries.ts';
import { type Programme, programmeOf } from './programme-rules.ts';

/** What is public of the timetable that holds now. */
export interface CurrentProgramme {
  readonly current: CurrentTimetable;
  readonly programme: Programme;
  /** Changes in open space so far: with the version they tell one state from another. */
  readonly openChanges: number;
  readonly changedAt: Instant;
}

/** The timetable that holds now, with its places in words; undefined while none was released. Public. */
export async function currentProgramme(
  db: Reader,
  summitId: string,
): Promise<CurrentProgramme | undefined> {
  const current = await currentTimetable(db, summitId);
  if (current === undefined) return undefined;
  const { content, sessions, releasedAt } = current;
  const known = new Set(content.rooms.map(({ id }) => id));
  const missing = sessions
    .map(({ roomId }) => roomId ?? '')
    .filter((id) => id !== '' && !known.has(id));
  const rooms =
    missing.length === 0
      ? []
      : await db
          .selectFrom('timetableRoom')
          .select(['id', 'key', 'name', 'capacity', 'features', 'directions'])
          .where('summitId', '=', summitId)
          .where('id', 'in', missing)
          .orderBy('position')
          .execute();
  const { count, last } = await openSpaceTally(db, summitId);
  return {
    current,
    programme: programmeOf(content, sessions, rooms),
    openChanges: count,
    changedAt: last !== null && Temporal.Instant.compare(last, releasedAt) > 0 ? last : releasedAt,
  };
}

/** How often something in open space changed, and when last. */
async function openSpaceTally(
  db: Reader,
  summitId: string,
): Promise<{ readonly count: number; readonly last: Instant | null }> {
  const { rows } = await sql<{ count: number; last: Instant | null }>`
    select count(*)::int as count, max(at) as last from event
    where summit_id = ${summitId} and kind like 'open\\_session.%'`.execute(db);
  return rows[0] ?? { count: 0, last: null };
}
