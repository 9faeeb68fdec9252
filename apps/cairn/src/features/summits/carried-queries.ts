import { sql } from 'kysely';
import type { Reader } from '../../platform/db/database.ts';
import type { CarriedValue } from './carried-rules.ts';

/** What a copied summit still says from last year, unconfirmed, in no particular order. */
export const openCarried = (db: Reader, summitId: string): Promise<CarriedValue[]> =>
  db
    .selectFrom('carriedValue')
    .select(['path', 'kind', 'value'])
    .where('summitId', '=', summitId)
    .where('settledAt', 'is', null)
    .orderBy('path')
    .execute();

/** How many carried values wait for somebody. */
export async function openCarriedCount(db: Reader, summitId: string): Promise<number> {
  const { open } = await db
    .selectFrom('carriedValue')
    .select(sql<number>`count(*)::int`.as('open'))
    .where('summitId', '=', summitId)
    .where('settledAt', 'is', null)
    .executeTakeFirstOrThrow();
  return open;
}
