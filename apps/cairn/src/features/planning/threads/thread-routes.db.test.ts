import { expectOk } from '@cairn/kernel/result';
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
import { foundPlan } from '../repository/main-commands.ts';
import { lockConversation } from './state-commands.ts';
import { addComment, openThread } from './thread-commands.ts';
import { conversationOf } from './thread-queries.ts';

const HOME = '/s/sp_summit_2023';
const THREADS = `${HOME}/plan/threads`;
let world: SummitDatabase;
let summitId: string;
let mira: string;
let grigor: string;

beforeAll(async () => {
  world = await openSummitDatabase();
  await world.found();
  summitId = (await world.summit('sp_summit_2023')).id;
  mira = await storePerson(world.db, 'Mira', { summitId, role: 'participant' });
  grigor = await storePerson(world.db, 'Grigor', { summitId, role: 'participant' });
  expectOk(
    await inTransaction(world.db, (tx) =>
      foundPlan(tx, { git: testGit, url: TEST_URL }, world.actor, summitId, [
        { path: 'README.md', content: '# The plan\n' },
      ]),
    ),
  );
});
afterAll(() => world.drop());

/** An issue of Mira's. */
const openIssue = async (title = 'Which room?', body = 'Text.'): Promise<number> => {
  const actor = { ...world.actor, personId: mira };
  const { number } = expectOk(
    await inTransaction(world.db, (tx) =>
      openThread(tx, actor, { summitId, kind: 'issue', title, body }),
    ),
  );
  return number;
};
const say = async (number: number, body: string, as = mira): Promise<string> => {
  const { id } = expectOk(
    await inTransaction(world.db, (tx) =>
      addComment(tx, { ...world.actor, personId: as }, { summitId, number }, { body }),
    ),
  );
  return id;
};
const read = async (number: number, all = false) => {
  const found = await conversationOf(world.db, { summitId, number }, { personId: mira, all });
  if (found === undefined) throw new Error('there is no such conversation');
  return found;
};
const eventsOf = async (number: number): Promise<string[]> => {
  const rows = await world.db
    .selectFrom('event')
    .select(['kind', 'data'])
    .where('summitId', '=', summitId)
    .orderBy('id')
    .execute();
  return rows.filter(({ data }) => Object(data)['number'] === number).map(({ kind }) => kind);
};

describe('a comment', () => {
  test('is said by those who come, and leads back to where it stands', async () => {
    const number = await openIssue();
    const said = await world.post(`${THREADS}/${number}/comments`, { body: 'Hello' }, grigor);
    expect(said.status).toBe(303);
    expect(said.headers.get('location')).toMatch(
      new RegExp(`^${HOME}/plan/issues/${number}#comment-`),
    );
    const { entries } = await read(number);
    expect(entries).toMatchObject([{ type: 'comment', body: 'Hello', author: { name: 'Grigor' } }]);
    expect(
      (await world.post(`${THREADS}/${number}/comments`, { body: 'Hi' }, world.stranger)).status,
    ).toBe(404);
  });

  test('that says nothing comes back with the form and a sentence', async () => {
    const number = await openIssue();
    const refused = await world.post(`${THREADS}/${number}/comments`, { body: ' ' }, mira);
    expect(refused.status).toBe(422);
    expectIn(await refused.text(), 'Write something first.');
  });

  test('can be looked at before it is said', async () => {
    const number = await openIssue();
    const body = 'See **this** <script>alert(1)</script> @mira #1';
    const shown = await world.post(`${THREADS}/${number}/comments`, { body, do: 'preview' }, mira);
    expect(shown.status).toBe(200);
    const page = await shown.text();
    expectIn(page, '<strong>this</strong>');
    expectIn(page, '&lt;script&gt;');
    expectNotIn(page, '<script>alert');
    expect((await read(number)).entries).toEqual([]);
  });

  test('is edited by whoever wrote it, with what it said before kept', async () => {
    const number = await openIssue();
    const id = await say(number, 'First');
    const edit = `${THREADS}/${number}/comments/${id}/edit`;
    expect((await world.post(edit, { body: 'Second' }, mira)).status).toBe(303);
    expect((await world.get(edit, grigor)).status).toBe(404);
    expect((await world.post(edit, { body: 'Mine' }, grigor)).status).toBe(404);
    const history = await (
      await world.get(`${THREADS}/${number}/comments/${id}/history`, grigor)
    ).text();
    expectIn(history, 'First');
    expectIn(history, 'Second');
    expect(await eventsOf(number)).toContain('comment.edited');
  });

  test('that says after an edit what it said before is no edit', async () => {
    const number = await openIssue();
    const id = await say(number, 'Same');
    await world.post(`${THREADS}/${number}/comments/${id}/edit`, { body: 'Same' }, mira);
    expect(await eventsOf(number)).not.toContain('comment.edited');
    expect((await read(number)).entries).toMatchObject([{ editedAt: null }]);
  });

  test('that is withdrawn leaves a line and none of its words', async () => {
    const number = await openIssue();
    const id = await say(number, 'My secret token');
    await world.post(`${THREADS}/${number}/comments/${id}/edit`, { body: 'Gone' }, mira);
    const withdraw = `${THREADS}/${number}/comments/${id}/withdraw`;
    expect((await world.post(withdraw, {}, grigor)).status).toBe(404);
    expect((await world.get(withdraw, mira)).status).toBe(200);
    expect((await world.post(withdraw, {}, mira)).status).toBe(303);
    const { entries, comments } = await read(number);
    expect(entries).toMatchObject([{ type: 'comment', body: '' }]);
    expect(comments).toBe(0);
    const kept = await world.db.selectFrom('planEarlierText').select('body').execute();
    expect(kept.map(({ body }) => body)).not.toContain('My secret token');
    expect((await world.get(`${THREADS}/${number}/comments/${id}/history`, mira)).status).toBe(404);
  });
});

describe('a reaction', () => {
  test('counts once for each person, and can be taken back', async () => {
    const number = await openIssue();
    const id = await say(number, 'Shall we?');
    const at = `${THREADS}/${number}/comments/${id}/reactions`;
    for (const who of [mira, mira, grigor]) await world.post(at, { add: '+1' }, who);
    expect((await read(number)).entries).toMatchObject([
      { reactions: [{ reaction: '+1', count: 2, mine: true }] },
    ]);
    await world.post(at, { remove: '+1' }, mira);
    expect((await read(number)).entries).toMatchObject([
      { reactions: [{ reaction: '+1', count: 1, mine: false }] },
    ]);
    await world.post(`${THREADS}/${number}/reactions`, { add: 'heart' }, mira);
    expect((await read(number)).reactions).toEqual([{ reaction: 'heart', count: 1, mine: true }]);
    expect((await eventsOf(number)).filter((kind) => kind === 'reaction.changed')).toHaveLength(4);
    expect((await world.post(at, { add: 'nonsense' }, mira)).status).toBe(303);
  });
});

describe('a thread', () => {
  test('closes and opens again, tells it, and names its labels', async () => {
    const number = await openIssue();
    await world.post(`${THREADS}/${number}/state`, { do: 'close' }, grigor);
    await world.post(`${THREADS}/${number}/state`, { do: 'close' }, grigor);
    await world.post(`${THREADS}/${number}/state`, { do: 'reopen' }, grigor);
    await world.post(`${THREADS}/${number}/labels`, { labels: 'docs, good first task' }, mira);
    const { entries, labels, thread } = await read(number);
    expect(thread.state).toBe('open');
    expect(entries.map((entry) => (entry.type === 'happening' ? entry.kind : ''))).toEqual([
      'closed',
      'reopened',
      'labels',
    ]);
    expect(labels.map(({ label }) => label)).toEqual(['docs', 'good first task']);
    expect(await eventsOf(number)).toEqual([
      'thread.opened',
      'thread.closed',
      'thread.reopened',
      'labels.changed',
    ]);
    const long = await world.post(`${THREADS}/${number}/labels`, { labels: 'x'.repeat(51) }, mira);
    expect(long.status).toBe(422);
    expectIn(await long.text(), 'x'.repeat(51));
  });

  test('that is locked takes words of organisers only', async () => {
    const number = await openIssue();
    const id = await say(number, 'Before');
    const organiser = await world.organiser('sp_summit_2023');
    expectOk(
      await inTransaction(world.db, (tx) =>
        lockConversation(tx, world.actor, organiser, number, true),
      ),
    );
    expect((await world.post(`${THREADS}/${number}/comments`, { body: 'x' }, mira)).status).toBe(
      422,
    );
    await world.post(`${THREADS}/${number}/comments/${id}/edit`, { body: 'After' }, mira);
    await world.post(`${THREADS}/${number}/state`, { do: 'unlock' }, mira);
    expect((await world.post(`${THREADS}/${number}/comments`, { body: 'Stop' })).status).toBe(303);
    expect((await read(number)).entries).toMatchObject([
      { body: 'Before' },
      { kind: 'locked' },
      { body: 'Stop' },
    ]);
    await world.post(`${THREADS}/${number}/state`, { do: 'unlock' });
    expect((await world.post(`${THREADS}/${number}/comments`, { body: 'x' }, mira)).status).toBe(
      303,
    );
  });

  test('has its text changed by whoever opened it, and by an organiser its title only', async () => {
    const number = await openIssue('A title', 'A text');
    const edit = `${THREADS}/${number}/edit`;
    expect((await world.get(edit, grigor)).status).toBe(404);
    await world.post(edit, { title: 'Better', body: 'A better text' }, mira);
    await world.post(edit, { title: 'Best' });
    const { thread, entries } = await read(number);
    expect(thread).toMatchObject({ title: 'Best', body: 'A better text' });
    expect(entries).toMatchObject([{ kind: 'titled' }, { kind: 'titled' }]);
    expectIn(await (await world.get(`${THREADS}/${number}/history`, grigor)).text(), 'A text');
    const refused = await world.post(edit, { title: ' ', body: 'Kept as typed' }, mira);
    expect(refused.status).toBe(422);
    expectIn(await refused.text(), 'Kept as typed');
  });

  test('is found by its number alone', async () => {
    const number = await openIssue();
    const led = await world.get(`${HOME}/plan/${number}`, mira);
    expect([led.status, led.headers.get('location')]).toEqual([
      303,
      `${HOME}/plan/issues/${number}`,
    ]);
    for (const nothing of ['999999', '0', '99999999999999999999']) {
      expect((await world.get(`${HOME}/plan/${nothing}`, mira)).status).toBe(404);
      expect((await world.post(`${THREADS}/${nothing}/comments`, { body: 'x' }, mira)).status).toBe(
        404,
      );
    }
  });
});

describe('a long conversation', () => {
  test('shows its beginning and its end, and everything when asked', async () => {
    const number = await openIssue();
    for (let each = 1; each <= 90; each += 1) await say(number, `Comment ${each}`);
    const trimmed = await read(number);
    expect(trimmed.entries).toHaveLength(60);
    expect(trimmed.hidden).toEqual({ count: 30, after: 10 });
    expect(trimmed.comments).toBe(90);
    expect(trimmed.entries.at(-1)).toMatchObject({ body: 'Comment 90' });
    const whole = await read(number, true);
    expect(whole.entries).toHaveLength(90);
    expect(whole.hidden).toBeUndefined();
  });
});
