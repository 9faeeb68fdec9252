import { Temporal } from '@cairn/kernel/time';
import type { Db, Reader } from '../../../platform/db/database.ts';
import { keepLink, type LinkKind } from '../github/link-commands.ts';

/** What something of ours is on GitHub. */
export interface RemoteTwin {
  readonly remoteId: number;
  /** The number of the issue or pull request that it hangs on. */
  readonly remoteNumber: number | null;
  readonly origin: 'github' | 'cairn';
  readonly goneAt: Temporal.Instant | null;
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

/** What was made or changed there. */
export interface Made {
  readonly kind: LinkKind;
  readonly remoteId: number;
  readonly remoteNumber?: number;
  readonly number?: number;
  readonly commentId?: string;
  readonly reviewId?: string;
  readonly url: string;
  /** When it was changed there last, as GitHub says. */
  readonly remoteAt: string;
  readonly base?: string;
}

/** Keeps that something of ours is there; GitHub's telling of it may have come first. */
export const keepMade = (
  db: Db,
  summitId: string,
  { kind, remoteId, remoteAt, ...made }: Made,
): Promise<void> =>
  db.transaction().execute((tx) =>
    keepLink(tx, summitId, kind, remoteId, {
      ...made,
      origin: 'cairn',
      remoteAt: Temporal.Instant.from(remoteAt),
    }),
  );
