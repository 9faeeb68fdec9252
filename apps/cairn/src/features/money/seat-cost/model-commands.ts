import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Treasurer } from '../../people/rights.ts';
import type { SeatCostModel } from './cost-rules.ts';
import { storedModel } from './cost-schema.ts';

/**
 * Keeps what seats cost. `revision` is that of the model it was made of, 0 for none. Event `seat_cost.model_saved`,
 * upon which those who wait and can be carried now are offered free seats.
 */
export async function saveModel(
  tx: Tx,
  actor: Actor,
  { summitId }: Treasurer,
  model: SeatCostModel,
  revision: number,
): Promise<Result<number, Problem>> {
  const values = {
    model: JSON.stringify(storedModel.parse(model)),
    changedAt: actor.now,
    changedBy: actor.personId ?? null,
  };
  const saved =
    revision === 0
      ? await tx
          .insertInto('seatCostModel')
          .values({ summitId, ...values })
          .onConflict((conflict) => conflict.doNothing())
          .returning('revision')
          .executeTakeFirst()
      : await tx
          .updateTable('seatCostModel')
          .set(({ eb }) => ({ ...values, revision: eb('revision', '+', 1) }))
          .where('summitId', '=', summitId)
          .where('revision', '=', revision)
          .returning('revision')
          .executeTakeFirst();
  if (saved === undefined) {
    const sentence =
      'Another treasurer changed these costs meanwhile. Load the page again, and bring in what is new in yours.';
    return fail(problem('stale-revision', sentence));
  }
  await recordEvent(tx, actor, {
    kind: 'seat_cost.model_saved',
    summitId,
    data: { revision: saved.revision },
  });
  return ok(saved.revision);
}
