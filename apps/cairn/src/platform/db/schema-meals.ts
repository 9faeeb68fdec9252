import type { Instant } from '@cairn/kernel/time';
import type { ColumnType, Generated } from 'kysely';

type JsonOrNull = ColumnType<unknown, string | null | undefined, string | null>;

/** The tables of what people need, and of how meals are had. */
export interface MealTables {
  need: {
    summitId: string;
    personId: string;
    diets: Generated<string[]>;
    allergies: Generated<string>;
    access: Generated<string>;
    stepFree: Generated<boolean>;
    saidAt: Instant;
  };
  needSetting: { summitId: string; daysKept: Generated<number>; removedAt: Instant | null };
  mealPlan: {
    id: Generated<string>;
    summitId: string;
    date: string;
    meal: 'breakfast' | 'lunch' | 'dinner';
    kind: 'catered' | 'restaurants' | 'own';
    isProvided: boolean;
    caterer: Generated<string>;
    place: Generated<string>;
    priceMinor: number | null;
    currency: string | null;
    orderBy: string | null;
    starts: string | null;
    ends: string | null;
    orderedAt: Instant | null;
    ordered: JsonOrNull;
    note: Generated<string>;
    seed: Generated<number>;
    setAt: Instant | null;
    revision: Generated<number>;
  };
  restaurant: {
    id: Generated<string>;
    summitId: string;
    name: string;
    seats: number;
    walkMinutes: number | null;
    diets: Generated<string[]>;
    isAccessible: Generated<boolean>;
    price: Generated<string>;
    link: string | null;
    note: Generated<string>;
    removedAt: Instant | null;
  };
  mealTable: {
    id: Generated<string>;
    mealPlanId: string;
    restaurantId: string | null;
    title: string;
    position: Generated<number>;
    seats: Generated<number>;
  };
  mealSeat: {
    mealPlanId: string;
    personId: string;
    tableId: string | null;
    isKept: Generated<boolean>;
    told: Generated<string>;
  };
}
