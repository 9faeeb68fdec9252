import type { TracePoint } from '@cairn/timetable/drawing/descent';
import { solveInThreads } from '@cairn/timetable/search/threads';
import { checkTimetable } from '@cairn/timetable/sessions/checker';
import type { IndexedInstance } from '@cairn/timetable/sessions/index-instance';
import type { Timetable, Values } from '@cairn/timetable/sessions/model';

/** A search with a clock, and what came of it; plain data, so that it can be kept. */
export interface TimedRun {
  /** That of the best thread. */
  readonly seed: number;
  readonly values: Values;
  /** Of the best thread: one thread with its seed and as many finds the same. */
  readonly iterations: number;
  /** The moves that all threads weighed together. */
  readonly weighed: number;
  readonly seconds: number;
  /** When what must hold was seen to hold for the first time; null for never. */
  readonly feasibleAfter: number | null;
  /** At most some hundreds of points. */
  readonly trace: readonly TracePoint[];
  /** Whether the slow checker sees the same values. */
  readonly isChecked: boolean;
  readonly slot: readonly number[];
  readonly room: readonly number[];
}

interface Wanted {
  readonly seed: number;
  readonly seconds: number;
  readonly threads: number;
  /** Whether all has a place that must have one; level 0 is 0 when left out. */
  readonly isFeasible?: (values: Values) => boolean;
}

/** Searches for so many seconds; threads have seeds of their own, the first of the nth run being (n - 1) * threads + 1. */
export async function timedSearch(indexed: IndexedInstance, wanted: Wanted): Promise<TimedRun> {
  const { seed, seconds, threads, isFeasible = ([hard]) => hard === 0 } = wanted;
  const begun = performance.now();
  let feasibleAfter: number | null = null;
  const since = () => (performance.now() - begun) / 1000;
  const look = (values: Values) => {
    if (feasibleAfter === null && isFeasible(values)) feasibleAfter = since();
  };
  const found = await solveInThreads(indexed.instance, {
    seed: threads * (seed - 1) + 1,
    threads,
    milliseconds: seconds * 1000,
    onProgress: ({ values }) => look(values),
  });
  const took = since();
  look(found.values);
  const { values } = checkTimetable(indexed, found.timetable);
  return {
    seed: found.seed,
    values,
    iterations: found.iterations,
    weighed: found.threads.reduce((sum, each) => sum + each.weighed, 0),
    seconds: took,
    feasibleAfter,
    trace: thinned(found.trace),
    isChecked: values.every((value, level) => value === found.values[level]),
    slot: Array.from(found.timetable.slot),
    room: Array.from(found.timetable.room),
  };
}

const MOST_POINTS = 300;

/** The first, the last, and some between. */
function thinned(trace: readonly TracePoint[]): TracePoint[] {
  const every = Math.max(1, Math.ceil(trace.length / MOST_POINTS));
  return trace.filter((_, index) => index % every === 0 || index === trace.length - 1);
}

/** The timetable of a run. */
export const timetableOf = ({ slot, room }: TimedRun): Timetable => ({ slot, room });
