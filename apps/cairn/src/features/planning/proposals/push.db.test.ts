import { expectOk } from '@cairn/kernel/result';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TEST_URL, testGit } from '../../../../../../tests/services.ts';
import {
  openSummitDatabase,
  type SummitDatabase,
} from '../../../../../../tests/summit-database.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import type { FileChange, Oid } from '../../../platform/git/repository.ts';
import { commitToMain, foundPlan } from '../repository/main-commands.ts';
import { planOf } from '../repository/main-queries.ts';
import { cairnSignature } from '../repository/signature-queries.ts';
import { proposalOf, versionsOf } from './proposal-queries.ts';
import { recordPush } from './push-commands.ts';

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
        { path: 'practices/review.md', content: '# Reviewing\n\none\ntwo\nthree\n' },
      ]),
    ),
  );
});
afterAll(() => world.drop());

const mainHead = async () => (await planOf(world.db, summitId))?.head ?? '';

async function commit(
  parent: Oid,
  changes: readonly FileChange[],
  message = 'Change it',
): Promise<Oid> {
  const by = cairnSignature(TEST_URL, world.actor.now);
  return testGit
    .plan(summitId)
    .commit({ parents: [parent], changes, author: by, committer: by, message });
}

const push = (branch: string, head: Oid | null) =>
  inTransaction(world.db, (tx) =>
    recordPush(
      tx,
      services,
      { ...world.actor, door: 'git' },
      { summitId, branch, head, pusher: world.stranger },
    ),
  );

const text = (changed: string) => [
  { path: 'practices/review.md', content: `# Reviewing\n\none\n${changed}\nthree\n` },
];

describe('a pushed branch', () => {
  test('opens a proposal named after its last commit, without the addresses of trailers', async () => {
    const message = 'Say how we review\n\nNobody knew.\n\nSigned-off-by: Mira <mira@example.org>\n';
    const head = await commit(await mainHead(), text('how'), message);
    const { number, did } = expectOk(await push('how', head));
    expect(did).toBe('opened');
    const place = { summitId, number: number ?? 0 };
    expect(await proposalOf(world.db, place)).toMatchObject({
      title: 'Say how we review',
      body: 'Nobody knew.',
      branch: 'how',
      head,
      state: 'open',
      authorId: world.stranger,
      door: 'git',
    });
    expect(await testGit.plan(summitId).resolve(`refs/proposals/${number}/1`)).toBe(head);
  });

  test('that is told twice is recorded once, and pushed further it is a new version', async () => {
    const one = await commit(await mainHead(), text('once'));
    const { number } = expectOk(await push('twice', one));
    expect(expectOk(await push('twice', one))).toEqual({ number, did: 'nothing' });
    const two = await commit(one, text('again'));
    expect(expectOk(await push('twice', two))).toEqual({ number, did: 'versioned' });
    const versions = await versionsOf(world.db, { summitId, number: number ?? 0 });
    expect(versions.map(({ version, head }) => [version, head])).toEqual([
      [1, one],
      [2, two],
    ]);
  });

  test('that is deleted closes its proposal, and opens it again when it comes back', async () => {
    const head = await commit(await mainHead(), text('away'));
    const { number } = expectOk(await push('away', head));
    expect(expectOk(await push('away', null))).toEqual({ number, did: 'closed' });
    expect(expectOk(await push('away', null))).toEqual({ number, did: 'nothing' });
    expect(expectOk(await push('away', head))).toEqual({ number, did: 'reopened' });
    expect(await proposalOf(world.db, { summitId, number: number ?? 0 })).toMatchObject({
      state: 'open',
      version: 1,
      closedAt: null,
    });
  });

  test('with nothing that main has not is no proposal', async () => {
    expect(expectOk(await push('empty', await mainHead()))).toEqual({
      number: undefined,
      did: 'nothing',
    });
  });

  test('changes the same though main moved under it, and something else when its lines differ', async () => {
    const start = await mainHead();
    const one = await commit(start, text('kept'));
    const { number = 0 } = expectOk(await push('moved', one));
    expectOk(
      await inTransaction(world.db, (tx) =>
        commitToMain(tx, services, world.actor, summitId, {
          changes: [{ path: 'README.md', content: '# The plan\n\nMore.\n' }],
          message: 'Say more',
        }),
      ),
    );
    const two = await commit(await mainHead(), text('kept'));
    expectOk(await push('moved', two));
    const three = await commit(two, text('other'));
    expectOk(await push('moved', three));
    const [first, second, third] = await versionsOf(world.db, { summitId, number });
    expect(second?.changeId).toBe(first?.changeId);
    expect(second?.base).not.toBe(first?.base);
    expect(third?.changeId).not.toBe(first?.changeId);
  });

  test('changes something else when the same lines stand in another place', async () => {
    const lists = (ours: string, theirs: string) => [
      { path: 'lists.md', content: `# For\n\nAda\n${ours}\n# Against\n\nBen\n${theirs}` },
    ];
    const begun = expectOk(
      await inTransaction(world.db, (tx) =>
        commitToMain(tx, services, world.actor, summitId, {
          changes: lists('', ''),
          message: 'Begin two lists',
        }),
      ),
    );
    const { number = 0 } = expectOk(
      await push('lists', await commit(begun.commit, lists('Mira\n', ''))),
    );
    expectOk(await push('lists', await commit(begun.commit, lists('', 'Mira\n'))));
    const [first, second] = await versionsOf(world.db, { summitId, number });
    expect(second?.changeId).not.toBe(first?.changeId);
  });

  test('of another repository is refused, for there is nothing it could be merged with', async () => {
    const by = cairnSignature(TEST_URL, world.actor.now);
    const head = await testGit
      .plan(summitId)
      .commit({ parents: [], changes: text('x'), author: by, committer: by, message: 'Alone' });
    expect(await push('alone', head)).toMatchObject({ error: { code: 'unrelated-branch' } });
  });
});
