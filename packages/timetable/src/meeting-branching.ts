import {
  type Attendance,
  addCall,
  noCalls,
  type Outlook,
  outlookOf,
  type Reserve,
  reserveOf,
  weightOfSet,
} from './meeting-attendance.ts';
import { type Choice, type Columns, earliestSlot } from './meeting-columns.ts';
import { LastCall, type TimeValues } from './meeting-last-call.ts';
import { leastCosts, painBound } from './meeting-pain-bound.ts';

/** What a search is after: what is better than the best known in the first so many values. */
export interface Aim {
  readonly levels: number;
  /** Also what is as good: something else than the times then decides. */
  readonly orEqual: boolean;
  /** How many of the best known's first values nobody can better. */
  readonly provenLevels: number;
  /** The best known, as it stands at the moment. */
  readonly best: () => TimeValues;
  /** Told of each timetable that is after the aim. */
  readonly found: (chosen: readonly Choice[], values: TimeValues) => void;
}

/** The first calls, chosen. */
interface Branch {
  readonly chosen: readonly Choice[];
  readonly attendance: Attendance;
  /** No later call may start before. */
  readonly from: number;
  /** What to try for the next call, the most promising first. */
  readonly next: Twig[];
  tried: number;
}

/** What a search may still find: no value is better than its own, level by level. */
export type Bound = Omit<TimeValues, 'ifNeedBe'>;

interface Twig extends Outlook {
  readonly choice: Choice;
  readonly from: number;
}

/**
 * Tries every choice of columns that can be better than the best known, one call after the other;
 * what cannot is left out by a bound. The most promising comes first, so that the rest of a branch
 * can be left out with the first that cannot.
 */
export class Branching {
  /** Columns looked at: the measure of work, the same on every machine. */
  iterations = 0;
  readonly #columns: Columns;
  readonly #aim: Aim;
  readonly #sizes: ReadonlyMap<number, number>;
  readonly #lastCall: LastCall;
  /** For each number of chosen calls, what the others can give. */
  readonly #reserves: readonly Reserve[];
  readonly #leastCosts: readonly Uint16Array[];
  readonly #scratch: Attendance;
  readonly #open: Branch[] = [];

  constructor(columns: Columns, aim: Aim) {
    this.#aim = aim;
    this.#sizes = sizesOf(columns);
    this.#scratch = noCalls(columns);
    this.#columns = this.#withoutHopeless(columns);
    this.#lastCall = new LastCall(this.#columns);
    const { choices } = this.#columns;
    this.#leastCosts = choices.map((each) => leastCosts(columns, each));
    this.#reserves = choices.map((_, chosen) =>
      reserveOf(columns, choices.slice(chosen), this.#sizes),
    );
    if (choices.every((each) => each.length > 0)) {
      this.#branch([], noCalls(columns), Number.NEGATIVE_INFINITY);
    }
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
    this.#branch([...branch.chosen, twig.choice], attendance, twig.from);
    return !this.isDone;
  }

  /** The best that what was not tried yet may come to; undefined when all was tried. */
  bound(): Bound | undefined {
    const best = this.#aim.best();
    const isPainProven = this.#aim.provenLevels >= 4;
    let most: Bound | undefined;
    for (const { chosen, next, tried } of this.#open) {
      for (const { choice, neededMissing, enough, attended } of next.slice(tried)) {
        let may: Bound = { neededMissing, enough, attended, worstPain: 0, painSquares: 0 };
        if (this.#isHopeless(may)) break;
        if (this.#aim.levels > 3) {
          const { worstPain, painSquares } = this.#painOf([...chosen, choice]);
          const worst = isPainProven ? Math.max(worstPain, best.worstPain) : worstPain;
          may = { ...may, worstPain: worst, painSquares };
        }
        if (compareBounds(may, best) > 0) continue;
        if (most === undefined || compareBounds(may, most) < 0) most = may;
      }
    }
    return most;
  }

  #branch(chosen: readonly Choice[], attendance: Attendance, from: number): void {
    const { choices, starts, gap } = this.#columns;
    if (chosen.length > 0 && this.#isTooPainful(chosen, attendance)) return;
    if (chosen.length >= choices.length - 1) {
      this.#last(chosen, attendance, from);
      return;
    }
    const reserve = this.#reserves[chosen.length + 1];
    if (reserve === undefined) throw new Error('a call after the last');
    const next: Twig[] = [];
    for (const choice of choices[chosen.length] ?? []) {
      this.iterations += 1;
      const slot = earliestSlot(choice, starts, from);
      if (slot === undefined) continue;
      addCall(this.#columns, attendance, choice.column.can, this.#scratch);
      const outlook = outlookOf(this.#columns, this.#scratch, reserve);
      if (this.#isHopeless(outlook)) continue;
      next.push({ choice, from: (starts[slot] ?? 0) + gap, ...outlook });
    }
    // Stable: the earlier one first among the equally promising.
    next.sort(compareOutlooks);
    this.#open.push({ chosen, attendance, from, next, tried: 0 });
  }

  #last(chosen: readonly Choice[], attendance: Attendance, from: number): void {
    const { choices, starts } = this.#columns;
    this.#lastCall.begin(chosen, attendance);
    for (const choice of choices[chosen.length] ?? []) {
      this.iterations += 1;
      const size = this.#sizes.get(choice.column.id) ?? 0;
      const values = this.#lastCall.judge(choice, size, this.#aim.best(), this.#aim);
      if (values === undefined || earliestSlot(choice, starts, from) === undefined) continue;
      this.#aim.found([...chosen, choice], values);
    }
  }

  /** Whether these values, at best, are not what the aim is after. */
  #isHopeless(outlook: Outlook): boolean {
    const compared = compareOutlooks(outlook, this.#aim.best());
    return compared > 0 || (compared === 0 && this.#aim.levels <= 3 && !this.#aim.orEqual);
  }

  #isTooPainful(chosen: readonly Choice[], attendance: Attendance): boolean {
    const { levels, orEqual } = this.#aim;
    if (levels <= 3) return false;
    const reserve = this.#reserves[chosen.length];
    const best = this.#aim.best();
    if (reserve === undefined) return false;
    // More people than the best has: then its pain is no measure.
    if (compareOutlooks(outlookOf(this.#columns, attendance, reserve), best) < 0) return false;
    const least = this.#painOf(chosen);
    const compared =
      least.worstPain - best.worstPain || (levels > 4 ? least.painSquares - best.painSquares : 0);
    return compared > 0 || (compared === 0 && levels <= 4 && !orEqual);
  }

  #painOf(chosen: readonly Choice[]): { readonly worstPain: number; readonly painSquares: number } {
    const columns = this.#columns;
    const everybody = this.#aim.best().enough === columns.totalWeight;
    return painBound(columns, chosen, this.#leastCosts.slice(chosen.length), everybody);
  }

  /**
   * Leaves out every column with which a call cannot be part of what the aim is after, whatever the
   * other calls become; and again, because less is left then.
   */
  #withoutHopeless(columns: Columns): Columns {
    const none = noCalls(columns);
    let left = columns.choices;
    for (let round = 0; round < 4; round++) {
      let dropped = 0;
      for (const [call, choices] of left.entries()) {
        const reserve = reserveOf(columns, left.toSpliced(call, 1), this.#sizes);
        const kept = choices.filter(({ column }) => {
          this.iterations += 1;
          addCall(columns, none, column.can, this.#scratch);
          return !this.#isHopeless(outlookOf(columns, this.#scratch, reserve));
        });
        dropped += choices.length - kept.length;
        left = left.with(call, kept);
      }
      if (dropped === 0) break;
    }
    return { ...columns, choices: left };
  }
}

/** The weight of the people of each column, by its id. */
export function sizesOf(columns: Columns): ReadonlyMap<number, number> {
  const sizes = new Map<number, number>();
  for (const { column } of columns.choices.flat()) {
    if (!sizes.has(column.id)) sizes.set(column.id, weightOfSet(columns, column.can));
  }
  return sizes;
}

/** Below 0 when the first can come to more. */
const compareOutlooks = (one: Outlook, other: Outlook): number =>
  one.neededMissing - other.neededMissing ||
  other.enough - one.enough ||
  other.attended - one.attended;

const compareBounds = (one: Bound, other: Bound): number =>
  compareOutlooks(one, other) ||
  one.worstPain - other.worstPain ||
  one.painSquares - other.painSquares;
