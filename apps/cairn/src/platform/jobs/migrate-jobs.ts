import { runMigrations } from 'graphile-worker';
import type pg from 'pg';
import { guardClients } from './guard-clients.ts';
import { quietLogger } from './log.ts';

/**
 * Installs or updates the job queue's own schema (`graphile_worker`). Harmless when repeated: with
 * nothing to do it costs one query. Run it after our migrations and before the first change, since
 * every change queues a job.
 */
export async function migrateJobs(pool: pg.Pool): Promise<void> {
  guardClients(pool);
  await runMigrations({ pgPool: pool, logger: quietLogger });
}
