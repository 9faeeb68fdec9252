import { expectOk } from '@cairn/kernel/result';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tokenOf, withToken } from '../../../../../../tests/api.ts';
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
import { mentionConsumer } from '../threads/mention-consumer.ts';

const HOME = '/s/sp_summit_2023';
const PLAN = `${HOME}/plan`;
const services = { git: testGit, url: TEST_URL };
let world: SummitDatabase;
let summitId: string;
let mira: string;
let grigor: string;

beforeAll(async () => {
  world = await openSummitDatabase();
  await world.found();
  summitId = (await world.summit('sp_summit_2023')).id;
  await world.db.updateTable('summit').set({ state: 'announced' }).execute();
  mira = await storePerson(world.db, 'Mira Lehto', { summitId, role: 'participant' });
  grigor = await storePerson(world.db, 'Grigor Lind', { summitId, role: 'participant' });
  expectOk(
    await inTransaction(world.db, (tx) =>
      foundPlan(tx, services, world.actor, summitId, [
        { path: 'README.md', content: '# The plan\n' },
        {
          path: '.github/ISSUE_TEMPLATE/room.yml',
          content:
            'name: Room\ndescription: About a room\nlabels: [place]\nbody:\n  - {type: input, id: room, attributes: {label: Which room?}, validations: {required: true}}\n',
        },
        { path: '.github/ISSUE_TEMPLATE/broken.yml', content: 'name: [\n' },
      ]),
    ),
  );
});
afterAll(() => world.drop());

const page = async (path: string, as = mira): Promise<string> => (await world.get(path, as)).text();
const open = async (title: string, problem = 'It hurts.'): Promise<string> => {
  const opened = await world.post(`${PLAN}/topics/new`, { title, problem, looked: 'yes' }, mira);
  expect(opened.status).toBe(303);
  return opened.headers.get('location') ?? '';
};

describe('pages of topics', () => {
  test('are there for those who take part, and written by those who come', async () => {
    const at = await open('Sparse arrays everywhere');
    for (const path of [`${PLAN}/topics`, `${PLAN}/topics?view=board&state=idea`, at, PLAN]) {
      expect((await world.get(path, grigor)).status).toBe(200);
    }
    expect((await world.get(`${PLAN}/topics`, world.stranger)).status).toBe(404);
    expect((await world.get(at, world.stranger)).status).toBe(404);
    expect((await world.post(`${at}/join`, { do: 'join' }, world.stranger)).status).toBe(404);
    expectIn(await page(`${PLAN}/topics?q=sparse`), 'Sparse arrays everywhere');
    expectNotIn(await page(`${PLAN}/topics?lead=nobody-here`), 'Sparse arrays everywhere');
    expect((await world.get(`${PLAN}/topics/99999`, mira)).status).toBe(404);
  });

  test('come back with all that was typed when something is wrong', async () => {
    const typed = { title: ' ', problem: 'Kept words', links: 'ftp://x', people: 'Nobody Known' };
    const refused = await world.post(`${PLAN}/topics/new`, typed, mira);
    expect(refused.status).toBe(422);
    const html = await refused.text();
    for (const words of ['Kept words', 'ftp://x', 'Nobody Known', 'is nobody who takes part']) {
      expectIn(html, words);
    }
  });

  test('ask once whether it is one that is there already, and open it then', async () => {
    await open('Nightly wheels for every project');
    const typed = { title: 'Nightly wheel for all projects', problem: 'Too late.' };
    const asked = await world.post(`${PLAN}/topics/new`, typed, mira);
    expect(asked.status).toBe(422);
    const html = await asked.text();
    expectIn(html, 'These look alike');
    expectIn(html, 'name="looked"');
    const other = await world.post(`${PLAN}/topics/new`, { ...typed, looked: 'yes' }, mira);
    expect(other.status).toBe(303);
    const found = await world.get(`${PLAN}/topics/alike?title=nightli%20wheels%20projct`, grigor);
    const { items } = (await found.json()) as { items: { title: string; href: string }[] };
    expect(items.map(({ title }) => title)).toContain('Nightly wheels for every project');
    const nothing = await world.get(`${PLAN}/topics/alike?title=Coffee`, grigor);
    expect(await nothing.json()).toEqual({ items: [] });
  });

  test('move, join, edit and merge by their forms, and tell what is refused', async () => {
    const at = await open('Moved by forms');
    const refused = await world.post(`${at}/state`, { state: 'planned' }, mira);
    expect(refused.status).toBe(422);
    expectIn(await refused.text(), 'To be planned it needs somebody who leads it.');
    await world.post(`${at}/join`, { do: 'lead' }, mira);
    const edit = await page(`${at}/edit`);
    const base = /name="base" value="([0-9a-f]{40})"/.exec(edit)?.[1] ?? '';
    const form = { title: 'Moved by forms', problem: 'It hurts.', doneWhen: 'It is gone.' };
    const saved = await world.post(`${at}/edit`, { ...form, lead: 'mira-lehto', base }, mira);
    expect(saved.status).toBe(303);
    expect((await world.post(`${at}/state`, { state: 'planned' }, mira)).status).toBe(303);
    const shown = await page(at, grigor);
    expectIn(shown, 'things are missing');
    expectIn(shown, 'Propose a change');
    expect((await world.post(`${at}/edit`, { ...form, base }, grigor)).status).toBe(422);
    const target = await open('Where it goes');
    const into = target.slice(target.lastIndexOf('/') + 1);
    expect((await world.post(`${at}/merge`, { into: 'x' }, mira)).status).toBe(422);
    expect((await world.post(`${at}/merge`, { into: '99999' }, mira)).status).toBe(422);
    expect((await world.post(`${at}/merge`, { into: `#${into}` }, mira)).status).toBe(303);
    expectIn(await page(at), 'This topic was merged into');
    expectIn(await page(target), 'merged');
    expect((await world.post(`${at}/unmerge`, {})).status).toBe(303);
    expectNotIn(await page(at), 'This topic was merged into');
  });

  test('show hostile texts harmlessly', async () => {
    const at = await open(
      '<script>alert(1)</script> \u202egnp.exe',
      `${'['.repeat(5_000)} <img src=x onerror=alert(1)>`,
    );
    const html = await page(at);
    expectNotIn(html, '<script>alert');
    expectNotIn(html, '<img src=x');
    expectNotIn(await page(`${PLAN}/topics`), '<script>alert');
  });
});

describe('issues', () => {
  test('are opened by the forms of the plan, or plainly', async () => {
    const choose = await page(`${PLAN}/issues/new`);
    expectIn(choose, 'About a room');
    expectIn(choose, 'broken.yml');
    const key = { form: 'room', title: 'Room 2.14 is cold' };
    const refused = await world.post(`${PLAN}/issues/new`, key, mira);
    expect(refused.status).toBe(422);
    expectIn(await refused.text(), 'is needed; write something.');
    const opened = await world.post(`${PLAN}/issues/new`, { ...key, 'part-room': '2.14' }, mira);
    expect(opened.status).toBe(303);
    const shown = await page(opened.headers.get('location') ?? '', grigor);
    for (const words of ['Which room?', '2.14', 'place']) expectIn(shown, words);
    const plain = { form: '', title: 'Lunch', body: 'Where?', labels: 'food' };
    expect((await world.post(`${PLAN}/issues/new`, plain, mira)).status).toBe(303);
    expectIn(await page(`${PLAN}/issues?label=food`), 'Lunch');
    expectNotIn(await page(`${PLAN}/issues?state=closed`), 'Lunch');
  });
});

describe('the first page of the plan', () => {
  test('tells the public about documents, and members where it stands', async () => {
    const hidden = await (await world.app.request(PLAN)).text();
    expectIn(hidden, 'git clone');
    expectIn(hidden, 'href="/s/sp_summit_2023/plan/files/topics/');
    expectNotIn(hidden, 'Where it stands');
    const shown = await page(PLAN);
    for (const words of ['Where it stands', 'What happened last', 'How to take part']) {
      expectIn(shown, words);
    }
  });

  test('names what awaits whoever reads it, as their own part of the summit does', async () => {
    const path = 'topics/awaits.md';
    const content = '---\ntitle: Awaits Mira\nstate: active\nlead: mira-lehto\n---\n';
    expectOk(
      await inTransaction(world.db, (tx) =>
        commitToMain(tx, services, world.actor, summitId, {
          changes: [{ path, content }],
          message: 'x',
        }),
      ),
    );
    expectIn(await page(PLAN), 'What awaits you');
    expectIn(await page(`${HOME}/me`), 'Awaits Mira');
    expectNotIn(await page(`${HOME}/me`, grigor), 'Awaits Mira');
    expectIn(await page(`${HOME}/organise`, world.ada), 'that lack something');
  });
});

describe('labels', () => {
  test('are named by organisers, and coloured by what they mean', async () => {
    const said = { label: 'food', meaning: 'good', about: 'To eat' };
    expect((await world.post(`${PLAN}/labels`, said, mira)).status).toBe(404);
    expect((await world.post(`${PLAN}/labels`, { label: '', meaning: 'x' })).status).toBe(422);
    expect((await world.post(`${PLAN}/labels`, said)).status).toBe(303);
    expectIn(await page(`${PLAN}/labels`), 'label good');
  });
});

describe('a thread that is named in another', () => {
  test('says so once', async () => {
    const target = await open('Named elsewhere');
    const number = Number(target.slice(target.lastIndexOf('/') + 1));
    const say = (body: string) =>
      world.post(`${PLAN}/threads/1/comments`, { body: `${body} #${number}` }, mira);
    await say('See');
    await say('Again');
    const events = await world.db
      .selectFrom('event')
      .select(['id', 'at', 'kind', 'summitId', 'personId', 'actorId', 'door', 'data'])
      .where('kind', '=', 'comment.added')
      .execute();
    for (const { data, id, ...event } of events) {
      const told = { ...event, id: String(id), data: Object(data) };
      await world.db
        .transaction()
        .execute((tx) => mentionConsumer.handle(told, tx, { ...services } as never)); // it reads the database alone
    }
    const shown = await page(target);
    expect(shown.split('named it in').length - 1).toBe(1);
  });
});

describe('the API', () => {
  test('does all of it', async () => {
    const token = await tokenOf(world, mira, ['read:plan', 'write:plan']);
    const ask = (path: string, init: { method?: string; body?: unknown } = {}) =>
      world.app.request(
        `/api/v1/summits/sp_summit_2023/plan${path}`,
        withToken(token, {
          method: init.method ?? 'GET',
          ...(init.body === undefined ? {} : { json: init.body }),
        }),
      );
    const opened = await ask('/topics', {
      method: 'POST',
      body: { title: 'By program', problem: 'x', labels: ['api'], projects: ['numpy'] },
    });
    expect(opened.status).toBe(201);
    const { number } = (await opened.json()) as { number: number };
    const topic = (await (await ask(`/topics/${number}`)).json()) as Record<string, unknown>;
    expect(topic).toMatchObject({ state: 'idea', says: { title: 'By program', labels: ['api'] } });
    const change = { title: 'By program', problem: 'y', effort: 'small', blob: topic['blob'] };
    expect((await ask(`/topics/${number}`, { method: 'PUT', body: change })).status).toBe(204);
    const planned = { method: 'PUT', body: { state: 'planned' } };
    expect((await ask(`/topics/${number}/state`, planned)).status).toBe(422);
    const join = { method: 'POST', body: { as: 'join' } };
    expect((await ask(`/topics/${number}/join`, join)).status).toBe(204);
    const text = { method: 'POST', body: { text: 'Said by a program' } };
    const said = await ask(`/threads/${number}/comments`, text);
    const { id } = (await said.json()) as { id: string };
    const at = `/threads/${number}/comments/${id}`;
    expect((await ask(at, { method: 'PUT', body: { text: 'Changed' } })).status).toBe(204);
    const react = { comment: id, reaction: 'heart', on: true };
    expect((await ask(`/threads/${number}/reaction`, { method: 'PUT', body: react })).status).toBe(
      204,
    );
    const conversation = await (await ask(`/threads/${number}`)).json();
    expect(conversation).toMatchObject({
      kind: 'topic',
      entries: expect.arrayContaining([expect.objectContaining({ text: 'Changed' })]),
    });
    expect((await ask(at, { method: 'DELETE' })).status).toBe(204);
    const issue = await ask('/issues', { method: 'POST', body: { title: 'I', labels: ['a'] } });
    const { number: two } = (await issue.json()) as { number: number };
    const edit = { method: 'PUT', body: { title: 'J', text: 'x' } };
    expect((await ask(`/issues/${two}`, edit)).status).toBe(204);
    const labels = { method: 'PUT', body: { labels: ['b'] } };
    expect(await (await ask(`/threads/${two}/labels`, labels)).json()).toEqual({ labels: ['b'] });
    const closed = { method: 'PUT', body: { state: 'closed' } };
    expect((await ask(`/threads/${two}/state`, closed)).status).toBe(204);
    expect((await ask(`/threads/${number}/state`, closed)).status).toBe(409);
    for (const path of ['/topics', '/issues?state=all', '/topics/alike?title=By%20program']) {
      expect((await ask(path)).status).toBe(200);
    }
    expect((await ask('/threads/99999')).status).toBe(404);
    const into = { method: 'PUT', body: { number: 1 } };
    expect((await ask(`/topics/${number}/merged-into`, into)).status).toBe(204);
    const apart = { method: 'PUT', body: { number: null } };
    expect((await ask(`/topics/${number}/merged-into`, apart)).status).toBe(409);
  });
});
