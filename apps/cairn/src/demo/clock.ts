import { Temporal } from '@cairn/kernel/time';
import { SettableClock, systemClock } from '../platform/clock/clock.ts';
import type { Db, Tx } from '../platform/db/database.ts';

/** Where a demo keeps how far its clock is from the machine's. */
const KEY = 'demo_clock';

/** The clock of a demo's installation; undefined where real people are. */
export async function demoClock(db: Db): Promise<SettableClock | undefined> {
  const row = await db
    .selectFrom('installation')
    .select('value')
    .where('key', '=', KEY)
    .executeTakeFirst();
  if (row === undefined || !('ahead' in row.value)) return undefined;
  return new SettableClock(systemClock, Temporal.Duration.from(String(row.value.ahead)));
}

/** Keeps how far a demo's clock is ahead, and so makes the installation a demo. */
export async function keepDemoClock(db: Db | Tx, clock: SettableClock): Promise<void> {
  const value = JSON.stringify({ ahead: clock.ahead.toString() });
  await db
    .insertInto('installation')
    .values({ key: KEY, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute();
}
