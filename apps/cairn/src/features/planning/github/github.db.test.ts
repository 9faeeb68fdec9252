import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { deliveryRequest } from '../../../../../../tests/github-server/server.ts';
import {
  type GithubTestWorld,
  openGithubWorld,
  shownOf,
  WEBHOOK_SECRET,
} from '../../../../../../tests/github-world.ts';
import { addPerson } from '../../../../../../tests/summit-database.ts';
import { runAllSweeps } from '../../../platform/jobs/sweeps.ts';
import { githubSweep } from './github-sweep.ts';

let world: GithubTestWorld;

beforeAll(async () => {
  world = await openGithubWorld();
});
beforeEach(() => world.fresh());
afterAll(async () => {
  expect(world.server.wrong).toEqual([]);
  await world.drop();
});

const events = async (): Promise<string[]> => {
  const rows = await world.db
    .selectFrom('event')
    .select('kind')
    .where('door', '=', 'github')
    .orderBy('id')
    .execute();
  return rows.map(({ kind }) => kind);
};
const deliveries = () =>
  world.db
    .selectFrom('githubDelivery')
    .select(['event', 'state', 'why', 'payload'])
    .orderBy('arrived')
    .execute();

/** Something of everything, in a repository. */
function story() {
  const { world: github } = world.server;
  const { repo, octo } = world;
  const mira = github.accountByLogin('mira-gh') ?? github.addAccount('mira-gh');
  const issue = github.openIssue(repo, octo, {
    title: 'Which room?',
    body: 'There are two.',
    labels: ['question'],
  });
  github.pass(10);
  const comment = github.comment(repo, mira, issue, 'The one with windows.');
  github.react(octo, comment, 'heart');
  github.react(mira, issue, '+1');
  github.pass(10);
  const pull = github.openPull(repo, mira, {
    title: 'Say the room',
    head: 'room',
    body: 'See #1.',
  });
  github.pass(10);
  const first = github.lineComment(repo, octo, pull, {
    body: 'With a number?',
    path: 'README.md',
    line: 3,
  });
  github.pass(10);
  const review = github.review(repo, octo, pull, { state: 'CHANGES_REQUESTED', body: 'Not yet.' });
  github.pass(10);
  github.pushPull(repo, mira, pull, 'b'.repeat(40));
  github.pass(10);
  github.lineComment(repo, mira, pull, {
    body: 'Done.',
    path: 'README.md',
    line: 3,
    replyTo: first.id,
  });
  github.review(repo, octo, pull, { state: 'APPROVED' });
  github.pass(10);
  github.mergePull(repo, octo, pull);
  github.pass(10);
  github.editIssue(repo, octo, issue, { state: 'closed' });
  github.pass(10);
  return { issue, comment, pull, review, mira };
}

describe('reading a repository', () => {
  test('brings all of it, and changes nothing when done again', async () => {
    const { mira } = story();
    await world.read();
    const shown = await shownOf(world);
    expect(shown).toMatchObject([
      {
        kind: 'issue',
        title: 'Which room?',
        state: 'closed',
        labels: ['question'],
        account: world.octo.id,
        reactions: [`+1:${mira.id}`],
        comments: [{ body: 'The one with windows.', reactions: [`heart:${world.octo.id}`] }],
      },
      {
        kind: 'proposal',
        state: 'closed',
        body: 'See #1.',
        proposal: { state: 'merged', head: 'b'.repeat(40) },
        reviews: [{ verdict: 'request_changes' }, { verdict: 'approve', head: 'b'.repeat(40) }],
        comments: [
          { path: 'README.md', line: 3 },
          { body: 'Done.', path: 'README.md' },
        ],
      },
    ]);
    const before = await events();
    await world.db.deleteFrom('githubReading').execute();
    await world.read();
    expect(await events()).toEqual(before);
    expect(await shownOf(world)).toEqual(shown);
  });

  test('gives the same as having been told all of it', async () => {
    story();
    await world.read();
    const read = await shownOf(world);
    const told = world.server.world.takeDeliveries();
    await world.db.deleteFrom('githubReading').execute();
    await world.deliver(told);
    await world.apply();
    await world.read();
    expect(await shownOf(world)).toEqual(read);
  });

  test('goes page by page, also where many were changed in one second', async () => {
    for (let number = 0; number < 230; number += 1) {
      world.server.world.openIssue(world.repo, world.octo, { title: `Issue ${number}` });
      if (number === 20 || number === 210) world.server.world.pass(1);
    }
    await world.read();
    expect(await shownOf(world)).toHaveLength(230);
  });

  test('asks nothing while it is limited, and ends what it began after', async () => {
    const { issue } = story();
    world.server.faults.push({ kind: 'status', status: 429, headers: { 'retry-after': '90' } });
    await world.read().catch(() => undefined);
    const settings = await world.db
      .selectFrom('githubSettings')
      .select('limitedUntil')
      .executeTakeFirstOrThrow();
    expect(settings.limitedUntil).not.toBeNull();
    const asked = world.server.requests.length;
    await runAllSweeps(world.services, [githubSweep]);
    expect(world.server.requests.length).toBe(asked);
    world.server.world.pass(91);
    await world.read();
    expect(await shownOf(world)).toHaveLength(2);
    expect(issue.number).toBe(1);
  });

  test('heals two weeks in which nothing was told: new, changed and deleted', async () => {
    const { issue, comment } = story();
    await world.read();
    const { world: github } = world.server;
    github.pass(14 * 24 * 60 * 60);
    const other = github.openIssue(world.repo, world.octo, { title: 'Meanwhile' });
    github.editIssue(world.repo, world.octo, issue, { state: 'open', title: 'Which rooms?' });
    github.deleteComment(world.repo, world.octo, comment);
    github.comment(world.repo, world.octo, other, 'Said meanwhile.');
    github.takeDeliveries();
    await world.read();
    const shown = await shownOf(world);
    expect(shown[0]).toMatchObject({
      title: 'Which rooms?',
      state: 'open',
      comments: [{ withdrawn: true, body: '' }],
    });
    expect(shown[2]).toMatchObject({ title: 'Meanwhile', comments: [{ body: 'Said meanwhile.' }] });
  });

  test('follows a repository that is renamed', async () => {
    const { world: github } = world.server;
    github.renameRepo(world.repo, world.octo, `renamed-${world.repo.id}`);
    github.openIssue(world.repo, world.octo, { title: 'Still here' });
    await world.read();
    expect(await shownOf(world)).toMatchObject([{ title: 'Still here' }]);
  });
});

describe('a webhook', () => {
  const post = async (init: RequestInit) => world.app.request('/github/webhook', init);

  test('with a wrong signature, or none, is refused and leaves nothing', async () => {
    story();
    const [delivery] = world.server.world.takeDeliveries();
    if (delivery === undefined) throw new Error('nothing happened');
    const wrong = await deliveryRequest(delivery, 'another secret, of somebody else');
    expect((await post(wrong)).status).toBe(401);
    const { 'x-hub-signature-256': _, ...headers } = wrong.headers as Record<string, string>;
    expect((await post({ ...wrong, headers })).status).toBe(401);
    const right = await deliveryRequest(delivery, WEBHOOK_SECRET);
    expect((await post({ ...right, body: `${right.body} ` })).status).toBe(401);
    expect(await deliveries()).toEqual([]);
  });

  test('of ten megabytes is refused', async () => {
    const delivery = { guid: 'g-1', event: 'issues', at: '', payload: { text: 'x'.repeat(1e7) } };
    const answer = await post(await deliveryRequest(delivery, WEBHOOK_SECRET));
    expect(answer.status).toBe(413);
    expect(await deliveries()).toEqual([]);
  });

  test('whose length nobody says is read no further than it may be long', async () => {
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 1;
        if (sent > 100) controller.close();
        else controller.enqueue(new Uint8Array(1_000_000));
      },
    });
    const endless = { method: 'POST', body, duplex: 'half' } as RequestInit;
    expect((await post(endless)).status).toBe(413);
    expect(sent).toBeLessThan(20);
  });

  test('that comes again is stored and applied once', async () => {
    const { world: github } = world.server;
    github.openIssue(world.repo, world.octo, { title: 'Once' });
    const told = github.takeDeliveries();
    await world.deliver([...told, ...told]);
    await world.apply();
    await world.deliver(told);
    await world.apply();
    expect(await shownOf(world)).toHaveLength(1);
    expect(await deliveries()).toHaveLength(told.length);
  });

  test('of an event that nobody knows is kept and counted, and of another repository not kept', async () => {
    const around = { repository: { id: world.repo.id } };
    await world.deliver([
      { guid: 'g-2', event: 'star', at: '', payload: { action: 'created', ...around } },
      {
        guid: 'g-3',
        event: 'issues',
        at: '',
        payload: { action: 'opened', repository: { id: 1 } },
      },
      { guid: 'g-4', event: 'issues', at: '', payload: { action: 'opened', issue: 3, ...around } },
    ]);
    await world.apply();
    expect(await deliveries()).toMatchObject([
      { event: 'star', state: 'kept', why: 'unknown-event' },
      { event: 'issues', state: 'kept', why: 'other-repository', payload: null },
      { event: 'issues', state: 'kept', why: 'not-as-described' },
    ]);
  });

  test('about a comment brings the issue with it', async () => {
    const { world: github } = world.server;
    const issue = github.openIssue(world.repo, world.octo, { title: 'First' });
    github.pass(5);
    github.comment(world.repo, world.octo, issue, 'Second');
    await world.deliver(github.takeDeliveries().slice(1));
    await world.apply();
    expect(await shownOf(world)).toMatchObject([
      { title: 'First', comments: [{ body: 'Second' }] },
    ]);
  });

  test('about an issue that is gone closes it here and keeps what was said', async () => {
    const { issue } = story();
    const { world: github } = world.server;
    github.editIssue(world.repo, world.octo, issue, { state: 'open' });
    github.pass(5);
    await world.deliver();
    await world.apply();
    github.transferIssue(world.repo, world.octo, issue, 'octo/elsewhere/issues/3');
    await world.deliver();
    await world.apply();
    expect((await shownOf(world))[0]).toMatchObject({
      gone: true,
      state: 'closed',
      comments: [{ withdrawn: false }],
    });
  });

  test('about a line that was settled settles it here, and about a review that was dismissed dismisses it', async () => {
    const { pull, review } = story();
    const { world: github } = world.server;
    const line = github.lineComment(world.repo, world.octo, pull, {
      body: 'One more.',
      path: 'a.md',
      line: 1,
    });
    github.pass(5);
    github.resolveThread(world.repo, world.octo, line, true);
    github.dismissReview(world.repo, world.octo, review);
    await world.deliver();
    await world.apply();
    await world.read();
    expect((await shownOf(world))[1]).toMatchObject({
      reviews: [{ verdict: 'request_changes', dismissed: true }, { dismissed: false }],
      comments: [{ resolved: false }, { resolved: false }, { path: 'a.md', resolved: true }],
    });
  });

  test('about a label that was renamed has issues asked for again', async () => {
    const { world: github } = world.server;
    github.openIssue(world.repo, world.octo, { title: 'Labelled', labels: ['docs'] });
    await world.deliver();
    await world.apply();
    github.renameLabel(world.repo, world.octo, github.label(world.repo, 'docs'), 'documentation');
    await world.deliver();
    await world.apply();
    await world.read();
    expect(await shownOf(world)).toMatchObject([{ labels: ['documentation'] }]);
  });
});

describe('topics', () => {
  const form = (problem: string) =>
    `### Problem\n\n${problem}\n\n### Done when\n\nEverybody sits.\n\n### Effort\n\nsmall\n\n### Links\n\n_No response_\n`;
  const document = async () => {
    const row = await world.db
      .selectFrom('planDocument')
      .innerJoin('planTopic', 'planTopic.path', 'planDocument.path')
      .select(['planDocument.source', 'planTopic.state'])
      .executeTakeFirst();
    return row;
  };

  test('are issues with the label, whether they had it from the beginning or not', async () => {
    const { world: github } = world.server;
    const issue = github.openIssue(world.repo, world.octo, {
      title: `Chairs ${world.repo.id}`,
      body: form('Too few.'),
    });
    github.pass(5);
    await world.deliver();
    await world.apply();
    expect(await shownOf(world)).toMatchObject([{ kind: 'issue' }]);
    github.editIssue(world.repo, world.octo, issue, { labels: ['topic'] });
    github.pass(5);
    await world.deliver();
    await world.apply();
    expect(await shownOf(world)).toMatchObject([{ kind: 'topic', labels: ['topic'] }]);
    expect((await document())?.source).toContain('## Problem\n\nToo few.');
    github.editIssue(world.repo, world.octo, issue, { body: form('Far too few.') });
    github.pass(5);
    github.editIssue(world.repo, world.octo, issue, { state: 'closed' });
    await world.deliver();
    await world.apply();
    const now = await document();
    expect(now?.source).toContain('Far too few.');
    expect(now?.source).toContain('effort: small');
    expect(now?.state).toBe('done');
  });
});

describe('people', () => {
  test('are known by their number, whatever they are called, and programs and ghosts are nobody', async () => {
    const { world: github } = world.server;
    const { repo } = world;
    const lena = await addPerson(world.db, 'Lena');
    await world.db
      .insertInto('personIdentity')
      .values({ kind: 'github', value: 'Lena-Old', personId: lena, verifiedAt: null })
      .execute();
    const account = github.addAccount('lena-old');
    const issue = github.openIssue(repo, account, { title: 'Mine' });
    github.pass(5);
    await world.deliver();
    await world.apply();
    account.login = 'lena-new';
    github.comment(repo, account, issue, 'Mine too.');
    // Somebody else takes the name that became free.
    const stranger = github.addAccount('lena-old');
    github.pass(5);
    github.comment(repo, stranger, issue, 'Not hers.');
    github.comment(repo, github.ghost, issue, 'Left.');
    github.comment(repo, github.addAccount('helper[bot]', 'Bot'), issue, 'Beep.');
    await world.read();
    const comments = await world.db
      .selectFrom('planComment')
      .select(['body', 'authorId'])
      .orderBy('createdAt')
      .execute();
    const authors = new Map(comments.map(({ body, authorId }) => [body, authorId]));
    expect(authors.get('Mine too.')).toBe(lena);
    expect([authors.get('Not hers.'), authors.get('Left.'), authors.get('Beep.')]).toEqual([
      null,
      null,
      null,
    ]);
    const known = await world.db
      .selectFrom('githubAccount')
      .select('login')
      .where('id', '=', account.id)
      .executeTakeFirst();
    expect(known?.login).toBe('lena-new');
  });

  test('who say later which account is theirs have what it did', async () => {
    const { world: github } = world.server;
    const account = github.addAccount('late-comer');
    github.openIssue(world.repo, account, { title: 'Early' });
    await world.read();
    const person = await addPerson(world.db, 'Late');
    await world.db
      .insertInto('personIdentity')
      .values({ kind: 'github', value: 'late-comer', personId: person, verifiedAt: null })
      .execute();
    await runAllSweeps(world.services, [githubSweep]);
    const tied = await world.db
      .selectFrom('githubAccount')
      .select('personId')
      .where('id', '=', account.id)
      .executeTakeFirst();
    expect(tied?.personId).toBe(person);
  });
});
