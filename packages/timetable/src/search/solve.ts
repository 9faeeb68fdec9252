import type { IndexedInstance } from '../sessions/index-instance.ts';
import { compareValues, type Timetable, type Values } from '../sessions/model.ts';
import { Search } from './search.ts';

export interface SolveOptions {
  readonly seed: number;
  /** How many moves to weigh; left out, what `milliseconds` allow, or 2 million. */
  readonly iterations?: number;
  /** How long it may take; needs `now`. The answer says how many iterations that were. */
  readonly milliseconds?: number;
  /** A clock in milliseconds. */
  readonly now?: () => number;
  readonly isCancelled?: () => boolean;
  readonly onProgress?: (progress: {
    iteration: number;
    iterations: number;
    values: Values;
  }) => void;
  /** Where to begin; nothing placed when left out. */
  readonly from?: Timetable;
  /** Sessions that stay where `from` has them. */
  readonly pinned?: ReadonlySet<number>;
  /** Lets others have a turn; by default a turn of the event loop. */
  readonly pause?: () => Promise<void>;
}

export interface Solved {
  readonly timetable: Timetable;
  readonly values: Values;
  /** With the same seed, so many give the same timetable again. */
  readonly iterations: number;
  readonly seed: number;
  /** Each improvement that was seen: when, and what the best was worth. */
  readonly trace: readonly { readonly iteration: number; readonly values: Values }[];
}

const STEPS = 20_000;
const DEFAULT_ITERATIONS = 2_000_000;

/** Searches a timetable; the best so far when it is cancelled. */
export async function solveTimetable(
  indexed: IndexedInstance,
  options: SolveOptions,
): Promise<Solved> {
  const { seed, from, pinned, pause = nextTurn } = options;
  const iterations = options.iterations ?? DEFAULT_ITERATIONS;
  const search = new Search(indexed, {
    seed,
    iterations,
    ...(from ? { from } : {}),
    ...(pinned ? { pinned } : {}),
  });
  const trace = [{ iteration: 0, values: search.values }];
  const end = options.now && options.milliseconds ? options.now() + options.milliseconds : Infinity;
  while (!search.run(STEPS)) {
    if (compareValues(search.values, trace.at(-1)?.values ?? []) < 0) {
      trace.push({ iteration: search.iterations, values: search.values });
    }
    options.onProgress?.({ iteration: search.iterations, iterations, values: search.values });
    if (options.isCancelled?.() === true || (options.now?.() ?? 0) > end) break;
    await pause();
  }
  if (compareValues(search.values, trace.at(-1)?.values ?? []) < 0) {
    trace.push({ iteration: search.iterations, values: search.values });
  }
  return {
    timetable: search.best,
    values: search.values,
    iterations: search.iterations,
    seed,
    trace,
  };
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
