import type { Instant } from '@cairn/kernel/time';
import type { Reader } from '../../../platform/db/database.ts';
import { hashSecret } from '../../../platform/http/secret.ts';
import type { Self } from '../../people/rights.ts';
import type { FeedAbout } from './feed-schema.ts';

/** A feed of somebody's, without its secret, which nobody knows any more. */
export interface PlanFeed {
  readonly id: string;
  readonly summitId: string;
  readonly personId: string;
  readonly name: string;
  readonly about: FeedAbout;
  readonly number: number | null;
  readonly createdAt: Instant;
}

const COLUMNS = ['id', 'summitId', 'personId', 'name', 'about', 'number', 'createdAt'] as const;

/** A person's feeds of a plan that still answer, the newest first. */
export const ownPlanFeeds = (db: Reader, { summitId, personId }: Self): Promise<PlanFeed[]> =>
  db
    .selectFrom('planFeed')
    .select(COLUMNS)
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .where('revokedAt', 'is', null)
    .orderBy('createdAt', 'desc')
    .orderBy('id')
    .execute();

/** The feed behind a secret; none when it is unknown or revoked. */
export const planFeedBehind = (db: Reader, secret: string): Promise<PlanFeed | undefined> =>
  db
    .selectFrom('planFeed')
    .select(COLUMNS)
    .where('secretHash', '=', hashSecret(secret))
    .where('revokedAt', 'is', null)
    .executeTakeFirst();
