import {
  type Attendance,
  addCall,
  lackingOf,
  mostServed,
  noCalls,
  type Outlook,
  outlookOf,
} from './meeting-attendance.ts';
import { type Choice, type Columns, earliestSlot } from './meeting-columns.ts';
import { LastCall, type TimeValues, type Wanted } from './meeting-last-call.ts';
import { leastCosts, painBound } from './meeting-pain-bound.ts';
import {
  type Offer,
  type Pool,
  poolsOf,
  poolWith,
  type Reserve,
  reserveBeside,
} from './meeting-reserve.ts';

/** What a search is after. */
export interface Aim extends Wanted {
  /** The best known, as it stands at the moment. */
  readonly best: () => TimeValues;
  /** Told of each timetable that is after the aim. */
  readonly found: (chosen: readonly Choice[], values: TimeValues) => void;
}

/** The first calls, chosen. */
interface Branch {
  readonly chosen: readonly Choice[];
  readonly attendance: Attendance;
  /** What to try for the next call, the most promising first. */
  readonly next: readonly Twig[];
  /** What the calls after the next may take. */
  readonly rest: readonly Pool[];
  /** The least cost of each of these for everybody; only where pain is looked at. */
  readonly leastCosts: readonly Uint16Array[];
  tried: number;
}

interface Twig extends Outlook {
  readonly choice: Choice;
  /** The call after it starts here or later. */
  readonly from: number;
}

/** What a search may still find: no value is better than its own, level by level. */
export type Bound = Omit<TimeValues, 'ifNeedBe' | 'present'>;

/**
 * Tries every choice of columns that can be better than the best known, one call after the other;
 * what cannot is left out by a bound, for the next call and for all after it. The most promising
 * comes first, so that the rest of a branch can be left out with the first that cannot.
 */
export class Branching {
  /** Columns looked at: the measure of work, the same on every machine. */
  iterations = 0;
  readonly #columns: Columns;
  readonly #aim: Aim;
  readonly #lastCall: LastCall;
  readonly #open: Branch[] = [];

  constructor(columns: Columns, aim: Aim) {
    this.#columns = columns;
    this.#aim = aim;
    this.#lastCall = new LastCall(columns);
    const none = noCalls(columns);
    let pools: readonly Pool[] = poolsOf(columns, columns.choices, none);
    for (let round = 0; round < ROUNDS; round++) {
      const before = sizeOf(pools);
      pools = this.#narrow(pools, none, Number.NEGATIVE_INFINITY).pools;
      if (sizeOf(pools) === before) break;
    }
    this.#branch([], none, Number.NEGATIVE_INFINITY, pools, this.#leastCosts(pools));
  }

  get isDone(): boolean {
    return this.#open.length === 0;
  }

  /** Goes on by one branch; false when nothing is left to try. */
  step(): boolean {
    const branch = this.#open.at(-1);
    if (branch === undefined) return false;
    const twig = branch.next[branch.tried++];
    // Sorted: where one cannot be better, those after it cannot either.
    if (twig === undefined || this.#isHopeless(twig)) {
      this.#open.pop();
      return !this.isDone;
    }
    const attendance = noCalls(this.#columns);
    addCall(this.#columns, branch.attendance, twig.choice.column.can, attendance);
    const chosen = [...branch.chosen, twig.choice];
    this.#branch(chosen, attendance, twig.from, branch.rest, branch.leastCosts);
    return !this.isDone;
  }

  /** The best that what was not tried yet may come to; undefined when all was tried. */
  bound(): Bound | undefined {
    const best = this.#aim.best();
    const isPainProven = this.#aim.provenLevels >= 4;
    let most: Bound | undefined;
    for (const { chosen, next, tried, leastCosts: least } of this.#open) {
      for (const { choice, neededMissing, enough, attended } of next.slice(tried)) {
        let may: Bound = { neededMissing, enough, attended, worstPain: 0, painSquares: 0 };
        if (this.#isHopeless(may)) break;
        if (this.#aim.levels > 3) {
          const { worstPain, painSquares } = this.#painOf([...chosen, choice], least);
          const worst = isPainProven ? Math.max(worstPain, best.worstPain) : worstPain;
          may = { ...may, worstPain: worst, painSquares };
        }
        if (compareBounds(may, best) > 0) continue;
        if (most === undefined || compareBounds(may, most) < 0) most = may;
      }
    }
    return most;
  }

  #branch(
    chosen: readonly Choice[],
    attendance: Attendance,
    from: number,
    pools: readonly Pool[],
    least: readonly Uint16Array[],
  ): void {
    const [pool, ...more] = pools;
    if (pool === undefined) return;
    if (more.length === 0) {
      this.#last(chosen, attendance, from, pool);
      return;
    }
    if (chosen.length > 0 && this.#isTooPainful(chosen, least)) return;
    const choices = pools.map(({ offers }) => offers.map(({ choice }) => choice));
    const worth = poolsOf(this.#columns, choices, attendance);
    const { pools: narrowed, next } = this.#narrow(worth, attendance, from);
    if (narrowed.some(({ offers }) => offers.length === 0)) return;
    const rest = narrowed.slice(1);
    // Stable: the earlier one first among the equally promising.
    next.sort(compareOutlooks);
    this.#open.push({
      chosen,
      attendance,
      next,
      rest,
      leastCosts: this.#leastCosts(rest),
      tried: 0,
    });
  }

  /**
   * Leaves out every column with which its call cannot be part of what the aim is after, whatever
   * the other calls become: the last call first, because the others gain by what it loses.
   */
  #narrow(
    given: readonly Pool[],
    attendance: Attendance,
    from: number,
  ): { readonly pools: readonly Pool[]; readonly next: Twig[] } {
    const { starts, gap } = this.#columns;
    const lacking = lackingOf(this.#columns, attendance);
    const atLeast = this.#leastEnough();
    let pools = given;
    let next: Twig[] = [];
    for (let call = given.length - 1; call >= 0; call--) {
      const reserve = reserveBeside(this.#columns, pools, call);
      const kept: Offer[] = [];
      next = [];
      for (const offer of pools[call]?.offers ?? []) {
        this.iterations += 1;
        const { choice, useful } = offer;
        // Cheap, and rougher than the outlook.
        if (mostServed(lacking, useful + reserve.weight) < atLeast) continue;
        const slot = earliestSlot(choice, starts, from + call * gap);
        if (slot === undefined) continue;
        const outlook = this.#outlook(attendance, choice, reserve, atLeast);
        if (outlook === undefined || this.#isHopeless(outlook)) continue;
        kept.push(offer);
        next.push({ choice, from: (starts[slot] ?? 0) + gap, ...outlook });
      }
      pools = pools.with(call, poolWith(this.#columns, kept));
    }
    return { pools, next };
  }

  /** How many must make enough for anything to be what the aim is after. */
  #leastEnough(): number {
    const best = this.#aim.best();
    const canBetterFirst = this.#aim.provenLevels === 0 && best.neededMissing > 0;
    return canBetterFirst ? 0 : best.enough;
  }

  #outlook(
    attendance: Attendance,
    { column }: Choice,
    reserve: Reserve,
    atLeast: number,
  ): Outlook | undefined {
    const { provenLevels } = this.#aim;
    const outlook = outlookOf(this.#columns, attendance, column.can, reserve, atLeast);
    if (outlook === undefined) return undefined;
    const { neededMissing, enough, attended } = outlook;
    if (provenLevels === 0) return outlook;
    // What nobody can better, this cannot either.
    const best = this.#aim.best();
    return {
      neededMissing: Math.max(neededMissing, best.neededMissing),
      enough: provenLevels >= 2 ? Math.min(enough, best.enough) : enough,
      attended: provenLevels >= 3 ? Math.min(attended, best.attended) : attended,
    };
  }

  #last(chosen: readonly Choice[], attendance: Attendance, from: number, pool: Pool): void {
    const { starts } = this.#columns;
    this.#lastCall.begin(chosen, attendance);
    for (const { choice, useful } of pool.offers) {
      this.iterations += 1;
      const values = this.#lastCall.judge(choice, useful, this.#aim.best(), this.#aim);
      if (values === undefined || earliestSlot(choice, starts, from) === undefined) continue;
      this.#aim.found([...chosen, choice], values);
    }
  }

  /** Whether these values, at best, are not what the aim is after. */
  #isHopeless(outlook: Outlook): boolean {
    const compared = compareOutlooks(outlook, this.#aim.best());
    return compared > 0 || (compared === 0 && this.#aim.levels <= 3 && !this.#aim.orEqual);
  }

  /** Only asked where nobody can better the first three values, so that pain decides. */
  #isTooPainful(chosen: readonly Choice[], least: readonly Uint16Array[]): boolean {
    const { levels, orEqual } = this.#aim;
    if (levels <= 3) return false;
    const best = this.#aim.best();
    const { worstPain, painSquares } = this.#painOf(chosen, least);
    const compared =
      worstPain - best.worstPain || (levels > 4 ? painSquares - best.painSquares : 0);
    return compared > 0 || (compared === 0 && levels <= 4 && !orEqual);
  }

  #painOf(
    chosen: readonly Choice[],
    least: readonly Uint16Array[],
  ): { readonly worstPain: number; readonly painSquares: number } {
    const everybody = this.#aim.best().enough === this.#columns.totalWeight;
    return painBound(this.#columns, chosen, least, everybody);
  }

  #leastCosts(pools: readonly Pool[]): readonly Uint16Array[] {
    return this.#aim.levels > 3 ? pools.map((pool) => leastCosts(this.#columns, pool)) : [];
  }
}

/** How often all calls are narrowed before the search begins; each time less is left. */
const ROUNDS = 5;

const sizeOf = (pools: readonly Pool[]): number =>
  pools.reduce((sum, { offers }) => sum + offers.length, 0);

/** Below 0 when the first can come to more. */
const compareOutlooks = (one: Outlook, other: Outlook): number =>
  one.neededMissing - other.neededMissing ||
  other.enough - one.enough ||
  other.attended - one.attended;

const compareBounds = (one: Bound, other: Bound): number =>
  compareOutlooks(one, other) ||
  one.worstPain - other.worstPain ||
  one.painSquares - other.painSquares;
