import type { Instant } from '@cairn/kernel/time';
import { queueJob } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';

/** What can be asked of GitHub as a single thing. `labels` has no number of its own: 0. */
export type DueKind =
  | 'labels'
  | 'thread'
  | 'comment'
  | 'comments'
  | 'pull'
  | 'thread-reactions'
  | 'comment-reactions'
  | 'line-reactions';

/** The job that asks GitHub what is due, and what is new. */
export const READ_JOB = 'github-read';

/** The job that applies what GitHub sent. */
export const APPLY_JOB = 'github-apply';

/** Runs the reading of a plan's repository soon, one at a time however often it is asked for. */
export const queueReading = (tx: Tx, summitId: string, waitSeconds = 0): Promise<void> =>
  queueJob(tx, READ_JOB, { summit: summitId }, `${READ_JOB}:${summitId}`, waitSeconds);

export const queueApplying = (tx: Tx, summitId: string, waitSeconds = 0): Promise<void> =>
  queueJob(tx, APPLY_JOB, { summit: summitId }, `${APPLY_JOB}:${summitId}`, waitSeconds);

/** Notes that something is to be asked of GitHub as it is now; asked once. */
export async function askFor(
  tx: Tx,
  summitId: string,
  what: DueKind,
  remoteId: number,
  now: Instant,
): Promise<void> {
  const isNew = await tx
    .insertInto('githubDue')
    .values({ summitId, what, remoteId, askedAt: now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('what')
    .executeTakeFirst();
  if (isNew !== undefined) await queueReading(tx, summitId);
}
