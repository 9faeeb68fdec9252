import { expectOk } from '@cairn/kernel/result';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  openPlanOnGithub,
  type PlanOnGithub,
} from '../../../../../../tests/github-server/plan-on-github.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import { selfIn } from '../../people/rights.ts';
import { proposeChange } from '../proposals/change-commands.ts';
import { planOf } from '../repository/main-queries.ts';
import { giveReview } from '../reviews/review-commands.ts';
import { removeComment, replaceComment, replaceThread } from '../threads/edit-commands.ts';
import { closeThread, setLabels } from '../threads/state-commands.ts';
import { addComment, openThread } from '../threads/thread-commands.ts';
import { keepGrant } from './grant-commands.ts';

let world: PlanOnGithub;
let mira: string;

beforeAll(async () => {
  world = await openPlanOnGithub();
  mira = await world.person('Mira Novak');
  await world.work();
});
beforeEach(() => world.pass(60));
afterAll(() => world.close());

const issueThere = (number: number) => {
  const issue = world.repo.issues.get(number);
  if (issue === undefined) throw new Error(`GitHub has no #${number}`);
  return issue;
};
const commentsThere = (number: number) =>
  [...world.repo.comments.values()].filter((each) => each.number === number);
const opened = async (title: string, body: string, by = mira): Promise<number> => {
  const { summitId } = world;
  const { number } = expectOk(
    await inTransaction(world.db, (tx) =>
      openThread(tx, world.actor(by), { summitId, kind: 'issue', title, body }),
    ),
  );
  return number;
};
const said = async (number: number, body: string, by = mira): Promise<string> => {
  const place = { summitId: world.summitId, number };
  const added = await inTransaction(world.db, (tx) =>
    addComment(tx, world.actor(by), place, { body }),
  );
  return expectOk(added).id;
};
const remoteOf = async (number: number): Promise<number> => {
  const { remoteId } = await world.db
    .selectFrom('githubLink')
    .select('remoteId')
    .where('number', '=', number)
    .where('kind', '=', 'thread')
    .executeTakeFirstOrThrow();
  return remoteId;
};
const rowsHere = async () => {
  const count = async (table: 'planThread' | 'planComment' | 'planReview' | 'planVersion') =>
    (
      await world.db
        .selectFrom(table)
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
    ).count;
  return Promise.all([
    count('planThread'),
    count('planComment'),
    count('planReview'),
    count('planVersion'),
  ]);
};
const waiting = () =>
  world.db.selectFrom('githubOut').select(['what', 'localId', 'trouble']).execute();

describe('what happens in a plan', () => {
  test('begins on GitHub with the same main', async () => {
    const plan = await planOf(world.db, world.summitId);
    expect(world.headThere('main')).toBe(plan?.head);
    expect(await waiting()).toEqual([]);
  });

  test('appears there under our name with theirs in front, and what is changed is changed there', async () => {
    const first = await opened('Wheels', 'Which platforms?');
    const number = await opened('Builds', `See #${first} and \`#${first}\`, @nobody.`);
    const comment = await said(number, 'A word.');
    await world.work();
    const there = await remoteOf(number);
    const issue = issueThere(there);
    expect(issue).toMatchObject({ title: 'Builds', state: 'open', userId: world.robot.id });
    expect(issue.body).toContain('_Mira Novak wrote this in [Cairn](http://cairn.test/s/');
    expect(issue.body).toContain(`See #${await remoteOf(first)} and \`#${first}\`, nobody.`);
    expect(commentsThere(there).map(({ body }) => body)).toEqual([
      expect.stringContaining('A word.'),
    ]);
    const place = { summitId: world.summitId, number };
    world.pass(60);
    await inTransaction(world.db, (tx) =>
      replaceThread(tx, world.actor(mira), place, { title: 'One build', body: 'Shorter.' }),
    );
    await inTransaction(world.db, (tx) =>
      replaceComment(
        tx,
        world.actor(mira),
        { summitId: world.summitId, id: comment },
        'Two words.',
      ),
    );
    await inTransaction(world.db, (tx) => setLabels(tx, world.actor(mira), place, ['packaging']));
    await inTransaction(world.db, (tx) => closeThread(tx, world.actor(mira), place));
    await world.work();
    expect(issueThere(there)).toMatchObject({ title: 'One build', state: 'closed' });
    expect(issueThere(there).body).toContain('Shorter.');
    expect(commentsThere(there).map(({ body }) => body)).toEqual([
      expect.stringContaining('Two words.'),
    ]);
    const labels = [...issueThere(there).labels].map((id) => world.repo.labels.get(id)?.name);
    expect(labels).toEqual(['packaging']);
    await inTransaction(world.db, (tx) =>
      removeComment(tx, world.actor(mira), { summitId: world.summitId, id: comment }),
    );
    await world.work();
    expect(commentsThere(there)).toEqual([]);
    expect(world.github.wrong).toEqual([]);
  });

  test('does not come back as news when GitHub tells of it', async () => {
    const number = await opened('Echoes', 'None, please.');
    await said(number, 'Nor here.');
    await world.work();
    const before = await rowsHere();
    const asked = world.github.requests.length;
    expect(await world.deliver()).toBeGreaterThan(0);
    expect(await rowsHere()).toEqual(before);
    const writes = world.github.requests.slice(asked).filter((line) => !line.startsWith('GET'));
    expect(writes).toEqual([]);
    expect(await waiting()).toEqual([]);
  });

  test('is made once there, also where the answer never came', async () => {
    const number = await opened('Once', 'Only.');
    world.github.faults.push({ kind: 'hang-up', done: true });
    await world.work();
    expect(await waiting()).toHaveLength(1);
    world.pass(3600);
    await said(number, 'Still only once.');
    await world.work();
    const same = [...world.repo.issues.values()].filter(({ title }) => title === 'Once');
    expect(same).toHaveLength(1);
    expect(await waiting()).toEqual([]);
  });

  test('waits for GitHub as long as it asks us to, and nothing of it is lost', async () => {
    const number = await opened('Patience', 'In turn.');
    world.github.faults.push({
      kind: 'status',
      status: 403,
      headers: { 'retry-after': '1200000' },
      message: 'You have exceeded a secondary rate limit',
    });
    await world.work();
    expect(await waiting()).toHaveLength(1);
    await said(number, 'Meanwhile.');
    world.pass(14 * 24 * 3600);
    await said(number, 'Two weeks later.');
    await world.work();
    const there = await remoteOf(number);
    expect(commentsThere(there)).toHaveLength(2);
    expect(await waiting()).toEqual([]);
  });

  test('keeps what people changed there meanwhile', async () => {
    const number = await opened('Both', 'First.');
    await world.work();
    const there = issueThere(await remoteOf(number));
    world.pass(60);
    world.github.world.editIssue(world.repo, world.robot, there, { title: 'Both sides' });
    const place = { summitId: world.summitId, number };
    await inTransaction(world.db, (tx) => closeThread(tx, world.actor(mira), place));
    await world.work();
    expect(there).toMatchObject({ title: 'Both sides', state: 'closed' });
    const here = await world.db
      .selectFrom('planThread')
      .select(['title', 'state'])
      .where('number', '=', number)
      .executeTakeFirstOrThrow();
    expect(here).toEqual({ title: 'Both sides', state: 'closed' });
  });

  test('is said by people themselves, where they allow it', async () => {
    const account = world.github.world.addAccount('mira-n');
    world.github.world.tokens.set('mira-token', account.id);
    expectOk(
      await inTransaction(world.db, (tx) =>
        keepGrant(tx, world.actor(mira), world.services.seal, mira, account, {
          access: 'mira-token',
          refresh: undefined,
          endsIn: undefined,
        }),
      ),
    );
    const number = await opened('By myself', 'Mine.');
    await world.work();
    const issue = issueThere(await remoteOf(number));
    expect(issue.userId).toBe(account.id);
    expect(issue.body).toMatch(/^Mine\./);
    world.github.world.tokens.delete('mira-token');
    await said(number, 'After I took it back there.');
    await world.work();
    const [comment] = commentsThere(issue.number);
    expect(comment?.userId).toBe(world.robot.id);
    expect(comment?.body).toContain('_Mira Novak wrote this');
  });
});

describe('a proposal', () => {
  test('is a pull request there, with its commits, its reviews and its end', async () => {
    const lars = await world.person('Lars Nygaard');
    const { summitId } = world;
    const plan = await planOf(world.db, summitId);
    const { number } = expectOk(
      await inTransaction(world.db, (tx) =>
        proposeChange(tx, world.services, world.actor(lars), selfIn(summitId, { personId: lars }), {
          base: plan?.head ?? '',
          title: 'Say hello',
          why: 'It is polite.',
          changes: [{ path: 'hello.md', content: '# Hello\n\nA line.\n' }],
        }),
      ),
    );
    await world.work();
    const there = await remoteOf(number);
    const head = await world.db
      .selectFrom('planProposal')
      .select(['head', 'branch'])
      .where('number', '=', number)
      .executeTakeFirstOrThrow();
    expect(world.headThere(head.branch)).toBe(head.head);
    expect(issueThere(there).pull?.headSha).toBe(head.head);
    expectOk(
      await inTransaction(world.db, (tx) =>
        giveReview(tx, world.services, world.actor(mira), selfIn(summitId, { personId: mira }), {
          number,
          version: 1,
          verdict: 'request_changes',
          body: 'To whom?',
          lines: [{ path: 'hello.md', side: 'new', line: 3, body: 'Which line?' }],
        }),
      ),
    );
    await world.work();
    const [review] = [...world.repo.reviews.values()];
    // The robot opened it and so cannot ask itself for changes: words say it.
    expect(review).toMatchObject({ number: there, state: 'COMMENTED' });
    expect(review?.body).toContain('Asks for changes.');
    expect([...world.repo.lineComments.values()]).toMatchObject([
      { number: there, path: 'hello.md', line: 3, side: 'RIGHT', commit: head.head },
    ]);
    const before = await rowsHere();
    await world.deliver();
    expect(await rowsHere()).toEqual(before);
    expect(await waiting()).toEqual([]);
    expect(world.github.wrong).toEqual([]);
  });
});
