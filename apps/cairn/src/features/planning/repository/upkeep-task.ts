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
import type { Services } from '../../../platform/http/env.ts';
import type { Task } from '../../../platform/jobs/tasks.ts';
import { upkeepOf } from './upkeep-queries.ts';

/** The job that looks after one repository. */
export const UPKEEP_JOB = 'plan-upkeep';

const payloadSchema = z.object({ summit: z.uuid() });

/** Looking through everything reads everything, so it is done about once a day. */
const CHECK_EVERY_HOURS = 20;

/** Clears leftovers, repacks where that makes clones faster, and once a day looks whether all is whole. */
export const upkeepTask =
  ({ db, git, clock }: Pick<Services, 'db' | 'git' | 'clock'>): Task =>
  async (payload) => {
    const { summit: summitId } = payloadSchema.parse(payload);
    if ((await currentGit()).problem !== undefined) return;
    const repository = git.plan(summitId);
    const now = clock.now();
    const last = await upkeepOf(db, summitId);
    await clearLeftovers(repository);
    let size = await sizeOf(repository);
    let repackedAt = last?.repackedAt ?? null;
    if (wantsRepacking(size)) {
      await repack(repository);
      size = await sizeOf(repository);
      repackedAt = now;
    }
    let checkedAt = last?.checkedAt ?? null;
    let damage = last?.damage ?? null;
    if (isDue(checkedAt, now)) {
      damage = (await findDamage(repository)) ?? null;
      checkedAt = now;
      if (damage !== null) {
        process.stderr.write(`The repository of the plan ${summitId} is damaged: ${damage}\n`);
      }
    }
    const row = { bytes: size.bytes, lookedAt: now, checkedAt, damage, repackedAt };
    await db
      .insertInto('planUpkeep')
      .values({ summitId, ...row })
      .onConflict((conflict) => conflict.column('summitId').doUpdateSet(row))
      .execute();
  };

const isDue = (checkedAt: Instant | null, now: Instant): boolean =>
  checkedAt === null || Math.abs(checkedAt.until(now).total('hours')) >= CHECK_EVERY_HOURS;
