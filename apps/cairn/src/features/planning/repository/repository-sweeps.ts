import { ok } from '@cairn/kernel/result';
import { inTransaction, jobActor, queueJob } from '../../../platform/db/command.ts';
import type { Db } from '../../../platform/db/database.ts';
import { clearLeftovers, clearUnfinished } from '../../../platform/git/upkeep.ts';
import { currentGit } from '../../../platform/git/version.ts';
import type { Sweep } from '../../../platform/jobs/sweeps.ts';
import { ensurePlan } from './founding-commands.ts';
import { reconcile } from './ref-commands.ts';
import { UPKEEP_JOB } from './upkeep-task.ts';

/**
 * Gives summits without a plan one, and brings Git and the database in line where a process died
 * between the two; the first time soon after the start.
 */
export const refSweep: Sweep = {
  name: 'plans and their refs',
  everySeconds: 60,
  run: async (services) => {
    const { db, git, clock } = services;
    if ((await currentGit()).problem !== undefined) return;
    for (const summitId of await summitsWithoutPlan(db)) {
      await inTransaction(db, (tx) => ensurePlan(tx, services, jobActor(clock.now()), summitId));
    }
    await clearUnfinished(git.directory);
    const failures: unknown[] = [];
    for (const summitId of await plans(db)) {
      // One that is broken must not keep the others from being looked at.
      await clearLeftovers(git.plan(summitId))
        .then(() => reconcile(services, summitId))
        .catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join('; '));
  },
};

/** Has each repository measured, looked through and, where it pays, repacked. */
export const upkeepSweep: Sweep = {
  name: 'upkeep of repositories',
  everySeconds: 3600,
  run: async ({ db }) => {
    if ((await currentGit()).problem !== undefined) return;
    for (const summitId of await plans(db)) {
      await inTransaction(db, async (tx) =>
        ok(await queueJob(tx, UPKEEP_JOB, { summit: summitId }, `${UPKEEP_JOB} ${summitId}`)),
      );
    }
  },
};

async function summitsWithoutPlan(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('summit')
    .leftJoin('planRepository', 'planRepository.summitId', 'summit.id')
    .select('summit.id')
    .where('planRepository.summitId', 'is', null)
    .execute();
  return rows.map(({ id }) => id);
}

const plans = async (db: Db): Promise<string[]> =>
  (await db.selectFrom('planRepository').select('summitId').orderBy('summitId').execute()).map(
    ({ summitId }) => summitId,
  );
