import { expectOk } from '@cairn/kernel/result';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tokenOf, withToken } from '../../../../../../tests/api.ts';
import {
  addPerson,
  expectIn,
  openSummitDatabase,
  type SummitDatabase,
} from '../../../../../../tests/summit-database.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import type { Organiser } from '../../people/rights.ts';
import { beginFrame } from '../frame/frame-commands.ts';
import { saveRoom } from '../frame/room-commands.ts';
import { sessionRulesOf, sessionsOf } from './session-queries.ts';

const SESSIONS = '/s/sp_summit_2023/organise/timetable/sessions';
const API = '/api/v1/summits/sp_summit_2023/timetable/making';
let world: SummitDatabase;
let summitId: string;
let organiser: Organiser;
let mira: string;

beforeAll(async () => {
  world = await openSummitDatabase();
  await world.found();
  summitId = (await world.summit('sp_summit_2023')).id;
  organiser = await world.organiser('sp_summit_2023');
  mira = await addPerson(world.db, 'Mira');
  const role = { role: 'participant' as const, grantedAt: world.actor.now, grantedBy: null };
  await world.db
    .insertInto('role')
    .values({ summitId, personId: mira, ...role })
    .execute();
  expectOk(await inTransaction(world.db, (tx) => beginFrame(tx, world.actor, organiser)));
  const room = { name: 'Hall', capacity: 8, features: ['screen'], directions: '', link: null };
  expectOk(await inTransaction(world.db, (tx) => saveRoom(tx, world.actor, organiser, room)));
});
afterAll(() => world.drop());

const sessions = () => sessionsOf(world.db, summitId);
const named = async (title: string) => (await sessions()).find((each) => each.title === title);
const form = (title: string, more: Record<string, string | readonly string[]> = {}) => ({
  do: 'save',
  title,
  kind: 'work',
  minutes: '90',
  topic: '',
  group: '',
  size: '',
  needs: '',
  track: '',
  text: '',
  ...more,
});

/** Groups of the week by hand: what sessions need to know of them. */
async function setGroups(keys: readonly string[]): Promise<void> {
  const { id } = await world.db
    .insertInto('grouping')
    .values({
      summitId,
      title: 'Groups of the week',
      date: null,
      state: 'set',
      fromId: null,
      createdAt: world.actor.now,
      createdBy: null,
      setAt: world.actor.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  for (const [position, key] of keys.entries()) {
    const group = await world.db
      .insertInto('workGroup')
      .values({
        groupingId: id,
        key,
        title: key,
        topicNumber: null,
        least: null,
        most: null,
        position,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    if (position > 0) continue;
    await world.db
      .insertInto('groupMember')
      .values({ groupingId: id, personId: mira, groupId: group.id, isLead: true })
      .execute();
  }
}

/** A planned topic whose document names a handle as its lead. */
async function storeTopic(number: number, title: string, lead: string | null): Promise<void> {
  const { now } = world.actor;
  const closed = { closedAt: null, closedBy: null, lockedAt: null, lockedBy: null };
  const author = { authorId: mira, authorAccount: null, door: 'web' as const };
  await world.db
    .insertInto('planThread')
    .values({
      ...{ summitId, number, title, kind: 'topic', createdAt: now, editedAt: null, updatedAt: now },
      ...author,
      ...closed,
    })
    .execute();
  await world.db
    .insertInto('planTopic')
    .values({
      ...{ summitId, number, path: `topics/${number}.md`, state: 'planned', duplicateOf: null },
      facts: JSON.stringify({ lead }),
    })
    .execute();
}

describe('a session', () => {
  test('is saved with its people, and its length in whole slots', async () => {
    const saved = await world.post(
      `${SESSIONS}/new`,
      form('Types', { minutes: '80', 'leads[]': [mira], 'needed[]': [mira], needs: 'Screen' }),
    );
    expect(saved.status).toBe(303);
    expect(await named('Types')).toMatchObject({
      minutes: 90,
      leads: [mira],
      needed: [],
      needs: ['screen'],
    });
  });

  test('that no room suits is told so while it is typed, and saved when one insists', async () => {
    const typed = form('Concert', { needs: 'piano', size: '20' });
    const checked = await world.post(`${SESSIONS}/new/check`, typed);
    expectIn(await checked.text(), '“Concert” needs piano, and no room has it.');
    expect((await world.post(`${SESSIONS}/new`, typed)).status).toBe(422);
    expect(await named('Concert')).toBeUndefined();
    expect((await world.post(`${SESSIONS}/new`, { ...typed, despite: 'yes' })).status).toBe(303);
    expectIn(await (await world.get(`${SESSIONS}?show=contradicted`)).text(), 'no room has it');
  });

  test('is led by those who come only', async () => {
    const refused = await world.post(
      `${SESSIONS}/new`,
      form('Strange', { 'leads[]': [world.stranger], despite: 'yes' }),
    );
    expect(refused.status).toBe(422);
    expectIn(await refused.text(), 'are among those who come to this summit');
  });

  test('goes with the rules that speak of it', async () => {
    await world.post(`${SESSIONS}/new`, form('Morning'));
    await world.post(`${SESSIONS}/new`, form('Evening'));
    const [morning, evening] = [await named('Morning'), await named('Evening')];
    const ids = [morning?.id ?? '', evening?.id ?? ''];
    const rule = { do: 'save', kind: 'before', 'sessions[]': ids, first: ids[1] ?? '' };
    expect((await world.post(`${SESSIONS}/rules/new`, rule)).status).toBe(303);
    expect((await sessionRulesOf(world.db, summitId)).map((each) => each.sessions)).toEqual([
      [ids[1], ids[0]],
    ]);
    expectIn(
      await (await world.get(`${SESSIONS}/rules`)).text(),
      '“Evening” must be before “Morning”.',
    );
    const round = { ...rule, first: ids[0] ?? '' };
    const refused = await world.post(`${SESSIONS}/rules/new`, round);
    expect(refused.status).toBe(422);
    expectIn(await refused.text(), 'this order goes round in a circle');
    await world.post(SESSIONS, { do: 'remove', 'ids[]': ids });
    expect(await named('Morning')).toBeUndefined();
    expect(await sessionRulesOf(world.db, summitId)).toEqual([]);
  });

  test('keeps away from half days that a rule names', async () => {
    const types = (await named('Types'))?.id ?? '';
    const rule = {
      do: 'save',
      kind: 'slot-wish',
      'sessions[]': [types],
      'times[]': ['2023-05-23 morning'],
      wish: 'out',
      strict: 'no',
    };
    await world.post(`${SESSIONS}/rules/new`, rule);
    const [saved] = await sessionRulesOf(world.db, summitId);
    expect(saved?.at[0]).toBe('2023-05-23T09:30');
    expect([saved?.at.length, saved?.wish, saved?.isHard]).toEqual([6, 'out', false]);
    const page = await (await world.get(`${SESSIONS}/rules/${saved?.id}`)).text();
    expect(page).toMatch(/value="2023-05-23 morning"[^>]* checked/);
    const nowhere = await world.post(`${SESSIONS}/rules/new`, { ...rule, 'times[]': [] });
    expectIn(await nowhere.text(), 'Choose at least a day or a time.');
  });
});

describe('sessions for each group', () => {
  test('are made once, in order where that is asked for', async () => {
    const make = { do: 'make', from: 'groups', count: '2', minutes: '60', in_order: 'yes' };
    const none = await world.post(SESSIONS, make);
    expect(none.status).toBe(422);
    expectIn(await none.text(), 'No group is set for the week');
    await setGroups(['sparse', 'types_group']);
    // A group that nobody is in has not come about.
    for (const _ of [1, 2]) expect((await world.post(SESSIONS, make)).status).toBe(303);
    const own = (await sessions()).filter(({ groupKey }) => groupKey === 'sparse');
    expect(own.map(({ title }) => title)).toEqual(['sparse, part 1', 'sparse, part 2']);
    const rules = (await sessionRulesOf(world.db, summitId)).filter(
      ({ kind }) => kind === 'before',
    );
    expect(rules.map((rule) => rule.sessions)).toEqual([own.map(({ id }) => id)]);
  });

  test('are led by the leads of their group', async () => {
    const page = await (await world.get(`${SESSIONS}?show=leadless`)).text();
    expect(page.includes('sparse, part 1')).toBe(false);
    expectIn(await (await world.get(`${SESSIONS}?who=${mira}`)).text(), 'sparse, part 1');
  });
});

describe('sessions for each planned topic', () => {
  const make = { do: 'make', from: 'topics', count: '1', minutes: '90' };

  test('are led by whoever leads the topic, where they come', async () => {
    const createdAt = world.actor.now;
    await world.db
      .insertInto('planHandle')
      .values([
        { handle: 'mira', personId: mira, createdAt },
        { handle: 'grace', personId: world.stranger, createdAt },
      ])
      .execute();
    await world.db
      .insertInto('planRepository')
      .values({
        ...{ summitId, head: '0'.repeat(40), lastNumber: 3 },
        ...{ foundedAt: createdAt, movedAt: createdAt },
      })
      .execute();
    await storeTopic(1, 'Led by one who comes', 'Mira');
    await storeTopic(2, 'Led by one who does not', 'grace');
    await storeTopic(3, 'Led by nobody', null);
    expect((await world.post(SESSIONS, make)).status).toBe(303);
    expect([
      (await named('Led by one who comes'))?.leads,
      (await named('Led by one who does not'))?.leads,
      (await named('Led by nobody'))?.leads,
    ]).toEqual([[mira], [], []]);
    const leadless = await (await world.get(`${SESSIONS}?show=leadless`)).text();
    expect(leadless.includes('Led by one who comes')).toBe(false);
    expectIn(leadless, 'Led by nobody');
  });
});

test('the API does what the pages do', async () => {
  const token = await tokenOf(world, world.ada);
  const ask = (path: string, method = 'GET', json?: unknown) =>
    world.app.request(
      `${API}${path}`,
      withToken(token, { method, ...(json === undefined ? {} : { json }) }),
    );
  const added = await ask('/sessions', 'POST', { title: 'By program', minutes: 100 });
  expect(added.status).toBe(201);
  const { id, minutes } = (await added.json()) as { id: string; minutes: number };
  expect(minutes).toBe(120);
  const changed = { title: 'By program', minutes: 60, kind: 'plenary', needs: ['Screen'] };
  expect((await ask(`/sessions/${id}`, 'PUT', changed)).status).toBe(200);
  const listed = (await (await ask('/sessions')).json()) as { items: { id: string }[] };
  expect(listed.items.find((each) => each.id === id)).toMatchObject({
    kind: 'plenary',
    minutes: 60,
    needs: ['screen'],
  });
  const other = (await named('Types'))?.id;
  const rule = { kind: 'apart', sessions: [id, other] };
  const made = (await (await ask('/session-rules', 'POST', rule)).json()) as { id: string };
  expect((await ask(`/session-rules/${made.id}`, 'PUT', { ...rule, is_hard: false })).status).toBe(
    200,
  );
  expect((await ask('/session-rules')).status).toBe(200);
  expect((await ask(`/session-rules/${made.id}`, 'DELETE')).status).toBe(204);
  expect((await ask(`/session-rules/${made.id}`, 'DELETE')).status).toBe(409);
  const each = { from: 'groups', count: 3, minutes: 60, only: ['sparse'] };
  expect(await (await ask('/sessions-for-each', 'POST', each)).json()).toEqual({
    made: 1,
    taken: 0,
  });
  expect((await ask(`/sessions/${id}`, 'DELETE')).status).toBe(204);
});
