import type { Reader } from '../../../platform/db/database.ts';
import { needsOf } from '../../people/needs/need-queries.ts';
import type { Need } from '../../people/needs/need-rules.ts';
import type { Organiser } from '../../people/rights.ts';
import { presenceOf } from '../presence/presence-queries.ts';
import type { Presence } from '../presence/presence-rules.ts';
import { type SessionPerson, sessionPeople } from '../sessions/people-queries.ts';
import type { MealOfWeek } from './meal-queries.ts';
import { type AtMeal, whoEats } from './meal-rules.ts';
import { type Order, orderFor } from './order-rules.ts';
import type { Diner } from './seat-rules.ts';
import { type MealSeat, seatsOf } from './table-queries.ts';

/** All that numbers and tables of meals follow from. Needs are in it, so it is for organisers. */
export interface MealFacts {
  readonly people: readonly SessionPerson[];
  readonly presences: ReadonlyMap<string, Presence>;
  readonly needs: readonly Need[];
  readonly seats: readonly MealSeat[];
}

/** The facts for these meals. */
export async function mealFacts(
  db: Reader,
  organiser: Organiser,
  meals: readonly MealOfWeek[],
): Promise<MealFacts> {
  const plans = meals.flatMap(({ plan }) => (plan === undefined ? [] : [plan.id]));
  const [people, presences, needs, seats] = await Promise.all([
    sessionPeople(db, organiser.summitId),
    presenceOf(db, organiser.summitId),
    needsOf(db, organiser),
    seatsOf(db, plans),
  ]);
  return { people, presences, needs, seats };
}

/** Who eats at one of these meals, and what is to be ordered for them. */
export function numbersAt(facts: MealFacts, meal: MealOfWeek): AtMeal & { readonly order: Order } {
  const elsewhere = facts.seats
    .filter(({ mealPlanId, tableId }) => mealPlanId === meal.plan?.id && tableId === null)
    .map(({ personId }) => personId);
  const ids = facts.people.map(({ id }) => id);
  const at = whoEats(ids, facts.presences, new Set(elsewhere), meal.time);
  return { ...at, order: orderFor(facts.needs, at.eat) };
}

/** Those who eat at a meal as the seating knows them. */
export function dinersAt(facts: MealFacts, meal: MealOfWeek): Diner[] {
  const eat = new Set(numbersAt(facts, meal).eat);
  const needs = new Map(facts.needs.map((need) => [need.personId, need]));
  return facts.people
    .filter(({ id }) => eat.has(id))
    .map(({ id, communities }) => ({
      id,
      communities,
      diets: needs.get(id)?.diets ?? [],
      needsAccess: needs.get(id)?.stepFree ?? false,
    }));
}
