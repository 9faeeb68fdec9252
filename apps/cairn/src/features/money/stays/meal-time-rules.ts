import type { Block, Meal } from '../../timetable/frame/frame-rules.ts';
import { MEAL_HOURS, type MealTime } from './count-rules.ts';
import { type SummitDates, summitNights } from './stay-rules.ts';

const MEALS: readonly Meal[] = ['breakfast', 'lunch', 'dinner'];

/**
 * The meals of a summit from the dinner of the day of arrival to the breakfast of that of departure, at the times
 * that the timetable's blocks say, and at usual ones where it says none.
 */
export function mealTimes(dates: SummitDates, blocks: readonly Block[]): readonly MealTime[] {
  const times: MealTime[] = [];
  for (const date of [...summitNights(dates), dates.departure]) {
    for (const meal of MEALS) {
      const block = blocks.find((each) => each.date === date && each.meal === meal);
      const isIn =
        (date !== dates.arrival || meal === 'dinner') &&
        (date !== dates.departure || meal === 'breakfast');
      if (block === undefined && !isIn) continue;
      const { starts, ends } = block ?? MEAL_HOURS[meal];
      times.push({ date, meal, starts, ends });
    }
  }
  return times;
}
