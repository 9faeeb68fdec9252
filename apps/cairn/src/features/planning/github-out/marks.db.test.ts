import { expectOk } from '@cairn/kernel/result';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  openPlanOnGithub,
  type PlanOnGithub,
} from '../../../../../../tests/github-server/plan-on-github.ts';
import type { Account } from '../../../../../../tests/github-server/records.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import { selfIn } from '../../people/rights.ts';
import { proposeChange } from '../proposals/change-commands.ts';
import { planOf } from '../repository/main-queries.ts';
import { addComment, openThread } from '../threads/thread-commands.ts';

let world: PlanOnGithub;
let mira: string;
let stranger: Account;

beforeAll(async () => {
  world = await openPlanOnGithub();
  mira = await world.person('Mira Novak');
  stranger = world.github.world.addAccount('stranger');
  await world.work();
});
beforeEach(() => world.pass(60));
afterAll(() => world.close());

const opened = async (title: string): Promise<number> => {
  const { summitId } = world;
  const thread = { summitId, kind: 'issue', title, body: 'Ours.' } as const;
  return expectOk(await inTransaction(world.db, (tx) => openThread(tx, world.actor(mira), thread)))
    .number;
};
const threadHere = (number: number) =>
  world.db
    .selectFrom('planThread')
    .select(['title', 'body'])
    .where('number', '=', number)
    .executeTakeFirstOrThrow();
const linksOf = (number: number) =>
  world.db
    .selectFrom('githubLink')
    .select(['remoteId', 'origin'])
    .where('kind', '=', 'thread')
    .where('number', '=', number)
    .execute();
const marked = (kind: string, id: string | number) => `Mine.\n\n<!-- cairn:${kind}:${id} -->`;

test('a stranger who writes our mark below an issue does not get hold of the thread that it names', async () => {
  const number = await opened('Wheels');
  const { github, repo } = world;
  const body = marked('thread', number);
  const theirs = github.world.openIssue(repo, stranger, { title: 'Mine now', body });
  await world.deliver();
  github.world.pass(60);
  github.world.editIssue(repo, stranger, theirs, { title: 'Still mine', body: `x ${body}` });
  await world.deliver();
  expect(await threadHere(number)).toEqual({ title: 'Wheels', body: 'Ours.' });
  const [link, ...others] = await linksOf(number);
  expect(others).toEqual([]);
  expect(link).toMatchObject({ origin: 'cairn' });
  expect(link?.remoteId).not.toBe(theirs.number);
  const issues = await world.db.selectFrom('planThread').select('title').execute();
  expect(issues).toContainEqual({ title: 'Still mine' });
});

test('nor does one whose issue is there when ours is sent for the second time', async () => {
  const { summitId } = world;
  const { github, repo } = world;
  const last = await world.db.selectFrom('planThread').select('number').execute();
  const number = Math.max(...last.map((row) => row.number)) + 1;
  const body = marked('thread', number);
  const theirs = github.world.openIssue(repo, stranger, { title: 'Waits', body });
  expect(await opened('Second')).toBe(number);
  await world.db
    .insertInto('githubOut')
    .values({
      summitId,
      what: 'thread',
      localId: String(number),
      rank: 1,
      askedAt: world.services.clock.now(),
      beganAt: world.services.clock.now(),
      notBefore: null,
    })
    .execute();
  await world.work();
  const [link] = await linksOf(number);
  expect(link?.remoteId).not.toBe(theirs.number);
  expect(repo.issues.get(theirs.number)?.title).toBe('Waits');
});

test('a comment of ours stays its writer’s, whoever writes its mark on GitHub', async () => {
  const number = await opened('Talk');
  await world.work();
  const [link] = await linksOf(number);
  const place = { summitId: world.summitId, number };
  const { id } = expectOk(
    await inTransaction(world.db, (tx) =>
      addComment(tx, world.actor(mira), place, { body: 'I said this.' }),
    ),
  );
  const { github, repo } = world;
  const issue = repo.issues.get(link?.remoteId ?? 0);
  if (issue === undefined) throw new Error('it is not there');
  github.world.comment(repo, stranger, issue, marked('comment', id));
  await world.deliver();
  const said = await world.db
    .selectFrom('planComment')
    .select(['id', 'body', 'authorAccount'])
    .where('number', '=', number)
    .execute();
  expect(said).toHaveLength(2);
  expect(said).toContainEqual({ id, body: 'I said this.', authorAccount: null });
  expect(said).toContainEqual(
    expect.objectContaining({ body: 'Mine.', authorAccount: stranger.id }),
  );
});

test('a pull request with the mark of a proposal is another proposal', async () => {
  const { summitId } = world;
  const plan = await planOf(world.db, summitId);
  const { number } = expectOk(
    await inTransaction(world.db, (tx) =>
      proposeChange(tx, world.services, world.actor(mira), selfIn(summitId, { personId: mira }), {
        base: plan?.head ?? '',
        title: 'Say hello',
        why: '',
        changes: [{ path: 'hello.md', content: '# Hello\n' }],
      }),
    ),
  );
  const before = await world.db
    .selectFrom('planVersion')
    .select(['version', 'head', 'byPerson'])
    .where('number', '=', number)
    .execute();
  const { github, repo } = world;
  const body = marked('thread', number);
  github.world.openPull(repo, stranger, { title: 'Evil', head: 'evil', body });
  await world.deliver();
  const after = await world.db
    .selectFrom('planVersion')
    .select(['version', 'head', 'byPerson'])
    .where('number', '=', number)
    .execute();
  expect(after).toEqual(before);
});
