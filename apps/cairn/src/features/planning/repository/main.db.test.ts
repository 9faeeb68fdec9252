import { expectOk } from '@cairn/kernel/result';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TEST_URL, testGit } from '../../../../../../tests/services.ts';
import {
  openSummitDatabase,
  type SummitDatabase,
} from '../../../../../../tests/summit-database.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import { commitToMain, foundPlan } from './main-commands.ts';
import { documentAt, documentsOf, planOf } from './main-queries.ts';

const services = { git: testGit, url: TEST_URL };
let world: SummitDatabase;
let summitId: string;

beforeAll(async () => {
  world = await openSummitDatabase();
  await world.found();
  summitId = (await world.summit('sp_summit_2023')).id;
  expectOk(
    await inTransaction(world.db, (tx) =>
      foundPlan(tx, services, world.actor, summitId, [
        { path: 'README.md', content: '# The plan\n' },
        { path: 'topics/sparse.md', content: '---\ntitle: Sparse arrays\n---\nText.\n' },
      ]),
    ),
  );
});
afterAll(() => world.drop());

describe('main', () => {
  test('is read into documents when it moves, and in Git stands what the database says', async () => {
    const { commit } = expectOk(
      await inTransaction(world.db, (tx) =>
        commitToMain(tx, services, world.actor, summitId, {
          changes: [
            { path: 'topics/sparse.md', content: null },
            { path: 'topics/build.md', content: '---\ntitle: Builds\n---\n' },
          ],
          message: 'Trade sparse arrays for builds',
        }),
      ),
    );
    expect((await planOf(world.db, summitId))?.head).toBe(commit);
    expect((await documentsOf(world.db, summitId)).map(({ path }) => path)).toEqual([
      'README.md',
      'topics/build.md',
    ]);
    expect(await documentAt(world.db, summitId, 'topics/build.md')).toMatchObject({
      kind: 'topic',
      title: 'Builds',
      blob: await testGit.plan(summitId).resolve(`${commit}:topics/build.md`),
    });
  });

  test('says what Git says, also where a file takes the place of a folder, or a folder that of a file', async () => {
    const steps = [
      [{ path: 'topics/a.md/deep.md', content: '# Deep\n' }],
      [{ path: 'topics/a.md', content: '# A\n' }],
      [{ path: 'topics/a.md/deep.md', content: '# Deep again\n' }],
      [
        { path: 'topics/b.md', content: '# First\n' },
        { path: 'topics/b.md', content: '# Last \ud800\n' },
        { path: 'picture.svg', content: '<svg/>' },
        { path: 'topics/a.md/deep.md/none.md', content: null },
      ],
      [{ path: 'topics/long.md', content: 'x'.repeat(1_100_000) }],
      [{ path: 'topics/b.md', content: `${'y'.repeat(1_100_000)}` }],
      [{ path: 'topics', content: null }],
    ];
    for (const [index, changes] of steps.entries()) {
      const { commit } = expectOk(
        await inTransaction(world.db, (tx) =>
          commitToMain(tx, services, world.actor, summitId, { changes, message: `Step ${index}` }),
        ),
      );
      const files = (await testGit.plan(summitId).files(commit))
        .filter(({ path, size }) => path.endsWith('.md') && size <= 1024 * 1024)
        .map(({ path, oid }) => [path, oid]);
      const documents = await documentsOf(world.db, summitId);
      expect(documents.map(({ path, blob }) => [path, blob])).toEqual(files);
    }
  });

  test('stays where it is when nothing changes', async () => {
    const before = await planOf(world.db, summitId);
    const change = { changes: [{ path: 'README.md', content: '# The plan\n' }], message: 'Again' };
    expectOk(
      await inTransaction(world.db, (tx) =>
        commitToMain(tx, services, world.actor, summitId, change),
      ),
    );
    expect(await planOf(world.db, summitId)).toEqual(before);
  });
});
