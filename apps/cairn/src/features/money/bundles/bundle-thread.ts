import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, type Result } from '@cairn/kernel/result';
import type { PrintedBundle } from '@cairn/typeset/bundle';
import type { Bundle } from '@cairn/typeset/bundle-content';
import { runThread, threadFile } from '../../../platform/threads/run-thread.ts';

export interface BundleTask {
  readonly bundle: Omit<Bundle, 'date'>;
  /** Days cannot be cloned into a thread. */
  readonly date: string;
}
export interface BundleMessage {
  readonly printed: Result<PrintedBundle, Problem>;
}

const BUNDLE_THREAD = threadFile(new URL('./bundle-worker.ts', import.meta.url), 'bundle-worker');

/** A hundred photographs take half a minute; what takes longer than this is stuck. */
const MILLISECONDS = 180_000;

/** Bundles of this process, one after the other: each holds all photographs of somebody in memory, some of them unfolded. */
let last: Promise<unknown> = Promise.resolve();

/** Typesets a bundle in a thread, since photographs would hold up everybody else. */
export function typesetApart(bundle: Bundle): Promise<Result<PrintedBundle, Problem>> {
  const printed = last.then(() => typeset(bundle));
  last = printed.catch(() => undefined);
  return printed;
}

async function typeset({ date, ...bundle }: Bundle): Promise<Result<PrintedBundle, Problem>> {
  let told: BundleMessage['printed'] | undefined;
  const data: BundleTask = { bundle, date: date.toString() };
  await runThread<BundleMessage>(BUNDLE_THREAD, {
    data,
    milliseconds: MILLISECONDS,
    onMessage: ({ printed }) => {
      told = printed;
    },
  });
  const sentence = 'This bundle took too long to be typeset; try again, or claim in smaller parts.';
  return told ?? fail(problem('not-typeset', sentence));
}
