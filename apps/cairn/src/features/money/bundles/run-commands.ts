import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, queueJob, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Treasurer } from '../../people/rights.ts';
import type { Funder } from '../funders/funder-rules.ts';
import { bundlePayees } from './bundle-queries.ts';

/** The job that makes the bundles of a run. */
export const BUNDLE_JOB = 'bundles';

/**
 * Begins to make the bundles of all whom a funder pays; those that were made before go, since they say what was then.
 * While some are being made, no others are begun. Event `bundles.asked`.
 */
export async function askForBundles(
  tx: Tx,
  actor: Actor,
  treasurer: Treasurer,
  funder: Pick<Funder, 'id'>,
): Promise<Result<{ readonly id: string }, Problem>> {
  const { summitId, personId } = treasurer;
  await tx.selectFrom('funder').select('id').where('id', '=', funder.id).forUpdate().execute();
  const running = await tx
    .selectFrom('bundleRun')
    .select('id')
    .where('funderId', '=', funder.id)
    .where('finishedAt', 'is', null)
    .where('failure', '=', '')
    .executeTakeFirst();
  if (running !== undefined) return ok(running);
  const { length: total } = await bundlePayees(tx, treasurer, funder.id);
  if (total === 0) {
    const sentence =
      'Nothing is approved on the lines of this funder yet, so there is no bundle to make.';
    return fail(problem('nothing-to-bundle', sentence));
  }
  await tx.deleteFrom('bundleRun').where('funderId', '=', funder.id).execute();
  const run = await tx
    .insertInto('bundleRun')
    .values({
      ...{ summitId, funderId: funder.id, total, finishedAt: null },
      ...{ askedAt: actor.now, askedBy: personId },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await queueJob(tx, BUNDLE_JOB, { run: run.id }, `bundles ${run.id}`);
  await recordEvent(tx, actor, {
    kind: 'bundles.asked',
    summitId,
    data: { funder: funder.id, run: run.id, count: total },
  });
  return ok(run);
}
