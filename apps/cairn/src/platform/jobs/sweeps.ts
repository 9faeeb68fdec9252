import type { Services } from '../http/env.ts';
import type { Report } from './log.ts';

/**
 * Work that time causes: what has expired, what is due. `run` looks for what is to be done by the
 * installation's clock, which in a demo may leap months, and is harmless when repeated.
 */
export interface Sweep {
  /** Never reused for something else: when it last ran is remembered under it. */
  readonly name: string;
  /** By the installation's clock. */
  readonly everySeconds: number;
  run(services: Services): Promise<void>;
}

/**
 * Runs every sweep whose time has come, once among all processes: the row that says when it last
 * ran is locked meanwhile, and a process that dies lets go of it. A clock that was set back makes a
 * sweep due as well. Returns the names of those that ran.
 */
export async function runDueSweeps(
  services: Services,
  sweeps: readonly Sweep[],
  report: Report,
): Promise<readonly string[]> {
  const ran: string[] = [];
  for (const sweep of sweeps) {
    // One that fails must not keep the others from running.
    const done = await runIfDue(services, sweep).catch((error: unknown) => {
      report(`The sweep ${sweep.name} failed: ${String(error)}`);
      return false;
    });
    if (done) ran.push(sweep.name);
  }
  return ran;
}

/** Runs every sweep now, due or not: for tests, and for a demo whose clock has just been set. */
export async function runAllSweeps(services: Services, sweeps: readonly Sweep[]): Promise<void> {
  for (const sweep of sweeps) await sweep.run(services);
}

async function runIfDue(services: Services, sweep: Sweep): Promise<boolean> {
  const { db, clock } = services;
  await db
    .insertInto('sweepRun')
    .values({ name: sweep.name, ranAt: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return db.transaction().execute(async (tx) => {
    const last = await tx
      .selectFrom('sweepRun')
      .select('ranAt')
      .where('name', '=', sweep.name)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst();
    if (last === undefined) return false;
    const now = clock.now();
    const since =
      last.ranAt === null ? undefined : Math.abs(last.ranAt.until(now).total('seconds'));
    if (since !== undefined && since < sweep.everySeconds) return false;
    await sweep.run(services);
    await tx.updateTable('sweepRun').set({ ranAt: now }).where('name', '=', sweep.name).execute();
    return true;
  });
}
