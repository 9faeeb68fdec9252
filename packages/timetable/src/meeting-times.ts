import type { MeetingTimes, MeetingTimesProblem, MeetingValues } from './meeting-model.ts';
import { Search } from './meeting-search.ts';
import type { Unmeetable } from './meeting-wishes.ts';

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
