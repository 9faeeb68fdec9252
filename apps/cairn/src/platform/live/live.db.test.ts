import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../../tests/database.ts';
import { type Db, openKysely } from '../db/database.ts';
import { type Live, openLive } from './live.ts';
import { publish } from './publish.ts';

/** Waits for what other processes cause, on a busy machine too. */
const eventually = <T>(look: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(look, { timeout: 15_000 });

let database: TestDatabase;
let db: Db;
const open: Live[] = [];

beforeAll(async () => {
  database = await cloneDatabase();
  db = openKysely(database.pool);
});
afterAll(async () => {
  for (const live of open) live.close();
  await database.drop();
});

/** A process of the installation, as far as this is concerned. */
const startProcess = (): Live => {
  const live = openLive(database.pool);
  open.push(live);
  return live;
};

const join = (live: Live, channel: string, key: string) => {
  const told = { happened: 0, presence: 0 };
  const subscription = live.subscribe(channel, key, {
    happened: () => {
      told.happened += 1;
    },
    presenceChanged: () => {
      told.presence += 1;
    },
  });
  return { ...subscription, told };
};

/** Until the subscriber was told to look for the first time, which is when its process listens. */
const listening = (told: { readonly happened: number }) =>
  eventually(() => expect(told.happened).toBeGreaterThan(0));

const pids = async (): Promise<unknown[]> => {
  const { rows } = await database.pool.query(
    `select pid from pg_stat_activity where datname = current_database() and query ilike 'listen %'`,
  );
  return rows.map(({ pid }) => pid);
};

describe('what is published', () => {
  test('reaches every process that subscribes to the channel, once it is committed, and no other', async () => {
    const [one, other] = [startProcess(), startProcess()];
    const [a, b, elsewhere] = [
      join(one, 'text:1', 'ada'),
      join(other, 'text:1', 'grigor'),
      join(other, 'text:2', 'mei'),
    ];
    await Promise.all([a, b, elsewhere].map(({ told }) => listening(told)));
    const before = [a, b, elsewhere].map(({ told }) => told.happened);
    await db.transaction().execute(async (tx) => {
      await publish(tx, 'text:1', { revision: 2 });
    });
    await db
      .transaction()
      .execute(async (tx) => {
        await publish(tx, 'text:2');
        throw new Error('rolled back');
      })
      .catch(() => undefined);
    await eventually(() =>
      expect([a, b].map(({ told }, index) => told.happened - (before[index] ?? 0))).toEqual([1, 1]),
    );
    expect(elsewhere.told.happened).toBe(before[2]);
    for (const each of [a, b, elsewhere]) each.end();
  });

  test('is not hurt by what no process of ours says', async () => {
    const live = startProcess();
    const reader = join(live, 'text:6', 'ada');
    await listening(reader.told);
    const before = reader.told.happened;
    for (const odd of ['', 'not JSON', '{"channel":7}']) {
      await database.pool.query(`select pg_notify('cairn_live', $1)`, [odd]);
    }
    await db.transaction().execute((tx) => publish(tx, 'text:6'));
    await eventually(() => expect(reader.told.happened).toBe(before + 1));
    reader.end();
  });

  test('is made up for after the connection that listens was lost', async () => {
    const live = startProcess();
    const reader = join(live, 'text:3', 'ada');
    await listening(reader.told);
    const before = reader.told.happened;
    for (const pid of await pids())
      await database.pool.query('select pg_terminate_backend($1)', [pid]);
    await eventually(() => expect(reader.told.happened).toBeGreaterThan(before));
    reader.end();
  });

  test('holds a connection only while somebody subscribes', async () => {
    const live = startProcess();
    const reader = join(live, 'text:4', 'ada');
    await listening(reader.told);
    expect(await pids()).toHaveLength(1);
    reader.end();
    await eventually(async () => expect(await pids()).toEqual([]));
  });
});

describe('who is here', () => {
  test('is known over all processes, each person once, and forgotten when they go', async () => {
    const [one, other] = [startProcess(), startProcess()];
    const ada = join(one, 'text:5', 'ada');
    const alsoAda = join(one, 'text:5', 'ada');
    await listening(ada.told);
    const grigor = join(other, 'text:5', 'grigor');
    const both = ['ada', 'grigor'];
    await eventually(() => {
      expect([...ada.present()].sort()).toEqual(both);
      expect([...grigor.present()].sort()).toEqual(both);
    });
    alsoAda.end();
    expect([...ada.present()].sort()).toEqual(both);
    grigor.end();
    await eventually(() => expect(ada.present()).toEqual(['ada']));
    ada.end();
  });
});
