import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  type GithubTestWorld,
  openGithubWorld,
  shownOf,
} from '../../../../../../tests/github-world.ts';

let world: GithubTestWorld;

beforeAll(async () => {
  world = await openGithubWorld();
});
beforeEach(() => world.fresh());
afterAll(() => world.drop());

const [FIRST, SECOND] = ['a'.repeat(40), 'b'.repeat(40)];

/** A pull request whose second commit was approved. */
async function approved() {
  const { world: github } = world.server;
  const { repo, octo } = world;
  const author = github.accountByLogin('author') ?? github.addAccount('author');
  const pull = github.openPull(repo, author, { title: 'Say the room', head: 'room' });
  github.pass(10);
  github.pushPull(repo, author, pull, FIRST);
  github.pass(10);
  github.pushPull(repo, author, pull, SECOND);
  github.pass(10);
  github.review(repo, octo, pull, { state: 'APPROVED' });
  github.pass(10);
  return { github, repo, author, pull };
}
const tellAll = async () => {
  await world.deliver();
  await world.apply();
};
const proposalHere = async () => {
  const [shown] = await shownOf(world);
  return shown;
};

test('an approval stays with its commit when the branch goes back to an earlier one', async () => {
  const { github, repo, author, pull } = await approved();
  await tellAll();
  expect(await proposalHere()).toMatchObject({
    proposal: { head: SECOND },
    reviews: [{ verdict: 'approve', head: SECOND }],
  });
  github.pushPull(repo, author, pull, FIRST);
  await tellAll();
  expect(await proposalHere()).toMatchObject({
    proposal: { head: FIRST },
    reviews: [{ verdict: 'approve', head: SECOND }],
  });
});

test('a review of a commit that GitHub no longer names is of no later version than there was', async () => {
  const { github, repo, pull } = await approved();
  await tellAll();
  const later = world.clock.now().add({ hours: 24 * 365 * 10 });
  await world.db.updateTable('planVersion').set({ at: later }).where('head', '=', SECOND).execute();
  github.review(repo, github.addAccount('second'), pull, { state: 'APPROVED', commit: 'gone' });
  await tellAll();
  expect(await proposalHere()).toMatchObject({ reviews: [{ head: SECOND }, { head: FIRST }] });
});

test('what is pushed there comes after the versions that were made here, and takes no approval over', async () => {
  const { github, repo, author, pull } = await approved();
  await tellAll();
  const { number } = await world.db
    .selectFrom('planProposal')
    .select('number')
    .executeTakeFirstOrThrow();
  const { summitId } = world;
  const here = 'c'.repeat(40);
  const row = { summitId, number, head: here, base: FIRST, changeId: here, at: world.clock.now() };
  const before = await world.db.selectFrom('planVersion').select('version').execute();
  const version = before.length + 1;
  await world.db
    .insertInto('planVersion')
    .values({ ...row, version, byPerson: world.ada, byAccount: null, door: 'web' })
    .execute();
  await world.db.updateTable('planProposal').set({ head: here, version }).execute();
  github.pass(10);
  const there = 'd'.repeat(40);
  github.pushPull(repo, author, pull, there);
  await tellAll();
  const heads = await world.db
    .selectFrom('planVersion')
    .select(['version', 'head'])
    .orderBy('version')
    .execute();
  expect(heads.slice(-2)).toEqual([
    { version, head: here },
    { version: version + 1, head: there },
  ]);
  const now = await world.db.selectFrom('planProposal').select(['head', 'version']).execute();
  expect(now).toEqual([{ head: there, version: version + 1 }]);
});
