import { sql } from 'kysely';
import type { Reader } from '../db/database.ts';

/** The one channel of the database that every process of an installation listens to. */
export const DATABASE_CHANNEL = 'cairn_live';

/** PostgreSQL takes less than 8,000 bytes in one notification. */
const LONGEST = 7_900;

/**
 * Tells every process, when the transaction at hand is committed, that something happened on a
 * channel. A hint and not a record: whoever is not listening misses it. So `data` holds ids and
 * numbers, and who hears it reads the rest from the database.
 */
export async function publish(
  tx: Reader,
  channel: string,
  data: Readonly<Record<string, string | number>> = {},
): Promise<void> {
  const payload = JSON.stringify({ channel, data });
  if (payload.length > LONGEST) throw new Error(`too much to notify of on ${channel}`);
  await sql`select pg_notify(${DATABASE_CHANNEL}, ${payload})`.execute(tx);
}
