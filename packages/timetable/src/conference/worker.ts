import { parentPort, workerData } from 'node:worker_threads';
import type { Conference } from './model.ts';
import {
  type ConferenceProgress,
  type ConferenceSolveOptions,
  type SolvedConference,
  solveConference,
} from './solve.ts';

/** What a thread is given to do. */
export interface ConferenceTask
  extends Pick<
    ConferenceSolveOptions,
    'seed' | 'iterations' | 'milliseconds' | 'from' | 'isPresenterWeighed'
  > {
  readonly conference: Conference;
  /** Its first number becomes 1 when the thread should stop. */
  readonly stop: Int32Array;
}

export type ConferenceMessage =
  | { readonly kind: 'progress'; readonly progress: ConferenceProgress }
  | { readonly kind: 'solved'; readonly solved: SolvedConference };

const BETWEEN_PROGRESS = 100;

async function work({ conference, stop, ...options }: ConferenceTask): Promise<void> {
  const say = (message: ConferenceMessage) => parentPort?.postMessage(message);
  let said = Number.NEGATIVE_INFINITY;
  const solved = await solveConference(conference, {
    ...options,
    now: () => performance.now(),
    isCancelled: () => Atomics.load(stop, 0) === 1,
    onProgress: (progress) => {
      if (performance.now() - said < BETWEEN_PROGRESS) return;
      said = performance.now();
      say({ kind: 'progress', progress });
    },
  });
  say({ kind: 'solved', solved });
}

await work(workerData as ConferenceTask);
