import type { Instant } from '@cairn/kernel/time';
import type { Reader } from '../../../platform/db/database.ts';

/** A person's leave to write on GitHub as them, as they see it. */
export interface OwnGrant {
  readonly login: string;
  readonly grantedAt: Instant;
  /** GitHub takes it no more; it has to be given again. */
  readonly isRefused: boolean;
}

/** The leave that somebody gave; undefined if none. */
export async function ownGrant(db: Reader, personId: string): Promise<OwnGrant | undefined> {
  const row = await db
    .selectFrom('githubGrant')
    .innerJoin('githubAccount', 'githubAccount.id', 'githubGrant.accountId')
    .select(['githubAccount.login', 'githubGrant.grantedAt', 'githubGrant.refusedAt'])
    .where('githubGrant.personId', '=', personId)
    .executeTakeFirst();
  return row && { login: row.login, grantedAt: row.grantedAt, isRefused: row.refusedAt !== null };
}
