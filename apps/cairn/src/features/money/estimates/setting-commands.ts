import type { Problem } from '@cairn/kernel/problem';
import { ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Treasurer } from '../../people/rights.ts';
import type { EstimateDays } from './setting-queries.ts';

/** Says when people are reminded of estimates. Event `estimate_setting.saved`. */
export async function saveEstimateDays(
  tx: Tx,
  actor: Actor,
  { summitId }: Treasurer,
  { waitingDays, missingDays }: EstimateDays,
): Promise<Result<void, Problem>> {
  const days = { waitingDays: [...waitingDays], missingDays: [...missingDays] };
  await tx
    .insertInto('estimateSetting')
    .values({ summitId, ...days })
    .onConflict((conflict) => conflict.column('summitId').doUpdateSet(days))
    .execute();
  await recordEvent(tx, actor, { kind: 'estimate_setting.saved', summitId });
  return ok(undefined);
}
