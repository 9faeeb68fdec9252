import type { Problem } from '@cairn/kernel/problem';
import { ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';
import type { LedgerSetting } from './setting-queries.ts';

/** Says what counts and who is asked. What was done is counted anew. Event `ledger.set`. */
export async function setLedger(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  setting: LedgerSetting,
): Promise<Result<void, Problem>> {
  await tx
    .insertInto('planLedgerSetting')
    .values({ summitId, ...setting })
    .onConflict((conflict) => conflict.column('summitId').doUpdateSet(setting))
    .execute();
  await recordEvent(tx, actor, { kind: 'ledger.set', summitId, data: { ...setting } });
  return ok(undefined);
}
