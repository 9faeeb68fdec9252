import type { Reader } from '../../../platform/db/database.ts';
import type { MealTime } from '../../money/stays/count-rules.ts';
import { isAtMeal } from '../../money/stays/count-rules.ts';
import type { Self } from '../../people/rights.ts';
import { presenceOf } from '../presence/presence-queries.ts';
import type { MealPlan } from './meal-queries.ts';
import { mealsOf } from './meal-queries.ts';
import type { MealKind } from './meal-rules.ts';
import { type MealSeat, restaurantsOf, seatsOf, tableName, tablesOf } from './table-queries.ts';

/** A meal as somebody who comes has it. Diets of others are not in it. */
export interface OwnMeal {
  readonly time: MealTime;
  readonly title: string | undefined;
  readonly kind: MealKind | undefined;
  readonly isProvided: boolean;
  readonly place: string;
  readonly note: string;
  /** Whether they can say anything about it. */
  readonly isPlanned: boolean;
  readonly isElsewhere: boolean;
  /** Their table, once tables are told. */
  readonly table:
    | {
        readonly id: string;
        readonly name: string;
        readonly walkMinutes: number | null;
        readonly link: string | null;
        readonly people: readonly string[];
      }
    | undefined;
  /** Tables are told, and this one has none. */
  readonly isWithout: boolean;
  /** Where there is a free seat, with what they have to eat. */
  readonly open: readonly {
    readonly id: string;
    readonly name: string;
    readonly free: number;
    readonly diets: readonly string[];
  }[];
}

/** One's own meals: those of the days on which one is there, as far as one said. */
export async function ownMeals(db: Reader, { summitId, personId }: Self): Promise<OwnMeal[]> {
  const [meals, presences, restaurants] = await Promise.all([
    mealsOf(db, summitId),
    presenceOf(db, summitId),
    restaurantsOf(db, summitId),
  ]);
  const own = meals.filter(({ time }) => isAtMeal(presences.get(personId), time) !== 'away');
  const plans = own.flatMap(({ plan }) => (plan === undefined ? [] : [plan.id]));
  const [tables, seats] = await Promise.all([tablesOf(db, plans), seatsOf(db, plans)]);
  const placeOf = new Map(restaurants.map((each) => [each.id, each]));
  return own.map(({ time, plan, block }) => {
    const told = toldSeats(plan, seats);
    const seat = seats.find((each) => each.mealPlanId === plan?.id && each.personId === personId);
    const here = plan?.setAt == null ? [] : tables.filter((each) => each.mealPlanId === plan.id);
    const table = here.find(({ id }) => id === seat?.tableId);
    const place = placeOf.get(table?.restaurantId ?? '');
    const atTable = (id: string) => told.filter(({ tableId }) => tableId === id);
    const isElsewhere = seat !== undefined && seat.tableId === null;
    return {
      time,
      title: block?.title,
      kind: plan?.kind,
      isProvided: plan?.isProvided ?? block?.isProvided ?? false,
      place: plan?.place || (block?.place ?? ''),
      note: plan?.note ?? '',
      isPlanned: plan !== undefined,
      isElsewhere,
      table: table && {
        id: table.id,
        name: tableName(table),
        walkMinutes: place?.walkMinutes ?? null,
        link: place?.link ?? null,
        people: atTable(table.id)
          .filter((each) => each.personId !== personId)
          .map(({ name }) => name),
      },
      isWithout: here.length > 0 && table === undefined && !isElsewhere,
      open: here
        .filter(({ id }) => id !== table?.id)
        .map((each) => ({
          id: each.id,
          name: tableName(each),
          free: each.seats - atTable(each.id).length,
          diets: placeOf.get(each.restaurantId ?? '')?.diets ?? [],
        }))
        .filter(({ free }) => free > 0),
    };
  });
}

/** Who sits where, for those who are to know it. */
const toldSeats = (plan: MealPlan | undefined, seats: readonly MealSeat[]): readonly MealSeat[] =>
  plan?.setAt == null ? [] : seats.filter(({ mealPlanId }) => mealPlanId === plan.id);
