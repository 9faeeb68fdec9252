import { parentPort, workerData } from 'node:worker_threads';
import { indexInstance } from '../sessions/index-instance.ts';
import type { Instance, Timetable } from '../sessions/model.ts';
import { type Progress, type Solved, solveTimetable } from './solve.ts';

/** What a thread is given to do. */
export interface ThreadTask {
  readonly instance: Instance;
  readonly seed: number;
  readonly iterations?: number;
  readonly milliseconds?: number;
  readonly from?: Timetable;
  readonly pinned?: ReadonlySet<number>;
  /** Its first number becomes 1 when the thread should stop. */
  readonly stop: Int32Array;
}

export type ThreadMessage =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'solved'; readonly solved: Solved };

async function work({ instance, stop, ...options }: ThreadTask): Promise<void> {
  const indexed = indexInstance(instance);
  if (!indexed.ok) throw new Error('the instance was not checked before threads were started');
  const say = (message: ThreadMessage) => parentPort?.postMessage(message);
  let said = Number.NEGATIVE_INFINITY;
  const solved = await solveTimetable(indexed.value, {
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

const BETWEEN_PROGRESS = 100;

await work(workerData as ThreadTask);
