import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import { pairKey } from './table-rules.ts';

/** A restaurant nearby, for those who come. */
export interface Restaurant {
  readonly id: string;
  readonly name: string;
  readonly seats: number;
  readonly walkMinutes: number | null;
  /** What it has for people who eat only that. */
  readonly diets: readonly string[];
  readonly isAccessible: boolean;
  readonly price: string;
  readonly link: string | null;
  readonly note: string;
}

/** The restaurants that can be chosen, the nearest first. */
export const restaurantsOf = (db: Reader, summitId: string): Promise<Restaurant[]> =>
  db
    .selectFrom('restaurant')
    .select(['id', 'name', 'seats', 'walkMinutes', 'diets', 'isAccessible', 'price', 'link'])
    .select('note')
    .where('summitId', '=', summitId)
    .where('removedAt', 'is', null)
    .orderBy('walkMinutes', (order) => order.asc().nullsLast())
    .orderBy('name')
    .orderBy('id')
    .execute();

/** A table of a meal. */
export interface MealTable {
  readonly id: string;
  readonly mealPlanId: string;
  readonly title: string;
  readonly seats: number;
  /** Where; null where the meal is delivered. */
  readonly restaurantId: string | null;
  readonly restaurant: string | null;
}

/** The tables of these meals, restaurant by restaurant; one that was removed since keeps its name. */
export async function tablesOf(db: Reader, plans: readonly string[]): Promise<MealTable[]> {
  if (plans.length === 0) return [];
  return db
    .selectFrom('mealTable')
    .leftJoin('restaurant', 'restaurant.id', 'mealTable.restaurantId')
    .select(['mealTable.id', 'mealPlanId', 'title', 'mealTable.seats', 'restaurantId'])
    .select('restaurant.name as restaurant')
    .where('mealPlanId', 'in', plans)
    .orderBy('mealTable.position')
    .orderBy('mealTable.id')
    .execute();
}

/** Where somebody eats; at no table: elsewhere, as they said. */
export interface MealSeat {
  readonly mealPlanId: string;
  readonly personId: string;
  readonly name: string;
  readonly tableId: string | null;
  readonly isKept: boolean;
  readonly told: string;
}

/** Who sits where in these meals, and who eats elsewhere, by name. */
export async function seatsOf(db: Reader, plans: readonly string[]): Promise<MealSeat[]> {
  if (plans.length === 0) return [];
  return db
    .selectFrom('mealSeat')
    .innerJoin('person', 'person.id', 'mealSeat.personId')
    .select(['mealPlanId', 'personId', 'person.name', 'tableId', 'isKept', 'told'])
    .where('mealPlanId', 'in', plans)
    .where('person.erasedAt', 'is', null)
    .orderBy('person.name')
    .orderBy('person.id')
    .execute();
}

/** How often two people sat at one table at the other meals of the summit whose tables are set, by `pairKey`. */
export async function companyBefore(
  db: Reader,
  summitId: string,
  plan: string,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ one: string; other: string; count: number }>`
    select one.person_id as one, other.person_id as other, count(*)::int as count
    from meal_plan
      join meal_seat one on one.meal_plan_id = meal_plan.id
      join meal_seat other on other.table_id = one.table_id and other.person_id > one.person_id
    where meal_plan.summit_id = ${summitId} and meal_plan.id <> ${plan} and set_at is not null
    group by 1, 2`.execute(db);
  return new Map(rows.map(({ one, other, count }) => [pairKey(one, other), count]));
}

/** How a table is called: `Trattoria, Table 2`. */
export const tableName = ({
  restaurant,
  title,
}: Pick<MealTable, 'restaurant' | 'title'>): string =>
  restaurant === null ? title : `${restaurant}, ${title}`;
