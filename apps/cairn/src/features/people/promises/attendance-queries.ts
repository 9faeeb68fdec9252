import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import type { Organiser } from '../rights.ts';
import { meetingSubject } from './obligation-rules.ts';

/** How many are recorded at each meeting, by its key; those at none are not in it. */
export async function attendanceCounts(
  db: Reader,
  summitId: string,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ subject: string; count: number }>`
    select subject, count(*) as count from evidence
    where summit_id = ${summitId} and kind = 'attendance' and withdrawn_at is null
      and subject like 'meeting:%'
    group by subject`.execute(db);
  return new Map(rows.map(({ subject, count }) => [subject.slice('meeting:'.length), count]));
}

/** Who is recorded at a meeting, by id. */
export async function recordedAt(
  db: Reader,
  { summitId }: Organiser,
  meeting: string,
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('evidence')
    .select('personId')
    .where('summitId', '=', summitId)
    .where('kind', '=', 'attendance')
    .where('subject', '=', meetingSubject(meeting))
    .where('withdrawnAt', 'is', null)
    .execute();
  return new Set(rows.map(({ personId }) => personId));
}

/** Who is recorded at a meeting already, or excused from it. */
export async function settledAt(
  db: Reader,
  organiser: Organiser,
  meeting: string,
): Promise<ReadonlySet<string>> {
  const excused = await db
    .selectFrom('excuse')
    .select('personId')
    .where('summitId', '=', organiser.summitId)
    .where('occasion', '=', meetingSubject(meeting))
    .where('withdrawnAt', 'is', null)
    .execute();
  const there = await recordedAt(db, organiser, meeting);
  return new Set([...there, ...excused.map(({ personId }) => personId)]);
}
