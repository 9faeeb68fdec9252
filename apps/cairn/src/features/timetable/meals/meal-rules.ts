import type { Presence } from '../presence/presence-rules.ts';

/** Meals of a day, in the order in which they are had. */
export const MEALS = ['breakfast', 'lunch', 'dinner'] as const;
export type Meal = (typeof MEALS)[number];

/** How a meal of a day is called wherever meals are looked up: `2023-05-22 lunch`. */
export const mealKey = (date: string, meal: Meal): string => `${date} ${meal}`;

export const MEAL_KINDS = ['catered', 'restaurants', 'own'] as const;
export type MealKind = (typeof MEAL_KINDS)[number];

/** How a meal is had, in a few words. */
export const KIND_WORDS: Readonly<Record<MealKind, string>> = {
  catered: 'delivered for all',
  restaurants: 'restaurants nearby',
  own: 'each as they like',
};

/** When a meal is, where nobody has said a time. */
const USUAL: Readonly<Record<Meal, readonly [starts: string, ends: string]>> = {
  breakfast: ['08:00', '09:00'],
  lunch: ['12:30', '13:30'],
  dinner: ['19:00', '21:00'],
};

/** One meal of one day; its times are local times of the summit, null while nobody has said any. */
export interface MealTime {
  readonly date: string;
  readonly meal: Meal;
  readonly starts: string | null;
  readonly ends: string | null;
}

/**
 * Whether somebody is there for a meal, as far as they said. Who said nothing is there; who takes part from afar
 * is not. Without a time of day somebody comes between breakfast and lunch, and leaves between lunch and dinner.
 */
export function isThereFor(presence: Presence | undefined, time: MealTime): boolean {
  if (presence === undefined) return true;
  const { arrivesOn, arrivesAt, leavesOn, leavesAt, isRemote } = presence;
  if (isRemote) return false;
  const { date, meal } = time;
  const [starts, ends] = [time.starts ?? USUAL[meal][0], time.ends ?? USUAL[meal][1]];
  if (arrivesOn !== null && date < arrivesOn) return false;
  if (leavesOn !== null && date > leavesOn) return false;
  if (date === arrivesOn && (arrivesAt === null ? meal === 'breakfast' : arrivesAt > starts)) {
    return false;
  }
  return !(date === leavesOn && (leavesAt === null ? meal === 'dinner' : leavesAt < ends));
}
