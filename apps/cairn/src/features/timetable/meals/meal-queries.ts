import type { Reader } from '../../../platform/db/database.ts';
import { mealKey } from './meal-rules.ts';

/**
 * Which meals the summit provides, so that nobody claims them: by `2023-05-22 lunch`, with who provides it in words,
 * such as “the summit (Example Catering)”. Where a meal has a plan, the plan says it; otherwise the block of the
 * timetable's frame does.
 */
export async function providedMeals(
  db: Reader,
  summitId: string,
): Promise<ReadonlyMap<string, string>> {
  const [blocks, plans] = await Promise.all([
    db
      .selectFrom('timetableBlock')
      .select(['date', 'meal', 'isProvided'])
      .where('summitId', '=', summitId)
      .where('meal', 'is not', null)
      .orderBy('date')
      .orderBy('starts')
      .execute(),
    db
      .selectFrom('mealPlan')
      .select(['date', 'meal', 'isProvided', 'caterer'])
      .where('summitId', '=', summitId)
      .orderBy('date')
      .execute(),
  ]);
  const provided = new Map<string, string>();
  for (const { date, meal, isProvided } of blocks) {
    if (isProvided && meal !== null) provided.set(mealKey(date, meal), 'the summit');
  }
  for (const { date, meal, isProvided, caterer } of plans) {
    const key = mealKey(date, meal);
    if (!isProvided) provided.delete(key);
    else provided.set(key, caterer === '' ? 'the summit' : `the summit (${caterer})`);
  }
  return provided;
}
