import type { Instant } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import type { PlacedSession, TimetableContent } from './content-schema.ts';
import { releasedContent } from './current-queries.ts';
import type { Tell } from './release-schema.ts';

/** A version of the timetable without what it says. Public. */
export interface Release {
  readonly version: number;
  readonly name: string;
  readonly note: string;
  readonly releasedAt: Instant;
  readonly tell: Tell;
}

const columns = ['version', 'name', 'note', 'releasedAt', 'tell'] as const;

/** The versions of a summit's timetable, newest first. Public. */
export const releasesOf = (db: Reader, summitId: string): Promise<Release[]> =>
  db
    .selectFrom('timetableRelease')
    .select(columns)
    .where('summitId', '=', summitId)
    .orderBy('version', 'desc')
    .execute();

/** One version, with what it says and what the one before it said; undefined where there is none. Public, but for people. */
export async function releaseOf(
  db: Reader,
  summitId: string,
  version: number,
): Promise<
  | (Release & {
      readonly content: TimetableContent;
      readonly before: TimetableContent | undefined;
    })
  | undefined
> {
  const rows = await db
    .selectFrom('timetableRelease')
    .select(columns)
    .where('summitId', '=', summitId)
    .where('version', 'in', [version, version - 1])
    .orderBy('version', 'desc')
    .execute();
  const [release, earlier] = rows;
  if (release?.version !== version) return undefined;
  return {
    ...release,
    content: await releasedContent(db, summitId, release),
    before: earlier && (await releasedContent(db, summitId, earlier)),
  };
}

/** The last version that had a session, and what it said of it; undefined where none ever had. Public. */
export async function lastReleaseWith(
  db: Reader,
  summitId: string,
  sessionId: string,
): Promise<{ readonly version: number; readonly session: PlacedSession } | undefined> {
  const release = await db
    .selectFrom('timetableRelease')
    .select(['version', 'releasedAt'])
    .where('summitId', '=', summitId)
    .where(sql<boolean>`content @> ${JSON.stringify({ sessions: [{ id: sessionId }] })}::jsonb`)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (release === undefined) return undefined;
  const { sessions } = await releasedContent(db, summitId, release);
  const session = sessions.find(({ id }) => id === sessionId);
  return session && { version: release.version, session };
}

/** Whether a timetable was released. Public. */
export async function isReleased(db: Reader, summitId: string): Promise<boolean> {
  const release = await db
    .selectFrom('timetableRelease')
    .select('version')
    .where('summitId', '=', summitId)
    .limit(1)
    .executeTakeFirst();
  return release !== undefined;
}
