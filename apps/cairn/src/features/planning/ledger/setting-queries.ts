import type { Reader } from '../../../platform/db/database.ts';

/** What counts in a plan's ledger, and how people without a contribution are asked for a review. */
export interface LedgerSetting {
  /** A comment with fewer words is no review of what somebody else opened. */
  readonly commentWords: number;
  readonly asks: boolean;
  readonly askEveryDays: number;
}

/** What is proposed until the organisers say something else. */
const PROPOSED_SETTING: LedgerSetting = { commentWords: 20, asks: true, askEveryDays: 7 };

/** The setting of a summit. */
export async function ledgerSetting(db: Reader, summitId: string): Promise<LedgerSetting> {
  const row = await db
    .selectFrom('planLedgerSetting')
    .select(['commentWords', 'asks', 'askEveryDays'])
    .where('summitId', '=', summitId)
    .executeTakeFirst();
  return row ?? PROPOSED_SETTING;
}
