import type { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { tokenOf, withToken } from '../../../../../../tests/api.ts';
import { cloneDatabase, type TestDatabase } from '../../../../../../tests/database.ts';
import {
  post,
  TEST_URL,
  testServices,
  visitorFromHeader,
} from '../../../../../../tests/services.ts';
import { NOW, seedDefinition, storePerson, storeSummit } from '../../../../../../tests/summit.ts';
import { createApp } from '../../../app.tsx';
import { type Db, openKysely } from '../../../platform/db/database.ts';
import type { AppEnv } from '../../../platform/http/env.ts';
import { type Live, openLive } from '../../../platform/live/live.ts';

/** Waits for what other processes cause, on a busy machine too. */
const eventually = <T>(look: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(look, { timeout: 15_000 });

let database: TestDatabase;
let db: Db;
let app: Hono<AppEnv>;
let live: Live;
let services: ReturnType<typeof testServices>;
let ada = '';
let grigor = '';
let stranger = '';
/** Was invited, and does not come. */
let declined = '';
let organiser = '';
const HOME = '/s/notes_2023';
const NOTES = `${HOME}/meetings/february/notes`;

beforeAll(async () => {
  database = await cloneDatabase();
  db = openKysely(database.pool);
  live = openLive(database.pool);
  services = testServices(db, { live });
  app = createApp(services, visitorFromHeader(db));
  const seed = seedDefinition();
  const { id: summitId } = await storeSummit(db, {
    slug: 'notes_2023',
    planning_meetings: {
      ...seed.planning_meetings,
      list: [
        {
          key: 'february',
          title: 'February call',
          starts: '2023-02-27T09:00',
          tracks: [{ key: 'build', title: 'Build systems', topics: ['Nightly wheels'] }],
        },
      ],
    },
  });
  ada = await storePerson(db, 'Ada Byron', { summitId, role: 'participant' });
  grigor = await storePerson(db, 'Grigor Lind', { summitId, role: 'participant' });
  organiser = await storePerson(db, 'Olga Organiser', { summitId, role: 'organiser' });
  stranger = await storePerson(db, 'Stranger');
  declined = await storePerson(db, 'Dana Weiss');
  await db
    .insertInto('invitation')
    .values({
      summitId,
      personId: declined,
      state: 'declined',
      tokenHash: null,
      tokenSpentAt: null,
      expiresAt: null,
      draftedAt: NOW,
      sentAt: NOW,
      openedAt: NOW,
      answeredAt: NOW,
      closedAt: null,
      remindedAt: null,
    })
    .execute();
});
afterAll(async () => {
  live.close();
  await database.drop();
});

const get = (path: string, as = ada) => app.request(path, { headers: { 'x-test-person': as } });
const page = async (path: string, as = ada) => (await get(path, as)).text();
const send = (path: string, fields: Record<string, string>, as = ada) =>
  app.request(path, post(fields, as));
const sendJson = (path: string, body: unknown, as = ada) =>
  app.request(path, {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { origin: TEST_URL, 'content-type': 'application/json', 'x-test-person': as },
  });
const hidden = (html: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';

describe('the pages of a text', () => {
  test('are there for those who take part, and for nobody else', async () => {
    for (const path of [NOTES, `${NOTES}/build`, `${HOME}/meetings/february/agenda?edit`]) {
      expect((await get(path)).status).toBe(200);
      expect((await get(path, organiser)).status).toBe(200);
      expect((await get(path, stranger)).status).toBe(404);
      expect((await get(path, declined)).status).toBe(404);
      expect((await app.request(path)).headers.get('location')).toMatch(/^\/sign-in/);
    }
    for (const path of ['/notes/nothing', '/minutes', '/notes?revision=9']) {
      expect((await get(`${HOME}/meetings/february${path}`)).status).toBe(404);
    }
    const live = `${HOME}/meetings/february/live/notes`;
    expect((await get(live, stranger)).status).toBe(404);
    expect((await get(live, declined)).status).toBe(404);
    expect((await sendJson(live, { text: 'x', base: 0 }, stranger)).status).toBe(404);
  });

  test('offer a template from the agenda and the topics, and keep what was begun from it', async () => {
    const agenda = `${HOME}/meetings/february/agenda/build`;
    expect(await page(`${agenda}?edit`)).toContain('- Nightly wheels');
    const form = await page(`${agenda}?edit`);
    await send(agenda, { text: '- Nightly wheels\n- Cables\n', base: hidden(form, 'base') });
    const notes = await page(`${NOTES}/build?edit`);
    expect(notes).toContain('- Cables');
    expect(notes).toContain('## Action items');
    // Nobody’s example becomes a task.
    const saved = await send(`${NOTES}/build`, {
      text: '- [ ] @who what by when\r\n- [ ] @ada write by Friday\r\n',
      base: '0',
    });
    expect(saved.headers.get('location')).toBe(`${NOTES}/build`);
    const shown = await page(`${NOTES}/build`);
    expect(shown).toContain('Action items in these notes');
    expect(shown).not.toContain('@who what by when –');
    expect(await page(`${HOME}/tasks`)).toContain('Fri 3 Mar 2023');
    expect(await page(`${HOME}/me/tasks`, grigor)).toContain('Nothing is to be done by you.');
  });

  test('say whose changes came in, and never refuse a save for them', async () => {
    const form = await page(`${NOTES}?edit`);
    const base = hidden(form, 'base');
    await send(NOTES, { text: 'one\nof Ada', base, template: 'one' });
    const merged = await send(NOTES, { text: 'one\nof Grigor', base, template: 'one' }, grigor);
    expect(merged.status).toBe(200);
    const html = await merged.text();
    expect(html).toContain('Ada Byron wrote at the same time.');
    expect(html).toMatch(/<ins>.*of Ada/s);
    const history = await page(`${NOTES}?history`);
    expect(history).toContain('Grigor Lind');
    await send(NOTES, { restore: '1' });
    expect(await page(NOTES)).toContain('of Ada');
    expect(await page(NOTES)).not.toContain('of Grigor');
    expect(await page(`${NOTES}?revision=2`)).toContain('of Grigor');
  });

  test('show again what was typed when it is too long, with a sentence', async () => {
    const text = 'x'.repeat(120_001);
    const refused = await send(`${HOME}/meetings/february/agenda`, { text, base: '0' });
    expect(refused.status).toBe(422);
    const html = await refused.text();
    expect(html).toContain('longer than 120,000 characters');
    expect(html).toContain(text);
  });
});

describe('the script of a page', () => {
  const address = `${HOME}/meetings/february/live/agenda`;

  test('saves in JSON, and hears what others save and who is there', async () => {
    const response = await get(`${address}?since=0`, grigor);
    const reader = response.body?.getReader();
    let heard = '';
    const listen = async (): Promise<void> => {
      const decoder = new TextDecoder();
      for (;;) {
        const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
        if (done) return;
        heard += decoder.decode(value);
      }
    };
    const over = listen();
    await eventually(() => expect(heard).toContain('event: here\ndata: []'));
    const saved = await sendJson(address, { text: 'hello', base: 0, key: 'abcdefgh' });
    expect(await saved.json()).toEqual({ revision: 1, body: 'hello', others: [] });
    await eventually(() =>
      expect(heard).toContain('id: 1\nevent: text\ndata: {"revision":1,"body":"hello"}'),
    );
    // Taken out of the summit, he hears nothing more.
    await db.deleteFrom('role').where('personId', '=', grigor).execute();
    await sendJson(address, { text: 'hello, secret', base: 1 });
    await over;
    expect(heard).not.toContain('secret');
    const summitId = (await db.selectFrom('summit').select('id').executeTakeFirstOrThrow()).id;
    await db
      .insertInto('role')
      .values({ summitId, personId: grigor, role: 'participant', grantedAt: NOW, grantedBy: null })
      .execute();
  });

  test('is told in a sentence what is wrong', async () => {
    const unknown = await sendJson(address, { text: 'x', base: 99 });
    expect([unknown.status, await unknown.json()]).toEqual([
      422,
      {
        problem:
          'This text never had a revision 99; read it again, and send your change to what it says now.',
      },
    ]);
    expect((await sendJson(address, 'nonsense')).status).toBe(422);
  });
});

describe('the API', () => {
  test('reads and writes texts, merged, and ticks tasks', async () => {
    const token = await tokenOf(services, ada);
    const path = '/api/v1/summits/notes_2023/meetings/february/notes?track=build';
    const ask = async (address: string, init: Parameters<typeof withToken>[1] = {}) => {
      const answer = await app.request(address, withToken(token, init));
      return {
        status: answer.status,
        body: answer.status === 204 ? undefined : await answer.json(),
      };
    };
    const { body: read } = await ask(path);
    expect(read.revision).toBe(1);
    await send(`${NOTES}/build`, { text: `${read.text}of the page\n`, base: '1' }, grigor);
    const written = await ask(path, {
      method: 'PUT',
      json: { text: `of the program\n${read.text}`, base_revision: 1 },
    });
    expect(written).toMatchObject({
      status: 200,
      body: {
        revision: 3,
        text: `of the program\n${read.text}of the page\n`,
        others: ['Grigor Lind'],
      },
    });
    const { body: tasks } = await ask('/api/v1/summits/notes_2023/tasks');
    const [task] = tasks.items;
    expect(task).toMatchObject({
      title: 'write',
      due: '2023-03-03',
      owners: [{ name: 'Ada Byron' }],
    });
    const tick = `/api/v1/summits/notes_2023/tasks/${task.id}`;
    expect((await ask(tick, { method: 'PATCH', json: { done: true } })).status).toBe(204);
    const { body: own } = await ask('/api/v1/summits/notes_2023/me/tasks');
    expect(own.items).toMatchObject([{ state: 'done' }]);
    services.clock.set(NOW.add({ hours: 24 * 60 }));
    const { body: missing } = await ask('/api/v1/summits/notes_2023/missing-notes');
    expect(missing.items).toEqual([]);
    const others = await tokenOf(services, stranger);
    expect((await app.request(path, withToken(others))).status).toBe(403);
  });
});
