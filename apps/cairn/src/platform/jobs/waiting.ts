import { sql } from 'kysely';
import type { Reader } from '../db/database.ts';

/** How many jobs wait, run, and were given up after their last try. */
export interface JobCounts {
  readonly waiting: number;
  readonly running: number;
  readonly failed: number;
}

/** Counts the queue's jobs. */
export async function jobCounts(db: Reader): Promise<JobCounts> {
  const { rows } = await sql<JobCounts>`
    select
      count(*) filter (where locked_at is null and attempts < max_attempts)::int as waiting,
      count(*) filter (where locked_at is not null)::int as running,
      count(*) filter (where locked_at is null and attempts >= max_attempts)::int as failed
    from graphile_worker.jobs`.execute(db);
  const [counts] = rows;
  return counts ?? { waiting: 0, running: 0, failed: 0 };
}

/** For how many seconds the job that waits longest could have run; 0 when none is due. */
export async function oldestWaitingSeconds(db: Reader): Promise<number> {
  const { rows } = await sql<{ seconds: number }>`
    select coalesce(extract(epoch from now() - min(run_at)), 0)::float8 as seconds
    from graphile_worker.jobs
    where locked_at is null and attempts < max_attempts and run_at <= now()`.execute(db);
  return rows[0]?.seconds ?? 0;
}
