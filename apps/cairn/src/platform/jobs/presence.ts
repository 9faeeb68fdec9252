import type { EventEmitter } from 'node:events';
import type pg from 'pg';

// The queue's library gives a dead worker's jobs back after four hours. We know sooner: every pool
// of workers holds an advisory lock under its name for as long as its process lives, and PostgreSQL
// lets go of it when the connection breaks.

// Any number that nothing else in the database locks.
const LOCK_CLASS = 8_023_002;

/** A job taken this recently may belong to a pool that has not had the time to say it is there. */
const GRACE_SECONDS = 10;

/** Says that a pool of workers lives, until `leave` is called or the process ends. */
export interface Presence {
  leave(): Promise<void>;
}

/** Takes the lock that stands for the life of the pool called `name`. */
export async function announce(pool: pg.Pool, name: string): Promise<Presence> {
  const client = await pool.connect();
  // A connection that breaks takes the lock with it; the jobs at hand then may run twice, which
  // every task allows for.
  client.on('error', () => undefined);
  await client.query('select pg_advisory_lock($1, hashtext($2))', [LOCK_CLASS, name]);
  return { leave: async () => client.release(true) };
}

/** Gives the jobs of workers that have died back to the queue. Returns the names of the dead. */
export async function recoverDeadWorkers(
  pool: pg.Pool,
  graceSeconds = GRACE_SECONDS,
): Promise<readonly string[]> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    // Whose lock we can take is not there to hold it.
    const { rows } = await client.query<{ name: string }>(
      `select name from (
         select distinct locked_by as name from graphile_worker._private_jobs
         where locked_at < now() - make_interval(secs => $2)
         union
         select distinct locked_by from graphile_worker._private_job_queues
         where locked_at < now() - make_interval(secs => $2)
       ) as holder
       where name is not null and pg_try_advisory_xact_lock($1, hashtext(name))`,
      [LOCK_CLASS, graceSeconds],
    );
    const dead = rows.map(({ name }) => name);
    if (dead.length > 0) {
      await client.query('select graphile_worker.force_unlock_workers($1)', [dead]);
    }
    await client.query('commit');
    return dead;
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

/** Resolves to the name of the pool of workers that is made next. */
export const nextPoolName = (events: EventEmitter): Promise<string> =>
  new Promise((resolve) => {
    events.once('pool:create', ({ workerPool }: { workerPool: { id: string } }) =>
      resolve(workerPool.id),
    );
  });
