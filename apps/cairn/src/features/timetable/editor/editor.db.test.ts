import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TEST_URL } from '../../../../../../tests/services.ts';
import { storeSummit } from '../../../../../../tests/summit.ts';
import {
  expectIn,
  expectNotIn,
  openSummitDatabase,
  type SummitDatabase,
} from '../../../../../../tests/summit-database.ts';
import {
  storeTimetableWorld,
  type TimetableWorld,
} from '../../../../../../tests/timetable-world.ts';

let house: SummitDatabase;
let world: TimetableWorld;
let path = '';

beforeAll(async () => {
  house = await openSummitDatabase();
  world = await storeTimetableWorld(house.db);
  path = `/s/${world.summit.slug}/organise/timetable/drafts/${world.draftId}`;
});
afterAll(() => house.drop());

const page = async (query = '', as = world.ada): Promise<string> =>
  (await house.get(`${path}${query}`, as)).text();

const post = (deed: string, fields: Record<string, string>, as = world.ada) =>
  house.post(`${path}/${deed}`, fields, as);

/** The same as the page's script sends it. */
const ask = async (deed: string, fields: Record<string, string>, as = world.ada) => {
  const answer = await house.app.request(`${path}/${deed}`, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { origin: TEST_URL, accept: 'application/json', 'x-test-person': as },
  });
  return { status: answer.status, told: (await answer.json()) as Record<string, unknown> };
};

const placeOf = (sessionId: string) =>
  house.db
    .selectFrom('draftPlacement')
    .select(['date', 'starts', 'isPinned'])
    .where('draftId', '=', world.draftId)
    .where('sessionId', '=', sessionId)
    .executeTakeFirst();

describe('the editor of a draft', () => {
  test('is for organisers: a participant and a stranger find none of it, by any address', async () => {
    const { Mira: mira = '' } = world.people;
    for (const as of [mira, house.stranger]) {
      for (const part of ['', '/live', `/places?session=${world.sessions.docs}`]) {
        expect((await house.get(`${path}${part}`, as)).status, part).toBe(404);
      }
      const fields = { session: world.sessions.docs, to: '', seen: '0' };
      for (const deed of ['move', 'pin', 'undo', 'redo']) {
        expect((await post(deed, fields, as)).status, deed).toBe(404);
      }
    }
    expect(await placeOf(world.sessions.docs)).toBeDefined();
  });

  test('shows what has a place, what has none, and which blocks span the rooms', async () => {
    const html = await page();
    for (const words of [
      'Array API: inspection',
      'Morning check-in',
      'Newcomers’ chat',
      'pinned',
    ]) {
      expectIn(html, words);
    }
    expectIn(html, 'Without a place');
    expectIn(html, 'data-place="2023-05-22T11:30@hall"');
    expectNotIn(html, 'Where the frame has no place');
  });

  test('says what a place would mean before anything is moved', async () => {
    const html = await page(`?move=${world.sessions.packaging2}&when=2023-05-24T09:30&room=hall`);
    expectIn(html, 'Conflict: something that must hold would not');
    expectIn(html, 'Noor Example');
    expectIn(html, 'Move it there all the same');
    expectIn(html, `/why?session=${world.sessions.packaging2}`);
    expect(await placeOf(world.sessions.packaging2)).toBeUndefined();
  });

  test('of the place where a session is says that it is there, and offers no move', async () => {
    const html = await page(`?move=${world.sessions.docs}&when=2023-05-23T09:30&room=library`);
    expectIn(html, 'It is there already.');
    expectNotIn(html, '>Move it there');
  });

  test.each([
    'move=x',
    'move=&to=%27',
    'day=2023-02-30',
    'view=%F0%9F%98%80&day=x',
    'to=2023-05-22T09:30@hall',
  ])('opens whatever its address says, such as %s', async (query) => {
    expect((await house.get(`${path}?${query}`, world.ada)).status).toBe(200);
  });

  test('says that there is no such place, and keeps what was asked', async () => {
    for (const query of ['when=2023-05-22T12:00&room=hall', 'to=nowhere', 'when=x&room=y']) {
      expectIn(await page(`?move=${world.sessions.docs}&${query}`), 'There is no such place');
    }
    const answer = await post('move', {
      session: world.sessions.docs,
      to: '2023-05-30T09:00@hall',
      seen: '0',
    });
    expect(answer.status).toBe(422);
    expectIn(await answer.text(), 'The timetable has no such day');
  });

  test.each([{}, { session: 'x' }, { session: '\0', to: '\0', seen: '-1' }, { seen: 'NaN' }])(
    'refuses in words what no form of it sends: %o',
    async (fields) => {
      for (const deed of ['move', 'pin'] as const) {
        const answer = await post(deed, fields as Record<string, string>);
        expect(answer.status).toBe(422);
        expectIn(await answer.text(), 'role="alert"');
      }
    },
  );

  test('tells its script in JSON what a move came to, and refuses a stale one in words', async () => {
    const { docs } = world.sessions;
    const moved = await ask('move', { session: docs, to: '2023-05-24T09:30@library', seen: '0' });
    expect(moved.status).toBe(200);
    expect(moved.told['said']).toContain(
      '“Documentation themes” is now on Wednesday 09:30–11:00, Library.',
    );
    const stale = await ask(
      'move',
      { session: docs, to: '2023-05-24T13:00@hall', seen: '0' },
      world.grigor,
    );
    expect(stale.status).toBe(422);
    expect(stale.told['problem']).toMatch(/^Ada Byron moved “Documentation themes” .* meanwhile/);
    // The same move again, as after an answer that was lost, is no other move.
    const again = await ask('move', { session: docs, to: '2023-05-24T09:30@library', seen: '0' });
    expect(again.told['revision']).toBe(moved.told['revision']);
  });

  test('lets each undo their own changes, and says so where there are none', async () => {
    expect((await ask('undo', {}, world.grigor)).told['problem']).toContain('nothing');
    expect((await ask('undo', {})).status).toBe(200);
    expect(await placeOf(world.sessions.docs)).toMatchObject({ date: '2023-05-23' });
    expect((await ask('redo', {})).status).toBe(200);
    expect(await placeOf(world.sessions.docs)).toMatchObject({ date: '2023-05-24' });
  });

  test('shows a session that stands where no slot begins, and does not lose it', async () => {
    await house.db
      .insertInto('draftPlacement')
      .values({
        draftId: world.draftId,
        sessionId: world.sessions.chat,
        date: '2023-05-22',
        starts: '12:15',
        roomId: world.rooms.attic,
      })
      .execute();
    const html = await page();
    expectIn(html, 'Where the frame has no place');
    expectIn(html, 'where no slot begins');
  });

  test('is not found under another summit, and not once the draft is discarded', async () => {
    await storeSummit(house.db, { slug: 'other_2024' });
    const there = `/s/other_2024/organise/timetable/drafts/${world.draftId}`;
    expect((await house.get(there, house.ada)).status).toBe(404);
    const fields = { session: world.sessions.docs, to: '', seen: '0' };
    expect((await house.post(`${there}/move`, fields, house.ada)).status).toBe(404);
    await house.db
      .updateTable('timetableDraft')
      .set({ discardedAt: house.clock.now() })
      .where('id', '=', world.draftId)
      .execute();
    expect((await house.get(path, world.ada)).status).toBe(404);
  });
});
