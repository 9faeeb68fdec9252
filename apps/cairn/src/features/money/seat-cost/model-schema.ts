import { amountText, type Currency, parseAmount, parseCurrency } from '@cairn/kernel/money';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { Meal } from '../../timetable/frame/frame-rules.ts';
import { MEALS } from '../../timetable/meals/meal-rules.ts';
import type { Typed } from '../typed-rules.ts';
import type { Range, SeatCostModel } from './cost-rules.ts';

export const ENDS = ['low', 'likely', 'high'] as const;
export type End = (typeof ENDS)[number];

/** As many places to come from as one form may have. */
export const MOST_FARES = 150;

/** Names of the fields of a range: `night_low`, `fare_3_high`, `meal_lunch_likely`. */
export const endField = (what: string, end: End): string => `${what}_${end}`;

/** A model before anybody has thought about it: nothing costs anything, and what is usual elsewhere. */
export const emptyModel = (currency: Currency): SeatCostModel => {
  const none = { low: 0, likely: 0, high: 0 };
  return {
    currency,
    fares: [],
    night: { ...none, source: '', sharedBy: 2 },
    meals: { breakfast: none, lunch: none, dinner: none, source: '' },
    other: { ...none, source: '' },
    capUsed: { low: 80, likely: 95, high: 100 },
    estimateUsed: { low: 80, likely: 100, high: 115 },
    confidence: 80,
    seed: 1,
  };
};

const textOf = (typed: Typed, name: string): string => {
  const value = typed[name];
  return (typeof value === 'string' ? value : (value?.[0] ?? '')).trim();
};

/** How many rows of fares a form was sent with. */
export const faresIn = (typed: Typed): number =>
  Math.min(
    MOST_FARES,
    Math.max(
      0,
      ...Object.keys(typed).map((name) => Number(/^fare_(\d{1,3})_/.exec(name)?.[1] ?? -1) + 1),
    ),
  );

/** Reads a posted model; every problem stands at its field. */
export function readModel(typed: Typed): Result<SeatCostModel, Problem[]> {
  const problems: Problem[] = [];
  const currency = parseCurrency(textOf(typed, 'currency'));
  if (!currency.ok) return fail([{ ...currency.error, place: { path: 'currency' } }]);
  const range = (what: string): Range => rangeIn(typed, what, currency.value, problems);
  const source = (what: string): string => {
    const words = textOf(typed, `${what}_source`);
    if (words.length > 300) {
      const path = `${what}_source`;
      problems.push(problem('too-long', 'Shorten this to 300 characters.', { path }));
    }
    return words;
  };
  const whole = (name: string, least: number, most: number): number => {
    const words = textOf(typed, name);
    const number = /^\d{1,4}$/.test(words) ? Number(words) : Number.NaN;
    if (number >= least && number <= most) return number;
    const sentence = `Write a whole number from ${least} to ${most}.`;
    problems.push(problem('no-number', sentence, { path: name }));
    return least;
  };
  const percents = (what: string): Range => {
    const read = Object.fromEntries(ENDS.map((end) => [end, whole(endField(what, end), 0, 300)]));
    return inOrder(read as Record<End, number>, what, problems); // every end
  };
  const fares: SeatCostModel['fares'][number][] = [];
  for (let row = 0; row < faresIn(typed); row += 1) {
    const what = `fare_${row}`;
    const from = textOf(typed, `${what}_from`).toUpperCase();
    const isEmpty = [`${what}_from`, ...ENDS.map((end) => endField(what, end))].every(
      (name) => textOf(typed, name) === '',
    );
    if (isEmpty) continue;
    const path = `${what}_from`;
    if (!/^([A-Z]{2,3})?$/.test(from)) {
      const sentence =
        'Write a country in two letters (DE), an airport in three (SEA), or nothing for anywhere else.';
      problems.push(problem('no-place', sentence, { path }));
    } else if (fares.some((fare) => fare.from === from)) {
      problems.push(problem('twice', 'This place stands in another row already.', { path }));
    }
    fares.push({ from, ...range(what), source: source(what) });
  }
  const meals = Object.fromEntries(MEALS.map((meal) => [meal, range(`meal_${meal}`)])) as Record<
    Meal,
    Range
  >; // every meal
  const model: SeatCostModel = {
    currency: currency.value,
    fares,
    night: {
      ...range('night'),
      source: source('night'),
      sharedBy: whole('shared_by', 1, 12),
    },
    meals: { ...meals, source: source('meals') },
    other: { ...range('other'), source: source('other') },
    capUsed: percents('cap_used'),
    estimateUsed: percents('estimate_used'),
    confidence: whole('confidence', 1, 100),
    seed: whole('seed', 0, 9999),
  };
  return problems.length > 0 ? fail(problems) : ok(model);
}

function rangeIn(typed: Typed, what: string, currency: Currency, problems: Problem[]): Range {
  const read = { low: 0, likely: 0, high: 0 };
  for (const end of ENDS) {
    const path = endField(what, end);
    const words = textOf(typed, path);
    const minor = words === '' ? ok(0) : parseAmount(words, currency);
    if (!minor.ok) problems.push({ ...minor.error, place: { path } });
    else if (minor.value < 0 || minor.value > 1e11) {
      problems.push(problem('no-cost', 'Write an amount from 0 on.', { path }));
    } else read[end] = minor.value;
  }
  return inOrder(read, what, problems);
}

function inOrder(range: Range, what: string, problems: Problem[]): Range {
  if (range.low > range.likely || range.likely > range.high) {
    const sentence = 'At least, likely and at most have to grow in this order.';
    problems.push(problem('not-in-order', sentence, { path: endField(what, 'likely') }));
  }
  return range;
}

/** A model as the fields of its form. */
export function modelAsTyped(model: SeatCostModel): Typed {
  const currency = model.currency as Currency; // read back from what readModel made
  const range = (what: string, of: Range): [string, string][] =>
    ENDS.map((end) => [endField(what, end), amountText(of[end], currency)]);
  const percents = (what: string, of: Range): [string, string][] =>
    ENDS.map((end) => [endField(what, end), String(of[end])]);
  return Object.fromEntries([
    ['currency', model.currency],
    ...model.fares.flatMap((fare, row): [string, string][] => [
      [`fare_${row}_from`, fare.from],
      [`fare_${row}_source`, fare.source],
      ...range(`fare_${row}`, fare),
    ]),
    ...range('night', model.night),
    ['night_source', model.night.source],
    ['shared_by', String(model.night.sharedBy)],
    ...MEALS.flatMap((meal) => range(`meal_${meal}`, model.meals[meal])),
    ['meals_source', model.meals.source],
    ...range('other', model.other),
    ['other_source', model.other.source],
    ...percents('cap_used', model.capUsed),
    ...percents('estimate_used', model.estimateUsed),
    ['confidence', String(model.confidence)],
    ['seed', String(model.seed)],
  ]);
}
