import type { Reader } from '../../../platform/db/database.ts';
import type { Oneself } from '../own-data/own-data-queries.ts';

/** What somebody says about themselves on their own page. */
export const ownDetails = (db: Reader, { personId }: Oneself) =>
  db
    .selectFrom('person')
    .select(['name', 'zone'])
    .where('id', '=', personId)
    .executeTakeFirstOrThrow();
