import { problem } from '@cairn/kernel/problem';
import { fail, ok } from '@cairn/kernel/result';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../../tests/database.ts';
import { setUp } from '../../../../../tests/summit.ts';
import { inTransaction, recordEvent } from './command.ts';
import { type Db, openKysely } from './database.ts';

let database: TestDatabase;
let db: Db;

beforeAll(async () => {
  database = await cloneDatabase();
  db = openKysely(database.pool);
});
afterAll(() => database.drop());

const kinds = async () =>
  (await db.selectFrom('event').select('kind').orderBy('id').execute()).map(({ kind }) => kind);
const queued = async () => {
  const { rows } = await database.pool.query('select count(*) as jobs from graphile_worker.jobs');
  return rows[0].jobs;
};

describe('a command', () => {
  test('that succeeds leaves its event and the job that hands it on', async () => {
    await inTransaction(db, async (tx) => {
      await recordEvent(tx, setUp(), { kind: 'tried.well' });
      return ok(undefined);
    });
    expect(await kinds()).toEqual(['tried.well']);
    expect(await queued()).toBe(1);
  });

  test('that fails leaves neither, and gives its problem as a value', async () => {
    const refused = await inTransaction(db, async (tx) => {
      await recordEvent(tx, setUp(), { kind: 'tried.badly' });
      return fail(problem('refused', 'No.'));
    });
    expect(refused).toEqual({ ok: false, error: { code: 'refused', place: {}, sentence: 'No.' } });
    expect(await kinds()).toEqual(['tried.well']);
    expect(await queued()).toBe(1);
  });

  test('that breaks leaves neither, and breaks on', async () => {
    const broken = inTransaction(db, async (tx) => {
      await recordEvent(tx, setUp(), { kind: 'tried.badly' });
      throw new Error('a bug');
    });
    await expect(broken).rejects.toThrow('a bug');
    expect(await kinds()).toEqual(['tried.well']);
  });

  test('that waits for another, which waits for it, is done once like the other', async () => {
    await db
      .insertInto('series')
      .values(['one', 'two'].map((slug) => ({ slug, title: '' })))
      .execute();
    const isLocked = { one: Promise.withResolvers<void>(), two: Promise.withResolvers<void>() };
    let begun = 0;
    const addTo = (first: 'one' | 'two', then: 'one' | 'two') =>
      inTransaction(db, async (tx) => {
        begun += 1;
        for (const slug of [first, then]) {
          await sql`update series set title = title || ${first} where slug = ${slug}`.execute(tx);
          isLocked[slug].resolve();
          await isLocked[then].promise;
        }
        return ok(undefined);
      });
    await Promise.all([addTo('one', 'two'), addTo('two', 'one')]);
    const rows = await db.selectFrom('series').select('title').execute();
    expect(rows.map(({ title }) => [...title.matchAll(/one|two/g)].length)).toEqual([2, 2]);
    expect(begun).toBe(3);
  });
});

describe('events', () => {
  test.each(["update event set kind = 'forged'", 'delete from event'])(
    'are append-only: %s is refused',
    async (statement) => {
      await expect(database.pool.query(statement)).rejects.toThrow('events are append-only');
      expect(await kinds()).toEqual(['tried.well']);
    },
  );
});
