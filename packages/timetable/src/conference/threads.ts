import { Worker } from 'node:worker_threads';
import { compareValues } from '../sessions/model.ts';
import type { Conference } from './model.ts';
import type { ConferenceProgress, SolvedConference } from './solve.ts';
import type { ConferenceMessage, ConferenceTask } from './worker.ts';

export interface ConferenceThreadsOptions extends Omit<ConferenceTask, 'conference' | 'stop'> {
  /** How many; the first has the seed, each further one the next number. */
  readonly threads: number;
  readonly onProgress?: (progress: ConferenceProgress) => void;
  /** Ends the search with the best so far. */
  readonly signal?: AbortSignal;
  /** Where `worker.ts` stands, for who has bundled it; beside this file when left out. */
  readonly worker?: URL;
}

/**
 * Searches with several threads of Node, each by a seed of its own, and takes the best; among equals
 * the one with the smallest seed, so that it does not matter which is done first. One thread with the
 * seed and the iterations of the answer gives the same schedule.
 */
export async function solveConferenceInThreads(
  conference: Conference,
  { seed, threads, onProgress, signal, worker = WORKER, ...options }: ConferenceThreadsOptions,
): Promise<SolvedConference> {
  const stop = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const onAbort = () => Atomics.store(stop, 0, 1);
  if (signal?.aborted === true) onAbort();
  signal?.addEventListener('abort', onAbort);
  try {
    const solved = await Promise.all(
      Array.from({ length: Math.max(1, threads) }, (_, thread) =>
        solveInThread(worker, { ...options, conference, seed: seed + thread, stop }, onProgress),
      ),
    );
    const valued = ({ values: [faults, presenters, objective] }: SolvedConference) =>
      options.isPresenterWeighed === true ? [faults, objective] : [faults, presenters, objective];
    return solved.reduce((best, other) =>
      compareValues(valued(other), valued(best)) < 0 ? other : best,
    );
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
}

const WORKER = new URL('./worker.ts', import.meta.url);

function solveInThread(
  file: URL,
  task: ConferenceTask,
  onProgress: ConferenceThreadsOptions['onProgress'],
): Promise<SolvedConference> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(file, { workerData: task });
    worker.on('message', (message: ConferenceMessage) => {
      if (message.kind === 'progress') onProgress?.(message.progress);
      else resolve(message.solved);
    });
    worker.on('error', reject);
    worker.on('exit', () => reject(new Error('a thread ended without an answer')));
  });
}
