import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { isComing } from '../../people/invitations/participation-queries.ts';
import type { Organiser } from '../../people/rights.ts';
import { dinersAt, mealFacts } from './fact-queries.ts';
import { mealAt } from './meal-queries.ts';
import { lockPlan, type MealId, NO_MEAL } from './plan-commands.ts';
import { type Place, tablesIn } from './seat-rules.ts';
import { companyBefore, restaurantsOf, seatsOf, tablesOf } from './table-queries.ts';
import { type Seating, seatPeople } from './table-rules.ts';
import { tellTables } from './tell-commands.ts';

interface Proposed {
  /** At most so many at a table. */
  readonly size: number;
  readonly seed: number;
  /** Where to; for a meal that is delivered there is no choice. */
  readonly restaurants: readonly string[];
}

/**
 * Proposes who sits where at a meal: in the restaurants that were chosen, or at tables in the rooms. Who was put
 * somewhere by hand stays there as long as that table does. Only organisers see it until it is set. Event
 * `meal.tables_proposed`.
 */
export async function proposeTables(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  { size, seed, restaurants, ...id }: MealId & Proposed,
): Promise<Result<Seating, Problem>> {
  const { summitId } = organiser;
  const locked = await lockPlan(tx, summitId, id);
  if (!locked.ok) return locked;
  const meal = await mealAt(tx, summitId, id);
  const plan = locked.value;
  if (meal === undefined) return fail(NO_MEAL);
  if (plan.kind === 'own') {
    const sentence = 'Here each eats as they like; choose another kind of meal to have tables.';
    return fail(problem('no-tables', sentence));
  }
  const facts = await mealFacts(tx, organiser, [meal]);
  const diners = dinersAt(facts, meal);
  const chosen = (await restaurantsOf(tx, summitId)).filter((each) =>
    restaurants.includes(each.id),
  );
  if (plan.kind === 'restaurants' && chosen.length === 0) {
    const sentence = 'Choose at least one restaurant; add those nearby first, if there are none.';
    return fail(problem('no-restaurant', sentence, { path: 'restaurants' }));
  }
  const places: Place[] =
    plan.kind === 'catered'
      ? [{ ...IN_THE_ROOMS, seats: Math.max(1, diners.length) }]
      : chosen.map(({ id: restaurantId, ...place }) => ({ ...place, restaurantId }));
  const existing = await tablesOf(tx, [plan.id]);
  const keyOf = new Map(
    existing.map((table) => [table.id, `${table.restaurantId ?? ''}:${table.title}`]),
  );
  const kept = new Map(
    facts.seats.flatMap(({ personId, tableId, isKept }) => {
      const key = isKept && tableId !== null ? keyOf.get(tableId) : undefined;
      return key === undefined ? [] : [[personId, key] as const];
    }),
  );
  const before = await companyBefore(tx, summitId, plan.id);
  const tables = places.flatMap((place) => tablesIn(place, size));
  const seating = seatPeople({ diners, tables, kept, before, seed });
  await storeSeating(tx, plan.id, seating, kept);
  await tx.updateTable('mealPlan').set({ seed, setAt: null }).where('id', '=', plan.id).execute();
  await recordEvent(tx, actor, {
    kind: 'meal.tables_proposed',
    summitId,
    data: { plan: plan.id, seated: seating.at.size, unseated: seating.unseated.size, seed },
  });
  return ok(seating);
}

const IN_THE_ROOMS = { restaurantId: null, diets: [], isAccessible: true, walkMinutes: 0 };

/** Stores a seating over the one before; a table that stays keeps its row, and people what they were told. */
async function storeSeating(
  tx: Tx,
  plan: string,
  { tables, at }: Seating,
  kept: ReadonlyMap<string, string>,
): Promise<void> {
  const before = await tablesOf(tx, [plan]);
  const told = new Map((await seatsOf(tx, [plan])).map((seat) => [seat.personId, seat.told]));
  await tx
    .deleteFrom('mealSeat')
    .where('mealPlanId', '=', plan)
    .where('tableId', 'is not', null)
    .execute();
  const idOf = new Map<string, string>();
  for (const [position, { key, title, seats, restaurantId }] of tables.entries()) {
    const same = before.find(
      (table) => table.title === title && table.restaurantId === restaurantId,
    );
    if (same !== undefined) {
      await tx
        .updateTable('mealTable')
        .set({ seats, position })
        .where('id', '=', same.id)
        .execute();
      idOf.set(key, same.id);
      continue;
    }
    const row = { mealPlanId: plan, restaurantId, title, seats, position };
    const made = await tx
      .insertInto('mealTable')
      .values(row)
      .returning('id')
      .executeTakeFirstOrThrow();
    idOf.set(key, made.id);
  }
  const used = [...idOf.values()];
  await tx
    .deleteFrom('mealTable')
    .where('mealPlanId', '=', plan)
    .$if(used.length > 0, (query) => query.where('id', 'not in', used))
    .execute();
  const rows = [...at].map(([personId, key]) => ({
    mealPlanId: plan,
    personId,
    tableId: idOf.get(key) ?? null,
    isKept: kept.has(personId),
    told: told.get(personId) ?? '',
  }));
  if (rows.length > 0) await tx.insertInto('mealSeat').values(rows).execute();
}

/**
 * Puts somebody at a table, at none, or notes that they eat elsewhere. Whoever is told already hears of it. Event
 * `meal.moved`. Refused where the table is full or they do not come.
 */
export async function moveDiner(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  {
    person,
    to,
    keeps,
    ...id
  }: MealId & { readonly person: string; readonly to: string; readonly keeps: boolean },
): Promise<Result<undefined, Problem>> {
  const locked = await lockPlan(tx, summitId, id);
  if (!locked.ok) return locked;
  const plan = locked.value;
  if (!(await isComing(tx, summitId, person))) {
    return fail(problem('does-not-come', 'They do not come any more.', { path: 'person' }));
  }
  const sat = await sitAt(tx, plan.id, person, to, keeps);
  if (!sat.ok) return sat;
  if (plan.setAt !== null) await tellTables(tx, actor, summitId, plan, [person]);
  const data = { plan: plan.id, elsewhere: to === 'elsewhere', kept: keeps };
  await recordEvent(tx, actor, { kind: 'meal.moved', summitId, personId: person, data });
  return ok(undefined);
}

/** Puts somebody at a table of a plan that is locked: `none`, `elsewhere`, or the id of a table with a free seat. */
export async function sitAt(
  tx: Tx,
  plan: string,
  person: string,
  to: string,
  keeps: boolean,
): Promise<Result<undefined, Problem>> {
  const seats = await seatsOf(tx, [plan]);
  if (to !== 'none' && to !== 'elsewhere') {
    const table = (await tablesOf(tx, [plan])).find((each) => each.id === to);
    if (table === undefined) {
      const sentence = 'This table is not there any more; choose another one.';
      return fail(problem('no-table', sentence, { path: 'to' }));
    }
    const others = seats.filter((seat) => seat.tableId === to && seat.personId !== person);
    if (others.length >= table.seats) {
      const sentence = 'This table has no free seat; put somebody else elsewhere first.';
      return fail(problem('table-full', sentence, { path: 'to' }));
    }
  }
  const told = seats.find((seat) => seat.personId === person)?.told ?? '';
  await tx
    .deleteFrom('mealSeat')
    .where('mealPlanId', '=', plan)
    .where('personId', '=', person)
    .execute();
  if (to === 'none') return ok(undefined);
  const tableId = to === 'elsewhere' ? null : to;
  await tx
    .insertInto('mealSeat')
    .values({ mealPlanId: plan, personId: person, tableId, isKept: keeps, told })
    .execute();
  return ok(undefined);
}

/**
 * Tells people their tables: everybody who comes sees them from now on, and those whose table is another than they
 * know of get a mail. Event `meal.tables_set`.
 */
export async function setTables(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  { tells, ...id }: MealId & { readonly tells: boolean },
): Promise<Result<{ readonly told: number }, Problem>> {
  const locked = await lockPlan(tx, summitId, id);
  if (!locked.ok) return locked;
  const plan = locked.value;
  const seated = (await seatsOf(tx, [plan.id])).filter(({ tableId }) => tableId !== null);
  if (seated.length === 0) {
    const sentence = 'Nobody sits at a table yet; propose tables before you set them.';
    return fail(problem('nobody-seated', sentence));
  }
  await tx.updateTable('mealPlan').set({ setAt: actor.now }).where('id', '=', plan.id).execute();
  const people = seated.map(({ personId }) => personId);
  const told = tells ? await tellTables(tx, actor, summitId, plan, people) : 0;
  const data = { plan: plan.id, people: people.length, told };
  await recordEvent(tx, actor, { kind: 'meal.tables_set', summitId, data });
  return ok({ told });
}
