import { Temporal } from '@cairn/kernel/time';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { storeRelease } from '../../../../../../tests/released-timetable.ts';
import { storePerson } from '../../../../../../tests/summit.ts';
import {
  expectIn,
  expectNotIn,
  openSummitDatabase,
  type SummitDatabase,
} from '../../../../../../tests/summit-database.ts';

const SLUG = 'sp_summit_2023';
const HOME = `/s/${SLUG}/timetable`;
const MONDAY = '2023-05-22';

let world: SummitDatabase;
let summitId = '';
let mei = '';
let grigor = '';
let ids: Awaited<ReturnType<typeof storeRelease>>;

beforeAll(async () => {
  world = await openSummitDatabase();
  await world.found();
  summitId = (await world.summit(SLUG)).id;
  await world.db.updateTable('summit').set({ state: 'announced' }).execute();
  mei = await storePerson(world.db, 'Mei Tanaka', { summitId, role: 'participant' });
  grigor = await storePerson(world.db, 'Grigor Lind', { summitId, role: 'participant' });
  ids = await storeRelease(world.db, summitId, {
    zone: 'America/Los_Angeles',
    days: [MONDAY, '2023-05-23'],
    rooms: [
      { key: 'hall', name: 'Great Hall' },
      { key: 'attic', name: 'Attic' },
    ],
    blocks: [
      { date: MONDAY, starts: '12:00', ends: '13:00', kind: 'meal', meal: 'lunch', title: 'Lunch' },
    ],
    sessions: [
      { title: 'Wheels', date: MONDAY, starts: '09:30', ends: '11:00', room: 'hall', leads: [mei] },
      {
        title: 'Docs',
        date: MONDAY,
        starts: '11:00',
        ends: '12:00',
        room: 'hall',
        people: [grigor],
      },
      {
        title: 'Arrays',
        date: MONDAY,
        starts: '10:00',
        ends: '12:00',
        room: 'attic',
        group: 'arrays',
      },
    ],
  });
  world.clock.set(Temporal.Instant.from('2023-05-22T17:15:00Z'));
});
afterAll(() => world.drop());

const page = async (path: string, as?: string): Promise<string> =>
  (await world.get(`${HOME}${path}`, as)).text();

describe('the page of the present', () => {
  test('says what is in each room, by the clocks of the place', async () => {
    const html = await page('/now', world.stranger);
    expectIn(html, '<time datetime="2023-05-22T17:15:00.000Z">10:15</time>');
    expectIn(html, 'Wheels');
    expectIn(html, 'until <time>11:00</time>');
    expectNotIn(html, 'For you');
  });

  test('says what is now and next for oneself, and names nobody else', async () => {
    const html = await page('/now', mei);
    expectIn(html, 'For you');
    expectNotIn(html, 'Grigor');
    const [, own = ''] = /data-own="([^"]*)"/.exec(html) ?? [];
    expect(own).toBe(ids.sessions.get('Wheels'));
  });

  test('loads itself anew where no script runs, unless somebody does not want it', async () => {
    expectIn(await page('/now'), '<noscript><meta http-equiv="refresh" content="60"/></noscript>');
    expectNotIn(await page('/now?still'), 'http-equiv="refresh"');
    expectNotIn(await page('/now?at=2023-05-22T11:30'), 'http-equiv="refresh"');
  });

  test('shows another moment when asked, and says what is no moment', async () => {
    const html = await page('/now?at=2023-05-22T11:30');
    expectIn(html, 'and not now');
    expectIn(html, 'Docs');
    const odd = await world.get(`${HOME}/now?at=2023-02-30T99:99`);
    expect(odd.status).toBe(422);
    expectIn(await odd.text(), 'write them such as 2023-05-23T10:00');
  });

  test('goes by the clock that can be set', async () => {
    world.clock.set(Temporal.Instant.from('2023-05-22T19:30:00Z'));
    expectIn(await page('/now/projector'), '<b>Lunch</b>');
    world.clock.set(Temporal.Instant.from('2023-05-22T17:15:00Z'));
    expectNotIn(await page('/now/projector'), '<b>Lunch</b>');
  });
});

describe('a door sign', () => {
  test('says what is in the room and what comes', async () => {
    const html = await page('/rooms/hall/door');
    expectIn(html, '<b>Wheels</b>');
    expectIn(html, 'Next, 11:00: <b>Docs</b>');
    expect((await world.get(`${HOME}/rooms/cellar/door`)).status).toBe(404);
  });

  test('says that a room is closed and until when, but not why', async () => {
    const roomId = ids.rooms.get('attic') ?? '';
    const closure = {
      roomId,
      date: MONDAY,
      starts: '10:00',
      ends: '18:00',
      reason: 'A pipe burst',
    };
    await world.db.insertInto('roomClosure').values(closure).execute();
    for (const path of ['/rooms/attic/door', '/now', '/now.json', '/now/projector']) {
      expectNotIn(await page(path), 'pipe');
    }
    expectIn(await page('/rooms/attic/door'), 'Closed until 18:00');
    await world.db.deleteFrom('roomClosure').execute();
  });
});

describe('the data of the present', () => {
  test('names nobody, and is answered without its body to who has it', async () => {
    const answer = await world.get(`${HOME}/now.json`, world.stranger);
    const text = await answer.text();
    for (const word of ['Mei', 'Grigor', mei, grigor]) expectNotIn(text, word);
    const again = await world.app.request(`${HOME}/now.json`, {
      headers: { 'if-none-match': answer.headers.get('etag') ?? '' },
    });
    expect(again.status).toBe(304);
  });

  test('is the same until something changes', async () => {
    const stamp = async () => JSON.parse(await page('/now.json')).stamp;
    const before = await stamp();
    expect(await stamp()).toBe(before);
    const roomId = ids.rooms.get('hall') ?? '';
    const closure = { roomId, date: MONDAY, starts: '15:00', ends: '18:00', reason: '' };
    await world.db.insertInto('roomClosure').values(closure).execute();
    expect(await stamp()).not.toBe(before);
    await world.db.deleteFrom('roomClosure').execute();
    expect(await stamp()).toBe(before);
  });
});

describe('who is where', () => {
  test('is told to those who come', async () => {
    const html = await page('/now/people', grigor);
    expectIn(html, 'Mei Tanaka');
    expectIn(html, 'In no session');
    expect((await world.get(`${HOME}/now/people`, world.stranger)).status).toBe(404);
  });

  test('says nothing of what somebody noted about their days', async () => {
    await world.db
      .insertInto('presence')
      .values({
        ...{ summitId, personId: mei, arrivesOn: '2023-05-23', arrivesAt: null, leavesOn: null },
        ...{ leavesAt: null, note: 'a secret reason', saidBy: mei, saidAt: world.clock.now() },
      })
      .execute();
    const html = await page('/now/people', grigor);
    expectIn(html, 'Not there');
    expectNotIn(html, 'secret');
    await world.db.deleteFrom('presence').execute();
  });
});

describe('what a phone keeps', () => {
  const list = async (as?: string) => JSON.parse(await page('/offline.json', as));

  test('is the week for everybody, and one’s own pages for who comes', async () => {
    const { pages } = await list(world.stranger);
    expect(pages).toContain(`${HOME}/days/${MONDAY}`);
    expect(pages).not.toContain(`${HOME}/agenda`);
    expect((await list(mei)).pages).toContain(`${HOME}/agenda`);
  });

  test('are pages that are there', async () => {
    const { pages, files, assets } = await list(mei);
    for (const path of [...pages, ...files]) {
      expect((await world.get(path, mei)).status, path).toBe(200);
    }
    for (const path of assets.filter((each: string) => !each.endsWith('.js'))) {
      expect((await world.get(path)).status, path).toBe(200);
    }
  });

  test('is kept for one reader, whom a page tells from the next without naming them', async () => {
    const readerOf = async (as: string) =>
      /<html [^>]*data-reader="([\w-]{16})"/.exec(await page('/now', as))?.[1];
    const [one, other] = [await readerOf(mei), await readerOf(grigor)];
    expect(one).toBeDefined();
    expect(one).not.toBe(other);
    const anonymous = await world.app.request(`${HOME}/now`);
    expectNotIn(await anonymous.text(), 'data-reader');
  });

  test('begins with an app whose address stays within the summit', async () => {
    const manifest = await (await world.get(`/s/${SLUG}/app.webmanifest`)).json();
    expect(manifest).toMatchObject({ scope: `/s/${SLUG}/`, start_url: `${HOME}/now` });
    const worker = await world.get(`/s/${SLUG}/service-worker.js`);
    expect(worker.headers.get('content-type')).toContain('text/javascript');
    expect(worker.headers.get('cache-control')).toBe('no-cache');
  });
});

describe('a summit without a released timetable', () => {
  test('has pages that say so', async () => {
    await world.db.deleteFrom('timetableRelease').execute();
    for (const path of ['/now', '/now/projector', '/agenda', '/now/people']) {
      const answer = await world.get(`${HOME}${path}`, mei);
      expect(answer.status, path).toBe(200);
      expectIn(await answer.text(), 'No timetable has been released yet');
    }
    expect((await world.get(`${HOME}/now.json`)).status).toBe(404);
    expect((await world.get(`${HOME}/rooms/hall/door`)).status).toBe(404);
  });
});
