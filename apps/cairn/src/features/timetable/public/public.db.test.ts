import { expectOk } from '@cairn/kernel/result';
import { Temporal } from '@cairn/kernel/time';
import { beforeEach, describe, expect, test } from 'vitest';
import { testServices } from '../../../../../../tests/services.ts';
import { expectIn, expectNotIn } from '../../../../../../tests/summit-database.ts';
import {
  openReleasingHouse,
  type ReleasingHouse,
} from '../../../../../../tests/timetable-releases.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import { erasePerson } from '../../people/own-data/erasure-commands.ts';
import { oneself } from '../../people/own-data/own-data-queries.ts';

let house: ReleasingHouse;

beforeEach(async () => {
  house = await openReleasingHouse();
  return () => house.drop();
});

const HOME = '/s/sp_summit_2023/timetable';
const STUDIO = { date: '2023-05-23', starts: '13:00', room: 'studio' } as const;
/** Nobody has signed in with an id that nobody has. */
const NOBODY = '00000000-0000-4000-8000-000000000000';

const page = async (path: string, as = NOBODY): Promise<string> => {
  const response = await house.get(path, as);
  return `${response.status}\n${await response.text()}`;
};

describe('The timetable', () => {
  test('says that it is not released yet, and its parts do not exist.', async () => {
    expectIn(await page(HOME), 'not released yet');
    for (const part of ['/days/2023-05-22', '/rooms/hall', '/versions/1']) {
      expect((await house.get(`${HOME}${part}`, NOBODY)).status).toBe(404);
    }
    expect((await house.get(`${HOME}.pdf`, NOBODY)).status).toBe(404);
  });

  test('shows a day with its sessions, rooms and blocks, today’s during the week.', async () => {
    await house.released();
    expectIn(await page(HOME), 'Array API: inspection');
    house.clock.set(Temporal.Instant.from('2023-05-23T17:00:00Z'));
    const tuesday = await page(HOME);
    expectIn(tuesday, 'Documentation themes');
    expectIn(tuesday, 'Lunch');
    expectNotIn(tuesday, 'Array API: inspection');
    expectIn(await page(`${HOME}/days/2023-05-22?as=list`), 'Array API: inspection');
    expect((await house.get(`${HOME}/days/2023-06-01`, NOBODY)).status).toBe(404);
  });

  test('names to the public only those who let themselves be named, and to those who take part all.', async () => {
    await house.released();
    const { Mira = '', Priya = '' } = house.world.people;
    const path = `${HOME}/sessions/${house.world.sessions.arrays1}`;
    const strangers = await page(path);
    expectNotIn(strangers, 'Mira Example');
    expectNotIn(strangers, 'Priya Example');
    const members = await page(path, Priya);
    expectIn(members, 'Mira Example');
    expectIn(members, 'You are expected here');
    const summitId = house.world.summit.id;
    await house.db
      .insertInto('listing')
      .values({ summitId, personId: Mira, fields: ['name'], updatedAt: house.clock.now() })
      .execute();
    // Consent alone is not enough: the public list is of those who have a seat.
    expectNotIn(await page(path), 'Mira Example');
    await house.db
      .insertInto('seat')
      .values({
        ...{ summitId, personId: Mira, number: 1, kind: 'funded' },
        takenAt: house.clock.now(),
      })
      .execute();
    expectIn(await page(path), 'Mira Example');
  });

  test('names nobody any more who was erased, though releases are kept as they were read.', async () => {
    const { db, world } = house;
    const { Mira = '' } = world.people;
    await db
      .updateTable('timetableSession')
      .set({ title: 'Arrays, by Mira Example', text: 'Led by\nMira Example and\tMira\n Example' })
      .where('id', '=', world.sessions.arrays1)
      .execute();
    await house.released();
    const path = `${HOME}/sessions/${world.sessions.arrays1}`;
    const everywhere = [path, '/s/sp_summit_2023/schedule.xml', `${HOME}/calendar.ics`];
    for (const each of everywhere) expectIn(await page(each), 'Arrays');
    expectIn(await page(path), 'Mira Example');
    const actor = { personId: Mira, door: 'web' as const, now: house.clock.now() };
    expectOk(
      await inTransaction(db, (tx) =>
        erasePerson(tx, testServices(db), actor, oneself({ personId: Mira }), () => 'hash'),
      ),
    );
    for (const each of everywhere) {
      const now = await page(each);
      expectIn(now, 'Arrays');
      expect(/Mira\s+Example/.test(now), each).toBe(false);
    }
  });

  test('keeps the page of a session that was dropped, and says since when.', async () => {
    await house.released();
    await house.place('docs', undefined);
    await house.released({ name: 'Second' });
    const gone = await page(`${HOME}/sessions/${house.world.sessions.docs}`);
    expectIn(gone, '410');
    expectIn(gone, 'not in the timetable any more');
    expectIn(gone, 'version 1');
  });

  test('says what a version changed, and to those it moves what it changes for them.', async () => {
    await house.released();
    await house.place('docs', STUDIO);
    await house.released({ name: 'Second', note: 'The library floods.' });
    const strangers = await page(`${HOME}/versions/2`);
    expectIn(strangers, 'The library floods.');
    expectIn(strangers, 'from Tue 23 May 2023, 09:30–11:00 PDT, Library');
    expectIn(strangers, 'to Tue 23 May 2023, 13:00–14:30 PDT, Studio');
    expectNotIn(strangers, 'For you');
    expectIn(await page(`${HOME}/versions/2`, house.world.people['Lena'] ?? ''), 'For you');
    expectIn(await page(`${HOME}/versions`), 'Second');
  });

  test('marks what a change since then affects, and tells organisers why.', async () => {
    await house.released();
    expectNotIn(await page(`${HOME}/days/2023-05-23`), 'affected by a change');
    await closeLibrary();
    expectIn(await page(`${HOME}/days/2023-05-23`), 'affected by a change');
    expectNotIn(await page(`${HOME}/days/2023-05-22`), 'affected by a change');
    const session = await page(`${HOME}/sessions/${house.world.sessions.docs}`);
    expectIn(session, 'Something changed since');
    expectIn(
      await page('/s/sp_summit_2023/organise/timetable/release', house.ada),
      'What a change since then broke',
    );
  });

  test('does not mark what the organisers knew when they released it.', async () => {
    await closeLibrary();
    await house.released();
    expectNotIn(await page(`${HOME}/days/2023-05-23`), 'affected by a change');
  });

  test('marks what a release does to an open session, though organisers were warned.', async () => {
    const { db, world, clock } = house;
    const summitId = world.summit.id;
    const { id: sessionId } = await db
      .insertInto('timetableSession')
      .values({
        ...{ summitId, kind: 'open', title: 'First pull requests', minutes: 60 },
        ...{ topicNumber: null, groupKey: null, size: null, createdBy: null, removedAt: null },
        createdAt: clock.now(),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await db
      .insertInto('openSession')
      .values({
        ...{ sessionId, summitId, roomId: world.rooms.library, date: '2023-05-23' },
        ...{ starts: '09:30', claimedBy: null, claimedAt: clock.now(), withdrawnAt: null },
      })
      .execute();
    await house.released();
    const tuesday = await page(`${HOME}/days/2023-05-23`);
    expectIn(tuesday, 'First pull requests');
    expectIn(tuesday, 'Documentation themes');
    expectIn(tuesday, 'affected by a change');
  });

  test('is answered with nothing to whoever has it already.', async () => {
    await house.released();
    const first = await house.app.request(HOME);
    const tag = first.headers.get('etag') ?? '';
    const again = await house.app.request(HOME, { headers: { 'if-none-match': tag } });
    expect([first.status, again.status]).toEqual([200, 304]);
    expect(await again.text()).toBe('');
  });

  test('is printed as PDF.', async () => {
    await house.released();
    const response = await house.get(`${HOME}.pdf`, NOBODY);
    expect(response.headers.get('content-type')).toBe('application/pdf');
    expect((await response.text()).startsWith('%PDF-')).toBe(true);
  });
});

describe('What is not released', () => {
  const SECRETS = [
    'Secret draft',
    'Secret session',
    'Secret reason',
    'Secret grouping',
    'Secret search',
  ];
  let secretSession: string;

  beforeEach(async () => {
    await house.released();
    const { db, world, clock } = house;
    const summitId = world.summit.id;
    const made = { summitId, createdAt: clock.now(), createdBy: world.ada };
    const { id: draftId } = await db
      .insertInto('timetableDraft')
      .values({ ...made, name: 'Secret draft', discardedAt: null })
      .returning('id')
      .executeTakeFirstOrThrow();
    const { id } = await db
      .insertInto('timetableSession')
      .values({
        ...{ ...made, title: 'Secret session', text: 'Secret reason', minutes: 90 },
        ...{ topicNumber: 1, groupKey: 'arrays', size: null, removedAt: null },
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    secretSession = id;
    const place = { date: '2023-05-22', starts: '15:30', roomId: world.rooms.hall };
    await db
      .insertInto('draftPlacement')
      .values([
        { draftId, sessionId: secretSession, ...place },
        { draftId: world.draftId, sessionId: secretSession, ...place },
      ])
      .execute();
    await closeLibrary('Secret reason');
    const { id: groupingId } = await db
      .insertInto('grouping')
      .values({ ...made, title: 'Secret grouping', date: null, fromId: null, setAt: null })
      .returning('id')
      .executeTakeFirstOrThrow();
    const group = { groupingId, key: 'secret', title: 'Secret grouping', topicNumber: null };
    await db
      .insertInto('workGroup')
      .values({ ...group, least: null, most: null })
      .execute();
    await db
      .insertInto('timetableSearch')
      .values({
        ...{ summitId, seed: 1, seconds: 5, askedBy: world.ada, askedAt: clock.now() },
        ...{ endedAt: null, result: JSON.stringify({ says: 'Secret search' }) },
      })
      .execute();
  });

  test('is there to leak: organisers see it.', async () => {
    const release = await page('/s/sp_summit_2023/organise/timetable/release', house.ada);
    expectIn(release, 'Secret draft');
  });

  const PAGES = [
    ...['', '/days/2023-05-22', '/days/2023-05-23', '/days/2023-05-22?as=list', '/versions'],
    ...['/versions/1', '/rooms/hall', '/rooms/library', '/rooms/library/door', '/now'],
    ...['/now/projector', '/agenda', '/groups', '/groups/arrays', '/groups/secret'],
    ...['/open-space', '/presence', '/maps', '.pdf'],
    ...[
      '/rooms/library/calendar.ics',
      '/groups/arrays/calendar.ics',
      '/groups/secret/calendar.ics',
    ],
  ].map((part) => `${HOME}${part}`);
  const OTHERS = [
    ...['schedule.xml', 'schedule.json', 'calendar.ics', 'worklog', 'tasks', 'participants'],
    ...['plan', 'plan/topics/1', 'plan/search?q=Secret', 'me', ''],
  ].map((part) => `/s/sp_summit_2023/${part}`);
  const API = ['', '/versions', '/versions/1', '/agenda', '/groups', '/preview'].map(
    (part) => `/api/v1/summits/sp_summit_2023/timetable${part}`,
  );

  test('leaks into no page, feed or file, neither to the public nor to participants.', async () => {
    for (const path of [...PAGES, ...OTHERS, ...API]) {
      for (const reader of [NOBODY, house.stranger, house.world.people['Mira'] ?? '']) {
        const said = await page(path, reader);
        for (const secret of SECRETS) expectNotIn(said, secret);
        expectNotIn(said, secretSession);
      }
    }
  });

  test('has no page of its own, and nobody but organisers opens those of its making.', async () => {
    expect((await house.get(`${HOME}/sessions/${secretSession}`, NOBODY)).status).toBe(404);
    for (const part of ['', '/frame', '/groups', '/sessions', '/drafts', '/release', '/repair']) {
      const path = `/s/sp_summit_2023/organise/timetable${part}`;
      const { Mira = '' } = house.world.people;
      expect((await house.get(path, Mira)).status).toBe(404);
      const posted = await house.post(path, { do: 'release' }, Mira);
      expect(posted.status).toBe(404);
    }
  });
});

/** The library, in which the documentation themes are on Tuesday, cannot be used. */
async function closeLibrary(reason = 'Water'): Promise<void> {
  const { db, world } = house;
  await db
    .insertInto('roomClosure')
    .values({
      ...{ roomId: world.rooms.library, date: '2023-05-23', starts: '09:00', ends: '17:30' },
      reason,
    })
    .execute();
  // As every command does: what was looked at before is looked at anew.
  await db
    .insertInto('event')
    .values({
      ...{ at: house.clock.now(), kind: 'frame.room_closed', summitId: world.summit.id },
      ...{ personId: null, actorId: null, door: 'web', data: '{}' },
    })
    .execute();
}
