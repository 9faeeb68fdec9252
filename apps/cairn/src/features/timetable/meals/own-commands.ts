import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { isComing } from '../../people/invitations/participation-queries.ts';
import type { Self } from '../../people/rights.ts';
import { lockPlan, type MealId } from './plan-commands.ts';
import { sitAt } from './table-commands.ts';

/**
 * Says of a meal that one eats elsewhere, that one is there all the same (`here`), or at which table one would sit,
 * once tables are told. Event `meal.said`. Numbers for the kitchen follow at once.
 */
export async function sayMeal(
  tx: Tx,
  actor: Actor,
  { summitId, personId }: Self,
  { at, ...id }: MealId & { readonly at: string },
): Promise<Result<undefined, Problem>> {
  const locked = await lockPlan(tx, summitId, id);
  if (!locked.ok) return locked;
  const { id: plan, setAt } = locked.value;
  if (!(await isComing(tx, summitId, personId))) {
    return fail(problem('does-not-come', 'Only who comes to this summit can say where they eat.'));
  }
  if (at !== 'elsewhere' && at !== 'here' && setAt === null) {
    const sentence = 'The tables of this meal are not told yet; look again later.';
    return fail(problem('not-set', sentence, { path: 'at' }));
  }
  const before = await tx
    .selectFrom('mealSeat')
    .select('tableId')
    .where('mealPlanId', '=', plan)
    .where('personId', '=', personId)
    .executeTakeFirst();
  // Who sits at a table is here already.
  if (at === 'here' && before?.tableId !== null) return ok(undefined);
  const sat = await sitAt(tx, plan, personId, at === 'here' ? 'none' : at, at !== 'here');
  if (!sat.ok) return fail({ ...sat.error, place: { path: 'at' } });
  const data = { plan, elsewhere: at === 'elsewhere' };
  await recordEvent(tx, actor, { kind: 'meal.said', summitId, personId, data });
  return ok(undefined);
}
