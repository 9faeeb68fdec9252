import type { Instant } from '@cairn/kernel/time';
import { sql } from 'kysely';
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
    .select(['version', 'name', 'releasedAt'])
    .where('summitId', '=', summitId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (release === undefined) return undefined;
  const content = await releasedContent(db, summitId, release);
  const sessions = [...content.sessions, ...(await openSessions(db, summitId))].sort(inOrder);
  return { ...release, content, sessions };
}

/**
 * As much as is kept parsed, in signs of JSON: 32 releases of 400 sessions, or hundreds of a usual summit.
 * Calendars are made of all releases, so a summit's have to fit.
 */
const MOST_KEPT = 16 * 1024 * 1024;
const kept = new Map<string, { readonly content: TimetableContent; readonly size: number }>();
let keptSize = 0;

/**
 * What a release says. Releases never change but where somebody is erased, so each is read and parsed
 * once; the one asked for longest ago makes room. The state of its row is part of its name: whoever was
 * erased is gone at once, in every process. So is the moment, because a demonstration is begun anew.
 */
export async function releasedContent(
  db: Reader,
  summitId: string,
  { version, releasedAt }: Pick<CurrentTimetable, 'version' | 'releasedAt'>,
): Promise<TimetableContent> {
  const key = `${summitId} ${version} ${releasedAt} ${await rowState(db, summitId, version)}`;
  const known = kept.get(key);
  if (known !== undefined) {
    kept.delete(key);
    kept.set(key, known);
    return known.content;
  }
  const content = await readContent(db, summitId, version);
  const size = JSON.stringify(content).length;
  if (!kept.has(key)) keptSize += size;
  kept.set(key, { content, size });
  for (const [oldest, each] of kept) {
    if (keptSize <= MOST_KEPT || kept.size === 1) break;
    kept.delete(oldest);
    keptSize -= each.size;
  }
  return content;
}

/** Another one after every change of the row. */
async function rowState(db: Reader, summitId: string, version: number): Promise<string> {
  const { state } = await db
    .selectFrom('timetableRelease')
    .select(sql<string>`concat(xmin, ctid)`.as('state'))
    .where('summitId', '=', summitId)
    .where('version', '=', version)
    .executeTakeFirstOrThrow();
  return state;
}

async function readContent(
  db: Reader,
  summitId: string,
  version: number,
): Promise<TimetableContent> {
  const { content } = await db
    .selectFrom('timetableRelease')
    .select('content')
    .where('summitId', '=', summitId)
    .where('version', '=', version)
    .executeTakeFirstOrThrow();
  return contentSchema.parse(content);
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
