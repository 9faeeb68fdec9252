import { expectOk } from '@cairn/kernel/result';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../../tests/database.ts';
import { migrate, readMigrations } from './migrate.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database.drop());

const tables = async (): Promise<string[]> => {
  const { rows } = await database.pool.query<{ name: string }>(
    `select table_name as name from information_schema.tables
     where table_schema = 'public' and table_name like 'probe%' order by 1`,
  );
  return rows.map(({ name }) => name);
};

describe('migrations', () => {
  test('a migrated database needs none of them again', async () => {
    expect(expectOk(await migrate(database.pool))).toEqual([]);
  });

  test('only what is missing is applied, in order, even when processes start together', async () => {
    const known = [
      ...(await readMigrations()),
      { name: '9001_probe', sql: 'create table probe (id integer)' },
      { name: '9002_probe_two', sql: 'create table probe_two (id integer)' },
    ];
    const runs = await Promise.all([1, 2, 3].map(() => migrate(database.pool, known)));
    expect(runs.flatMap(expectOk)).toEqual(['9001_probe', '9002_probe_two']);
    expect(await tables()).toEqual(['probe', 'probe_two']);
  });

  test('a database of a newer Cairn is refused and stays as it is', async () => {
    const refused = await migrate(database.pool, await readMigrations());
    expect(refused).toMatchObject({ ok: false, error: { code: 'database-of-newer-cairn' } });
    expect(await tables()).toEqual(['probe', 'probe_two']);
  });

  test('a migration that was changed after it was applied is refused', async () => {
    const known = [
      ...(await readMigrations()),
      { name: '9001_probe', sql: 'create table probe (id bigint)' },
      { name: '9002_probe_two', sql: 'create table probe_two (id integer)' },
    ];
    const refused = await migrate(database.pool, known);
    expect(refused).toMatchObject({ ok: false, error: { code: 'migration-changed' } });
  });

  test('a migration that fails leaves nothing of itself behind', async () => {
    const known = [
      ...(await readMigrations()),
      { name: '9001_probe', sql: 'create table probe (id integer)' },
      { name: '9002_probe_two', sql: 'create table probe_two (id integer)' },
      { name: '9003_probe_three', sql: 'create table probe_three (id integer); select 1/0' },
    ];
    await expect(migrate(database.pool, known)).rejects.toThrow('9003_probe_three failed');
    expect(await tables()).toEqual(['probe', 'probe_two']);
  });
});
