import type { Instant } from '@cairn/kernel/time';
import { sql } from 'kysely';
import { queueJob } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { DUE_RANKS, type Due } from './due-rules.ts';

/** The job that tells GitHub what is due of one plan. */
export const SEND_JOB = 'github-send';

/** Runs the job soon; one at a time for a plan, however often it is asked for. */
export const queueSending = (tx: Tx, summitId: string, waitSeconds = 0): Promise<void> =>
  queueJob(tx, SEND_JOB, { summit: summitId }, `github-send:${summitId}`, waitSeconds);

/** Notes that these things are to be told, if this plan is kept in step with GitHub; told once, as they then are. */
export async function makeDue(
  tx: Tx,
  summitId: string,
  things: readonly Due[],
  now: Instant,
): Promise<void> {
  if (things.length === 0) return;
  const settings = await tx
    .selectFrom('githubSettings')
    .select('sends')
    .where('summitId', '=', summitId)
    .executeTakeFirst();
  if (settings?.sends !== true) return;
  await tx
    .insertInto('githubOut')
    .values(
      things.map(({ what, localId }) => ({
        summitId,
        what,
        localId,
        rank: DUE_RANKS[what],
        askedAt: now,
        beganAt: null,
        notBefore: null,
      })),
    )
    // Asked for again while it is being sent: it is sent once more, as it is then.
    .onConflict((conflict) =>
      conflict
        .columns(['summitId', 'what', 'localId'])
        .doUpdateSet({ askedAt: sql`excluded.asked_at`, notBefore: null, tries: 0 }),
    )
    .execute();
  await queueSending(tx, summitId);
}
