import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../../tests/database.ts';
import { testServices } from '../../../../../tests/services.ts';
import { setUp } from '../../../../../tests/summit.ts';
import { EVENT_JOB, queueJob, recordEvent } from '../db/command.ts';
import { type Db, openKysely } from '../db/database.ts';
import { type Consumer, eventTask } from './events.ts';
import { migrateJobs } from './migrate-jobs.ts';
import { announce, recoverDeadWorkers } from './presence.ts';
import { runDueSweeps, type Sweep } from './sweeps.ts';
import { runJobsUntilIdle, startWorker } from './worker.ts';

let database: TestDatabase;
let db: Db;

beforeAll(async () => {
  database = await cloneDatabase();
  db = openKysely(database.pool);
});
beforeEach(() => database.pool.query('delete from graphile_worker._private_jobs'));
afterAll(() => database.drop());

const queue = (task: string, payload: Record<string, unknown> = {}, key?: string) =>
  db.transaction().execute((tx) => queueJob(tx, task, payload, key));

const waitingJobs = async (): Promise<number> =>
  (await database.pool.query('select from graphile_worker._private_jobs')).rowCount ?? 0;

const makeAllDue = () =>
  database.pool.query('update graphile_worker._private_jobs set run_at = now()');

describe('the queue', () => {
  test('installing it again changes nothing', async () => {
    await migrateJobs(database.pool);
    await queue('greet');
    await migrateJobs(database.pool);
    expect(await waitingJobs()).toBe(1);
  });

  test('a job of a transaction that is rolled back never runs', async () => {
    await db
      .transaction()
      .execute(async (tx) => {
        await queueJob(tx, 'greet', {});
        throw new Error('changed my mind');
      })
      .catch(() => undefined);
    expect(await waitingJobs()).toBe(0);
  });

  test('a job that fails is kept and tried again, and is told which try it is', async () => {
    const tries: number[] = [];
    const tasks = {
      stubborn: async (_: unknown, { number }: { number: number }) => {
        tries.push(number);
        if (number === 1) throw new Error('not today');
      },
    };
    await queue('stubborn');
    await runJobsUntilIdle(database.pool, tasks);
    expect(await waitingJobs()).toBe(1);
    await makeAllDue();
    await runJobsUntilIdle(database.pool, tasks);
    expect(tries).toEqual([1, 2]);
    expect(await waitingJobs()).toBe(0);
  });

  test('the jobs of a worker that died are taken up by the next; those of a live one are not', async () => {
    await queue('first');
    await queue('second');
    const alive = await announce(database.pool, 'pool-alive');
    await database.pool.query(
      `update graphile_worker._private_jobs set locked_at = now() - interval '1 minute',
         locked_by = case when id % 2 = 0 then 'pool-alive' else 'pool-dead' end`,
    );
    expect(await recoverDeadWorkers(database.pool)).toEqual(['pool-dead']);
    await alive.leave();
  });

  test('a worker that has just begun is not taken for dead', async () => {
    await queue('first');
    await database.pool.query(
      `update graphile_worker._private_jobs set locked_at = now(), locked_by = 'pool-new'`,
    );
    expect(await recoverDeadWorkers(database.pool)).toEqual([]);
  });

  test('a worker runs what comes in, and finishes what it has begun before it stops', async () => {
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    let finished = 0;
    const worker = await startWorker(database.pool, {
      long: async () => {
        begin();
        await released;
        finished += 1;
      },
    });
    await queue('long');
    await begun;
    const stopped = worker.stop();
    release();
    await stopped;
    expect(finished).toBe(1);
    expect(await waitingJobs()).toBe(0);
  });
});

describe('events', () => {
  const happens = (kind: string) =>
    db.transaction().execute((tx) => recordEvent(tx, setUp(), { kind }));

  test('reach each consumer of their kind once, even when the job is repeated', async () => {
    const seen: string[] = [];
    const consumer = (name: string, kinds: string[]): Consumer => ({
      name,
      kinds,
      handle: async ({ id, kind }) => {
        seen.push(`${name} ${kind} ${id}`);
      },
    });
    const task = eventTask(testServices(db), [
      consumer('one', ['made', 'mended']),
      consumer('two', ['made']),
    ]);
    const made = await happens('made');
    const mended = await happens('mended');
    await runJobsUntilIdle(database.pool, { [EVENT_JOB]: task });
    await task({ event: made, kind: 'made' }, { number: 2, isLast: false });
    expect(seen).toEqual([`one made ${made}`, `two made ${made}`, `one mended ${mended}`]);
  });

  test('of those that share a transaction, one that fails leaves nothing, and takes nothing from the others', async () => {
    const brief = (name: string, isBroken: boolean): Consumer => ({
      name,
      kinds: ['shared'],
      isBrief: true,
      handle: async (_, tx) => {
        await tx.insertInto('series').values({ slug: name, title: name }).execute();
        if (isBroken) throw new Error('broken');
      },
    });
    const told = async () =>
      (await db.selectFrom('series').select('slug').where('slug', 'like', 'brief%').execute())
        .map(({ slug }) => slug)
        .sort();
    const made = await happens('shared');
    const consumers = [
      brief('brief_one', false),
      brief('brief_two', true),
      brief('brief_three', false),
    ];
    const run = (all: readonly Consumer[]) =>
      eventTask(testServices(db), all)(
        { event: made, kind: 'shared' },
        { number: 1, isLast: false },
      );
    await expect(run(consumers)).rejects.toThrow('broken');
    expect(await told()).toEqual(['brief_one', 'brief_three']);
    await run(consumers.map(({ name }) => brief(name, false)));
    expect(await told()).toEqual(['brief_one', 'brief_three', 'brief_two']);
    await database.pool.query('delete from graphile_worker._private_jobs');
  });

  test('come again to a consumer that failed, and not to the others', async () => {
    const seen: string[] = [];
    let isBroken = true;
    const task = eventTask(testServices(db), [
      {
        name: 'fragile',
        kinds: ['dropped'],
        handle: async (_, tx) => {
          await tx.insertInto('series').values({ slug: 'fragile', title: 'F' }).execute();
          if (isBroken) throw new Error('broken');
          seen.push('fragile');
        },
      },
      {
        name: 'sturdy',
        kinds: ['dropped'],
        handle: async () => {
          seen.push('sturdy');
        },
      },
    ]);
    await happens('dropped');
    await runJobsUntilIdle(database.pool, { [EVENT_JOB]: task });
    expect(seen).toEqual(['sturdy']);
    isBroken = false;
    await makeAllDue();
    await runJobsUntilIdle(database.pool, { [EVENT_JOB]: task });
    expect(seen).toEqual(['sturdy', 'fragile']);
  });
});

describe('sweeps', () => {
  const counting = (name: string): Sweep & { readonly runs: number } => {
    let runs = 0;
    return {
      name,
      everySeconds: 60,
      get runs() {
        return runs;
      },
      run: async () => {
        runs += 1;
      },
    };
  };

  test('run once for many processes, and again when their time has come or the clock was set back', async () => {
    const services = testServices(db);
    const sweep = counting('many');
    const due = () => runDueSweeps(services, [sweep], () => undefined);
    await Promise.all([due(), due(), due(), due()]);
    expect(sweep.runs).toBe(1);
    services.clock.set(services.clock.now().add({ seconds: 59 }));
    await due();
    expect(sweep.runs).toBe(1);
    services.clock.set(services.clock.now().add({ seconds: 1 }));
    await due();
    expect(sweep.runs).toBe(2);
    services.clock.set(services.clock.now().subtract({ hours: 24 * 90 }));
    await due();
    expect(sweep.runs).toBe(3);
  });

  test('one that fails is reported, is tried again, and holds up no other', async () => {
    const services = testServices(db);
    const reports: string[] = [];
    const failing: Sweep = {
      name: 'failing',
      everySeconds: 60,
      run: async () => {
        throw new Error('out of luck');
      },
    };
    const other = counting('other');
    const ran = await runDueSweeps(services, [failing, other], (report) => reports.push(report));
    expect(ran).toEqual(['other']);
    await runDueSweeps(services, [failing, other], (report) => reports.push(report));
    const line = 'The sweep failing failed: Error: out of luck';
    expect(reports).toEqual([line, line]);
  });
});
