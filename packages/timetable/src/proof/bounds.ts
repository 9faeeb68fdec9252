import type { IndexedInstance, IndexedRule } from '../sessions/index-instance.ts';
import type { Values } from '../sessions/model.ts';
import { Assumed } from './assumed.ts';
import { type Bound, type Share, wholeAtLeast } from './bound.ts';
import { clashShares } from './clash-bound.ts';
import { countingShare } from './counting-bound.ts';
import { dayShare } from './day-bound.ts';
import { packPeople, peopleShares } from './people-bound.ts';
import { placeShare } from './place-bound.ts';
import { PlaceCosts } from './place-costs.ts';
import { cannotHold } from './refutation.ts';
import { type SlotBound, type SlotEffort, slotBound } from './slot-bound.ts';

export interface BoundsOptions {
  /**
   * What the levels may be at most: the bound of a level is about all timetables that are no worse
   * than this on each level before it. Left out, each bound is about every timetable.
   */
  readonly within?: Values;
  /** For the bound on what people get slot by slot; it is left out without. */
  readonly effort?: SlotEffort;
}

/**
 * What no timetable can go below, level by level.
 *
 * A level's value is the sum of what its rules cost, so bounds for separate sets of its rules add
 * up. Each bound takes for granted only rules of earlier levels that `within` leaves no room to
 * break: with the level's budget less what all others of its rules cost at least, one break, which
 * costs the rule's weight, is too much.
 */
export function boundsOf(indexed: IndexedInstance, options: BoundsOptions = {}): Bound[] {
  return levelBounds(indexed, options).map(({ bound }) => bound);
}

/** A bound with what it was made from, for a proof to go on with. */
export interface LevelBound {
  readonly bound: Bound;
  readonly assumed: Assumed;
  /** Where slots were priced. */
  readonly slots: SlotBound | undefined;
}

/** The same as `boundsOf` with what the bounds were made from. */
export function levelBounds(
  indexed: IndexedInstance,
  { within, effort }: BoundsOptions = {},
): LevelBound[] {
  const holding: IndexedRule[] = [];
  return Array.from({ length: indexed.levels }, (_, level) => {
    const rules = indexed.rules.filter((rule) => rule.level === level);
    const assumed = new Assumed(indexed, [...holding]);
    const isLiked = rules.some(({ kind }) => kind === 'interest');
    const slots = isLiked && effort ? slotBound(assumed, effort) : undefined;
    const { shares, best } = boundsOfLevel(assumed, rules, slots);
    const most = within?.[level] ?? Number.POSITIVE_INFINITY;
    holding.push(...unbreakable(rules, shares, most));
    const assumes = Array.from(
      { length: level },
      (_, before) => within?.[before] ?? Number.POSITIVE_INFINITY,
    );
    return { bound: { ...best, level, assumes }, assumed, slots };
  });
}

/** The rules of a level that cost too much to be broken even once. */
function unbreakable(
  rules: readonly IndexedRule[],
  shares: readonly Share[],
  most: number,
): IndexedRule[] {
  const all = shares.reduce((sum, { value }) => sum + value, 0);
  return rules.filter((rule) => {
    const own = shares.find((share) => share.rules.includes(rule))?.value ?? 0;
    return most - (all - own) < rule.weight;
  });
}

/** From each person's own packing, and for their sum from what the slots can give if that is less. */
function interestShares(
  assumed: Assumed,
  rules: readonly IndexedRule[],
  slots: SlotBound | undefined,
): Share[] {
  const packing = packPeople(assumed);
  const shares = peopleShares(assumed.indexed, packing, rules);
  if (slots === undefined) return shares;
  const all = packing.all.reduce((sum, each) => sum + each, 0);
  const lost = wholeAtLeast(all - slots.most);
  return shares.map((share) => {
    const [rule] = share.rules;
    if (rule?.kind !== 'interest' || lost * rule.weight <= share.value) return share;
    return {
      rules: share.rules,
      value: lost * rule.weight,
      source: 'slots',
      sentence: 'At the best prices for sessions no slot has more to give (Lagrangian relaxation).',
    };
  });
}

function boundsOfLevel(
  assumed: Assumed,
  rules: readonly IndexedRule[],
  slots: SlotBound | undefined,
): { shares: Share[]; best: Omit<Bound, 'level' | 'assumes'> } {
  const { indexed } = assumed;
  const shares = [
    placeShare(assumed, rules),
    ...clashShares(assumed, rules),
    dayShare(assumed, rules),
    ...rules.map((rule) => countingShare(assumed, rule)),
    ...(rules.some(({ kind }) => kind === 'interest' || kind === 'worst-off')
      ? interestShares(assumed, rules, slots)
      : []),
  ].filter((share) => share !== undefined);
  const sum = shares.reduce((total, { value }) => total + value, 0);
  const costly = shares.filter(({ value }) => value > 0);
  const strongest = costly.sort((one, other) => other.value - one.value)[0] ?? shares[0];
  const places = new PlaceCosts(indexed, rules);
  const either = clashShares(assumed, rules, (session) => places.nowhere(session));
  const leaving = Math.ceil(either.reduce((total, { value }) => total + value, 0) - 1e-6);
  if (leaving > sum) {
    const sentence = either
      .filter(({ value }) => value > 0)
      .map((share) => share.sentence)
      .join(' ');
    return { shares, best: { value: leaving, source: 'pigeonhole', sentence } };
  }
  if (
    sum === 0 &&
    rules.some(isAboutPlaces) &&
    cannotHold(indexed, [...assumed.holding, ...rules])
  ) {
    const least = Math.min(...rules.map(({ weight }) => weight));
    const sentence = 'Sessions want more slots or rooms together than there are for them.';
    return { shares, best: { value: least, source: 'pigeonhole', sentence } };
  }
  return {
    shares,
    best: {
      value: sum,
      source: strongest?.source ?? 'none',
      sentence:
        costly.length > 0
          ? costly.map((share) => share.sentence).join(' ')
          : (strongest?.sentence ?? 'Nothing is known of this level.'),
    },
  };
}

/** Whether a rule can take places away from sessions. */
const isAboutPlaces = ({ kind }: IndexedRule): boolean =>
  kind !== 'interest' && kind !== 'worst-off' && kind !== 'day-pattern';
