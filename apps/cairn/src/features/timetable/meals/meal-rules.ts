import { isAtMeal, MEAL_HOURS, type MealTime } from '../../money/stays/count-rules.ts';
import type { Meal } from '../frame/frame-rules.ts';
import type { Presence } from '../presence/presence-rules.ts';

export type { Meal } from '../frame/frame-rules.ts';

/** Meals of a day, in the order in which they are had. */
export const MEALS: readonly Meal[] = ['breakfast', 'lunch', 'dinner'];

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

/** Who is at a meal, as far as people said. */
export interface AtMeal {
  /** All who are expected: nobody is taken for away who did not say so. */
  readonly eat: readonly string[];
  /** Of these: come or leave on that day, and did not say when. */
  readonly unsure: number;
  /** Of these: said nothing of their days. */
  readonly unsaid: number;
  /** There, and eat elsewhere. */
  readonly elsewhere: readonly string[];
}

/** Who of these people eats at a meal. The head-counts of stays are made by the same rule. */
export function whoEats(
  people: readonly string[],
  presences: ReadonlyMap<string, Presence>,
  elsewhere: ReadonlySet<string>,
  time: MealTime,
): AtMeal {
  const there = people
    .map((id) => ({ id, standing: isAtMeal(presences.get(id), time) }))
    .filter(({ standing }) => standing !== 'away');
  const eat = there.filter(({ id }) => !elsewhere.has(id));
  return {
    eat: eat.map(({ id }) => id),
    unsure: eat.filter(({ standing }) => standing === 'unsure').length,
    unsaid: eat.filter(({ standing }) => standing === 'unsaid').length,
    elsewhere: there.filter(({ id }) => elsewhere.has(id)).map(({ id }) => id),
  };
}

/** When a meal is: as its plan says, else as the timetable does, else when it usually is. */
export function timeOf(
  date: string,
  meal: Meal,
  ...said: readonly ({ readonly starts: string | null; readonly ends: string | null } | undefined)[]
): MealTime {
  const found = said.find((each) => each !== undefined && each.starts !== null);
  const { starts, ends } = MEAL_HOURS[meal];
  const from = found?.starts ?? starts;
  const until = found === undefined ? ends : (found.ends ?? from);
  return { date, meal, starts: from, ends: until < from ? from : until };
}
