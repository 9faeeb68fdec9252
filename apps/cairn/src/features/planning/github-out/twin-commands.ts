import { Temporal } from '@cairn/kernel/time';
import type { Db } from '../../../platform/db/database.ts';
import { holdLinks, keepLink, type LinkKind } from '../github/link-commands.ts';

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
  db.transaction().execute(async (tx) => {
    await holdLinks(tx, summitId);
    await keepLink(tx, summitId, kind, remoteId, {
      ...made,
      origin: 'cairn',
      remoteAt: Temporal.Instant.from(remoteAt),
    });
  });
