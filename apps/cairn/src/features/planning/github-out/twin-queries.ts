import type { Instant } from '@cairn/kernel/time';
import type { Reader } from '../../../platform/db/database.ts';

/** What something of ours is on GitHub. */
export interface RemoteTwin {
  readonly remoteId: number;
  /** The number of the issue or pull request that it hangs on. */
  readonly remoteNumber: number | null;
  readonly origin: 'github' | 'cairn';
  readonly goneAt: Instant | null;
}

const twins = (db: Reader, summitId: string) =>
  db
    .selectFrom('githubLink')
    .select(['remoteId', 'remoteNumber', 'origin', 'goneAt'])
    .where('summitId', '=', summitId);

/** The issue or pull request that a thread is there. */
export const threadTwin = (
  db: Reader,
  summitId: string,
  number: number,
): Promise<RemoteTwin | undefined> =>
  twins(db, summitId).where('kind', '=', 'thread').where('number', '=', number).executeTakeFirst();

export const commentTwin = (
  db: Reader,
  summitId: string,
  id: string,
): Promise<RemoteTwin | undefined> =>
  twins(db, summitId).where('commentId', '=', id).executeTakeFirst();

export const reviewTwin = (
  db: Reader,
  summitId: string,
  id: string,
): Promise<RemoteTwin | undefined> =>
  twins(db, summitId).where('reviewId', '=', id).executeTakeFirst();
