import type { Instant } from '@cairn/kernel/time';
import type { Reader } from '../../../platform/db/database.ts';
import type { MealTime } from '../../money/stays/count-rules.ts';
import type { Meal } from '../frame/frame-rules.ts';
import { MEALS, type MealKind, mealKey, timeOf } from './meal-rules.ts';
import type { Order } from './order-rules.ts';

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

/** How one meal is had, as organisers planned it. */
export interface MealPlan {
  readonly id: string;
  readonly date: string;
  readonly meal: Meal;
  readonly kind: MealKind;
  /** The summit pays, so nobody claims it. */
  readonly isProvided: boolean;
  readonly caterer: string;
  readonly place: string;
  /** For one person. */
  readonly priceMinor: number | null;
  readonly currency: string | null;
  /** Until when numbers may change, a local time of the summit. */
  readonly orderBy: string | null;
  readonly starts: string | null;
  readonly ends: string | null;
  readonly orderedAt: Instant | null;
  readonly ordered: Order | null;
  readonly note: string;
  readonly seed: number;
  /** Since when people are told their tables; null while only organisers see them. */
  readonly setAt: Instant | null;
  readonly revision: number;
}

/** A meal of the timetable's frame. */
export interface MealBlock {
  readonly title: string;
  readonly starts: string;
  readonly ends: string;
  readonly isProvided: boolean;
  readonly place: string;
}

/** One meal of the week: planned, in the timetable, or both. */
export interface MealOfWeek {
  readonly date: string;
  readonly meal: Meal;
  readonly time: MealTime;
  readonly plan: MealPlan | undefined;
  readonly block: MealBlock | undefined;
}

const PLAN = [
  'id',
  'date',
  'meal',
  'kind',
  'isProvided',
  'caterer',
  'place',
  'priceMinor',
  'currency',
  'orderBy',
  'starts',
  'ends',
  'orderedAt',
  'ordered',
  'note',
  'seed',
  'setAt',
  'revision',
] as const;

/** What was ordered was made by `orderFor` before it was stored. */
const asPlan = (row: Omit<MealPlan, 'ordered'> & { readonly ordered: unknown }): MealPlan => ({
  ...row,
  ordered: row.ordered as Order | null,
});

/** The meals of a summit in order: those of the timetable and those that were planned. For those who come. */
export async function mealsOf(db: Reader, summitId: string): Promise<readonly MealOfWeek[]> {
  const [blocks, plans] = await Promise.all([
    db
      .selectFrom('timetableBlock')
      .leftJoin('timetableRoom', 'timetableRoom.id', 'timetableBlock.roomId')
      .select(['date', 'meal', 'title', 'starts', 'ends', 'isProvided', 'place'])
      .select('timetableRoom.name as room')
      .where('timetableBlock.summitId', '=', summitId)
      .where('meal', 'is not', null)
      .orderBy('date')
      .orderBy('starts')
      .execute(),
    db.selectFrom('mealPlan').select(PLAN).where('summitId', '=', summitId).execute(),
  ]);
  const planAt = new Map(plans.map((plan) => [mealKey(plan.date, plan.meal), asPlan(plan)]));
  const blockAt = new Map<string, MealBlock>();
  for (const { date, meal, room, place, ...block } of blocks) {
    if (meal === null || blockAt.has(mealKey(date, meal))) continue;
    blockAt.set(mealKey(date, meal), { ...block, place: room ?? place });
  }
  return [...new Set([...planAt.keys(), ...blockAt.keys()])]
    .map((key) => {
      const [plan, block] = [planAt.get(key), blockAt.get(key)];
      const date = key.slice(0, 10);
      const meal = MEALS.find((each) => key.endsWith(each)) ?? 'lunch';
      return { date, meal, time: timeOf(date, meal, plan, block), plan, block };
    })
    .toSorted(
      (one, other) =>
        one.date.localeCompare(other.date) || MEALS.indexOf(one.meal) - MEALS.indexOf(other.meal),
    );
}

/** One meal; undefined where there is none in the timetable and none is planned. */
export const mealAt = async (
  db: Reader,
  summitId: string,
  { date, meal }: { readonly date: string; readonly meal: Meal },
): Promise<MealOfWeek | undefined> =>
  (await mealsOf(db, summitId)).find((each) => each.date === date && each.meal === meal);
