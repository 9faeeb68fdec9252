import type { Instant } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';

/** How far groups, drafts and releases are. */
export interface MakingCounts {
  /** Groupings that are thought about and not set. */
  readonly groupingDrafts: number;
  readonly drafts: number;
  readonly searching: number;
  readonly release:
    | { readonly version: number; readonly name: string; readonly releasedAt: Instant }
    | undefined;
}

/** How far groups, drafts and releases are. */
export async function makingCounts(db: Reader, { summitId }: Organiser): Promise<MakingCounts> {
  const { rows } = await sql<Omit<MakingCounts, 'release'>>`
    select
      (select count(*)::int from grouping
        where summit_id = ${summitId} and state = 'draft') as "groupingDrafts",
      (select count(*)::int from timetable_draft
        where summit_id = ${summitId} and discarded_at is null) as drafts,
      (select count(*)::int from timetable_search
        where summit_id = ${summitId} and state in ('queued', 'running')) as searching`.execute(db);
  const release = await db
    .selectFrom('timetableRelease')
    .select(['version', 'name', 'releasedAt'])
    .where('summitId', '=', summitId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  const counts = rows[0] ?? { groupingDrafts: 0, drafts: 0, searching: 0 };
  return { ...counts, release };
}
