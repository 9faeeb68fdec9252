import { expectOk } from '@cairn/kernel/result';
import { Temporal } from '@cairn/kernel/time';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tokenOf, withToken } from '../../../../../../tests/api.ts';
import {
  addPerson,
  expectIn,
  expectNotIn,
  openSummitDatabase,
  type SummitDatabase,
} from '../../../../../../tests/summit-database.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import type { Organiser } from '../../people/rights.ts';
import { saveDays } from './frame-commands.ts';
import { frameOf } from './frame-queries.ts';
import type { Frame } from './frame-rules.ts';
import { saveRoom } from './room-commands.ts';

const MAKING = '/s/sp_summit_2023/organise/timetable';
const API = '/api/v1/summits/sp_summit_2023/timetable/frame';
let world: SummitDatabase;
let organiser: Organiser;
let token: string;

const frame = async (): Promise<Frame> => {
  const found = await frameOf(world.db, await world.summit('sp_summit_2023'));
  if (found === undefined) throw new Error('the test has begun a frame');
  return found;
};
const blockAt = async (date: string, title: string) => {
  const { blocks } = await frame();
  const found = blocks.find((block) => block.date === date && block.title === title);
  if (found === undefined) throw new Error(`no ${title} on ${date}`);
  return found;
};
const eventsOf = (kind: string) =>
  world.db.selectFrom('event').select('data').where('kind', '=', kind).orderBy('id').execute();

beforeAll(async () => {
  world = await openSummitDatabase();
  await world.found();
  organiser = await world.organiser('sp_summit_2023');
  token = await tokenOf(world, world.ada);
});
afterAll(() => world.drop());

test('before it was begun, its pages lead to the button that begins it, and the API says so', async () => {
  expectIn(await (await world.get(`${MAKING}/frame`)).text(), 'Begin with these days');
  for (const page of ['frame/days', 'frame/blocks/new', 'frame/rooms/new', 'sessions']) {
    const answer = await world.get(`${MAKING}/${page}`);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${MAKING}/frame`]);
  }
  expect((await world.app.request(API, withToken(token))).status).toBe(409);
  expect((await world.get(MAKING)).status).toBe(200);
});

test('it is begun once, from the definition', async () => {
  expect((await world.post(`${MAKING}/frame`, { do: 'begin' })).status).toBe(303);
  expect((await world.post(`${MAKING}/frame`, { do: 'begin' })).status).toBe(303);
  const begun = await frame();
  expect([begun.days.length, begun.blocks.length, begun.zone]).toEqual([
    5,
    15,
    'America/Los_Angeles',
  ]);
  expect(await eventsOf('frame.begun')).toHaveLength(1);
});

describe('days', () => {
  test('are cut into no more pieces than pages can show, times the rooms that there are', async () => {
    const whole = { starts: '00:00', ends: '24:00' };
    const days = Array.from({ length: 60 }, (_, at) => ({
      date: Temporal.PlainDate.from('2023-07-01').add({ days: at }).toString(),
      ...whole,
    }));
    const refused = await inTransaction(world.db, async (tx) => {
      const room = { capacity: null, features: [], directions: '', link: null };
      for (const name of ['One', 'Two', 'Three', 'Four']) {
        expectOk(await saveRoom(tx, world.actor, organiser, { ...room, name }));
      }
      const cut = { slotMinutes: 5, sessionMinutes: 60, days: days.slice(0, 50) };
      return saveDays(tx, world.actor, organiser, cut);
    });
    expect(refused).toMatchObject({ error: { code: 'too-many-places' } });
    expect(await frame()).toMatchObject({ rooms: [], slotMinutes: 30 });
  });

  test('are changed in one form; what contradicts is told first, and saved when one insists', async () => {
    const typed = {
      do: 'days',
      slot_minutes: '30',
      session_minutes: '90',
      'starts_2023-05-26': '09:00',
      'ends_2023-05-26': '12:00',
    };
    const refused = await world.post(`${MAKING}/frame/days`, typed);
    expect(refused.status).toBe(422);
    const page = await refused.text();
    expectIn(page, '“Closing round” (Friday, 17:00–17:30) is outside its day');
    expectIn(page, 'value="12:00"');
    expect((await frame()).days.at(-1)?.ends).toBe('17:30');
    await world.post(`${MAKING}/frame/days`, { ...typed, despite: 'yes' });
    expect((await frame()).days.at(-1)?.ends).toBe('12:00');
  });

  test('are told at the field what is no time, and nothing typed is lost', async () => {
    const typed = {
      do: 'days',
      slot_minutes: 'half an hour',
      session_minutes: '90',
      'starts_2023-05-22': '17:00',
      'ends_2023-05-22': '09:00',
    };
    const page = await (await world.post(`${MAKING}/frame/days`, typed)).text();
    expectIn(page, 'value="half an hour"');
    expectIn(page, 'The end comes after the start.');
    expectIn(page, 'Write the minutes of a slot as a whole number from 5 to 240.');
  });

  test('are made like another, blocks and hours alike, and removed with their blocks', async () => {
    await world.post(`${MAKING}/frame/days`, {
      do: 'copy',
      from: '2023-05-25',
      'to[]': ['2023-05-26'],
    });
    const after = await frame();
    expect(after.days.at(-1)?.ends).toBe('17:30');
    expect(after.blocks.filter(({ date }) => date === '2023-05-26')).toHaveLength(3);
    await world.post(`${MAKING}/frame/days`, {
      do: 'add',
      date: '2023-05-27',
      starts: '09:00',
      ends: '12:00',
    });
    await world.post(`${MAKING}/frame/days`, {
      do: 'copy',
      from: '2023-05-26',
      'to[]': ['2023-05-27'],
    });
    expect((await frame()).blocks).toHaveLength(18);
    await world.post(`${MAKING}/frame/days`, { do: 'remove', date: '2023-05-27' });
    expect([(await frame()).days.length, (await frame()).blocks.length]).toEqual([5, 15]);
  });
});

describe('a block', () => {
  const coffee = {
    do: 'save',
    title: 'Coffee',
    kind: 'break',
    meal: '',
    starts: '10:30',
    ends: '11:00',
    'dates[]': ['2023-05-22', '2023-05-23'],
    room: '',
    place: 'The terrace',
    text: '',
  };

  test('is put on several days in one form', async () => {
    expect((await world.post(`${MAKING}/frame/blocks/new`, coffee)).status).toBe(303);
    const { blocks, revision } = await frame();
    expect(blocks.filter(({ title }) => title === 'Coffee')).toHaveLength(2);
    expect(revision).toBeGreaterThan(0);
  });

  test('that overlaps is told so while it is typed and when it is sent, and is kept as typed', async () => {
    const overlapping = { ...coffee, title: 'Tea', starts: '12:45', ends: '13:15' };
    const before = await frame();
    const typed = await world.post(`${MAKING}/frame/blocks/new/check`, overlapping);
    expectIn(await typed.text(), '“Lunch” (12:30–13:30) and “Tea” (12:45–13:15) overlap');
    const sent = await world.post(`${MAKING}/frame/blocks/new`, overlapping);
    expect(sent.status).toBe(422);
    const page = await sent.text();
    expectIn(page, 'overlap; everybody is in both');
    expectIn(page, 'value="Tea"');
    expect(await frame()).toEqual(before);
  });

  test('is changed on all days where it is the same, each on its own', async () => {
    const { id } = await blockAt('2023-05-22', 'Lunch');
    const changed = {
      do: 'save',
      title: 'Lunch',
      kind: 'meal',
      meal: 'lunch',
      provided: 'yes',
      starts: '12:00',
      ends: '13:00',
      'dates[]': '2023-05-22',
      alike: 'yes',
    };
    expect((await world.post(`${MAKING}/frame/blocks/${id}`, changed)).status).toBe(303);
    const lunches = (await frame()).blocks.filter(({ title }) => title === 'Lunch');
    expect(lunches.map(({ date }) => date)).toHaveLength(5);
    expect(new Set(lunches.map(({ starts }) => starts))).toEqual(new Set(['12:00']));
    expect(lunches.every(({ isProvided }) => isProvided)).toBe(true);
  });

  test('is removed where it is the same, or alone', async () => {
    const { id } = await blockAt('2023-05-22', 'Coffee');
    await world.post(`${MAKING}/frame/blocks/${id}`, { do: 'remove', alike: 'yes' });
    expect((await frame()).blocks.some(({ title }) => title === 'Coffee')).toBe(false);
    expect((await world.get(`${MAKING}/frame/blocks/${id}`)).status).toBe(404);
  });
});

describe('a room', () => {
  const hall = {
    do: 'save',
    name: 'Seminar Room',
    capacity: '48',
    features: 'Screen, video,  screen',
    directions: 'Up the stairs',
    link: 'https://meet.example/hall',
  };

  test('has a key for ever, and equipment in small letters once', async () => {
    expect((await world.post(`${MAKING}/frame/rooms/new`, hall)).status).toBe(303);
    const [room] = (await frame()).rooms;
    expect(room).toMatchObject({
      key: 'seminar_room',
      capacity: 48,
      features: ['screen', 'video'],
    });
    await world.post(`${MAKING}/frame/rooms/${room?.id}`, { ...hall, name: 'Great Hall' });
    expect((await frame()).rooms[0]).toMatchObject({ key: 'seminar_room', name: 'Great Hall' });
  });

  test('of a name that there is already is refused at its field', async () => {
    const again = await world.post(`${MAKING}/frame/rooms/new`, { ...hall, name: 'great hall' });
    expect(again.status).toBe(422);
    expectIn(await again.text(), 'There is a room “Great Hall” already');
  });

  test('moves up and down in the order that people see', async () => {
    for (const name of ['Attic', 'Cellar']) {
      await world.post(`${MAKING}/frame/rooms/new`, { ...hall, name, capacity: '' });
    }
    const names = async () => (await frame()).rooms.map(({ name }) => name);
    const cellar = (await frame()).rooms.at(-1);
    await world.post(`${MAKING}/frame`, { do: 'move', room: cellar?.id ?? '', by: '-1' });
    expect(await names()).toEqual(['Great Hall', 'Cellar', 'Attic']);
    await world.post(`${MAKING}/frame`, { do: 'move', room: cellar?.id ?? '', by: '1' });
    expect(await names()).toEqual(['Great Hall', 'Attic', 'Cellar']);
  });

  test('that a block is in is not removed, and its key is not given again', async () => {
    const { id } = await blockAt('2023-05-22', 'Morning check-in');
    const [room] = (await frame()).rooms;
    const inHall = {
      do: 'save',
      title: 'Morning check-in',
      kind: 'check_in',
      starts: '09:00',
      ends: '09:30',
      'dates[]': '2023-05-22',
      room: room?.id ?? '',
    };
    await world.post(`${MAKING}/frame/blocks/${id}`, inHall);
    await world.post(`${MAKING}/frame/rooms/${room?.id}`, { do: 'remove' });
    expect((await frame()).rooms).toHaveLength(3);
    await world.post(`${MAKING}/frame/blocks/${id}`, { ...inHall, room: '' });
    await world.post(`${MAKING}/frame/rooms/${room?.id}`, { do: 'remove' });
    expect((await frame()).rooms).toHaveLength(2);
    await world.post(`${MAKING}/frame/rooms/new`, hall);
    expect((await frame()).rooms.at(-1)?.key).toBe('seminar_room_2');
  });

  test('that floods is closed from now to the end, and open again from a moment on', async () => {
    world.clock.set(Temporal.Instant.from('2023-05-24T18:30:00Z'));
    const room = (await frame()).rooms.at(-1);
    const page = `${MAKING}/frame/rooms/${room?.id}`;
    expectIn(await (await world.get(page)).text(), 'value="11:30"');
    await world.post(page, {
      do: 'close-from',
      from_date: '2023-05-24',
      from_time: '11:30',
      from_reason: 'Under water',
    });
    const closed = (await frame()).closures;
    expect(closed.map(({ date, starts, ends }) => `${date} ${starts}–${ends}`)).toEqual([
      '2023-05-24 11:30–24:00',
      '2023-05-25 00:00–24:00',
      '2023-05-26 00:00–24:00',
    ]);
    await world.post(page, { do: 'open-from', open_date: '2023-05-25', open_time: '12:00' });
    expect((await frame()).closures.map(({ date, ends }) => `${date} ${ends}`)).toEqual([
      '2023-05-24 24:00',
      '2023-05-25 12:00',
    ]);
    for (const { id } of (await frame()).closures) {
      await world.post(page, { do: 'reopen', closure: id });
    }
    expect((await frame()).closures).toEqual([]);
    expect(await eventsOf('frame.room_closed')).toHaveLength(1);
  });
});

describe('the API', () => {
  const ask = (path: string, method = 'GET', json?: unknown, as = token) =>
    world.app.request(
      `${API}${path}`,
      withToken(as, { method, ...(json === undefined ? {} : { json }) }),
    );

  test('does what the pages do', async () => {
    const added = await ask('/rooms', 'POST', { name: 'Library', features: ['Quiet'] });
    expect(added.status).toBe(201);
    const { id, key } = (await added.json()) as { id: string; key: string };
    expect(key).toBe('library');
    const from = { date: '2023-05-26', time: '10:00' };
    expect((await ask(`/rooms/${id}/closures`, 'POST', { from })).status).toBe(201);
    expect((await ask(`/rooms/${id}/openings`, 'POST', { from })).status).toBe(204);
    expect((await ask(`/rooms/${id}/moves`, 'POST', { by: -1 })).status).toBe(204);
    const block = {
      title: 'Talks',
      kind: 'plenary',
      starts: '11:00',
      ends: '12:30',
      dates: ['2023-05-22'],
      room: id,
    };
    const made = (await (await ask('/blocks', 'POST', block)).json()) as { ids: string[] };
    const seen = (await (await ask('')).json()) as {
      blocks: { id: string; room: string | null }[];
      contradictions: { code: string }[];
    };
    expect(seen.blocks.find((each) => each.id === made.ids[0])?.room).toBe(id);
    expect(seen.contradictions.map(({ code }) => code)).toEqual(['blocks-overlap']);
    expect((await ask(`/blocks/${made.ids[0]}`, 'DELETE')).status).toBe(204);
    expect((await ask(`/rooms/${id}`, 'DELETE')).status).toBe(204);
    const days = { slot_minutes: 15, session_minutes: 60, days: [] };
    expect((await ask('/days', 'PUT', days)).status).toBe(204);
    expect((await frame()).slotMinutes).toBe(15);
    expect((await ask('/days/2023-05-26/copies', 'POST', { to: ['2023-05-25'] })).status).toBe(204);
    expect((await ask('/days/2023-05-28', 'DELETE')).status).toBe(409);
  });

  test('refuses whoever does not organise', async () => {
    const hopper = await addPerson(world.db, 'Hopper');
    const { summitId } = organiser;
    const role = { role: 'participant' as const, grantedAt: world.actor.now, grantedBy: null };
    await world.db
      .insertInto('role')
      .values({ summitId, personId: hopper, ...role })
      .execute();
    const theirs = await tokenOf(world, hopper);
    expect((await ask('', 'GET', undefined, theirs)).status).toBe(403);
    expect((await ask('/rooms', 'POST', { name: 'Mine' }, theirs)).status).toBe(403);
  });
});

test('nobody but organisers sees the making', async () => {
  for (const page of ['', '/frame', '/frame/days', '/presence', '/sessions', '/sessions/rules']) {
    expect((await world.get(`${MAKING}${page}`, world.stranger)).status).toBe(404);
  }
});

test('two rooms of one name are never made, whoever is first', async () => {
  const grace = await addPerson(world.db, 'Hopper');
  const room = { name: 'Twin', capacity: null, features: [], directions: '', link: null };
  const both = await Promise.all(
    [world.ada, grace].map((personId) =>
      inTransaction(world.db, (tx) => saveRoom(tx, { ...world.actor, personId }, organiser, room)),
    ),
  );
  expect(both.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
});

test('the home counts what there is, and links to what is missing', async () => {
  const page = await (await world.get(MAKING)).text();
  expectIn(page, '5 days');
  expectIn(page, 'href="/s/sp_summit_2023/organise/timetable/presence?show=unsaid"');
  expectIn(page, 'Make sessions for each group or planned topic.');
  expectNotIn(page, 'Broken since the release');
});
