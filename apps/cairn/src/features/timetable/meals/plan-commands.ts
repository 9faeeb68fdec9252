import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';
import { summitById } from '../../summits/queries.ts';
import type { Meal } from '../frame/frame-rules.ts';
import { mealFacts, numbersAt } from './fact-queries.ts';
import { type MealPlan, mealAt, mealsOf } from './meal-queries.ts';

/** Which meal. */
export interface MealId {
  readonly date: string;
  readonly meal: Meal;
}

/** What organisers say of a meal. */
export type SaidPlan = Pick<
  MealPlan,
  | 'kind'
  | 'isProvided'
  | 'caterer'
  | 'place'
  | 'priceMinor'
  | 'currency'
  | 'orderBy'
  | 'starts'
  | 'ends'
  | 'note'
> & {
  /** As the form had it; 0 for a meal that was not planned. */
  readonly revision: number;
};

export const NO_MEAL = problem(
  'no-meal',
  'This meal is not planned any more; go back to the list of meals.',
);

/** A plan, locked until the transaction ends: tables have only so many seats. */
export async function lockPlan(
  tx: Tx,
  summitId: string,
  { date, meal }: MealId,
): Promise<Result<MealPlan, Problem>> {
  await tx
    .selectFrom('mealPlan')
    .select('id')
    .where('summitId', '=', summitId)
    .where('date', '=', date)
    .where('meal', '=', meal)
    .forUpdate()
    .execute();
  const plan = (await mealAt(tx, summitId, { date, meal }))?.plan;
  return plan === undefined ? fail(NO_MEAL) : ok(plan);
}

/**
 * Says how a meal is had. Tables go where it is had as each likes. Event `meal.planned`. Refused where somebody
 * else changed it since the form was shown, and for days on which nobody is there.
 */
export async function savePlan(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  { date, meal, revision, ...said }: MealId & SaidPlan,
): Promise<Result<undefined, Problem>> {
  const { dates } = (await summitById(tx, summitId)).definition;
  if (date < dates.arrival || date > dates.departure) {
    const sentence = `Meals are planned from ${dates.arrival} to ${dates.departure}, the days of arrival and departure.`;
    return fail(problem('bad-day', sentence, { path: 'date' }));
  }
  const before = await lockPlan(tx, summitId, { date, meal });
  if ((before.ok ? before.value.revision : 0) !== revision) {
    const sentence =
      'Somebody changed this meal meanwhile. What they saved is on the page of the meal; look at it, then change it again.';
    return fail(problem('changed-meanwhile', sentence));
  }
  const row = { ...said, revision: revision + 1 };
  const stored = await tx
    .insertInto('mealPlan')
    .values({ summitId, date, meal, ...row, orderedAt: null, setAt: null })
    .onConflict((conflict) => conflict.columns(['summitId', 'date', 'meal']).doUpdateSet(row))
    .returning('id')
    .executeTakeFirstOrThrow();
  if (said.kind === 'own') await dropTables(tx, stored.id);
  await recordEvent(tx, actor, {
    kind: 'meal.planned',
    summitId,
    data: { plan: stored.id, date, meal, kind: said.kind, provided: said.isProvided },
  });
  return ok(undefined);
}

async function dropTables(tx: Tx, plan: string): Promise<void> {
  await tx
    .deleteFrom('mealSeat')
    .where('mealPlanId', '=', plan)
    .where('tableId', 'is not', null)
    .execute();
  await tx.deleteFrom('mealTable').where('mealPlanId', '=', plan).execute();
  await tx.updateTable('mealPlan').set({ setAt: null }).where('id', '=', plan).execute();
}

/**
 * Plans every meal of the timetable that has no plan yet: delivered where the timetable says that it is provided,
 * else in restaurants. Says how many. An event `meal.planned` for each.
 */
export async function beginPlans(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
): Promise<Result<number, Problem>> {
  const open = (await mealsOf(tx, organiser.summitId)).filter(({ plan }) => plan === undefined);
  let count = 0;
  for (const { date, meal, block } of open) {
    if (block === undefined) continue;
    const kind = block.isProvided ? ('catered' as const) : ('restaurants' as const);
    const { isProvided, place, starts, ends } = block;
    const said = { kind, isProvided, place, starts, ends: ends === '24:00' ? null : ends };
    const nothing = { caterer: '', priceMinor: null, currency: null, orderBy: null, note: '' };
    const saved = await savePlan(tx, actor, organiser, {
      ...{ date, meal, revision: 0 },
      ...said,
      ...nothing,
    });
    if (saved.ok) count += 1;
  }
  return ok(count);
}

/** Takes a plan back, with its tables and what people said of it. Event `meal.removed`. */
export async function removePlan(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  id: MealId,
): Promise<Result<undefined, Problem>> {
  const locked = await lockPlan(tx, summitId, id);
  if (!locked.ok) return locked;
  const plan = locked.value.id;
  await tx.deleteFrom('mealSeat').where('mealPlanId', '=', plan).execute();
  await tx.deleteFrom('mealTable').where('mealPlanId', '=', plan).execute();
  await tx.deleteFrom('mealPlan').where('id', '=', plan).execute();
  const data = { plan, date: id.date, meal: id.meal };
  await recordEvent(tx, actor, { kind: 'meal.removed', summitId, data });
  return ok(undefined);
}

/**
 * Notes that a meal was ordered, as the numbers are now; changes are told from then on. Event `meal.ordered`.
 * Refused where `people` is given and is not the number any more: then another number was read out to the caterer.
 */
export async function orderMeal(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  { people, ...id }: MealId & { readonly people?: number | undefined },
): Promise<Result<undefined, Problem>> {
  const { summitId } = organiser;
  const locked = await lockPlan(tx, summitId, id);
  if (!locked.ok) return locked;
  const meal = await mealAt(tx, summitId, id);
  if (meal === undefined) return fail(NO_MEAL);
  const { order } = numbersAt(await mealFacts(tx, organiser, [meal]), meal);
  if (people !== undefined && people !== order.people) {
    const sentence = `Meanwhile ${order.people} people eat, not ${people}; look at the numbers again, then note the order.`;
    return fail(problem('numbers-changed', sentence));
  }
  await tx
    .updateTable('mealPlan')
    .set({ ordered: JSON.stringify(order), orderedAt: actor.now })
    .where('id', '=', locked.value.id)
    .execute();
  const data = { plan: locked.value.id, people: order.people };
  await recordEvent(tx, actor, { kind: 'meal.ordered', summitId, data });
  return ok(undefined);
}
