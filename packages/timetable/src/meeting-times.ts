import { type Random, seededRandom } from '@cairn/kernel/random';
import { type Bound, Branching } from './meeting-branching.ts';
import {
  type Columns,
  columnsOf,
  earliestTimes,
  gentleColumns,
  isEarlier,
} from './meeting-columns.ts';
import { Betterment, betterOf, type Chosen, chosenAt, firstTimes } from './meeting-first-times.ts';
import { compareTimes, type TimeValues, timeValuesOf } from './meeting-last-call.ts';
import {
  compareValues,
  equalLevels,
  LEVELS,
  type MeetingTimes,
  type MeetingTimesProblem,
  type MeetingValues,
  neededPeople,
} from './meeting-model.ts';
import { mostInterest, type Placed, placeTracks } from './meeting-placement.ts';
import { type Unmeetable, unmeetable } from './meeting-wishes.ts';

/**
 * Finds the times of n calls so that everybody makes at least k of them, and proves that nobody can
 * do better.
 *
 * - **What better means** is an ordered list (`LEVELS`): a later value decides only among equals.
 * - **Slots are columns.** A month of hours has a few hundred different ones at most; the search is
 *   over columns, with people as bits (`meeting-attendance.ts`).
 * - **First a good timetable,** by moving one call at a time, from many beginnings. It is the measure
 *   by which the proof leaves out nearly everything (`meeting-first-times.ts`).
 * - **Then the proof, in three parts.** That no more people can make k. That the one who suffers most
 *   cannot suffer less: here everybody refuses what is worse, so that far fewer columns are left.
 *   Then everything else, among those columns only.
 *
 * Deterministic: it counts columns, not seconds, so the same problem, seed and budget give the same
 * answer on every machine. The order of people does not matter.
 */
export function* searchMeetingTimes(
  problem: MeetingTimesProblem,
  options: SearchOptions,
): Generator<Progress, MeetingTimesResult> {
  return yield* new Search(problem, options).run();
}

/** The same search, run to its end. */
export function findMeetingTimes(
  problem: MeetingTimesProblem,
  options: SearchOptions,
): MeetingTimesResult {
  const search = searchMeetingTimes(problem, options);
  for (;;) {
    const { done, value } = search.next();
    if (done) return value;
  }
}

export interface SearchOptions {
  readonly seed: number;
  /** How many columns may be looked at; ten million take some seconds. */
  readonly budget: number;
}

export interface Progress {
  readonly iterations: number;
  /** Looking for a good timetable, or for a proof that it is the best (by the value it is about). */
  readonly phase: 'first times' | 'needed people' | 'enough' | 'worst pain' | 'everything';
  /** The best so far, its tracks placed. Whoever stops the search here has it. */
  readonly best: MeetingTimes;
}

export interface MeetingTimesResult {
  /** Absent when the calls cannot be in order with the gap between them: see `wishes`. */
  readonly best?: MeetingTimes;
  /** Nobody can do better, in any of the values. */
  readonly isOptimal: boolean;
  /** In how many of the first `LEVELS` nobody can do better. */
  readonly provenLevels: number;
  /** No timetable is better than this: what is not proven is between this and `best`. */
  readonly bound?: MeetingValues;
  readonly iterations: number;
  readonly wishes: readonly Unmeetable[];
}

/** So much work between two looks at the budget by the caller. */
const YIELD_EVERY = 20_000;
const BEGINNINGS = 12;

class Search {
  readonly #problem: MeetingTimesProblem;
  readonly #columns: Columns;
  readonly #random: Random;
  readonly #budget: number;
  #iterations = 0;
  #yielded = 0;
  #best!: Chosen;
  #placed: { readonly of: Chosen; readonly times: number[]; readonly placed: Placed } | undefined;
  #allPlacedBest = true;

  constructor(problem: MeetingTimesProblem, { seed, budget }: SearchOptions) {
    this.#problem = problem;
    this.#columns = columnsOf(problem);
    this.#random = seededRandom(seed);
    this.#budget = budget;
  }

  *run(): Generator<Progress, MeetingTimesResult> {
    const wishes = unmeetable(this.#columns);
    const first = firstTimes(this.#columns);
    if (first === undefined) {
      return { isOptimal: true, provenLevels: LEVELS.length, iterations: 0, wishes };
    }
    this.#best = first;
    yield* this.#firstTimes();
    const bound = yield* this.#prove();
    const best = this.#describe();
    return {
      best,
      isOptimal: compareValues(bound, best.values) === 0,
      provenLevels: equalLevels(bound, best.values),
      bound,
      iterations: this.#iterations,
      wishes,
    };
  }

  *#firstTimes(): Generator<Progress, void> {
    const betterment = new Betterment(this.#columns);
    const first = this.#best;
    for (let round = 0; round < BEGINNINGS && !this.#isOver(); round++) {
      const from = round === 0 ? first : betterment.elsewhere(first, this.#random);
      const before = betterment.iterations;
      this.#best = betterOf(this.#best, betterment.better(from));
      this.#iterations += betterment.iterations - before;
      yield* this.#progress('first times');
    }
  }

  /** Proves what it can and returns what nobody can better. */
  *#prove(): Generator<Progress, MeetingValues> {
    const best = (): TimeValues => this.#best.values;
    const interest = this.#mostInterest();
    const loosest = { ifNeedBe: 0, unplaced: 0, interest };
    const neededMissing = yield* this.#fewestMissing();
    if (neededMissing < best().neededMissing) {
      const { totalWeight: all, required } = this.#columns;
      const most = { enough: all, attended: all * required, worstPain: 0, painSquares: 0 };
      return { neededMissing, ...most, ...loosest };
    }
    const levels = { levels: 3, orEqual: false, provenLevels: 1 };
    const enough = yield* this.#branchOut(this.#columns, levels, 'enough');
    if (enough !== undefined) return { ...enough, worstPain: 0, painSquares: 0, ...loosest };
    const least = yield* this.#leastWorstPain();
    if (least < best().worstPain) {
      return { ...best(), worstPain: least, painSquares: 0, ...loosest };
    }
    const everything = { levels: 6, orEqual: true, provenLevels: 4 };
    const gentle = gentleColumns(this.#columns, best().worstPain);
    const rest = yield* this.#branchOut(gentle, everything, 'everything');
    if (rest !== undefined) return { ...best(), ...rest, ...loosest };
    const { values } = this.#describe();
    return this.#allPlacedBest ? values : { ...values, unplaced: 0, interest };
  }

  /**
   * How many of the needed people must miss at least: the same search among them alone, who are few,
   * so that their columns are few too. What it finds becomes the best.
   */
  *#fewestMissing(): Generator<Progress, number> {
    const { neededMissing } = this.#best.values;
    if (neededMissing === 0) return 0;
    const alone = columnsOf(onlyNeeded(this.#problem));
    const among = (times: readonly number[]): Chosen => chosenAt(alone, times);
    let best = among(this.#timesOf(this.#best));
    const branching = new Branching(alone, {
      ...{ levels: 3, orEqual: false, provenLevels: 0 },
      best: () => best.values,
      found: (chosen, values) => {
        best = { chosen, values };
      },
    });
    const isDone = yield* this.#run(branching, 'needed people', () => false);
    const times = earliestTimes(alone, best.chosen);
    if (times !== undefined) {
      const betterment = new Betterment(this.#columns);
      this.#best = betterOf(this.#best, betterment.better(chosenAt(this.#columns, times)));
      this.#iterations += betterment.iterations;
    }
    const most = isDone ? undefined : branching.bound();
    return most === undefined ? this.#best.values.neededMissing : alone.people - most.enough;
  }

  #timesOf({ chosen }: Chosen): number[] {
    const times = earliestTimes(this.#columns, chosen);
    if (times === undefined) throw new Error('no choice is taken that has no times');
    return times;
  }

  /**
   * Halves the room between what is known of the worst pain: at most what the best has, and more than
   * what was shown to be too little.
   */
  *#leastWorstPain(): Generator<Progress, number> {
    let least = 0;
    while (least < this.#best.values.worstPain) {
      const wanted = Math.floor((least + this.#best.values.worstPain - 1) / 2);
      const gentle = gentleColumns(this.#columns, wanted);
      // As if the best were no better than what is wanted: only what is as good may be found.
      const ideal = { ...this.#best.values, worstPain: wanted, painSquares: Number.MAX_VALUE };
      const found = yield* this.#reach(gentle, ideal);
      if (found === 'unknown') return least;
      if (found === 'no') least = wanted + 1;
    }
    return least;
  }

  /** Whether there is a timetable that is as good as this in the first four values. */
  *#reach(columns: Columns, wanted: TimeValues): Generator<Progress, 'yes' | 'no' | 'unknown'> {
    let reached: Chosen | undefined;
    const branching = new Branching(columns, {
      levels: 4,
      orEqual: true,
      provenLevels: 3,
      best: () => wanted,
      found: (chosen) => {
        reached ??= this.#inFull(chosen);
      },
    });
    const isDone = yield* this.#run(branching, 'worst pain', () => reached !== undefined);
    if (reached === undefined) return isDone ? 'no' : 'unknown';
    const betterment = new Betterment(this.#columns);
    this.#best = betterOf(this.#best, betterment.better(reached));
    this.#iterations += betterment.iterations;
    return 'yes';
  }

  /** Searches all columns; returns what might still be found if it was stopped before its end. */
  *#branchOut(
    columns: Columns,
    aim: { readonly levels: number; readonly orEqual: boolean; readonly provenLevels: number },
    phase: Progress['phase'],
  ): Generator<Progress, Bound | undefined> {
    const branching = new Branching(columns, {
      ...aim,
      best: () => this.#best.values,
      found: (chosen, values) => this.#offer({ chosen, values }),
    });
    const isDone = yield* this.#run(branching, phase, () => false);
    return isDone ? undefined : branching.bound();
  }

  /** Runs a search until it is done, what was wanted is there, or the budget is spent. */
  *#run(
    branching: Branching,
    phase: Progress['phase'],
    isEnough: () => boolean,
  ): Generator<Progress, boolean> {
    let counted = 0;
    while (!branching.isDone && !isEnough()) {
      if (this.#isOver()) return false;
      branching.step();
      this.#iterations += branching.iterations - counted;
      counted = branching.iterations;
      yield* this.#progress(phase);
    }
    return true;
  }

  /** Takes what a search found, if it is better than the best: by its times, its tracks, its earliness. */
  #offer(offered: Chosen): void {
    const chosen = this.#inFull(offered.chosen);
    const compared = compareTimes(chosen.values, this.#best.values);
    if (compared > 0) return;
    if (compared < 0) {
      this.#best = chosen;
      return;
    }
    const best = this.#place(this.#best);
    if (this.#interestBound(chosen) < best.placed.interest && best.placed.unplaced === 0) return;
    const other = this.#place(chosen);
    const better =
      other.placed.unplaced - best.placed.unplaced ||
      best.placed.interest - other.placed.interest ||
      (isEarlier(this.#columns, other.times, best.times) ? -1 : 1);
    if (better < 0) this.#best = chosen;
    else this.#placed = best;
  }

  /** The same choice by the columns as they are, where it was found with gentler ones. */
  #inFull(chosen: Chosen['chosen']): Chosen {
    const full = chosen.map((choice, call) => {
      const own = this.#columns.choices[call]?.find(({ column }) => column.id === choice.column.id);
      if (own === undefined) throw new Error('a choice from nowhere');
      return own;
    });
    return { chosen: full, values: timeValuesOf(this.#columns, full) };
  }

  #place(chosen: Chosen): { of: Chosen; times: number[]; placed: Placed } {
    if (this.#placed?.of === chosen) return this.#placed;
    const times = this.#timesOf(chosen);
    const placed = placeTracks(this.#problem, times);
    this.#iterations += placed.iterations;
    this.#allPlacedBest &&= placed.isOptimal;
    this.#placed = { of: chosen, times, placed };
    return this.#placed;
  }

  #describe(): MeetingTimes {
    const { times, placed } = this.#place(this.#best);
    const { placement, unplaced, interest } = placed;
    return { times, placement, values: { ...this.#best.values, unplaced, interest } };
  }

  #mostInterest(): number {
    const most = (slots: readonly number[]): number =>
      slots.reduce((max, slot) => Math.max(max, mostInterest(this.#problem, slot)), 0);
    if (this.#problem.tracks.length === 0) return 0;
    // One slot of each column: who can make it is the same for all of them.
    return this.#columns.choices
      .map((choices) => most(choices.map(({ slots }) => slots[0] ?? 0)))
      .reduce((sum, each) => sum + each, 0);
  }

  #interestBound({ chosen }: Chosen): number {
    return chosen.reduce((sum, { slots }) => sum + mostInterest(this.#problem, slots[0] ?? 0), 0);
  }

  #isOver(): boolean {
    return this.#iterations >= this.#budget;
  }

  *#progress(phase: Progress['phase']): Generator<Progress, void> {
    if (this.#iterations - this.#yielded < YIELD_EVERY) return;
    this.#yielded = this.#iterations;
    yield { iterations: this.#iterations, phase, best: this.#describe() };
  }
}

/** The same calls for the needed people alone, all of whom weigh the same. */
function onlyNeeded(problem: MeetingTimesProblem): MeetingTimesProblem {
  const needed = neededPeople(problem);
  const people = problem.people
    .filter((_, index) => needed.has(index))
    .map(({ id, can, pain }) => ({ id, can, pain, interest: [] }));
  return { ...problem, people, tracks: [] };
}
