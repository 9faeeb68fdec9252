import { performance } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { counted } from '@cairn/kernel/words';
import { Search } from '@cairn/timetable/search/search';
import { type Progress, type Solved, solveTimetable } from '@cairn/timetable/search/solve';
import { solveInThreads, type ThreadsOptions } from '@cairn/timetable/search/threads';
import type { IndexedInstance } from '@cairn/timetable/sessions/index-instance';
import type { Timetable, Values } from '@cairn/timetable/sessions/model';
import { say } from './command.ts';
import { readCheckpoint, writeCheckpoint } from './timetable-checkpoint.ts';

/** How to search. */
export interface SearchWish {
  readonly seed: number | undefined;
  readonly iterations: number | undefined;
  readonly seconds: number | undefined;
  readonly threads: number | undefined;
  /** The file that keeps how far the search is. */
  readonly checkpoint: string | undefined;
  /** The file to go on from. */
  readonly resume: string | undefined;
  /** Where to begin; nothing placed if undefined. */
  readonly from: Timetable | undefined;
  /** The text of the instance, by which a checkpoint knows it again. */
  readonly text: string;
}

/** What a search found. */
export interface Searched {
  readonly timetable: Timetable;
  readonly seed: number;
  readonly iterations: number;
  readonly threads: number;
  /** Whether it was ended by Ctrl-C. */
  readonly isStopped: boolean;
}

const USUAL_ITERATIONS = 2_000_000;
const STEPS = 20_000;
const SAVE_EVERY = 10_000;
const SAY_EVERY = 2000;

/** Searches until the budget is spent or somebody presses Ctrl-C, telling how far it is. */
export async function searchTimetable(
  indexed: IndexedInstance,
  wish: SearchWish,
): Promise<Result<Searched, readonly Problem[]>> {
  const { threads = 1, checkpoint, resume } = wish;
  const isKept = checkpoint !== undefined || resume !== undefined;
  if (isKept && threads > 1) {
    const sentence = 'A checkpoint keeps one search; leave out --threads with it.';
    return fail([problem('usage', sentence)]);
  }
  return interruptible((isCancelled) =>
    isKept ? searchKept(indexed, wish, isCancelled) : searchOnce(indexed, wish, isCancelled),
  );
}

/** Runs something that asks now and then whether Ctrl-C was pressed. */
export async function interruptible<T>(
  run: (isCancelled: () => boolean) => Promise<T>,
): Promise<T> {
  let isCancelled = false;
  const stop = (): void => {
    isCancelled = true;
    say('Stopping: the best so far is the answer. Ctrl-C again ends at once, without it.');
  };
  process.once('SIGINT', stop);
  try {
    return await run(() => isCancelled);
  } finally {
    process.off('SIGINT', stop);
  }
}

/** Tells how far a search is, every two seconds; `of` so many iterations if that is known. */
export function progressTeller(): (
  iteration: number,
  of: number | undefined,
  values: Values,
) => void {
  let said = performance.now();
  return (iteration, of, values) => {
    if (performance.now() - said < SAY_EVERY) return;
    said = performance.now();
    const far =
      of === undefined
        ? counted(iteration, 'iteration')
        : `${Math.floor((100 * iteration) / of)} %`;
    say(`${far}: ${values.join(', ')}`);
  };
}

async function searchOnce(
  indexed: IndexedInstance,
  { seed = 1, iterations, seconds, threads = 1, from }: SearchWish,
  isCancelled: () => boolean,
): Promise<Result<Searched, readonly Problem[]>> {
  const tell = progressTeller();
  const budget = {
    seed,
    ...(iterations === undefined ? {} : { iterations }),
    ...(seconds === undefined ? {} : { milliseconds: seconds * 1000 }),
    ...(from === undefined ? {} : { from }),
    onProgress: (at: Progress) => tell(at.iteration, at.iterations || undefined, at.values),
  };
  const solved =
    threads === 1
      ? await solveTimetable(indexed, { ...budget, now: () => performance.now(), isCancelled })
      : await solveThreaded(indexed, { ...budget, threads }, isCancelled);
  return ok({ ...solved, threads, isStopped: !solved.isWhole });
}

async function solveThreaded(
  { instance }: IndexedInstance,
  options: ThreadsOptions,
  isCancelled: () => boolean,
): Promise<Solved> {
  return aborting(isCancelled, (signal) =>
    solveInThreads(instance, { ...options, ...bundledWorker('timetable-worker'), signal }),
  );
}

/** Where the bundle has the code of a thread; nothing where that stands beside its caller. */
export const bundledWorker = (name: string): { readonly worker?: URL } =>
  import.meta.url.endsWith('.ts') ? {} : { worker: new URL(`./${name}.js`, import.meta.url) };

/** Runs something that listens to a signal, with one that is given when somebody cancels. */
export async function aborting<T>(
  isCancelled: () => boolean,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const watch = setInterval(() => {
    if (isCancelled()) controller.abort();
  }, 50);
  try {
    return await run(controller.signal);
  } finally {
    clearInterval(watch);
  }
}

/** A search whose state is kept, so that it can go on another day as if it had never stopped. */
async function searchKept(
  indexed: IndexedInstance,
  { seed = 1, iterations = USUAL_ITERATIONS, seconds, checkpoint, resume, from, text }: SearchWish,
  isCancelled: () => boolean,
): Promise<Result<Searched, readonly Problem[]>> {
  const state = resume === undefined ? ok(undefined) : await readCheckpoint(resume, text);
  if (!state.ok) return fail([state.error]);
  const search =
    state.value === undefined
      ? new Search(indexed, { seed, iterations, ...(from === undefined ? {} : { from }) })
      : Search.resume(indexed, state.value);
  const save = async () =>
    checkpoint === undefined ? undefined : writeCheckpoint(checkpoint, search.checkpoint(), text);
  const unsaved = await save();
  if (unsaved !== undefined) return fail([unsaved]);
  const tell = progressTeller();
  const end = performance.now() + (seconds ?? Number.POSITIVE_INFINITY) * 1000;
  let saved = performance.now();
  const { planned, seed: used } = search.checkpoint();
  while (!search.run(STEPS) && !isCancelled() && performance.now() < end) {
    tell(search.iterations, planned, search.values);
    if (performance.now() - saved > SAVE_EVERY) {
      await save();
      saved = performance.now();
    }
    await setImmediate();
  }
  const lost = await save();
  if (lost !== undefined) say(lost.sentence);
  return ok({
    timetable: search.best,
    seed: used,
    iterations: search.iterations,
    threads: 1,
    isStopped: isCancelled(),
  });
}
