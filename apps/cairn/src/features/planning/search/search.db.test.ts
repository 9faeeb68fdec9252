import { expectOk } from '@cairn/kernel/result';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TEST_URL, testGit } from '../../../../../../tests/services.ts';
import { storePerson } from '../../../../../../tests/summit.ts';
import {
  expectIn,
  expectNotIn,
  openSummitDatabase,
  type SummitDatabase,
} from '../../../../../../tests/summit-database.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import { commitToMain, foundPlan } from '../repository/main-commands.ts';
import { addComment, openThread } from '../threads/thread-commands.ts';
import { alikeTitles, searchPlan } from './search-queries.ts';
import { searchQuery } from './search-rules.ts';

const services = { git: testGit, url: TEST_URL };
const SEARCH = '/s/sp_summit_2023/plan/search';
let world: SummitDatabase;
let summitId: string;
let mira: string;

const find = (query: Record<string, string>, scope: 'everything' | 'documents' = 'everything') =>
  searchPlan(world.db, summitId, scope, searchQuery.parse(query));
const titles = async (query: Record<string, string>, scope?: 'everything' | 'documents') =>
  (await find(query, scope)).hits.map(({ what, title }) => `${what} ${title}`);

beforeAll(async () => {
  world = await openSummitDatabase();
  await world.found();
  summitId = (await world.summit('sp_summit_2023')).id;
  mira = await storePerson(world.db, 'Mira Novak', { summitId, role: 'participant' });
  await world.db
    .insertInto('planHandle')
    .values({ handle: 'mira', personId: mira, createdAt: world.actor.now })
    .execute();
  const as = { ...world.actor, personId: mira };
  expectOk(
    await inTransaction(world.db, (tx) =>
      foundPlan(tx, services, world.actor, summitId, [
        {
          path: 'goals/wheels.md',
          content:
            '---\ntitle: Wheels for every platform\n---\nBuilding wheels of scipy.sparse by Sipőcz.\n',
        },
      ]),
    ),
  );
  const { number } = expectOk(
    await inTransaction(world.db, (tx) =>
      openThread(tx, as, {
        summitId,
        kind: 'issue',
        title: 'Sparse arrays are slow',
        body: 'Slow <script>alert(1)</script> arrays.',
      }),
    ),
  );
  await world.db.insertInto('planLabel').values({ summitId, number, label: 'Speed' }).execute();
  expectOk(
    await inTransaction(world.db, (tx) =>
      addComment(
        tx,
        world.actor,
        { summitId, number },
        { body: 'I measured the sparse array again.' },
      ),
    ),
  );
});
afterAll(() => world.drop());

describe('search', () => {
  test('finds words by their stem, without accents and inside names of code', async () => {
    expect(await titles({ q: 'array' })).toEqual([
      'issue Sparse arrays are slow',
      'comment Sparse arrays are slow',
    ]);
    expect(await titles({ q: 'building sipocz' })).toEqual(['goal Wheels for every platform']);
    expect(await titles({ q: 'scipy.sparse' })).toContain('goal Wheels for every platform');
    expect(await titles({ q: 'measured arrays' })).toEqual(['comment Sparse arrays are slow']);
    expect(await titles({ q: '"measured arrays"' })).toEqual([]);
    expect(await titles({ q: 'array -measured' })).toEqual(['issue Sparse arrays are slow']);
  });

  test('is narrowed by kind, state, person and label', async () => {
    expect(await titles({ q: 'sparse', kind: 'comment' })).toEqual([
      'comment Sparse arrays are slow',
    ]);
    expect(await titles({ q: 'sparse', by: '@mira' })).toEqual(['issue Sparse arrays are slow']);
    expect(await titles({ q: 'sparse', state: 'closed' })).toEqual([]);
    expect(await titles({ q: 'sparse', label: 'speed', kind: 'issue' })).toEqual([
      'issue Sparse arrays are slow',
    ]);
  });

  test('shows whoever may read only documents nothing of the discussions', async () => {
    expect(await titles({ q: 'sparse' }, 'documents')).toEqual(['goal Wheels for every platform']);
    expect(await alikeTitles(world.db, summitId, 'documents', 'sparse arays')).toEqual([]);
    expect(await alikeTitles(world.db, summitId, 'everything', 'sparce arays')).toEqual([
      'Sparse arrays are slow',
    ]);
  });

  test('follows every change in the transaction that makes it', async () => {
    await world.db.updateTable('planComment').set({ withdrawnAt: world.actor.now }).execute();
    expect(await titles({ q: 'measured' })).toEqual([]);
    await world.db
      .updateTable('planComment')
      .set({ withdrawnAt: null, body: 'Withdrawn no more' })
      .execute();
    expect(await titles({ q: 'withdrawn' })).toEqual(['comment Sparse arrays are slow']);
    expectOk(
      await inTransaction(world.db, (tx) =>
        commitToMain(tx, services, world.actor, summitId, {
          changes: [{ path: 'goals/wheels.md', content: null }],
          message: 'Away',
        }),
      ),
    );
    expect(await titles({ q: 'wheels' })).toEqual([]);
  });

  test('takes any text, and shows what was found as text', async () => {
    for (const q of [
      "'; drop table person; --",
      '((((',
      '& | ! <->',
      ':*',
      'a'.repeat(5000),
      '%00',
      '😀 "',
      '\\',
    ]) {
      expect((await world.get(`${SEARCH}?${new URLSearchParams({ q })}`, mira)).status).toBe(200);
    }
    const page = await (await world.get(`${SEARCH}?q=slow`, mira)).text();
    expectIn(page, '<mark>Slow</mark>');
    expectNotIn(page, '<script>alert');
    expectIn(await (await world.get(`${SEARCH}?q=%231`, mira)).text(), 'Go to');
  });

  test('keeps a text that PostgreSQL cannot index, under its title', async () => {
    const words = Array.from(
      { length: 60_000 },
      (_, index) => `${index.toString(36)}漢${index}`,
    ).join(' ');
    await sql`select plan_search_keep(${summitId}, 'document', 'huge.md', 'page', null, 'Huge page', ${words}, null, null, now())`.execute(
      world.db,
    );
    expect(await titles({ q: 'huge' })).toEqual(['page Huge page']);
  });
});
