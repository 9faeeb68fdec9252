import type { Instant } from '@cairn/kernel/time';
import type { Reader } from '../../../platform/db/database.ts';
import type { TimetableContent } from './content-schema.ts';
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
