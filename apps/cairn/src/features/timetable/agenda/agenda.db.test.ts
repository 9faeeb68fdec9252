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
const AGENDA = `/s/${SLUG}/timetable/agenda`;
const MONDAY = '2023-05-22';

let world: SummitDatabase;
let summitId = '';
let mei = '';
let grigor = '';
let ids: ReadonlyMap<string, string>;

beforeAll(async () => {
  world = await openSummitDatabase();
  await world.found();
  summitId = (await world.summit(SLUG)).id;
  mei = await storePerson(world.db, 'Mei Tanaka', { summitId, role: 'participant' });
  grigor = await storePerson(world.db, 'Grigor Lind', { summitId, role: 'participant' });
  const released = await storeRelease(world.db, summitId, {
    zone: 'America/Los_Angeles',
    days: [MONDAY],
    rooms: [{ key: 'hall', name: 'Great Hall' }],
    sessions: [
      { title: 'Wheels', date: MONDAY, starts: '09:30', ends: '11:00', room: 'hall', leads: [mei] },
      { title: 'Docs', date: MONDAY, starts: '10:00', ends: '12:00', people: [grigor] },
      {
        title: 'Arrays',
        date: MONDAY,
        starts: '13:00',
        ends: '14:00',
        group: 'arrays',
        people: [grigor],
      },
    ],
  });
  ids = released.sessions;
});
afterAll(() => world.drop());

const show = async (as: string): Promise<string> => (await world.get(AGENDA, as)).text();
const mark = (title: string, goes: string, as: string, more: Record<string, string> = {}) =>
  world.post(`${AGENDA}/sessions/${ids.get(title)}`, { goes, ...more }, as);
const marks = () => world.db.selectFrom('agendaMark').select(['personId', 'goes']).execute();
const events = async (): Promise<number> => {
  const { count } = await world.db
    .selectFrom('event')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('kind', '=', 'agenda.marked')
    .executeTakeFirstOrThrow();
  return Number(count);
};

describe('one’s own agenda', () => {
  test('has what one leads or is needed for, and nothing of others', async () => {
    const html = await show(mei);
    expectIn(html, 'Wheels');
    expectIn(html, 'You lead it');
    expectNotIn(html, 'Docs');
    expect((await world.get(AGENDA, world.stranger)).status).toBe(404);
  });

  test('takes in what one marks, and tells of two at once', async () => {
    const before = await events();
    const marked = await mark('Docs', 'yes', mei, { from: MONDAY });
    expect(marked.status).toBe(303);
    expect(marked.headers.get('location')).toBe(`${AGENDA}/${MONDAY}`);
    const html = await show(mei);
    expectIn(html, 'You marked it');
    expectIn(html, 'Two at once:');
    await mark('Docs', 'yes', mei);
    expect(await events()).toBe(before + 1);
    expect(await marks()).toEqual([{ personId: mei, goes: true }]);
    await mark('Docs', 'unsaid', mei);
    expect(await marks()).toEqual([]);
  });

  test('keeps what one left out, to be taken back', async () => {
    await mark('Wheels', 'no', mei);
    expectIn(await show(mei), 'you do not go');
    expect(await (await world.get(`${AGENDA}.json`, mei)).json()).toEqual({ sessions: [] });
    await mark('Wheels', 'unsaid', mei);
    expect(await (await world.get(`${AGENDA}.json`, mei)).json()).toEqual({
      sessions: [ids.get('Wheels')],
    });
  });

  test('refuses what is no session of the timetable, and goes nowhere else for it', async () => {
    const odd = await world.post(
      `${AGENDA}/sessions/00000000-0000-4000-8000-000000000000`,
      { goes: 'yes' },
      mei,
    );
    expect(odd.status).toBe(422);
    expectIn(await odd.text(), 'not in the timetable any more');
    expect((await mark('Docs', 'perhaps', mei)).status).toBe(422);
    const away = await mark('Docs', 'unsaid', mei, { from: 'https://evil.example' });
    expect(away.headers.get('location')).toBe(AGENDA);
  });

  test('follows the groups as they are now', async () => {
    expectIn(await show(grigor), 'Arrays');
    const { id: groupingId } = await world.db
      .insertInto('grouping')
      .values({
        ...{ summitId, title: 'Week', date: null, state: 'set', fromId: null, createdBy: null },
        ...{ createdAt: world.clock.now(), setAt: world.clock.now() },
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const { id: groupId } = await world.db
      .insertInto('workGroup')
      .values({
        groupingId,
        key: 'arrays',
        title: 'Arrays',
        topicNumber: null,
        least: null,
        most: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await world.db
      .insertInto('groupMember')
      .values({ groupingId, personId: mei, groupId })
      .execute();
    expectNotIn(await show(grigor), 'Arrays');
    expectIn(await show(mei), 'Your group');
    await world.db.deleteFrom('groupMember').execute();
    await world.db.deleteFrom('workGroup').execute();
    await world.db.deleteFrom('grouping').execute();
  });
});

describe('all sessions of a day', () => {
  test('can be marked one by one; there are no other days', async () => {
    const html = await (await world.get(`${AGENDA}/${MONDAY}`, mei)).text();
    for (const title of ['Wheels', 'Docs', 'Arrays']) expectIn(html, title);
    expect((await world.get(`${AGENDA}/2023-05-21`, mei)).status).toBe(404);
  });
});
