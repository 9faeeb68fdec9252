import { expectOk } from '@cairn/kernel/result';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../../tests/database.ts';
import { openDatabase } from './open.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database.drop());

describe('a database behind DATABASE_URL', () => {
  test('is used as it is, without a data directory, and still runs after Cairn let go of it', async () => {
    const opened = expectOk(
      await openDatabase({ dataDir: '/nowhere', databaseUrl: database.connectionString }),
    );
    expect(opened.origin).toBe('external');
    expect((await opened.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await opened.close();
    expect((await database.pool.query('select 2 as two')).rows).toEqual([{ two: 2 }]);
  });

  test('that its server does not have is refused with its name', async () => {
    const url = new URL(database.connectionString);
    url.pathname = '/absent';
    expect(await openDatabase({ dataDir: '/nowhere', databaseUrl: url.href })).toMatchObject({
      ok: false,
      error: { code: 'database-missing', sentence: expect.stringContaining('"absent"') },
    });
  });

  test('gives days, wall times and decimals as text, counts as numbers, and moments as dates', async () => {
    const { rows } = await database.pool.query(
      `select date '2023-05-22' as day, timestamp '2023-05-22 09:00' as wall,
              timestamptz '2023-05-22 09:00Z' as instant, 9007199254740991 as many, 1.10::numeric as price`,
    );
    expect(rows).toEqual([
      {
        day: '2023-05-22',
        wall: '2023-05-22 09:00:00',
        instant: new Date('2023-05-22T09:00:00Z'),
        many: 9_007_199_254_740_991,
        price: '1.10',
      },
    ]);
  });

  test('refuses a whole number that JavaScript cannot hold exactly', async () => {
    await expect(database.pool.query('select 9007199254740993 as many')).rejects.toThrow(
      'too large for a number',
    );
  });
});
