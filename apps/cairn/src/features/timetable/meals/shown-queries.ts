import type { Reader } from '../../../platform/db/database.ts';
import { dinersAt, type MealFacts, numbersAt } from './fact-queries.ts';
import type { MealOfWeek } from './meal-queries.ts';
import { suits } from './seat-rules.ts';
import { tableName, tablesOf } from './table-queries.ts';

/** The tables of a meal with who sits there, who has none, and how many do not know their place yet. */
export async function shownTables(db: Reader, facts: MealFacts, meal: MealOfWeek) {
  const plan = meal.plan?.id;
  const tables = plan === undefined ? [] : await tablesOf(db, [plan]);
  const places = new Map(
    plan === undefined
      ? []
      : (
          await db
            .selectFrom('restaurant')
            .innerJoin('mealTable', 'mealTable.restaurantId', 'restaurant.id')
            .select(['restaurant.id', 'diets', 'isAccessible'])
            .where('mealPlanId', '=', plan)
            .execute()
        ).map((row) => [row.id, { ...row, restaurantId: row.id }]),
  );
  const seats = facts.seats.filter(({ mealPlanId }) => mealPlanId === plan);
  const diners = new Map(dinersAt(facts, meal).map((diner) => [diner.id, diner]));
  const names = new Map(facts.people.map(({ id, name }) => [id, name]));
  const seated = new Map(seats.map((seat) => [seat.personId, seat]));
  const named = (ids: readonly string[]) => ids.map((id) => ({ id, name: names.get(id) ?? '' }));
  const { eat, elsewhere } = numbersAt(facts, meal);
  const shown = tables.map((table) => {
    const place = places.get(table.restaurantId ?? '');
    return {
      id: table.id,
      name: tableName(table),
      seats: table.seats,
      restaurantId: table.restaurantId,
      people: seats
        .filter(({ tableId }) => tableId === table.id)
        .map(({ personId, name, isKept }) => {
          const diner = diners.get(personId);
          const isAmiss = diner !== undefined && place !== undefined && !suits(place, diner);
          return { id: personId, name, isKept, isAway: diner === undefined, isAmiss };
        }),
    };
  });
  const place = new Map(tables.map((table) => [table.id, tableName(table)]));
  return {
    tables: shown,
    without: named(eat.filter((id) => seated.get(id)?.tableId == null)),
    elsewhere: named(elsewhere),
    toTell: seats.filter(({ tableId, told }) => tableId !== null && place.get(tableId) !== told)
      .length,
  };
}
