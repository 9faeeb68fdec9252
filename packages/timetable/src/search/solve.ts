import type { IndexedInstance } from '../sessions/index-instance.ts';
import { compareValues, type Timetable, type Values } from '../sessions/model.ts';
import { Search } from './search.ts';

export interface SolveOptions {
  readonly seed: number;
  /** How many moves to weigh; left out, what `milliseconds` allow, else 2 million. */
  readonly iterations?: number;
  /** How long it may take, measured by `now`: how many moves that allows is found out by trying. */
  readonly milliseconds?: number;
  /** A clock in milliseconds. */
  readonly now?: () => number;
  /** To do again what was stopped: after so many of the moves that were planned. */
  readonly stopAfter?: number;
  readonly isCancelled?: () => boolean;
  readonly onProgress?: (progress: Progress) => void;
  /** Where to begin; nothing placed when left out. */
  readonly from?: Timetable;
  /** Sessions that stay where `from` has them. */
  readonly pinned?: ReadonlySet<number>;
  /** Lets others have a turn; by default a turn of the event loop. */
  readonly pause?: () => Promise<void>;
}

/** How far a search is: moves weighed of those planned (0: not planned yet), and the best so far. */
export interface Progress {
  readonly iteration: number;
  readonly iterations: number;
  readonly values: Values;
}

export interface Solved {
  readonly timetable: Timetable;
  readonly values: Values;
  /** How many moves were planned: with the same seed, so many give the same timetable again. */
  readonly iterations: number;
  /** How many of them were weighed: fewer where nothing was left to better, or where it was stopped. */
  readonly weighed: number;
  /** Whether it was not stopped. */
  readonly isWhole: boolean;
  readonly seed: number;
  /** Each improvement that was seen: when, and what the best was worth. */
  readonly trace: readonly { readonly iteration: number; readonly values: Values }[];
}

const DEFAULT_ITERATIONS = 2_000_000;
/** Moves between two looks at the clock, at first. */
const STEPS = 5000;
/** Milliseconds between two looks at the clock. */
const TURN = 25;
/** The part of the time in which sessions are placed before it is planned what to do if not all can be. */
const OPEN_SHARE = 0.4;
/** The part of the time that a trial takes at least. */
const TRIAL_SHARE = 0.03;
/** The part of what is left for which moves are planned: machines falter. */
const PLANNED_SHARE = 0.93;

/**
 * Searches a timetable: the best that was found when the moves are done, the time is over, or it is
 * cancelled. The same seed and number of moves give the same on every machine.
 */
export async function solveTimetable(
  indexed: IndexedInstance,
  options: SolveOptions,
): Promise<Solved> {
  const run = new Run(indexed, options);
  const { iterations, milliseconds, now } = options;
  if (iterations !== undefined || milliseconds === undefined || now === undefined) {
    return await run.finish(run.begin(iterations ?? DEFAULT_ITERATIONS));
  }
  return await run.finish(await run.planFor(milliseconds, now));
}

class Run {
  readonly #indexed: IndexedInstance;
  readonly #options: SolveOptions;
  readonly #trace: { iteration: number; values: Values }[] = [];
  #steps = STEPS;
  #end = Number.POSITIVE_INFINITY;

  constructor(indexed: IndexedInstance, options: SolveOptions) {
    this.#indexed = indexed;
    this.#options = options;
  }

  begin(iterations: number): Search {
    const { seed, from, pinned } = this.#options;
    return new Search(this.#indexed, {
      seed,
      iterations,
      ...(from ? { from } : {}),
      ...(pinned ? { pinned } : {}),
    });
  }

  /**
   * Does what does not depend on the number of moves, tries how quick the rest is by ever longer
   * trials of all of it, and plans as many as the time that is left allows.
   */
  async planFor(milliseconds: number, now: () => number): Promise<Search> {
    const began = now();
    this.#end = began + milliseconds;
    const open = this.begin(Number.MAX_SAFE_INTEGER);
    const isLate = () => now() - began > milliseconds * OPEN_SHARE || this.#isCancelled();
    while (!open.runOpen(this.#steps)) {
      this.#see(open, 0);
      if (isLate()) return open.replanned(this.#indexed, Math.max(1, 2 * open.iterations));
      await this.#turn();
    }
    this.#see(open, 0);
    const done = open.iterations;
    for (let moves = STEPS; ; moves *= 2) {
      const trial = open.replanned(this.#indexed, done + moves);
      const from = now();
      while (!trial.run(this.#steps)) {
        if (this.#isCancelled() || now() >= this.#end) return trial;
        await this.#turn();
      }
      const took = now() - from;
      if (took < milliseconds * TRIAL_SHARE && trial.iterations === done + moves) continue;
      const left = Math.max(0, this.#end - now()) * PLANNED_SHARE;
      const speed = (trial.iterations - done) / Math.max(took, 1);
      return open.replanned(this.#indexed, done + Math.max(moves, Math.floor(left * speed)));
    }
  }

  async finish(search: Search): Promise<Solved> {
    const { now, seed, stopAfter = Number.POSITIVE_INFINITY } = this.#options;
    const { planned } = search;
    let isWhole = true;
    for (let isDone = false; !isDone; ) {
      const from = now?.() ?? 0;
      isDone = search.run(Math.min(this.#steps, stopAfter - search.iterations));
      const took = (now?.() ?? TURN) - from;
      if (took < TURN / 2) this.#steps *= 2;
      if (took > TURN * 2 && this.#steps > 2) this.#steps = Math.ceil(this.#steps / 2);
      this.#see(search, planned);
      if (isDone) break;
      const isOver = search.iterations >= stopAfter || from + took >= this.#end;
      if (isOver || this.#isCancelled()) {
        isWhole = false;
        break;
      }
      await this.#turn();
    }
    return {
      timetable: search.best,
      values: search.values,
      iterations: planned,
      weighed: search.iterations,
      isWhole,
      seed,
      trace: this.#trace,
    };
  }

  #isCancelled(): boolean {
    return this.#options.isCancelled?.() === true;
  }

  #see({ iterations: iteration, values }: Search, iterations: number): void {
    const last = this.#trace.at(-1);
    if (last === undefined || compareValues(values, last.values) < 0) {
      this.#trace.push({ iteration, values });
    }
    this.#options.onProgress?.({ iteration, iterations, values });
  }

  #turn(): Promise<void> {
    return (this.#options.pause ?? nextTurn)();
  }
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
