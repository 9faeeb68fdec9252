import { expectOk } from '@cairn/kernel/result';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tokenOf, withToken } from '../../../../../../tests/api.ts';
import {
  type StoredFrame,
  storeFrame,
  storeSession,
} from '../../../../../../tests/drafts-world.ts';
import { testServices } from '../../../../../../tests/services.ts';
import {
  expectIn,
  expectNotIn,
  openSummitDatabase,
  type SummitDatabase,
} from '../../../../../../tests/summit-database.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import type { Organiser } from '../../people/rights.ts';
import { timetableSearchTask } from '../solving/search-task.ts';
import { createDraft } from './draft-commands.ts';
import { draftOf } from './draft-queries.ts';

const HOME = '/s/sp_summit_2023/organise/timetable';

let world: SummitDatabase;
let organiser: Organiser;
let rooms: StoredFrame;
let arrays: string;
let docs: string;
let draft: string;

beforeAll(async () => {
  world = await openSummitDatabase();
  await world.found();
  organiser = await world.organiser('sp_summit_2023');
  rooms = await storeFrame(world.db, organiser.summitId);
  const { now } = world.actor;
  const stored = (title: string) =>
    storeSession(world.db, organiser.summitId, { title, now, leads: [world.ada] });
  arrays = await stored('Arrays');
  docs = await stored('Docs');
  draft = await made('By hand', [
    [arrays, '09:00'],
    [docs, '10:30'],
  ]);
});
afterAll(() => world.drop());

const made = async (name: string, places: [string, string][]) =>
  expectOk(
    await inTransaction(world.db, (tx) =>
      createDraft(tx, world.actor, organiser, {
        name,
        placements: places.map(([sessionId, starts]) => ({
          ...{ sessionId, date: '2023-05-22', starts, roomId: rooms.hall, isPinned: false },
        })),
      }),
    ),
  ).id;
const page = async (path: string, as?: string) => (await world.get(`${HOME}${path}`, as)).text();
const finish = (address: string) =>
  timetableSearchTask(testServices(world.db, { clock: world.clock }))(
    { search: address.split('/').at(-1) },
    { number: 1, isLast: true },
  );

describe('the pages of drafts', () => {
  test('are for organisers only: others find nothing, neither page nor stream nor drawing', async () => {
    for (const path of [
      '/drafts',
      `/drafts/${draft}/about`,
      `/drafts/${draft}/discard`,
      `/drafts/${draft}/why`,
      `/drafts/${draft}/compare/${draft}`,
      `/drafts/${draft}/compare/${draft}/drawing.svg`,
      '/repair',
    ]) {
      expect((await world.get(`${HOME}${path}`, world.stranger)).status).toBe(404);
      expect((await world.get(`${HOME}${path}`)).status).toBe(200);
    }
  });

  test('keep what was typed where a form is refused, and say what to do', async () => {
    const refused = await world.post(`${HOME}/drafts/searches`, {
      seconds: 'many',
      seed: '7',
      from: 'none',
    });
    expect(refused.status).toBe(422);
    const text = await refused.text();
    expectIn(text, 'Write how many seconds it may take, from 1 to 600.');
    expectIn(text, 'value="many"');
    const nameless = await world.post(`${HOME}/drafts`, { name: ' ', from: draft });
    expect(nameless.status).toBe(422);
    expectIn(await nameless.text(), 'Give it a name.');
  });

  test('begin a draft from another, rename, copy and discard it', async () => {
    const begun = await world.post(`${HOME}/drafts`, { name: 'Second', from: draft });
    const href = begun.headers.get('location') ?? '';
    const id = href.split('/').at(-1) ?? '';
    expect((await draftOf(world.db, organiser.summitId, id))?.placements).toHaveLength(2);
    await world.post(`${HOME}/drafts/${id}/name`, { name: 'Third', deed: 'rename' });
    expectIn(await page('/drafts'), 'Third');
    const discarded = await world.post(`${HOME}/drafts/${id}/discard`, {});
    expect(discarded.headers.get('location')).toBe(`${HOME}/drafts`);
    expectNotIn(await page('/drafts'), 'Third');
    expect((await world.get(`${HOME}/drafts/${id}/about`)).status).toBe(404);
  });

  test('compare two in words and as a drawing', async () => {
    const other = await made('Later', [
      [arrays, '09:00'],
      [docs, '13:00'],
    ]);
    const text = await page(`/drafts/${other}/compare/${draft}`);
    expectIn(text, '“Docs”: from Monday 10:30, Hall to Monday 13:00, Hall (1 person).');
    const drawing = await world.get(`${HOME}/drafts/${other}/compare/${draft}/drawing.svg`);
    expect(drawing.headers.get('content-type')).toContain('image/svg+xml');
    const chosen = await world.get(`${HOME}/drafts/compare?one=${draft}&other=${other}`);
    expect(chosen.headers.get('location')).toBe(`${HOME}/drafts/${other}/compare/${draft}`);
    expect((await world.get(`${HOME}/drafts/${other}/compare/release`)).status).toBe(404);
  });
});

describe('the question why', () => {
  test('says what would break at another time, what must move then, and moves it', async () => {
    const ask = `/drafts/${draft}/why?session=${docs}&at=2023-05-22T09:00`;
    const text = await page(ask);
    expectIn(text, 'Ada must be in “Arrays” and “Docs” at the same time (Monday 09:00).');
    expectIn(text, 'What else would have to move');
    const moves = /name="moves" value="([^"]*)"/.exec(text)?.[1]?.replaceAll('&quot;', '"') ?? '';
    const done = await world.post(`${HOME}/drafts/${draft}/why`, { seen: '0', moves });
    expect(done.headers.get('location')).toBe(`${HOME}/drafts/${draft}`);
    const placements = (await draftOf(world.db, organiser.summitId, draft))?.placements;
    expect(placements?.find(({ sessionId }) => sessionId === docs)?.starts).toBe('09:00');
    expect(placements?.find(({ sessionId }) => sessionId === arrays)?.starts).not.toBe('09:00');
    const stale = await world.post(`${HOME}/drafts/${draft}/why`, { seen: '0', moves: 'none' });
    expect(stale.headers.get('location')).toBe(`${HOME}/drafts/${draft}/why`);
  }, 60_000);

  test('bears any address', async () => {
    for (const query of [
      'session=x&at=y',
      `session=${docs}&at=2023-05-22T12:00&room=z`,
      'at=%25',
    ]) {
      expect((await world.get(`${HOME}/drafts/${draft}/why?${query}`)).status).toBe(200);
    }
    expect((await world.get(`${HOME}/drafts/none/why`)).status).toBe(404);
  });
});

describe('a search, page by page', () => {
  test('shows how far it is without a script, what it found, and what that costs', async () => {
    const begun = await world.post(`${HOME}/drafts/searches`, {
      from: draft,
      seconds: '1',
      seed: '3',
    });
    const address = begun.headers.get('location') ?? '';
    const waiting = await world.get(address);
    expect(waiting.headers.get('refresh')).toMatch(/^3; url=.*look=1$/);
    expectIn(await waiting.text(), 'It has not begun yet.');
    await finish(address);
    const found = await world.get(address);
    expect(found.headers.get('refresh')).toBeNull();
    const text = await found.text();
    expectIn(text, 'seed 3');
    expectIn(text, 'All holds');
    expectIn(await page('/drafts'), 'seed 3');
  }, 60_000);

  test('of a repair shows each move before it is made', async () => {
    await world.db
      .insertInto('roomClosure')
      .values({ roomId: rooms.hall, date: '2023-05-22', starts: '09:00', ends: '10:30' })
      .execute();
    const broken = await made('Flooded', [
      [arrays, '09:00'],
      [docs, '10:30'],
    ]);
    expectIn(await page(`/repair?from=${broken}`), 'Hall is closed');
    const begun = await world.post(`${HOME}/repair`, { from: broken, measure: 'people' });
    const address = begun.headers.get('location') ?? '';
    await finish(address);
    const text = await (await world.get(address)).text();
    expectIn(text, 'Sessions must move that 1 person is expected at');
    expectIn(text, '“Arrays”: from Monday 09:00, Hall to');
    const chosen = await world.post(`${address}/offers`, { offer: '0', name: 'Mended' });
    const id = chosen.headers.get('location')?.split('/').at(-1) ?? '';
    expect(await draftOf(world.db, organiser.summitId, id)).toMatchObject({ origin: 'repair' });
    const none = await world.post(`${address}/offers`, { offer: '99', name: 'x' });
    expect(none.headers.get('location')).toBe(address);
  }, 60_000);
});

describe('by the API', () => {
  test('drafts are begun, judged, moved and discarded, and searched for, as on the pages', async () => {
    const token = await tokenOf(world, world.ada, ['read:timetable', 'write:timetable']);
    const call = async (path: string, init: Parameters<typeof withToken>[1] = {}) =>
      world.app.request(path, withToken(token, init));
    const API = '/api/v1/summits/sp_summit_2023/timetable';
    const begun = await call(`${API}/drafts`, { method: 'POST', json: { name: 'By API' } });
    expect(begun.status).toBe(201);
    const { id } = (await begun.json()) as { id: string };
    const to = { date: '2023-05-23', starts: '09:00', room: rooms.hall };
    const json = { seen: 0, moves: [{ session: arrays, to }] };
    const moved = await call(`${API}/drafts/${id}/moves`, { method: 'POST', json });
    expect(await moved.json()).toEqual({ revision: 1 });
    const shown = (await (await call(`${API}/drafts/${id}`)).json()) as {
      breaks: { sentence: string }[];
      placements: unknown[];
    };
    expect(shown.placements).toEqual([{ session: arrays, ...to, pinned: false }]);
    expect(shown.breaks.map(({ sentence }) => sentence)).toContain('“Docs” has no place.');
    const places = (await (await call(`${API}/drafts/${id}/places?session=${docs}`)).json()) as {
      items: { date: string; starts: string; state: string }[];
    };
    expect(
      places.items.find(({ date, starts }) => date === to.date && starts === to.starts)?.state,
    ).toBe('conflict');
    const undone = await call(`${API}/drafts/${id}`, { method: 'POST', json: { action: 'undo' } });
    expect(undone.status).toBe(204);
    const search = await call(`${API}/searches`, {
      method: 'POST',
      json: { iterations: 2000, seed: 4 },
    });
    const found = (await search.json()) as { id: string };
    await finish(found.id);
    expect(await (await call(`${API}/searches/${found.id}`)).json()).toMatchObject({
      state: 'done',
      seed: 4,
      conflict: [],
    });
    expect((await call(`${API}/drafts/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await call(`${API}/drafts/${id}`)).status).toBe(404);
  }, 60_000);
});
