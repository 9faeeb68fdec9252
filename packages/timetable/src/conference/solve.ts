import { boundOf, type ConferenceBound } from './bound.ts';
import { compileConference } from './compiled.ts';
import type { Conference, ConferenceSchedule } from './model.ts';
import { ConferenceSearch, type ConferenceValues } from './search.ts';

/** How far a search is. */
export interface ConferenceProgress {
  readonly iteration: number;
  /** Not there when the time decides. */
  readonly iterations?: number;
  readonly values: ConferenceValues;
}

export interface ConferenceSolveOptions {
  readonly seed: number;
  /** How many moves to try; left out, what `milliseconds` allow, or 5 million. */
  readonly iterations?: number;
  /** How long it may take; needs `now`. The answer says how many iterations that were. */
  readonly milliseconds?: number;
  /** A clock in milliseconds. */
  readonly now?: () => number;
  readonly isCancelled?: () => boolean;
  readonly onProgress?: (progress: ConferenceProgress) => void;
  /** Where to begin; nothing placed when left out. */
  readonly from?: ConferenceSchedule;
  /** Whether presenters twice at once are only weighed, as the library does; else they come first. */
  readonly isPresenterWeighed?: boolean;
  /** Lets others have a turn; by default a turn of the event loop. */
  readonly pause?: () => Promise<void>;
}

/** The best schedule that was found, and what is known of it. */
export interface SolvedConference {
  readonly schedule: ConferenceSchedule;
  readonly values: ConferenceValues;
  /** With the same seed, so many give the same schedule again. */
  readonly iterations: number;
  readonly seed: number;
  /** What no schedule can be under. */
  readonly bound: ConferenceBound;
  /** Whether it is proven that nothing better is possible. */
  readonly isOptimal: boolean;
  /** Each improvement that was seen: when, and what the best was worth. */
  readonly trace: readonly { readonly iteration: number; readonly values: ConferenceValues }[];
}

const STEPS = 10_000;
const DEFAULT_ITERATIONS = 5_000_000;

/** Searches a schedule; the best so far when it is cancelled. */
export async function solveConference(
  conference: Conference,
  options: ConferenceSolveOptions,
): Promise<SolvedConference> {
  const { seed, from, now, milliseconds, pause = nextTurn } = options;
  const isTimed = now !== undefined && milliseconds !== undefined;
  const iterations = options.iterations ?? (isTimed ? undefined : DEFAULT_ITERATIONS);
  const end = isTimed ? now() + milliseconds : Number.POSITIVE_INFINITY;
  const compiled = compileConference(conference);
  const bound = boundOf(compiled);
  const search = new ConferenceSearch(compiled, {
    seed,
    bound: bound.objective,
    isPresenterWeighed: options.isPresenterWeighed === true,
    ...(iterations === undefined ? {} : { iterations }),
    ...(from === undefined ? {} : { from }),
  });
  const trace = [{ iteration: 0, values: search.values }];
  const note = (): void => {
    if (search.values.join() === trace.at(-1)?.values.join()) return;
    trace.push({ iteration: search.iterations, values: search.values });
  };
  while (!search.run(STEPS)) {
    note();
    options.onProgress?.({
      iteration: search.iterations,
      ...(iterations === undefined ? {} : { iterations }),
      values: search.values,
    });
    if (options.isCancelled?.() === true || (isTimed && now() >= end)) break;
    await pause();
  }
  note();
  return {
    schedule: search.best,
    values: search.values,
    iterations: search.iterations,
    seed,
    bound,
    isOptimal: search.isAtBound,
    trace,
  };
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
