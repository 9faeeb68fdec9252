import type { Instant } from '@cairn/kernel/time';
import type { Reader } from '../../../platform/db/database.ts';

/** How the repository of a plan was when it was last looked after. */
export interface Upkeep {
  /** On disk, in bytes. */
  readonly bytes: number;
  readonly lookedAt: Instant;
  /** When all of it was last read through. */
  readonly checkedAt: Instant | null;
  /** What was broken then, in Git’s words. */
  readonly damage: string | null;
  readonly repackedAt: Instant | null;
}

/** The upkeep of a repository; undefined in the first hour of a plan. */
export const upkeepOf = (db: Reader, summitId: string): Promise<Upkeep | undefined> =>
  db
    .selectFrom('planUpkeep')
    .select(['bytes', 'lookedAt', 'checkedAt', 'damage', 'repackedAt'])
    .where('summitId', '=', summitId)
    .executeTakeFirst();
