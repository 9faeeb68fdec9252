import type { Assumed } from './assumed.ts';
import { type SlotClass, slotClasses } from './slot-classes.ts';
import { PatternSearch } from './slot-patterns.ts';

/** How much work a bound may take; counted, so that it is the same on every machine. */
export interface SlotEffort {
  /** How often prices are changed at most. */
  readonly rounds: number;
  /** How many sets of sessions are looked at in a round at most. */
  readonly patterns: number;
}

export interface SlotBound {
  /** What all people can get together at most. */
  readonly most: number;
  readonly rounds: number;
  /** How many sets of sessions were looked at. */
  readonly patterns: number;
  /** The prices of the bound, by session. */
  readonly prices: Float64Array;
}

/**
 * Lagrangian relaxation of “each session runs as often as it is long”: at a price for each session,
 * every slot chooses its best set of sessions by itself. The prices of all sessions plus what the
 * slots make of them bound what any timetable gives to people, for every choice of prices:
 *
 *   Σ_t f_t(A_t) = Σ_s l_s·price_s + Σ_t (f_t(A_t) − price(A_t)) − Σ_s price_s·(l_s − #{t: s ∈ A_t}),
 *
 * whose last sum is 0 for sessions that run in full, and not negative for others if their price is
 * not. Prices are moved by a deflected subgradient with Polyak’s step (Held, Wolfe, Crowder 1974;
 * Camerini, Fratta, Maffioli 1975).
 */
export function slotBound(assumed: Assumed, effort: SlotEffort): SlotBound {
  const auction = new Auction(assumed, effort.patterns);
  let best = Number.POSITIVE_INFINITY;
  const prices = auction.prices.slice();
  let scale = 1;
  let since = 0;
  let round = 0;
  while (round < effort.rounds && scale > LEAST_SCALE) {
    round += 1;
    const { value, isCut } = auction.evaluate();
    since = value < best * (1 - NOTABLE) ? 0 : since + 1;
    // Where slots cannot be searched through, prices near what sessions are worth remain the best.
    if (isCut && round > GIVE_UP && value > best) break;
    if (value < best) {
      best = value;
      prices.set(auction.prices);
    }
    if (since >= PATIENCE) {
      since = 0;
      scale *= SHRINK;
    }
    auction.move(scale * Math.max(1, value - best * AIM));
  }
  return { most: best, rounds: round, patterns: auction.patterns, prices };
}

/** Steps aim at this part of the best bound so far: further than it gets, since they shrink. */
const AIM = 0.94;
/** After so many rounds without a notable gain steps shrink. */
const PATIENCE = 20;
const SHRINK = 0.75;
const NOTABLE = 1e-4;
const LEAST_SCALE = 0.002;
/** How much of the last direction is kept. */
const KEPT = 0.8;
const GIVE_UP = 3;

/** Prices for sessions, and what the slots make of them. */
class Auction {
  readonly #groups: readonly {
    readonly of: readonly SlotClass[];
    readonly search: PatternSearch;
  }[];
  readonly #limit: number;
  readonly #lengths: readonly number[];
  readonly #isFree: readonly boolean[];
  readonly prices: Float64Array;
  readonly #excess: Float64Array;
  readonly #direction: Float64Array;
  patterns = 0;

  constructor(assumed: Assumed, limit: number) {
    const { sessions } = assumed.indexed;
    this.#groups = byPeople(slotClasses(assumed)).map((of) => ({
      of,
      search: new PatternSearch(assumed, of),
    }));
    this.#limit = Math.ceil(limit / Math.max(1, this.#groups.length));
    this.#lengths = sessions.map(({ length }) => length);
    const isWhole = assumed.holds('runs-over');
    this.#isFree = sessions.map((_, session) => isWhole && assumed.isPlaced(session));
    this.prices = worthAlone(assumed);
    this.#excess = new Float64Array(sessions.length);
    this.#direction = new Float64Array(sessions.length);
  }

  /** What nobody can exceed, by the prices of now. */
  evaluate(): { value: number; isCut: boolean } {
    const excess = this.#excess;
    let value = 0;
    let isCut = false;
    for (const [session, length] of this.#lengths.entries()) {
      value += length * (this.prices[session] ?? 0);
      excess[session] = length;
    }
    for (const { of, search } of this.#groups) {
      for (const [at, pattern] of search.search(this.prices, this.#limit).entries()) {
        const count = of[at]?.slots.length ?? 0;
        value += count * pattern.atMost;
        isCut ||= pattern.isCut;
        for (const session of pattern.sessions) excess[session] = (excess[session] ?? 0) - count;
      }
      this.patterns += search.looked;
    }
    return { value, isCut };
  }

  /** One step downhill: the direction keeps a part of where it went before. */
  move(distance: number): void {
    const direction = this.#direction;
    let square = 0;
    for (let at = 0; at < direction.length; at++) {
      const now = KEPT * (direction[at] ?? 0) + (this.#excess[at] ?? 0);
      direction[at] = now;
      square += now * now;
    }
    if (square === 0) return;
    for (let at = 0; at < direction.length; at++) {
      const price = (this.prices[at] ?? 0) - (distance * (direction[at] ?? 0)) / square;
      this.prices[at] = this.#isFree[at] ? price : Math.max(0, price);
    }
  }
}

/** What each session is worth in a slot by itself. */
function worthAlone({ indexed }: Assumed): Float64Array {
  const worth = new Float64Array(indexed.sessions.length);
  for (const { interest } of indexed.people) {
    for (const [session, weight] of interest) worth[session] = (worth[session] ?? 0) + weight;
  }
  return worth;
}

/** Classes in groups that have the same people there. */
export function byPeople(classes: readonly SlotClass[]): SlotClass[][] {
  const groups = new Map<string, SlotClass[]>();
  for (const each of classes) {
    const key = each.isThere.join('');
    const same = groups.get(key);
    // Bits of a word tell classes apart; more of them are searched in several goes.
    if (same !== undefined && same.length < 30) same.push(each);
    else groups.set(same === undefined ? key : `${key} ${groups.size}`, [each]);
  }
  return [...groups.values()];
}
