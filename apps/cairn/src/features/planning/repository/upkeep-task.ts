import type { Instant } from '@cairn/kernel/time';
import { z } from 'zod';
import {
  clearLeftovers,
  findDamage,
  repack,
  sizeOf,
  wantsRepacking,
} from '../../../platform/git/upkeep.ts';
import { currentGit } from '../../../platform/git/version.ts';
import type { Task } from '../../../platform/jobs/tasks.ts';
import { type RefServices, reconcile } from './ref-commands.ts';
import { upkeepOf } from './upkeep-queries.ts';

/** The job that looks after one repository. */
export const UPKEEP_JOB = 'plan-upkeep';

const payloadSchema = z.object({ summit: z.uuid() });

/** Looking through everything reads everything, so it is done about once a day. */
const CHECK_EVERY_HOURS = 20;

/** Clears leftovers, once a day looks whether all is whole, and repacks where that makes clones faster. */
export const upkeepTask =
  (services: RefServices): Task =>
  async (payload) => {
    const { db, git, clock } = services;
    const { summit: summitId } = payloadSchema.parse(payload);
    if ((await currentGit()).problem !== undefined) return;
    const repository = git.plan(summitId);
    const now = clock.now();
    const last = await upkeepOf(db, summitId);
    await clearLeftovers(repository);
    const isChecked = isDue(last?.checkedAt ?? null, now);
    const damage = isChecked ? ((await findDamage(repository)) ?? null) : (last?.damage ?? null);
    if (isChecked && damage !== null) {
      process.stderr.write(`The repository of the plan ${summitId} is damaged: ${damage}\n`);
    }
    const isRepacked = damage === null && (await repackIfWorth(services, summitId));
    const row = {
      bytes: (await sizeOf(repository)).bytes,
      lookedAt: now,
      checkedAt: isChecked ? now : (last?.checkedAt ?? null),
      damage,
      repackedAt: isRepacked ? now : (last?.repackedAt ?? null),
    };
    await db
      .insertInto('planUpkeep')
      .values({ summitId, ...row })
      .onConflict((conflict) => conflict.column('summitId').doUpdateSet(row))
      .execute();
  };

async function repackIfWorth(services: RefServices, summitId: string): Promise<boolean> {
  const repository = services.git.plan(summitId);
  // What no ref points to yet is packed last.
  await reconcile(services, summitId);
  if (!wantsRepacking(await sizeOf(repository))) return false;
  await repack(repository);
  return true;
}

const isDue = (checkedAt: Instant | null, now: Instant): boolean =>
  checkedAt === null || Math.abs(checkedAt.until(now).total('hours')) >= CHECK_EVERY_HOURS;
