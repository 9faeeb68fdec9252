import { splitEvenly, sumOf } from '@cairn/kernel/money';
import type { Meal } from '../../timetable/frame/frame-rules.ts';
import { MEALS } from '../../timetable/meals/meal-rules.ts';
import type { Category } from '../category-rules.ts';

/** At least, most likely and at most, in minor units of one currency; `low <= likely <= high`. */
export interface Range {
  readonly low: number;
  readonly likely: number;
  readonly high: number;
}

/** Parts of what a person costs. Categories of costs that are for all (catering, rooms) are in none. */
export const PARTS = ['travel', 'lodging', 'meals', 'other'] as const;
export type Part = (typeof PARTS)[number];

export const PART_LABELS: Readonly<Record<Part, string>> = {
  travel: 'Travel',
  lodging: 'Lodging',
  meals: 'Meals',
  other: 'Other',
};

const PART_OF: Readonly<Record<Category, Part | undefined>> = {
  travel: 'travel',
  local_transport: 'travel',
  mileage: 'travel',
  visa: 'travel',
  lodging: 'lodging',
  meals: 'meals',
  per_diem: 'meals',
  stipend: 'other',
  care: 'other',
  other: 'other',
  catering: undefined,
  venue: undefined,
  supplies: undefined,
};

/** To which part of a person's cost a category belongs. */
export const partOf = (category: Category): Part | undefined => PART_OF[category];

/** What expected costs are made of; amounts are in `currency`. */
export interface SeatCostModel {
  readonly currency: string;
  /** What coming from somewhere and going back costs: an airport (SEA), a country (DE), or anywhere else (''). */
  readonly fares: readonly (Range & { readonly from: string; readonly source: string })[];
  /** A room for a night, and how many share one that is shared. */
  readonly night: Range & { readonly source: string; readonly sharedBy: number };
  /** A meal that the summit does not provide. */
  readonly meals: Readonly<Record<Meal, Range>> & { readonly source: string };
  /** All else of a person. */
  readonly other: Range & { readonly source: string };
  /** Percent of a cap, and of an estimate that nobody has decided on, that is spent in the end. */
  readonly capUsed: Range;
  readonly estimateUsed: Range;
  /** With how many percent of certainty the lines have to carry somebody before a seat is offered. */
  readonly confidence: number;
  /** So that the same facts give the same answer. */
  readonly seed: number;
}

/** How somebody comes, as far as it is known. */
export interface Coming {
  readonly country: string | null;
  readonly airport: string | null;
  readonly nights: number;
  readonly room: 'shared' | 'single' | 'own';
  /** Meals that nobody provides. */
  readonly meals: Readonly<Record<Meal, number>>;
}

const times = (range: Range, count: number): Range => ({
  low: range.low * count,
  likely: range.likely * count,
  high: range.high * count,
});

const plus = (one: Range, other: Range): Range => ({
  low: sumOf([one.low, other.low]),
  likely: sumOf([one.likely, other.likely]),
  high: sumOf([one.high, other.high]),
});

const NOTHING: Range = { low: 0, likely: 0, high: 0 };

/** Exactly so much. */
export const certain = (minor: number): Range => ({ low: minor, likely: minor, high: minor });

/** So many percent of each end, rounded to whole units. */
export const scaled = (range: Range, percent: number): Range => ({
  low: Math.round((range.low * percent) / 100),
  likely: Math.round((range.likely * percent) / 100),
  high: Math.round((range.high * percent) / 100),
});

/** At least so much: what is spent already is not spent less. */
const atLeast = (range: Range, minor: number): Range => ({
  low: Math.max(range.low, minor),
  likely: Math.max(range.likely, minor),
  high: Math.max(range.high, minor),
});

/** The fare from where somebody comes: of their airport, else their country, else from anywhere. */
function fareFrom(
  { fares }: SeatCostModel,
  { country, airport }: Pick<Coming, 'country' | 'airport'>,
): (Range & { readonly source: string }) | undefined {
  const from = (key: string | null) =>
    key === null || key === '' ? undefined : fares.find((fare) => fare.from === key);
  return from(airport) ?? from(country) ?? fares.find((fare) => fare.from === '');
}

/** What a part of somebody's cost is likely to be, when nothing else is known of it. */
export function modelledPart(model: SeatCostModel, coming: Coming, part: Part): Range {
  switch (part) {
    case 'travel':
      return fareFrom(model, coming) ?? NOTHING;
    case 'lodging': {
      if (coming.room === 'own') return NOTHING;
      const share = (minor: number): number =>
        coming.room === 'single' ? minor : (splitEvenly(minor, model.night.sharedBy)[0] ?? minor);
      const { low, likely, high } = model.night;
      return times({ low: share(low), likely: share(likely), high: share(high) }, coming.nights);
    }
    case 'meals':
      return MEALS.map((meal) => times(model.meals[meal], coming.meals[meal])).reduce(plus);
    case 'other':
      return model.other;
  }
}

/** What is known of a part of somebody's cost, in the model's currency. */
export interface KnownPart {
  readonly paid: number;
  readonly approved: number;
  readonly claimed: number;
  /** How much of `claimed` nobody had committed: it has not been taken from a line yet. */
  readonly uncommitted: number;
  /** Caps, as far as nothing was claimed on them. */
  readonly cap: number;
  /** Asked for in an estimate that nobody has decided on. */
  readonly estimate: number;
}

export const NOTHING_KNOWN: KnownPart = {
  paid: 0,
  approved: 0,
  claimed: 0,
  uncommitted: 0,
  cap: 0,
  estimate: 0,
};

/** How one knows what a part costs; what is surer comes first. */
export const SOURCES = [
  'paid',
  'approved',
  'claimed',
  'cap',
  'estimate',
  'model',
  'nothing',
] as const;
export type Source = (typeof SOURCES)[number];

export const SOURCE_WORDS: Readonly<Record<Source, string>> = {
  paid: 'paid',
  approved: 'approved',
  claimed: 'claimed',
  cap: 'cap',
  estimate: 'estimate',
  model: 'guess',
  nothing: 'nothing',
};

/** A part of what somebody costs in the end. */
export interface PartCost {
  readonly part: Part;
  readonly range: Range;
  readonly source: Source;
  /** How much of it was spent already, so that no change of plan changes it. */
  readonly spent: number;
  /** How much of it the lines have set aside: committed, approved, paid, and claimed on what was committed. */
  readonly taken: number;
}

/**
 * What a part of somebody's cost is in the end. What is known replaces what is guessed: what was paid, approved or
 * claimed is certain; of what is left of a cap, or of an estimate, so many percent as the model says. What was spent
 * without a cap is a beginning, unless the person has said that nothing more comes (`isDone`).
 */
export function partCost(
  model: SeatCostModel,
  part: Part,
  guess: Range,
  known: KnownPart,
  isDone: boolean,
): PartCost {
  const spent = sumOf([known.paid, known.approved, known.claimed]);
  const taken = sumOf([spent, -known.uncommitted, known.cap]);
  const surest: Source = known.paid > 0 ? 'paid' : known.approved > 0 ? 'approved' : 'claimed';
  const of = (range: Range, source: Source): PartCost => ({ part, range, source, spent, taken });
  if (isDone) return of(certain(spent), spent > 0 ? surest : 'nothing');
  if (known.cap > 0) {
    // A supplement asks for more than the cap, not for the same again.
    const more = usedOf(known.estimate, model.estimateUsed);
    const rest = plus(usedOf(known.cap, model.capUsed), more);
    return of(plus(certain(spent), rest), spent > 0 ? surest : 'cap');
  }
  if (known.estimate > 0) {
    return of(plus(certain(spent), usedOf(known.estimate, model.estimateUsed)), 'estimate');
  }
  if (spent > 0) return of(atLeast(guess, spent), guess.high > spent ? 'model' : surest);
  return of(guess, guess.high === 0 ? 'nothing' : 'model');
}

const usedOf = (minor: number, percent: Range): Range => ({
  low: Math.round((minor * percent.low) / 100),
  likely: Math.round((minor * percent.likely) / 100),
  high: Math.round((minor * percent.high) / 100),
});

/** The mean of a range, as a triangle over it. */
export const meanOf = ({ low, likely, high }: Range): number =>
  Math.round(sumOf([low, likely, high]) / 3);

/** The standard deviation of the same triangle. */
export function deviationOf({ low, likely, high }: Range): number {
  const squares = low * low + likely * likely + high * high;
  const products = low * likely + low * high + likely * high;
  return Math.sqrt(Math.max(0, squares - products) / 18);
}

/** What of a range is not passed in a share `at` (0 to 1) of cases: the triangle's quantile, in whole units. */
export function quantileOf({ low, likely, high }: Range, at: number): number {
  if (high <= low) return low;
  const peak = (likely - low) / (high - low);
  return Math.round(
    at < peak
      ? low + Math.sqrt(at * (high - low) * (likely - low))
      : high - Math.sqrt((1 - at) * (high - low) * (high - likely)),
  );
}
