import type { Assumed } from './assumed.ts';
import { audienceOf } from './audience.ts';
import { Candidates } from './candidates.ts';
import { RoomFit } from './room-fit.ts';
import { exclusiveSets, type SlotClass } from './slot-classes.ts';

/** The best set of sessions for a slot, at prices for having them. */
export interface Pattern {
  readonly sessions: readonly number[];
  /** No set is worth more, less its prices. */
  readonly atMost: number;
  /** Whether not all sets were looked at, so that none may be worth as much. */
  readonly isCut: boolean;
}

/** A set of sessions for the slots of a class. */
export interface ClassPattern {
  /** Which of the classes. */
  readonly at: number;
  readonly sessions: readonly number[];
  /** What people get from it. */
  readonly worth: number;
}

const TOLERANCE = 1e-9;

/**
 * Finds, for slots before the same people, the set of sessions whose worth less their prices is the
 * greatest. A set is worth what people get from it: each their best session in it, or the one at
 * which they must be. What one more session adds never grows with the set, so those that add less
 * than their price are dropped for good, and the sum of what the best of each exclusive set would
 * add bounds what a set can still become. Branch and bound on that.
 */
export class PatternSearch {
  readonly #sets: Int32Array;
  readonly #excludes: Uint8Array;
  readonly #first: Int32Array;
  readonly #person: Int32Array;
  readonly #weight: Float64Array;
  readonly #isBound: Uint8Array;
  readonly #classes: readonly SlotClass[];
  readonly #got: Float64Array;
  readonly #isLocked: Uint8Array;
  readonly #seen: Int32Array;
  #stamp = 0;
  readonly #chosen: Int32Array;
  readonly #levels: Candidates[] = [];
  readonly #undoPerson: Int32Array;
  readonly #undoGot: Float64Array;
  readonly #undoLocked: Uint8Array;
  #undone = 0;
  #prices: Float64Array = new Float64Array(0);
  #best: Float64Array;
  readonly #bestSets: number[][];
  #nodes = 0;
  #limit = 0;
  readonly #rooms = new RoomFit();
  /** While all patterns above some floors are wanted. */
  #collected:
    | {
        readonly found: ClassPattern[];
        readonly floors: readonly number[];
        readonly slack: number;
        readonly most: number;
      }
    | undefined;

  /** All classes have the same people there. */
  constructor(assumed: Assumed, classes: readonly SlotClass[]) {
    const { indexed } = assumed;
    const sessions = indexed.sessions.length;
    this.#classes = classes;
    this.#sets = exclusiveSets(assumed);
    this.#seen = new Int32Array(sessions + 1);
    this.#excludes = new Uint8Array(sessions * sessions);
    for (let one = 0; one < sessions; one++) {
      for (let other = 0; other < sessions; other++) {
        this.#excludes[one * sessions + other] = Number(assumed.excludes(one, other));
      }
    }
    const isThere = classes[0]?.isThere ?? new Uint8Array(0);
    const audience = audienceOf(assumed, isThere);
    this.#first = audience.first;
    this.#person = audience.person;
    this.#weight = audience.weight;
    this.#isBound = audience.isBound;
    const entries = audience.person.length;
    this.#got = new Float64Array(indexed.people.length);
    this.#isLocked = new Uint8Array(indexed.people.length);
    this.#chosen = new Int32Array(sessions + 1);
    this.#undoPerson = new Int32Array(entries);
    this.#undoGot = new Float64Array(entries);
    this.#undoLocked = new Uint8Array(entries);
    this.#best = new Float64Array(classes.length);
    this.#bestSets = classes.map(() => []);
  }

  /** The best pattern of each class; looks at so many sets at most, and bounds the rest. */
  search(prices: Float64Array, limit: number): readonly Pattern[] {
    this.#prices = prices;
    this.#best = new Float64Array(this.#classes.length);
    const open = new Float64Array(this.#classes.length);
    for (const set of this.#bestSets) set.length = 0;
    this.#nodes = 0;
    this.#limit = limit;
    const root = this.#level(0);
    root.count = 0;
    let classes = 0;
    for (let at = 0; at < this.#classes.length; at++) classes |= 1 << at;
    for (let session = 0; session < this.#sets.length; session++) {
      if (!this.#classes.some(({ mayRun }) => mayRun[session] === 1)) continue;
      const added = this.#adds(session);
      if (added > this.#leastAdded()) root.push(session, added);
    }
    root.sort();
    this.#expand(0, 0, classes, open);
    return this.#classes.map((_, at) => ({
      sessions: this.#bestSets[at] ?? [],
      atMost: Math.max(this.#best[at] ?? 0, open[at] ?? 0),
      isCut: (open[at] ?? 0) > (this.#best[at] ?? 0),
    }));
  }

  /**
   * All patterns that are at most so much worse, less their prices, than the best of their class;
   * undefined if there are more than `most`, or more than `limit` would have to be looked at.
   */
  within(
    prices: Float64Array,
    slack: number,
    { limit, most }: { readonly limit: number; readonly most: number },
  ): ClassPattern[] | undefined {
    const best = this.search(prices, limit);
    if (best.some(({ isCut }) => isCut)) return undefined;
    const found: ClassPattern[] = [];
    this.#collected = { found, floors: best.map(({ atMost }) => atMost - slack), slack, most };
    for (const [at, { atMost }] of best.entries()) {
      if (atMost <= slack) found.push({ at, sessions: [], worth: 0 });
    }
    const again = this.search(prices, limit);
    this.#collected = undefined;
    return again.some(({ isCut }) => isCut) || this.#nodes >= limit ? undefined : found;
  }

  /** How many sets the last search looked at. */
  get looked(): number {
    return this.#nodes;
  }

  #level(depth: number): Candidates {
    const level = this.#levels[depth] ?? new Candidates(this.#sets.length);
    this.#levels[depth] = level;
    return level;
  }

  /** What a session would add to those chosen, less its price. */
  #adds(session: number): number {
    let sum = -(this.#prices[session] ?? 0);
    const until = this.#first[session + 1] ?? 0;
    for (let at = this.#first[session] ?? 0; at < until; at++) {
      const person = this.#person[at] ?? 0;
      if (this.#isLocked[person] === 1) continue;
      const more = (this.#weight[at] ?? 0) - (this.#got[person] ?? 0);
      if (more > 0 || this.#isBound[at] === 1) sum += more;
    }
    return sum;
  }

  #expand(depth: number, worth: number, classes: number, open: Float64Array): void {
    const level = this.#level(depth);
    const most = this.#mostIn(classes);
    for (let index = 0; index < level.count; index++) {
      const bound = worth + this.#couldAdd(level, index, most - depth);
      const left = this.#worthWhile(classes, bound);
      if (left === 0) return;
      const session = level.sessions[index] ?? 0;
      this.#chosen[depth] = session;
      const fitting = this.#fitting(left, depth + 1);
      if (fitting === 0) continue;
      if (this.#nodes >= this.#limit) {
        for (let at = 0; at < open.length; at++) {
          if ((fitting >>> at) & 1) open[at] = Math.max(open[at] ?? 0, bound);
        }
        continue;
      }
      this.#nodes += 1;
      const now = worth + (level.adds[index] ?? 0);
      this.#note(fitting, now, depth + 1);
      if (depth + 1 >= most) continue;
      const undone = this.#undone;
      this.#choose(session);
      this.#fill(depth, index, session);
      this.#expand(depth + 1, now, fitting, open);
      this.#undo(undone);
    }
  }

  /** What adds less than this is in no set that is looked for. */
  #leastAdded(): number {
    return this.#collected === undefined ? TOLERANCE : -this.#collected.slack - TOLERANCE;
  }

  /** The candidates of the next depth: those after this one that still add more than their price. */
  #fill(depth: number, index: number, session: number): void {
    const level = this.#level(depth);
    const next = this.#level(depth + 1);
    const row = session * this.#sets.length;
    next.count = 0;
    for (let later = index + 1; later < level.count; later++) {
      const other = level.sessions[later] ?? 0;
      if (this.#excludes[row + other] === 1) continue;
      const added = this.#adds(other);
      if (added > this.#leastAdded()) next.push(other, added);
    }
    next.sort();
  }

  /** At most what the candidate and those after it can add, so many in all and one of each set. */
  #couldAdd(level: Candidates, index: number, most: number): number {
    let left = most;
    let sum = 0;
    this.#stamp += 1;
    for (let at = index; at < level.count && left > 0; at++) {
      const set = this.#sets[level.sessions[at] ?? 0] ?? 0;
      if (this.#seen[set] === this.#stamp) continue;
      this.#seen[set] = this.#stamp;
      const added = level.adds[at] ?? 0;
      // The candidate itself comes in any case, what costs more than it brings need not.
      if (at > index && added <= 0) break;
      sum += added;
      left -= 1;
    }
    return sum;
  }

  #mostIn(classes: number): number {
    let most = 0;
    for (let at = 0; at < this.#classes.length; at++) {
      if ((classes >>> at) & 1) most = Math.max(most, this.#classes[at]?.most ?? 0);
    }
    return most;
  }

  #worthWhile(classes: number, bound: number): number {
    let left = 0;
    for (let at = 0; at < this.#best.length; at++) {
      const least = this.#collected?.floors[at];
      const isWorth =
        least === undefined ? bound > (this.#best[at] ?? 0) + TOLERANCE : bound > least - 1e-6;
      if ((classes >>> at) & 1 && isWorth) left |= 1 << at;
    }
    return left;
  }

  #note(classes: number, worth: number, count: number): void {
    for (let at = 0; at < this.#best.length; at++) {
      if (((classes >>> at) & 1) === 0) continue;
      if (worth > (this.#collected?.floors[at] ?? Number.POSITIVE_INFINITY) - 1e-6) {
        this.#collect(at, worth, count);
      }
      if (worth <= (this.#best[at] ?? 0)) continue;
      this.#best[at] = worth;
      const set = this.#bestSets[at];
      if (set === undefined) continue;
      set.length = 0;
      for (let chosen = 0; chosen < count; chosen++) set.push(this.#chosen[chosen] ?? 0);
    }
  }

  #collect(at: number, worth: number, count: number): void {
    if ((this.#collected?.found.length ?? 0) >= (this.#collected?.most ?? 0)) {
      this.#nodes = this.#limit;
      return;
    }
    const sessions = [...this.#chosen.subarray(0, count)];
    const prices = sessions.reduce((sum, each) => sum + (this.#prices[each] ?? 0), 0);
    this.#collected?.found.push({ at, sessions, worth: Math.round(worth + prices) });
  }

  /** Of some classes those in which the chosen may run, each in a room of its own. */
  #fitting(classes: number, count: number): number {
    let fitting = 0;
    const last = this.#chosen[count - 1] ?? 0;
    for (let at = 0; at < this.#classes.length; at++) {
      const each = this.#classes[at];
      if (each === undefined || ((classes >>> at) & 1) === 0 || count > each.most) continue;
      if (each.mayRun[last] === 1 && this.#rooms.fit(each.rooms, this.#chosen, count))
        fitting |= 1 << at;
    }
    return fitting;
  }

  #choose(session: number): void {
    const until = this.#first[session + 1] ?? 0;
    for (let at = this.#first[session] ?? 0; at < until; at++) {
      const person = this.#person[at] ?? 0;
      if (this.#isLocked[person] === 1) continue;
      const weight = this.#weight[at] ?? 0;
      const isBound = this.#isBound[at] ?? 0;
      if (isBound === 0 && weight <= (this.#got[person] ?? 0)) continue;
      this.#undoPerson[this.#undone] = person;
      this.#undoGot[this.#undone] = this.#got[person] ?? 0;
      this.#undoLocked[this.#undone] = this.#isLocked[person] ?? 0;
      this.#undone += 1;
      this.#got[person] = weight;
      this.#isLocked[person] = isBound;
    }
  }

  #undo(until: number): void {
    while (this.#undone > until) {
      this.#undone -= 1;
      const person = this.#undoPerson[this.#undone] ?? 0;
      this.#got[person] = this.#undoGot[this.#undone] ?? 0;
      this.#isLocked[person] = this.#undoLocked[this.#undone] ?? 0;
    }
  }
}
