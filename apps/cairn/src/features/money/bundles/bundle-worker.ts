import { parentPort, workerData } from 'node:worker_threads';
import { Temporal } from '@cairn/kernel/time';
import { typesetBundle } from '@cairn/typeset/bundle';
import type { BundleMessage, BundleTask } from './bundle-thread.ts';

// The code of a thread: one bundle is typeset, which takes as long as its photographs are many.

const { bundle, date } = workerData as BundleTask; // typesetApart sends this
parentPort?.postMessage({
  printed: typesetBundle({ ...bundle, date: Temporal.PlainDate.from(date) }),
} satisfies BundleMessage);
