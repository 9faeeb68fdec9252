import { percentOf, sumOf } from '@cairn/kernel/money';
import { daysBetween, parseDate } from '@cairn/kernel/time';
import { listed } from '@cairn/kernel/words';
import type { PolicyContent } from './policy-rules.ts';
import { MEALS, type Meal, type RuleOf } from './rule-schema.ts';

/** A trip for which days are paid. Days are ISO text. */
export interface Trip {
  readonly from: string;
  readonly until: string;
  /** How long it took, where that was less than a day or two. */
  readonly hours?: number | undefined;
  /** The tier of the place; the first of the table where none is named. */
  readonly tier?: string | undefined;
  readonly provided: (date: string, meal: Meal) => string | undefined;
}

/** What one day of a trip is worth. */
export interface PerDiemDay {
  readonly date: string;
  /** What a whole day is worth. */
  readonly base: number;
  /** Percent of it that this day is paid, as decimal text. */
  readonly share: string;
  readonly deductions: readonly { readonly meal: Meal; readonly minor: number }[];
  readonly minor: number;
  /** How it comes about, in words. */
  readonly sentence: string;
}

export interface PerDiem {
  readonly days: readonly PerDiemDay[];
  readonly minor: number;
}

/** Longer than any stay of a summit; what is longer is a slip of the pen. */
const LONGEST = 120;

/**
 * What the days of a trip are worth: the first and the last one a share of the whole, less the full amount of each
 * meal that is provided, and never less than the incidentals (41 CFR 301-11.101 and 301-11.18). Nothing where the
 * set has no such rule or the days are none.
 */
export function perDiem(policy: PolicyContent, trip: Trip): PerDiem {
  const rule = policy.rules.find((each) => each.kind === 'per_diem');
  const none: PerDiem = { days: [], minor: 0 };
  if (rule?.kind !== 'per_diem') return none;
  const [from, until] = [parseDate(trip.from), parseDate(trip.until)];
  if (!from.ok || !until.ok) return none;
  const count = daysBetween(from.value, until.value) + 1;
  if (count < 1 || count > LONGEST) return none;
  if (trip.hours !== undefined && trip.hours <= rule.nothing_up_to_hours) return none;
  const days = Array.from({ length: count }, (_, index) =>
    dayOf(
      rule,
      trip,
      from.value.add({ days: index }).toString(),
      index === 0 || index === count - 1,
    ),
  );
  return { days, minor: sumOf(days.map(({ minor }) => minor)) };
}

function dayOf(rule: RuleOf<'per_diem'>, trip: Trip, date: string, isEdge: boolean): PerDiemDay {
  const tier = rule.tiers.find(({ key }) => key === trip.tier) ?? rule.tiers[0];
  if (tier === undefined) throw new Error('a table of days has at least one tier');
  const isShort = trip.hours !== undefined && trip.hours < rule.whole_from_hours;
  const share = isEdge || isShort ? rule.first_last_percent : '100';
  const base = sumOf([tier.breakfast, tier.lunch, tier.dinner, tier.incidentals]);
  const worth = percentOf(base, share);
  const deductions = MEALS.filter((meal) => trip.provided(date, meal) !== undefined).map(
    (meal) => ({ meal, minor: tier[meal] }),
  );
  // A share of a day below its incidentals stays what it is.
  const floor = Math.min(worth, tier.incidentals);
  const minor = Math.max(floor, worth - sumOf(deductions.map((each) => each.minor)));
  const meals = listed(deductions.map(({ meal }) => meal));
  const sentence = [
    share === '100' ? 'A whole day' : `${share} % of a day`,
    deductions.length > 0 &&
      `less ${meals}, which ${deductions.length === 1 ? 'was' : 'were'} provided`,
    deductions.length > 0 && minor === floor && 'but not less than the incidentals',
  ]
    .filter(Boolean)
    .join(', ');
  return { date, base, share, deductions, minor, sentence: `${sentence}.` };
}
