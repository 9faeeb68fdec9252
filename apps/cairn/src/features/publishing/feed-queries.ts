import type { Instant } from '@cairn/kernel/time';
import type { Reader } from '../../platform/db/database.ts';
import { hashSecret } from '../../platform/http/secret.ts';
import type { Self } from '../people/rights.ts';

/** One of a person's feeds, without its secret, which nobody knows any more. */
export interface OwnFeed {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Instant;
  readonly lastReadAt: Instant | undefined;
}

/** A person's feeds of a summit that still answer, the newest first. */
export async function ownFeeds(db: Reader, { summitId, personId }: Self): Promise<OwnFeed[]> {
  const rows = await db
    .selectFrom('feed')
    .select(['id', 'name', 'createdAt', 'lastReadAt'])
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .where('revokedAt', 'is', null)
    .orderBy('createdAt', 'desc')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ ...row, lastReadAt: row.lastReadAt ?? undefined }));
}

/** Whose feed a secret opens. */
export interface OpenedFeed {
  readonly id: string;
  readonly summitId: string;
  readonly personId: string;
  readonly createdAt: Instant;
  readonly lastReadAt: Instant | undefined;
}

/** The feed behind a secret; none when it is unknown, revoked, or its person was erased. */
export async function feedBehindSecret(
  db: Reader,
  secret: string,
): Promise<OpenedFeed | undefined> {
  const row = await db
    .selectFrom('feed')
    .innerJoin('person', 'person.id', 'feed.personId')
    .select(['feed.id', 'feed.summitId', 'feed.personId', 'feed.createdAt', 'feed.lastReadAt'])
    .where('feed.secretHash', '=', hashSecret(secret))
    .where('feed.revokedAt', 'is', null)
    .where('person.erasedAt', 'is', null)
    .executeTakeFirst();
  return row && { ...row, lastReadAt: row.lastReadAt ?? undefined };
}
