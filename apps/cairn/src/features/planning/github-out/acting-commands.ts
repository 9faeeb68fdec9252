import type { Instant } from '@cairn/kernel/time';
import type { Db } from '../../../platform/db/database.ts';
import type { Services } from '../../../platform/http/env.ts';
import { closedGrant } from './grant-commands.ts';

/** What is left of a token's time when a new one is asked for. */
const SPARE_MINUTES = 5;

/** With what to write on GitHub as a person, and as whom there. */
export interface ActingAs {
  readonly token: string;
  readonly login: string;
}

/**
 * How to act as a person on GitHub; undefined where they have not allowed it, or where it works no more:
 * then the App acts and says whose words they are. A token that ends is renewed and kept.
 */
export async function actingAs(
  services: Pick<Services, 'db' | 'clock' | 'seal' | 'userTokens'>,
  personId: string | null,
): Promise<ActingAs | undefined> {
  const { db, clock, seal, userTokens } = services;
  if (personId === null || userTokens === undefined) return undefined;
  const row = await db
    .selectFrom('githubGrant')
    .innerJoin('githubAccount', 'githubAccount.id', 'githubGrant.accountId')
    .select(['access', 'refresh', 'expiresAt', 'login'])
    .where('githubGrant.personId', '=', personId)
    .where('refusedAt', 'is', null)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const now = clock.now();
  const hasTime =
    row.expiresAt === null || now.until(row.expiresAt).total('minutes') > SPARE_MINUTES;
  if (hasTime) {
    const token = seal.open(row.access);
    return token === undefined ? undefined : { token, login: row.login };
  }
  const refresh = row.refresh === null ? undefined : seal.open(row.refresh);
  if (refresh === undefined) return undefined;
  const renewed = await userTokens.refresh(refresh);
  if (!renewed.ok) {
    if (renewed.error.kind === 'unauthorised') await refuseGrant(db, personId, now);
    return undefined;
  }
  await db
    .updateTable('githubGrant')
    .set(closedGrant(seal, renewed.value, now))
    .where('personId', '=', personId)
    .execute();
  return { token: renewed.value.access, login: row.login };
}

/** Notes that GitHub takes a leave no more. No event: nothing changed that somebody here did. */
export async function refuseGrant(db: Db, personId: string, now: Instant): Promise<void> {
  await db
    .updateTable('githubGrant')
    .set({ refusedAt: now })
    .where('personId', '=', personId)
    .execute();
}
