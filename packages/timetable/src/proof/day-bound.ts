import { counted } from '@cairn/kernel/words';
import type { IndexedRule } from '../sessions/index-instance.ts';
import type { Assumed } from './assumed.ts';
import type { Share } from './bound.ts';

/** Longer days are taken as free of cost. */
const LONGEST_DAY = 12;

/**
 * What the wishes about people's days cost at least. Who must be in n slots, no two at a time, is
 * busy in n of those in which they may be. Each day has a least cost for each number of busy slots
 * (all subsets are tried), and the cheapest way to share n among the days is a small sum over days.
 */
export function dayShare(assumed: Assumed, rules: readonly IndexedRule[]): Share | undefined {
  const { indexed } = assumed;
  const own = rules.filter(({ kind }) => kind === 'day-pattern');
  const isCounted = assumed.holds('person-twice') && assumed.holds('runs-over') && own.length > 0;
  if (!isCounted) return undefined;
  const days = daysOf(indexed.dayOf);
  const known = new Map<string, readonly number[]>();
  const dayCosts = (day: readonly number[], away: ReadonlySet<number>) => {
    const shape = day.map((slot) => (away.has(slot) ? '0' : '1')).join('');
    const found = known.get(shape) ?? costsOfDay(shape, own);
    known.set(shape, found);
    return found;
  };
  let value = 0;
  let people = 0;
  for (const { bound, away } of indexed.people) {
    const busy = bound
      .filter((session) => assumed.isPlaced(session))
      .reduce((sum, session) => sum + (indexed.sessions[session]?.length ?? 0), 0);
    if (busy === 0) continue;
    const optional = bound.some((session) => !assumed.isPlaced(session));
    const closed = assumed.holds('person-away') ? away : new Set<number>();
    const cost = leastOver(
      days.map((day) => dayCosts(day, closed)),
      busy,
      optional,
    );
    if (cost > 0) people += 1;
    value += cost;
  }
  return {
    rules: own,
    value,
    source: 'days',
    sentence:
      people === 0
        ? 'Everybody’s days could be as they should be.'
        : `The days of ${counted(people, 'person', 'people')} are too full to be as they should be.`,
  };
}

function daysOf(dayOf: readonly number[]): number[][] {
  const days: number[][] = [];
  for (const [slot, day] of dayOf.entries()) {
    const slots = days[day] ?? [];
    slots.push(slot);
    days[day] = slots;
  }
  return days;
}

/** For each number of busy slots the least cost of a day, where `1` marks the slots to be had. */
function costsOfDay(shape: string, rules: readonly IndexedRule[]): readonly number[] {
  const length = shape.length;
  const open = [...shape].filter((each) => each === '1').length;
  const least = Array.from({ length: open + 1 }, () => Number.POSITIVE_INFINITY);
  if (length > LONGEST_DAY) return least.fill(0);
  for (let mask = 0; mask < 1 << length; mask++) {
    const isBusy = (at: number) => ((mask >>> at) & 1) === 1;
    let count = 0;
    let fits = true;
    let rows = 0;
    for (let at = 0; at < length; at++) {
      if (!isBusy(at)) continue;
      count += 1;
      if (shape[at] === '0') fits = false;
      if (at >= 2 && isBusy(at - 1) && isBusy(at - 2)) rows += 1;
    }
    if (!fits) continue;
    let cost = 0;
    for (const { rule, weight } of rules) {
      if (rule.kind !== 'day-pattern') continue;
      if (rule.pattern === 'last-slot') cost += weight * Number(isBusy(length - 1));
      if (rule.pattern === 'three-in-a-row') cost += weight * rows;
      if (rule.pattern === 'alone') cost += weight * Number(count === 1);
    }
    least[count] = Math.min(least[count] ?? cost, cost);
  }
  return least;
}

/** The least cost of being busy in so many slots (or in at least so many), over all days. */
function leastOver(days: readonly (readonly number[])[], busy: number, orMore: boolean): number {
  let best: number[] = [0];
  for (const costs of days) {
    const next: number[] = Array.from(
      { length: best.length + costs.length - 1 },
      () => Number.POSITIVE_INFINITY,
    );
    for (const [before, sum] of best.entries()) {
      for (const [count, cost] of costs.entries()) {
        next[before + count] = Math.min(next[before + count] ?? 0, sum + cost);
      }
    }
    best = next;
  }
  const counts = orMore ? best.slice(busy) : best.slice(busy, busy + 1);
  const least = Math.min(...counts);
  return Number.isFinite(least) ? least : 0;
}
