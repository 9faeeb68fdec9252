import { Worker } from 'node:worker_threads';
import { compareValues, type Instance, type Timetable } from '../sessions/model.ts';
import type { Progress, Solved } from './solve.ts';
import type { ThreadMessage, ThreadTask } from './worker.ts';

export interface ThreadsOptions {
  /** Of the first thread; each further one has the next number. */
  readonly seed: number;
  readonly threads: number;
  /** Of each thread. */
  readonly iterations?: number;
  readonly milliseconds?: number;
  readonly from?: Timetable;
  readonly pinned?: ReadonlySet<number>;
  readonly onProgress?: (progress: Progress & { readonly seed: number }) => void;
  /** Ends the search with the best so far. */
  readonly signal?: AbortSignal;
  /** Where `worker.ts` stands, for who has bundled it; beside this file when left out. */
  readonly worker?: URL;
}

/** The best of some threads, and what each has found, in the order of their seeds. */
export interface SolvedByThreads extends Solved {
  readonly threads: readonly Solved[];
}

/**
 * Searches with several threads of Node, each by a seed of its own, and takes the best; among equals
 * the one with the smallest seed, so that it does not matter which is done first. One thread with the
 * seed and the iterations of the answer gives the same. The instance is one that `indexInstance`
 * accepts.
 */
export async function solveInThreads(
  instance: Instance,
  { seed, threads, onProgress, signal, worker = WORKER, ...options }: ThreadsOptions,
): Promise<SolvedByThreads> {
  const stop = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const onAbort = () => Atomics.store(stop, 0, 1);
  if (signal?.aborted === true) onAbort();
  signal?.addEventListener('abort', onAbort);
  try {
    const solved = await Promise.all(
      Array.from({ length: Math.max(1, threads) }, (_, thread) =>
        solveInThread(worker, { ...options, instance, seed: seed + thread, stop }, onProgress),
      ),
    );
    const best = solved.reduce((one, other) =>
      compareValues(other.values, one.values) < 0 ? other : one,
    );
    return { ...best, threads: solved };
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
}

const WORKER = new URL('./worker.ts', import.meta.url);

function solveInThread(
  file: URL,
  task: ThreadTask,
  onProgress: ThreadsOptions['onProgress'],
): Promise<Solved> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(file, { workerData: task });
    worker.on('message', (message: ThreadMessage) => {
      if (message.kind === 'progress') onProgress?.({ ...message.progress, seed: task.seed });
      else resolve(message.solved);
    });
    worker.on('error', reject);
    worker.on('exit', () => reject(new Error('a thread ended without an answer')));
  });
}
