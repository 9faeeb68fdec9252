import type { Instant } from '@cairn/kernel/time';
import type { Reader } from '../../../platform/db/database.ts';
import { later } from '../frame/frame-rules.ts';
import { contentSchema, type PlacedSession, type TimetableContent } from './content-schema.ts';

/** The timetable that holds: the last release, and what was put into free space. */
export interface CurrentTimetable {
  readonly version: number;
  readonly name: string;
  readonly releasedAt: Instant;
  readonly content: TimetableContent;
  /** Those of the release and the open ones, by day, start, room and title. */
  readonly sessions: readonly PlacedSession[];
}

/** The timetable that holds now; undefined while none was released. Public, but for people. */
export async function currentTimetable(
  db: Reader,
  summitId: string,
): Promise<CurrentTimetable | undefined> {
  const release = await db
    .selectFrom('timetableRelease')
    .select(['version', 'name', 'releasedAt', 'content'])
    .where('summitId', '=', summitId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (release === undefined) return undefined;
  const content = contentSchema.parse(release.content);
  const sessions = [...content.sessions, ...(await openSessions(db, summitId))].sort(inOrder);
  return { ...release, content, sessions };
}

/** What was put into free space and not withdrawn. */
export async function openSessions(db: Reader, summitId: string): Promise<PlacedSession[]> {
  const rows = await db
    .selectFrom('openSession')
    .innerJoin('timetableSession', 'timetableSession.id', 'openSession.sessionId')
    .select(['timetableSession.id', 'timetableSession.kind', 'timetableSession.title'])
    .select(['timetableSession.text', 'timetableSession.topicNumber', 'timetableSession.groupKey'])
    .select(['timetableSession.track', 'timetableSession.minutes', 'openSession.date'])
    .select(['openSession.starts', 'openSession.roomId', 'openSession.claimedBy'])
    .where('openSession.summitId', '=', summitId)
    .where('openSession.withdrawnAt', 'is', null)
    .execute();
  return rows.map(({ minutes, claimedBy, ...row }) => {
    const by = claimedBy === null ? [] : [claimedBy];
    return { ...row, ends: later(row.starts, minutes), leads: by, people: by };
  });
}

const inOrder = (one: PlacedSession, other: PlacedSession): number =>
  one.date.localeCompare(other.date) ||
  one.starts.localeCompare(other.starts) ||
  (one.roomId ?? '').localeCompare(other.roomId ?? '') ||
  one.title.localeCompare(other.title) ||
  one.id.localeCompare(other.id);
