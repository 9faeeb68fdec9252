import { loadHighs } from '@cairn/timetable/proof/load-highs';
import { proveTimetable } from '@cairn/timetable/proof/prove';
import type { IndexedInstance } from '@cairn/timetable/sessions/index-instance';
import { type TimedRun, timedSearch, timetableOf } from './timetable-search.ts';

/** What was found for a summit, and how much better it could be. */
export interface Judged {
  readonly run: TimedRun;
  /** Interest that people get, and at most can. */
  readonly value: number;
  readonly bound: number;
  readonly source: string;
  readonly proofSeconds: number;
}

/** Searches for so many seconds, and proves what was found. */
export async function judge(
  indexed: IndexedInstance,
  seed: number,
  seconds: number,
  threads: number,
): Promise<Judged> {
  const run = await timedSearch(indexed, { seed, seconds, threads });
  const begun = performance.now();
  const first = await proveTimetable(indexed, timetableOf(run), { highs: loadHighs });
  // An exact solver may find something better on its way.
  const proof =
    first.better === undefined
      ? first
      : await proveTimetable(indexed, first.better.timetable, { highs: loadHighs });
  const all = interestIn(indexed);
  const level = proof.levels[1];
  return {
    run,
    value: all - (level?.value ?? 0),
    bound: all - (level?.bound ?? 0),
    source: level?.source ?? 'none',
    proofSeconds: (performance.now() - begun) / 1000,
  };
}

/** All interest of all people, if they could be everywhere. */
export const interestIn = ({ people, sessions }: IndexedInstance): number =>
  people
    .flatMap(({ interest }) => [...interest])
    .reduce((sum, [session, weight]) => sum + weight * (sessions[session]?.length ?? 0), 0);

/** How much more nobody can get than the timetable gives, in per cent of that. */
export const gapOf = ({ value, bound }: Judged): number => (100 * (bound - value)) / value;
