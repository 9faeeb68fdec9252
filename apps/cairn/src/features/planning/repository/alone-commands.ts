import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import { Turns } from '../../../platform/git/turns.ts';

/** Each holds a connection of the pool while it waits for the others; this leaves most of them to pages. */
const turns = new Turns(4, Number.POSITIVE_INFINITY);

/** Whoever holds a plan longer than this has died in a way that nobody noticed. */
const LONGEST_WAIT = '120s';

/**
 * Does something while no other process moves refs of this plan. What is held ends with the connection,
 * so a process that dies lets go.
 */
export async function aloneWithPlan<T>(
  db: Db,
  summitId: string,
  work: () => Promise<T>,
): Promise<T> {
  const turn = await turns.take(summitId);
  try {
    return await db.transaction().execute(async (tx) => {
      await sql`select set_config('lock_timeout', ${LONGEST_WAIT}, true)`.execute(tx);
      await sql`select pg_advisory_xact_lock(hashtextextended(${`plan refs ${summitId}`}, 0))`.execute(
        tx,
      );
      return work();
    });
  } finally {
    turn.done();
  }
}

/** Holds a plan until `release` is called, for something whose end is told by another process. */
export function holdPlan(db: Db, summitId: string): Promise<() => Promise<void>> {
  return new Promise((held, failed) => {
    let ended: Promise<void> = Promise.resolve();
    ended = aloneWithPlan(
      db,
      summitId,
      () =>
        new Promise<void>((release) =>
          held(() => {
            release();
            return ended;
          }),
        ),
    );
    ended.catch(failed);
  });
}
