import { type Random, seededRandom } from '@cairn/kernel/random';
import { attendanceOf } from './meeting-attendance.ts';
import { type Bound, Branching } from './meeting-branching.ts';
import { type Columns, columnsOf, earliestTimes, gentleColumns } from './meeting-columns.ts';
import { countChoices, Enumeration } from './meeting-enumeration.ts';
import { Betterment, type Chosen, chosenAt, firstTimes } from './meeting-first-times.ts';
import { Incumbent } from './meeting-incumbent.ts';
import { LastCall, type TimeValues, type Wanted } from './meeting-last-call.ts';
import {
  compareValues,
  equalLevels,
  LEVELS,
  type MeetingTimesProblem,
  type MeetingValues,
  neededPeople,
} from './meeting-model.ts';
import type { MeetingTimesResult, Progress, SearchOptions } from './meeting-times.ts';
import { unmeetable } from './meeting-wishes.ts';

/** So much work between two looks at the budget by the caller. */
const YIELD_EVERY = 20_000;
/** From so many timetables the first good one is sought. */
const BEGINNINGS = 12;
/** After so much work on a proof, another beginning: where proofs are far, it finds more than they do. */
const BEGIN_AGAIN_EVERY = 500_000;

/** The search of `searchMeetingTimes`: what it did so far. */
export class Search {
  readonly #problem: MeetingTimesProblem;
  readonly #columns: Columns;
  readonly #betterment: Betterment;
  readonly #random: Random;
  readonly #budget: number;
  /** Columns looked at by searches that are over. */
  #spent = 0;
  #yielded = 0;
  #begunAgain = 0;

  constructor(problem: MeetingTimesProblem, { seed, budget }: SearchOptions) {
    this.#problem = problem;
    this.#columns = columnsOf(problem);
    this.#betterment = new Betterment(this.#columns);
    this.#random = seededRandom(seed);
    this.#budget = budget;
  }

  *run(): Generator<Progress, MeetingTimesResult> {
    const wishes = unmeetable(this.#columns);
    const first = firstTimes(this.#columns);
    if (first === undefined) {
      return { isOptimal: true, provenLevels: LEVELS.length, iterations: 0, wishes };
    }
    const incumbent = new Incumbent(this.#problem, this.#columns, first);
    yield* this.#firstTimes(incumbent);
    const bound = yield* this.#prove(incumbent);
    const best = incumbent.describe();
    return {
      best,
      isOptimal: compareValues(bound, best.values) === 0,
      provenLevels: equalLevels(bound, best.values),
      bound,
      iterations: this.#iterations(incumbent),
      wishes,
    };
  }

  *#firstTimes(incumbent: Incumbent): Generator<Progress, void> {
    yield* this.#better(incumbent.best, 'first times', incumbent);
    // Where every choice is looked at, one good timetable is measure enough.
    const beginnings = this.#isSmall(incumbent) ? 1 : BEGINNINGS;
    for (let round = 1; round < beginnings && !this.#isOver(incumbent); round++) {
      yield* this.#beginAgain('first times', incumbent);
    }
  }

  *#beginAgain(phase: Progress['phase'], incumbent: Incumbent): Generator<Progress, void> {
    const from = this.#betterment.elsewhere(incumbent.best, this.#random);
    yield* this.#better(from, phase, incumbent);
  }

  /** Betters a timetable by single moves, and takes what becomes of it. */
  *#better(
    from: Chosen,
    phase: Progress['phase'],
    incumbent: Incumbent,
  ): Generator<Progress, void> {
    const moves = this.#betterment.better(from);
    for (;;) {
      const { done, value } = moves.next();
      if (done) return incumbent.take(value);
      yield* this.#progress(phase, incumbent);
    }
  }

  /** Proves what it can and returns what nobody can better. */
  *#prove(incumbent: Incumbent): Generator<Progress, MeetingValues> {
    const interest = incumbent.mostInterest();
    if (this.#isSmall(incumbent)) {
      yield* this.#enumerate(incumbent);
      return this.#placedBest(incumbent, interest);
    }
    const present = this.#columns.totalWeight * this.#columns.choices.length;
    const loosest = { painSquares: 0, ifNeedBe: 0, present, unplaced: 0, interest };
    const neededMissing = yield* this.#fewestMissing(incumbent);
    if (neededMissing < incumbent.values.neededMissing) {
      const { totalWeight: enough, required } = this.#columns;
      return { ...loosest, neededMissing, enough, attended: enough * required, worstPain: 0 };
    }
    const served = { levels: 3, orEqual: false, provenLevels: 1 };
    const more = yield* this.#branchOut(this.#columns, served, 'enough', incumbent);
    if (more !== undefined) return { ...loosest, ...more, worstPain: 0, painSquares: 0 };
    const worstPain = yield* this.#leastWorstPain(incumbent);
    if (worstPain < incumbent.values.worstPain) {
      return { ...incumbent.values, ...loosest, worstPain };
    }
    const everything = { levels: 6, orEqual: true, provenLevels: 4 };
    const gentle = gentleColumns(this.#columns, incumbent.values.worstPain);
    const rest = yield* this.#branchOut(gentle, everything, 'everything', incumbent);
    if (rest !== undefined) return { ...incumbent.values, ...loosest, ...rest };
    return this.#placedBest(incumbent, interest);
  }

  /** What nobody can better where the times are proven. */
  #placedBest(incumbent: Incumbent, interest: number): MeetingValues {
    const { values } = incumbent.describe();
    return incumbent.arePlacedBest ? values : { ...values, unplaced: 0, interest };
  }

  /** Whether every choice of columns can be looked at, and the budget allows it. */
  #isSmall(incumbent: Incumbent): boolean {
    const choices = countChoices(this.#columns);
    return choices !== undefined && this.#iterations(incumbent) + 2 * choices <= this.#budget;
  }

  /** Looks at every choice of columns; offers all that serve people best, which are few. */
  *#enumerate(incumbent: Incumbent): Generator<Progress, void> {
    const enumeration = new Enumeration(this.#columns, incumbent.values);
    for (let before = 0; enumeration.step(); before = enumeration.iterations) {
      this.#spent += enumeration.iterations - before;
      yield* this.#progress('enough', incumbent);
    }
    const lastCall = new LastCall(this.#columns);
    // The best so far may serve people worse than those that were kept: nothing of it is proven.
    const aim = { levels: 6, orEqual: true, provenLevels: 0 };
    for (const [one, two, three] of enumeration.kept) {
      this.#spent += 1;
      lastCall.begin([one, two], attendanceOf(this.#columns, [one, two]));
      const values = lastCall.judge(three, Number.POSITIVE_INFINITY, incumbent.values, aim);
      if (values !== undefined) incumbent.offer([one, two, three]);
      yield* this.#progress('everything', incumbent);
    }
  }

  /**
   * How many of the needed people must miss at least: the same search among them alone, who are few,
   * so that their columns are few too. What it finds becomes the best.
   */
  *#fewestMissing(incumbent: Incumbent): Generator<Progress, number> {
    if (incumbent.values.neededMissing === 0) return 0;
    const alone = columnsOf(onlyNeeded(this.#problem));
    let best: Chosen = chosenAt(alone, incumbent.times);
    const branching = new Branching(alone, {
      ...{ levels: 3, orEqual: false, provenLevels: 0 },
      best: () => best.values,
      found: (chosen, values) => {
        best = { chosen, values };
      },
    });
    const isDone = yield* this.#run(branching, 'needed people', incumbent, () => false);
    const times = earliestTimes(alone, best.chosen);
    if (times !== undefined) {
      yield* this.#better(chosenAt(this.#columns, times), 'needed people', incumbent);
    }
    const most = isDone ? undefined : branching.bound();
    return most === undefined ? incumbent.values.neededMissing : alone.people - most.enough;
  }

  /**
   * Halves the room between what is known of the worst pain: at most what the best has, and more than
   * what was shown to be too little.
   */
  *#leastWorstPain(incumbent: Incumbent): Generator<Progress, number> {
    let least = 0;
    while (least < incumbent.values.worstPain) {
      const wanted = Math.floor((least + incumbent.values.worstPain - 1) / 2);
      const found = yield* this.#reach(wanted, incumbent);
      if (found === 'unknown') return least;
      if (found === 'no') least = wanted + 1;
    }
    return least;
  }

  /** Whether there is a timetable as good as the best that hurts nobody more than this. */
  *#reach(worstPain: number, incumbent: Incumbent): Generator<Progress, 'yes' | 'no' | 'unknown'> {
    // As if the best were no better than what is wanted: only what is as good may be found.
    const ideal: TimeValues = { ...incumbent.values, worstPain, painSquares: Number.MAX_VALUE };
    let reached: Chosen | undefined;
    const branching = new Branching(gentleColumns(this.#columns, worstPain), {
      ...{ levels: 4, orEqual: true, provenLevels: 3 },
      best: () => ideal,
      found: (chosen) => {
        reached ??= incumbent.inFull(chosen);
      },
    });
    const isDone = yield* this.#run(
      branching,
      'worst pain',
      incumbent,
      () => reached !== undefined,
    );
    if (reached === undefined) return isDone ? 'no' : 'unknown';
    yield* this.#better(reached, 'worst pain', incumbent);
    return 'yes';
  }

  /** Searches all columns; returns what might still be found if it was stopped before its end. */
  *#branchOut(
    columns: Columns,
    wanted: Wanted,
    phase: Progress['phase'],
    incumbent: Incumbent,
  ): Generator<Progress, Bound | undefined> {
    const branching = new Branching(columns, {
      ...wanted,
      best: () => incumbent.values,
      found: (chosen) => incumbent.offer(chosen),
    });
    const isDone = yield* this.#run(branching, phase, incumbent, () => false);
    return isDone ? undefined : branching.bound();
  }

  /** Runs a search until it is done, what was wanted is there, or the budget is spent. */
  *#run(
    branching: Branching,
    phase: Progress['phase'],
    incumbent: Incumbent,
    isEnough: () => boolean,
  ): Generator<Progress, boolean> {
    // What it took to narrow the columns before the first step.
    this.#spent += branching.iterations;
    while (!branching.isDone && !isEnough()) {
      if (this.#isOver(incumbent)) return false;
      if (this.#spent - this.#begunAgain > BEGIN_AGAIN_EVERY) {
        this.#begunAgain = this.#spent;
        yield* this.#beginAgain(phase, incumbent);
      }
      const before = branching.iterations;
      branching.step();
      this.#spent += branching.iterations - before;
      yield* this.#progress(phase, incumbent);
    }
    return true;
  }

  #iterations(incumbent: Incumbent): number {
    return this.#spent + this.#betterment.iterations + incumbent.iterations;
  }

  #isOver(incumbent: Incumbent): boolean {
    return this.#iterations(incumbent) >= this.#budget;
  }

  *#progress(phase: Progress['phase'], incumbent: Incumbent): Generator<Progress, void> {
    if (this.#iterations(incumbent) - this.#yielded < YIELD_EVERY) return;
    const best = incumbent.describe();
    const iterations = this.#iterations(incumbent);
    this.#yielded = iterations;
    yield { iterations, phase, best };
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
