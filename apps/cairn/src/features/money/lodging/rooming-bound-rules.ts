import {
  type Levels,
  levelsFor,
  mayShare,
  missedWish,
  type Sleeper,
  type SleepRoom,
} from './rooming-rules.ts';

/** What no placing can go below. */
export interface Bound {
  readonly unplaced: number;
  readonly amiss: number;
}

/** How many branches are looked at in one knot of wishes before the simple bound is taken for it. */
const MOST_BRANCHES = 50_000;

/**
 * A bound on every placing: beds in the fullest night, and wishes that cannot all be kept. Where no room has more
 * than two beds and there is a night in which everybody who is part of a wish is there, each of them has one mate at
 * most: then the best pairing of wishes is counted out exactly, knot by knot.
 */
export function boundOf(sleepers: readonly Sleeper[], rooms: readonly SleepRoom[]): Bound {
  const levels = levelsFor(sleepers.length);
  const known = new Map(sleepers.map((each) => [each.id, each]));
  const beds = rooms.reduce((sum, room) => sum + room.beds, 0);
  const nights = new Set(sleepers.flatMap((each) => each.nights));
  const fullest = Math.max(
    0,
    ...[...nights].map((night) => sleepers.filter((each) => each.nights.includes(night)).length),
  );
  const put = sleepers.filter(({ kept }) => kept === null).length;
  const unplaced = Math.max(0, fullest - beds, put);
  const canShare = rooms.some((room) => room.beds > 1);
  const partners = new Map(
    sleepers.map((one) => [
      one.id,
      canShare
        ? sleepers.filter(
            (other) =>
              other.id !== one.id &&
              mayShare(one, other) &&
              one.nights.some((night) => other.nights.includes(night)) &&
              (one.with.includes(other.id) || other.with.includes(one.id)),
          )
        : [],
    ]),
  );
  const wishing = sleepers.filter(({ id }) => (partners.get(id) ?? []).length > 0);
  const isPaired =
    rooms.every((room) => room.beds <= 2) &&
    wishing.length > 0 &&
    wishing[0]?.nights.some((night) => wishing.every((each) => each.nights.includes(night))) ===
      true;
  const hopeless = sleepers
    .filter((one) => !(partners.get(one.id) ?? []).some(({ id }) => one.with.includes(id)))
    .reduce((sum, one) => sum + missedWish(one, known, levels), 0);
  const hopeful = isPaired
    ? knots(wishing, partners).reduce(
        (sum, knot) => sum + leastMissed(knot, partners, known, levels),
        0,
      )
    : 0;
  return { unplaced, amiss: hopeless + hopeful };
}

/** People who are joined by wishes, one after the other. */
function knots(
  wishing: readonly Sleeper[],
  partners: ReadonlyMap<string, readonly Sleeper[]>,
): readonly (readonly Sleeper[])[] {
  const seen = new Set<string>();
  return wishing.flatMap((first) => {
    if (seen.has(first.id)) return [];
    const knot = [first];
    seen.add(first.id);
    for (const each of knot) {
      for (const next of partners.get(each.id) ?? []) {
        if (seen.has(next.id)) continue;
        seen.add(next.id);
        knot.push(next);
      }
    }
    return [knot];
  });
}

/** The least that people of one knot miss in any pairing; nothing where it is too large to count out. */
function leastMissed(
  knot: readonly Sleeper[],
  partners: ReadonlyMap<string, readonly Sleeper[]>,
  known: ReadonlyMap<string, Sleeper>,
  levels: Levels,
): number {
  // Who wishes for nobody that they can have misses the same in every pairing, and is counted elsewhere.
  const canHope = (one: Sleeper): boolean =>
    (partners.get(one.id) ?? []).some(({ id }) => one.with.includes(id));
  const missed = new Map(
    knot.map((one) => [one.id, canHope(one) ? missedWish(one, known, levels) : 0]),
  );
  const missing = (one: Sleeper, mate?: Sleeper): number =>
    mate !== undefined && one.with.includes(mate.id) ? 0 : (missed.get(one.id) ?? 0);
  let best = knot.reduce((sum, one) => sum + missing(one), 0);
  let branches = 0;
  const visit = (open: readonly Sleeper[], sum: number): void => {
    if (sum >= best) return;
    const [one, ...others] = open;
    if (one === undefined) {
      best = sum;
      return;
    }
    branches += 1;
    if (branches > MOST_BRANCHES) return;
    for (const mate of partners.get(one.id) ?? []) {
      if (!others.includes(mate)) continue;
      visit(
        others.filter((each) => each !== mate),
        sum + missing(one, mate) + missing(mate, one),
      );
    }
    visit(others, sum + missing(one));
  };
  visit(knot, 0);
  return branches > MOST_BRANCHES ? 0 : best;
}
