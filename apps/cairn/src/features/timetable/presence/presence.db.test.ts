import { expectOk } from '@cairn/kernel/result';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { tokenOf, withToken } from '../../../../../../tests/api.ts';
import {
  addPerson,
  expectIn,
  expectNotIn,
  openSummitDatabase,
  type SummitDatabase,
} from '../../../../../../tests/summit-database.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import { beginFrame } from '../frame/frame-commands.ts';
import { saveSession } from '../sessions/session-commands.ts';
import { presenceOf } from './presence-queries.ts';

const OWN = '/s/sp_summit_2023/timetable/presence';
const MAKING = '/s/sp_summit_2023/organise/timetable';
let world: SummitDatabase;
let summitId: string;
let mira: string;
let noor: string;

beforeAll(async () => {
  world = await openSummitDatabase();
  await world.found();
  summitId = (await world.summit('sp_summit_2023')).id;
  [mira = '', noor = ''] = await Promise.all(
    ['Mira', 'Noor'].map((name) => addPerson(world.db, name)),
  );
  const granted = { summitId, grantedAt: world.actor.now, grantedBy: null };
  for (const personId of [mira, noor]) {
    await world.db
      .insertInto('role')
      .values({ ...granted, personId, role: 'participant' })
      .execute();
  }
  const organiser = await world.organiser('sp_summit_2023');
  expectOk(await inTransaction(world.db, (tx) => beginFrame(tx, world.actor, organiser)));
  const session = {
    kind: 'work' as const,
    title: 'A secret session',
    text: '',
    topicNumber: null,
    groupKey: null,
    minutes: 90,
    size: null,
    needs: [],
    track: '',
    isOptional: false,
    leads: [mira],
    needed: [],
  };
  expectOk(await inTransaction(world.db, (tx) => saveSession(tx, world.actor, organiser, session)));
});
afterAll(() => world.drop());
beforeEach(() => world.db.deleteFrom('presence').execute());

const said = async (personId: string) => (await presenceOf(world.db, summitId)).get(personId);
const events = async () =>
  (
    await world.db
      .selectFrom('event')
      .select('personId')
      .where('kind', '=', 'presence.said')
      .execute()
  ).length;

describe('whoever comes', () => {
  test('says when they are there, and once more changes nothing', async () => {
    const before = await events();
    const typed = {
      arrives_on: '2023-05-22',
      arrives_at: '13:00',
      leaves_on: '',
      leaves_at: '',
      is_remote: 'yes',
      note: 'By train',
    };
    expect((await world.post(OWN, typed, mira)).status).toBe(303);
    expect((await world.post(OWN, typed, mira)).status).toBe(303);
    expect(await said(mira)).toMatchObject({
      arrivesOn: '2023-05-22',
      arrivesAt: '13:00',
      leavesOn: null,
      isRemote: true,
      note: 'By train',
    });
    expect((await events()) - before).toBe(1);
    expectIn(await (await world.get(OWN, mira)).text(), 'value="13:00"');
  });

  test('is told at the field what cannot be, and nothing typed is lost', async () => {
    const typed = { arrives_on: '2023-05-24', leaves_on: '2023-05-23', note: 'Perhaps' };
    const refused = await world.post(OWN, typed, mira);
    expect(refused.status).toBe(422);
    const page = await refused.text();
    expectIn(page, 'Leaving comes after arriving');
    expectIn(page, 'Perhaps');
    expect(await said(mira)).toBeUndefined();
  });

  test('learns nothing of sessions that were not released', async () => {
    const away = { arrives_on: '2023-05-30' };
    const checked = await world.post(`${OWN}/check`, away, mira);
    expect(checked.status).toBe(200);
    expectNotIn(await checked.text(), 'secret');
    await world.post(OWN, away, mira);
    expectNotIn(await (await world.get(OWN, mira)).text(), 'secret');
  });

  test('says the same by the API', async () => {
    const token = await tokenOf(world, mira);
    const path = '/api/v1/summits/sp_summit_2023/me/presence';
    const json = { leaves_on: '2023-05-25', leaves_at: '12:00' };
    const put = await world.app.request(path, withToken(token, { method: 'PUT', json }));
    expect(put.status).toBe(204);
    const got = await (await world.app.request(path, withToken(token))).json();
    expect(got).toMatchObject({ has_said: true, leaves_on: '2023-05-25', is_remote: false });
  });
});

test('who does not come has no such page', async () => {
  expect((await world.get(OWN, world.stranger)).status).toBe(404);
});

describe('organisers', () => {
  test('see everybody, and whom a presence keeps from what they lead', async () => {
    await world.post(OWN, { arrives_on: '2023-05-30' }, mira);
    const page = await (await world.get(`${MAKING}/presence`)).text();
    expectIn(page, 'Mira must be in “A secret session” (1 h 30), and is never there that long.');
    expectIn(page, 'Who has not said (2)');
    expectIn(await (await world.get(`${MAKING}/presence?show=partly`)).text(), 'Mira');
    expectNotIn(
      await (await world.get(`${MAKING}/presence?show=partly`)).text(),
      `arrives_on_${noor}`,
    );
  });

  test('change many at once, and only those rows that they changed', async () => {
    await world.post(OWN, { arrives_on: '2023-05-22', note: 'Kept' }, mira);
    const rows = {
      [`shown_${mira}`]: '',
      [`arrives_on_${mira}`]: '',
      [`shown_${noor}`]: '',
      [`leaves_on_${noor}`]: '2023-05-25',
      [`is_remote_${noor}`]: 'yes',
    };
    expect((await world.post(`${MAKING}/presence`, rows)).status).toBe(303);
    // Mira said something after the page was shown: her row was not touched there.
    expect(await said(mira)).toMatchObject({ arrivesOn: '2023-05-22', note: 'Kept' });
    expect(await said(noor)).toMatchObject({ leavesOn: '2023-05-25', isRemote: true });
    const own = {
      [`shown_${mira}`]: '2023-05-22||||',
      [`arrives_on_${mira}`]: '2023-05-23',
    };
    await world.post(`${MAKING}/presence`, own);
    expect(await said(mira)).toMatchObject({ arrivesOn: '2023-05-23', note: 'Kept' });
  });

  test('are told at the row what cannot be, and no row is saved', async () => {
    const rows = {
      [`shown_${mira}`]: '',
      [`arrives_on_${mira}`]: '2023-05-23',
      [`shown_${noor}`]: '',
      [`arrives_at_${noor}`]: 'noon',
    };
    const refused = await world.post(`${MAKING}/presence`, rows);
    expect(refused.status).toBe(422);
    expectIn(await refused.text(), 'value="noon"');
    expect(await said(mira)).toBeUndefined();
  });

  test('keep what they typed of somebody who has said it meanwhile', async () => {
    await world.post(OWN, { arrives_on: '2023-05-22' }, mira);
    const rows = {
      [`shown_${mira}`]: '',
      [`leaves_on_${mira}`]: '2023-05-24',
      [`shown_${noor}`]: '',
      [`arrives_at_${noor}`]: 'noon',
    };
    const refused = await world.post(`${MAKING}/presence?show=unsaid`, rows);
    expect(refused.status).toBe(422);
    expectIn(await refused.text(), 'value="2023-05-24"');
  });

  test('note it by the API, of those who come only', async () => {
    const token = await tokenOf(world, world.ada);
    const path = '/api/v1/summits/sp_summit_2023/timetable/presence';
    const put = (person: string) =>
      world.app.request(
        `${path}/${person}`,
        withToken(token, { method: 'PUT', json: { is_remote: true } }),
      );
    expect((await put(noor)).status).toBe(204);
    expect((await put(world.stranger)).status).toBe(409);
    const list = (await (await world.app.request(path, withToken(token))).json()) as {
      items: { name: string; is_remote: boolean }[];
    };
    expect(list.items.find(({ name }) => name === 'Noor')?.is_remote).toBe(true);
  });
});
