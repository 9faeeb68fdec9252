import { EventEmitter } from 'node:events';
import { run, runOnce, type TaskList } from 'graphile-worker';
import type pg from 'pg';
import type { Services } from '../http/env.ts';
import { guardClients } from './guard-clients.ts';
import { loggerTo, type Report, reportToStderr } from './log.ts';
import { announce, nextPoolName, recoverDeadWorkers } from './presence.ts';
import { runDueSweeps, type Sweep } from './sweeps.ts';
import type { Tasks } from './tasks.ts';

export interface WorkerOptions {
  /** Jobs at a time; each may hold a connection of the pool. */
  readonly concurrency?: number;
  readonly sweeps?: { readonly services: Services; readonly list: readonly Sweep[] };
  readonly report?: Report;
}

/** A worker at work. */
export interface Worker {
  /** Takes no more jobs, waits for those at hand, and puts back what does not end within seconds. */
  stop(): Promise<void>;
}

/**
 * Without a delay the library tells nobody when it has noted the end of a job, so that a worker could
 * stop before; with one, of any length, it waits for what is not noted yet.
 */
const PRESET: GraphileConfig.Preset = {
  worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 },
};

/** How often to look whether a sweep is due, and whether a worker has died. */
const TICK_MILLISECONDS = 5_000;

/**
 * Takes jobs from the queue and runs them, and the sweeps, until it is stopped. Any number of
 * processes may work on one database. Signals are the caller's business.
 *
 *     const worker = await startWorker(pool, tasks, { sweeps: { services, list } });
 */
export async function startWorker(
  pool: pg.Pool,
  tasks: Tasks,
  { concurrency = 4, sweeps, report = reportToStderr }: WorkerOptions = {},
): Promise<Worker> {
  guardClients(pool);
  await recoverDeadWorkers(pool);
  const events = new EventEmitter();
  const name = nextPoolName(events);
  const runner = await run({
    pgPool: pool,
    preset: PRESET,
    taskList: asTaskList(tasks),
    concurrency,
    noHandleSignals: true,
    logger: loggerTo(report),
    events,
  });
  // Told to the operator by the logger; whoever waits for the worker calls stop.
  runner.promise.catch(() => undefined);
  const presence = await announce(pool, await name);
  const clock = tick(async () => {
    await recoverDeadWorkers(pool);
    if (sweeps !== undefined) await runDueSweeps(sweeps.services, sweeps.list, report);
  }, report);
  return {
    stop: async () => {
      await clock.stop();
      await runner.stop();
      await presence.leave();
    },
  };
}

/**
 * Runs the jobs that are due, and those they queue, until none is left; a job that fails waits for
 * its next try as it would otherwise. For tests and one-off commands.
 */
export async function runJobsUntilIdle(
  pool: pg.Pool,
  tasks: Tasks,
  report: Report = () => undefined,
): Promise<void> {
  guardClients(pool);
  const events = new EventEmitter();
  const presence = nextPoolName(events).then((name) => announce(pool, name));
  await runOnce({
    pgPool: pool,
    preset: PRESET,
    taskList: asTaskList(tasks),
    concurrency: 1,
    noHandleSignals: true,
    logger: loggerTo(report),
    events,
  });
  await (await presence).leave();
}

const asTaskList = (tasks: Tasks): TaskList =>
  Object.fromEntries(
    Object.entries(tasks).map(([name, task]) => [
      name,
      (payload, { job }) =>
        task(payload, { number: job.attempts, isLast: job.attempts >= job.max_attempts }),
    ]),
  );

/** Does something again and again with a pause between, never twice at once. */
function tick(work: () => Promise<void>, report: Report): { stop(): Promise<void> } {
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let current = Promise.resolve();
  const round = (): void => {
    current = work()
      .catch((error: unknown) => report(`The worker's round failed: ${String(error)}`))
      .then(() => {
        if (!isStopped) timer = setTimeout(round, TICK_MILLISECONDS);
      });
  };
  round();
  return {
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await current;
    },
  };
}
