import type { Meal } from '../../timetable/frame/frame-rules.ts';
import { isThere, type Presence } from '../../timetable/presence/presence-rules.ts';
import { expectedNights, type Stay, type SummitDates, summitNights } from './stay-rules.ts';

/** How many sleep somewhere in one night, named by the day on which it begins. */
export interface NightCount {
  readonly night: string;
  /** In a bed that the summit looks for, alone or shared, as they said. */
  readonly lodged: number;
  /** Of these, in a room alone: agreed, or still asked for. */
  readonly single: number;
  /** There, and sleep elsewhere. */
  readonly elsewhere: number;
  /** Did not say which nights; expected in those of the summit. */
  readonly unsaid: number;
  /** Outside of the summit's nights. */
  readonly isExtra: boolean;
}

type Sleeper = Pick<
  Stay,
  'hasSaid' | 'arrivesOn' | 'leavesOn' | 'isRemote' | 'room' | 'singleState'
>;

/**
 * Head-counts for each night from the first that anybody stays to the last, the summit's among them. `lodged` is
 * at least, `lodged + unsaid` at most what has to be found. Who takes part from afar needs no bed.
 */
export function nightCounts(
  sleepers: readonly Sleeper[],
  dates: SummitDates,
): readonly NightCount[] {
  const usual = new Set(summitNights(dates));
  const counts = new Map<string, { -readonly [K in keyof NightCount]: NightCount[K] }>();
  const at = (night: string) => {
    const isExtra = !usual.has(night);
    const fresh = { night, lodged: 0, single: 0, elsewhere: 0, unsaid: 0, isExtra };
    const count = counts.get(night) ?? fresh;
    counts.set(night, count);
    return count;
  };
  for (const night of usual) at(night);
  for (const sleeper of sleepers) {
    if (sleeper.isRemote) continue;
    for (const night of expectedNights(sleeper, dates)) {
      const count = at(night);
      if (sleeper.hasSaid && sleeper.room === 'own') count.elsewhere += 1;
      else if (!sleeper.hasSaid || sleeper.arrivesOn === null || sleeper.leavesOn === null) {
        count.unsaid += 1;
      } else {
        count.lodged += 1;
        if (sleeper.room === 'single' && sleeper.singleState !== 'declined') count.single += 1;
      }
    }
  }
  return [...counts.values()].sort((one, other) => one.night.localeCompare(other.night));
}

/** A meal at which somebody is or is not, in the summit's zone. */
export interface MealTime {
  /** ISO day. */
  readonly date: string;
  readonly meal: Meal;
  readonly starts: string;
  readonly ends: string;
}

/** How many are there at one meal. */
export interface MealCount extends MealTime {
  /** Said that they are there. */
  readonly there: number;
  /** Come or leave on that day and did not say at what time. */
  readonly unsure: number;
  /** Said nothing of their days. */
  readonly unsaid: number;
}

/** When a meal is, where no plan and no timetable says so. */
export const MEAL_HOURS: Readonly<
  Record<Meal, { readonly starts: string; readonly ends: string }>
> = {
  breakfast: { starts: '08:00', ends: '09:00' },
  lunch: { starts: '12:30', ends: '13:30' },
  dinner: { starts: '19:00', ends: '21:00' },
};

/** Whether somebody eats at a meal, as far as they said. */
export function isAtMeal(
  presence: Presence | undefined,
  meal: MealTime,
): 'there' | 'unsure' | 'unsaid' | 'away' {
  if (presence === undefined) return 'unsaid';
  if (presence.isRemote || !isThere(presence, meal)) return 'away';
  const { arrivesOn, arrivesAt, leavesOn, leavesAt } = presence;
  const isUnsure =
    (arrivesOn === meal.date && arrivesAt === null && meal.meal !== 'dinner') ||
    (leavesOn === meal.date && leavesAt === null && meal.meal !== 'breakfast');
  return isUnsure ? 'unsure' : 'there';
}

/**
 * Head-counts for each meal. Whoever arrives without a time of day is there for dinner, whoever leaves so for
 * breakfast; their other meals of that day are unsure. `there` is at least, all three together at most who eats.
 */
export const mealCounts = (
  people: readonly string[],
  presences: ReadonlyMap<string, Presence>,
  meals: readonly MealTime[],
): readonly MealCount[] =>
  meals.map((meal) => {
    const standings = people.map((id) => isAtMeal(presences.get(id), meal));
    const count = (of: string): number => standings.filter((each) => each === of).length;
    return { ...meal, there: count('there'), unsure: count('unsure'), unsaid: count('unsaid') };
  });
