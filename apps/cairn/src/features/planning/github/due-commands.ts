import type { Instant } from '@cairn/kernel/time';
import { sql } from 'kysely';
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
  queueInTurn(tx, READ_JOB, summitId, waitSeconds);

/** The same for applying what GitHub sent. */
export const queueApplying = (tx: Tx, summitId: string, waitSeconds = 0): Promise<void> =>
  queueInTurn(tx, APPLY_JOB, summitId, waitSeconds);

/** Queues a job of a plan behind the one that runs: two would ask GitHub for the same twice. */
async function queueInTurn(
  tx: Tx,
  task: string,
  summitId: string,
  waitSeconds: number,
): Promise<void> {
  const key = `${task}:${summitId}`;
  await sql`
    select graphile_worker.add_job(${task}, payload := ${JSON.stringify({ summit: summitId })}::json,
      queue_name := ${key}, job_key := ${key}, max_attempts := 12,
      run_at := now() + make_interval(secs => ${waitSeconds}))`.execute(tx);
}

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
