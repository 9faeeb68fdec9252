import type { Reader } from '../../../platform/db/database.ts';

/** When people are reminded of estimates, in days. */
export interface EstimateDays {
  /** That one has waited for a treasurer. */
  readonly waitingDays: readonly number[];
  /** Before arrival, when somebody who needs one has proposed none. */
  readonly missingDays: readonly number[];
}

/** As the table has them where a summit has said nothing. */
const USUAL: EstimateDays = { waitingDays: [3, 7, 14], missingDays: [60, 30, 14] };

/** The days of a summit. */
export async function estimateDays(db: Reader, summitId: string): Promise<EstimateDays> {
  const row = await db
    .selectFrom('estimateSetting')
    .select(['waitingDays', 'missingDays'])
    .where('summitId', '=', summitId)
    .executeTakeFirst();
  return row ?? USUAL;
}
