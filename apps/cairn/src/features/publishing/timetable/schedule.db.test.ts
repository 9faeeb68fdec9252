import { parseIcal } from '@cairn/formats/ical-reading';
import { expectOk } from '@cairn/kernel/result';
import nodeIcal from 'node-ical';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  complaintsAbout,
  hasOfficialSchemas,
  officialComplaintsAboutJson,
  officialComplaintsAboutXml,
  takeApartJson,
  takeApartXml,
} from '../../../../../../tests/frab-schemas.ts';
import { storePerson } from '../../../../../../tests/summit.ts';
import { expectIn } from '../../../../../../tests/summit-database.ts';
import {
  openReleasingHouse,
  type ReleasingHouse,
} from '../../../../../../tests/timetable-releases.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import { selfIn } from '../../people/rights.ts';
import { markSession } from '../../timetable/agenda/agenda-commands.ts';
import {
  claimOpenSession,
  moveOpenSession,
  removeOpenSession,
  withdrawOpenSession,
} from '../../timetable/open-space/space-commands.ts';
import { ownTimetableEntries } from './history-queries.ts';

let house: ReleasingHouse;
const home = '/s/sp_summit_2023';
const TUESDAY = '2023-05-23';

beforeEach(async () => {
  house = await openReleasingHouse();
  return () => house.drop();
});

/** What everybody reads: nobody has signed in. */
const read = async (path: string): Promise<string> => {
  const answer = await house.app.request(`${home}${path}`);
  expect(answer.status, path).toBe(200);
  return answer.text();
};
const calendar = async (path: string) => expectOk(parseIcal(await read(path))).entries;
const later = () => house.clock.set(house.clock.now().add({ hours: 1 }));

const asHtml = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** Lets the public see somebody's name, or nobody's. */
async function list(personId: string, fields: string[]): Promise<void> {
  const { id: summitId } = house.world.summit;
  await house.db
    .insertInto('seat')
    .values({ summitId, number: 1, personId, kind: 'funded', takenAt: house.clock.now() })
    .execute();
  await house.db
    .insertInto('listing')
    .values({ summitId, personId, fields, updatedAt: house.clock.now() })
    .execute();
}

const claim = (as: string, title: string) =>
  inTransaction(house.db, (tx) =>
    claimOpenSession(
      tx,
      { personId: as, door: 'web', now: house.clock.now() },
      selfIn(house.world.summit.id, { personId: as }),
      house.world.summit,
      {
        ...{ title, text: '', topicNumber: null, date: TUESDAY, starts: '13:00', minutes: 60 },
        ...{ roomId: house.world.rooms.attic, size: null, needs: [] },
      },
    ),
  );

describe('schedule.xml and schedule.json', () => {
  test('are not there before a timetable is released', async () => {
    for (const path of [
      '/schedule.xml',
      '/schedule.json',
      '/timetable.csv',
      '/timetable/calendar.ics',
      '/timetable/rooms/hall/calendar.ics',
      '/timetable/groups/arrays/calendar.ics',
    ]) {
      expect((await house.app.request(`${home}${path}`)).status).toBe(404);
    }
  });

  test('are there though rooms and places are called the same, but for signs that files cannot hold', async () => {
    const called = { hall: 'Hall', studio: 'Hall\u0007', library: 'Hall (hall)', attic: 'Attic' };
    for (const [key, name] of Object.entries(called)) {
      await house.db.updateTable('timetableRoom').set({ name }).where('key', '=', key).execute();
    }
    const blocks = await house.db.selectFrom('timetableBlock').select('id').execute();
    for (const [at, { id }] of blocks.entries()) {
      const place = ['Foyer', 'Foyer\u0007', 'Attic\u0001'][at % 3] ?? '';
      const set = { roomId: null, place };
      await house.db.updateTable('timetableBlock').set(set).where('id', '=', id).execute();
    }
    await house.released();
    for (const file of ['/schedule.xml', '/schedule.json']) {
      expect(await read(file)).toContain('Hall (studio)');
    }
  });

  test('say the same as each other and as the table, with whatever titles', async () => {
    const { sessions } = house.world;
    const hostile = 'A <b>& ]]> “title”\u0001 =1+1 \u202e';
    await house.db
      .updateTable('timetableSession')
      .set({ title: hostile, text: '<script>alert(1)</script>\n\nmore' })
      .where('id', '=', sessions.docs)
      .execute();
    await house.db
      .updateTable('timetableRoom')
      .set({ name: 'Studio "A" & <B>' })
      .where('key', '=', 'studio')
      .execute();
    await house.released();
    const { Omar = '' } = house.world.people;
    expectOk(await claim(Omar, 'Spontaneous'));
    const xml = takeApartXml(await read('/schedule.xml'));
    const json = takeApartJson(await read('/schedule.json'));
    const byId = (one: Record<string, string>, other: Record<string, string>) =>
      Number(one['id']) - Number(other['id']);
    expect(xml.events.toSorted(byId)).toEqual(json.events.toSorted(byId));
    expect({ ...xml, events: [] }).toEqual({ ...json, events: [] });
    expect(complaintsAbout(xml)).toEqual([]);
    expect(json.version).toBe('1.1');
    expect(json.days.map(({ date }) => date)).toEqual(['2023-05-22', TUESDAY, '2023-05-24']);
    const table = (await read('/timetable.csv')).split('\r\n').slice(1, -1);
    expect(table.length).toBeGreaterThanOrEqual(json.events.length);
    for (const { guid } of json.events) {
      expect(
        table.filter((line) => line.endsWith(`,${guid}`) || line.endsWith(guid ?? '-')),
      ).toHaveLength(1);
    }
    // And as the pages: each session has one, with its title, its room and its time.
    for (const { guid, title = '-', room = '-', start = '-', type = '' } of json.events) {
      if (!['work', 'open'].includes(type)) continue;
      // The one sign of the title that XML cannot hold.
      const page = (await read(`/timetable/sessions/${guid}`)).replaceAll('\u0001', '');
      for (const text of [title, room, start]) expectIn(page, asHtml(text));
    }
    const docs = json.events.find(({ guid }) => guid === sessions.docs);
    expect(docs).toMatchObject({
      date: '2023-05-23T09:30:00-07:00',
      duration: '01:30',
      room: 'Library',
      type: 'work',
      description: '<script>alert(1)</script>\n\nmore',
    });
  });

  test.skipIf(!hasOfficialSchemas)('are valid by the official schemas', async () => {
    await house.released();
    expect(await officialComplaintsAboutXml(await read('/schedule.xml'))).toEqual([]);
    expect(officialComplaintsAboutJson(JSON.parse(await read('/schedule.json')))).toEqual([]);
  });

  test('keep ids and guids from release to release, and tell versions apart', async () => {
    await house.released();
    const idsOf = async () => {
      const { events, version } = takeApartJson(await read('/schedule.json'));
      return { version, ids: new Map(events.map(({ guid, id }) => [guid, id])) };
    };
    const before = await idsOf();
    await house.place('docs', { date: TUESDAY, starts: '15:30', room: 'studio' });
    await house.place('arrays2', { date: TUESDAY, starts: '10:30', room: 'studio' });
    later();
    await house.released({ name: 'Second' });
    const after = await idsOf();
    expect([before.version, after.version]).toEqual(['1', '2']);
    for (const [guid, id] of before.ids) expect(after.ids.get(guid)).toBe(id);
  });

  test('name only leads who let the public see their names', async () => {
    await house.released();
    const { Mira = '', Tomas = '' } = house.world.people;
    expect(await read('/schedule.xml')).not.toMatch(/Mira|Tomas|<person /);
    await list(Tomas, ['name']);
    expect(await read('/schedule.xml')).toMatch(/<person id="\d+">Tomas Example<\/person>/);
    expect(await read('/schedule.json')).toContain('"public_name": "Tomas Example"');
    expect(await read('/timetable.csv')).toContain('Tomas Example');
    for (const path of ['/schedule.xml', '/schedule.json', '/timetable.csv']) {
      const text = await read(path);
      expect(text).not.toContain('Mira');
      expect(text).not.toContain(Tomas);
      expect(text).not.toContain(Mira);
    }
  });

  test('say nothing of drafts and of what has no place', async () => {
    await house.released();
    await house.place('arrays2', { date: TUESDAY, starts: '10:30', room: 'attic' });
    for (const path of [
      '/schedule.xml',
      '/schedule.json',
      '/timetable.csv',
      '/timetable/calendar.ics',
    ]) {
      expect(await read(path)).not.toMatch(/test suite|Panel on funding|First draft/);
    }
  });

  test('answer 304 to whoever has them', async () => {
    await house.released();
    const first = await house.app.request(`${home}/schedule.json`);
    const etag = first.headers.get('etag') ?? '';
    const again = await house.app.request(`${home}/schedule.json`, {
      headers: { 'if-none-match': etag },
    });
    expect(again.status).toBe(304);
    expect(first.headers.get('content-type')).toContain('application/json');
  });
});

describe('calendars', () => {
  test('are read alike by a second implementation, in the summit’s zone', async () => {
    await house.released();
    const text = await read('/timetable/calendar.ics');
    const ours = expectOk(parseIcal(text)).entries;
    const theirs = Object.values(nodeIcal.sync.parseICS(text)).filter(
      (each) => each?.type === 'VEVENT',
    );
    expect(theirs).toHaveLength(ours.length);
    const docs = theirs.find((each) => String(each?.summary) === 'Documentation themes');
    expect(docs).toMatchObject({
      location: expect.stringContaining('Library'),
      status: 'CONFIRMED',
    });
    expect(docs?.type === 'VEVENT' && docs.start.toISOString()).toBe('2023-05-23T16:30:00.000Z');
    expect(docs?.type === 'VEVENT' && docs.end?.toISOString()).toBe('2023-05-23T18:00:00.000Z');
    expect(text).toContain('BEGIN:VTIMEZONE');
    expect(text).not.toContain('ATTENDEE');
  });

  test('count what moves, and keep what left a room or the timetable as cancelled', async () => {
    const { sessions } = house.world;
    await house.released();
    const of = async (path: string, id: string) =>
      (await calendar(path)).find(({ uid }) => uid.startsWith(`session.${id}`));
    const [whole, library, attic] = [
      '/timetable/calendar.ics',
      '/timetable/rooms/library/calendar.ics',
      '/timetable/rooms/attic/calendar.ics',
    ];
    const first = await of(library, sessions.docs);
    expect(first).toMatchObject({ status: 'CONFIRMED', sequence: 0 });
    await house.place('docs', { date: TUESDAY, starts: '10:00', room: 'attic' });
    later();
    await house.released({ name: 'Second' });
    expect(await of(whole, sessions.docs)).toMatchObject({ status: 'CONFIRMED', sequence: 1 });
    expect(await of(library, sessions.docs)).toMatchObject({
      uid: first?.uid,
      status: 'CANCELLED',
      sequence: 1,
      lastModified: house.clock.now(),
    });
    expect(await of(attic, sessions.docs)).toMatchObject({ status: 'CONFIRMED', sequence: 0 });
    await house.place('docs', undefined);
    later();
    await house.released({ name: 'Third' });
    expect(await of(whole, sessions.docs)).toMatchObject({ status: 'CANCELLED', sequence: 2 });
    await house.place('docs', { date: TUESDAY, starts: '09:30', room: 'library' });
    later();
    await house.released({ name: 'Fourth' });
    expect(await of(whole, sessions.docs)).toMatchObject({ status: 'CONFIRMED', sequence: 3 });
    expect(await of(library, sessions.docs)).toMatchObject({ status: 'CONFIRMED', sequence: 2 });
  });

  test('of a group hold its sessions and no names; others are no address', async () => {
    await house.released();
    const text = await read('/timetable/groups/packaging/calendar.ics');
    expect(text).toContain('Packaging: build isolation');
    expect(text).not.toMatch(/Array API|Documentation|Noor|Alba/);
    expect(text).toContain('X-WR-CALNAME:Packaging native code');
    for (const path of [
      '/timetable/groups/none/calendar.ics',
      '/timetable/rooms/none/calendar.ics',
    ]) {
      expect((await house.app.request(`${home}${path}`)).status).toBe(404);
    }
  });

  test('follow open space at once', async () => {
    await house.released();
    const { Omar = '' } = house.world.people;
    const self = selfIn(house.world.summit.id, { personId: Omar });
    const { sessionId } = expectOk(await claim(Omar, 'Spontaneous'));
    const actor = () => ({ personId: Omar, door: 'web' as const, now: house.clock.now() });
    const attic = async () =>
      (await calendar('/timetable/rooms/attic/calendar.ics')).map(({ status, sequence }) => ({
        status,
        sequence,
      }));
    expect(await attic()).toEqual([{ status: 'CONFIRMED', sequence: 0 }]);
    later();
    expectOk(
      await inTransaction(house.db, (tx) =>
        moveOpenSession(tx, actor(), self, house.world.summit, {
          ...{ sessionId, date: TUESDAY, starts: '13:00', roomId: house.world.rooms.studio },
        }),
      ),
    );
    expect(await attic()).toEqual([{ status: 'CANCELLED', sequence: 1 }]);
    later();
    expectOk(
      await inTransaction(house.db, (tx) => withdrawOpenSession(tx, actor(), self, sessionId)),
    );
    const whole = await calendar('/timetable/calendar.ics');
    expect(whole.find(({ summary }) => summary === 'Spontaneous')).toMatchObject({
      status: 'CANCELLED',
      sequence: 2,
    });
  });

  test('say nothing any more of what organisers took out of open space', async () => {
    await house.released();
    const { Omar = '' } = house.world.people;
    const { sessionId } = expectOk(await claim(Omar, 'Where Priya Example lives'));
    const whole = async () => read('/timetable/calendar.ics');
    expect(await whole()).toContain('Where Priya Example lives');
    later();
    const organiser = await house.organiser('sp_summit_2023');
    expectOk(
      await inTransaction(house.db, (tx) =>
        removeOpenSession(tx, { ...house.actor, now: house.clock.now() }, organiser, sessionId),
      ),
    );
    const text = await whole();
    expect(text).not.toContain('Priya');
    expect(text).toContain('SUMMARY:Removed session');
  });
});

describe('one’s own calendar', () => {
  const own = async (personId: string) => {
    const entries = await ownTimetableEntries(
      house.db,
      selfIn(house.world.summit.id, { personId }),
      house.world.summit,
      { page: 'http://cairn.test/s/sp_summit_2023', uidOf: (key) => `${key}@test` },
    );
    return new Map(entries.map((entry) => [entry.summary, entry]));
  };

  test('holds one’s sessions and the blocks, and of the others nothing', async () => {
    await house.released();
    const { Lena = '', Alba = '' } = house.world.people;
    const lena = await own(Lena);
    expect(lena.get('Documentation themes')).toMatchObject({ status: 'CONFIRMED', busy: true });
    expect(lena.get('Welcome')).toMatchObject({ status: 'CONFIRMED' });
    expect(lena.get('Lunch')).toMatchObject({ busy: false });
    expect(lena.has('Array API: inspection')).toBe(false);
    expect((await own(Alba)).has('Documentation themes')).toBe(false);
    const stranger = await storePerson(house.db, 'Nobody Here');
    expect((await own(stranger)).size).toBe(0);
  });

  test('keeps as cancelled what one goes to no more; its sequence only rises', async () => {
    await house.released();
    const { Lena = '' } = house.world.people;
    const self = selfIn(house.world.summit.id, { personId: Lena });
    const mark = (goes: boolean | undefined) => {
      later();
      return inTransaction(house.db, (tx) =>
        markSession(tx, { personId: Lena, door: 'web', now: house.clock.now() }, self, {
          sessionId: house.world.sessions.docs,
          goes,
        }),
      );
    };
    const docs = async () => {
      const entry = (await own(Lena)).get('Documentation themes');
      return { status: entry?.status, sequence: entry?.sequence ?? -1 };
    };
    const seen = [await docs()];
    for (const goes of [false, true, false, undefined]) {
      expectOk(await mark(goes));
      seen.push(await docs());
    }
    later();
    await house.place('docs', undefined);
    await house.released({ name: 'Second' });
    seen.push(await docs());
    expect(seen.map(({ status }) => status)).toEqual([
      ...['CONFIRMED', 'CANCELLED', 'CONFIRMED', 'CANCELLED', 'CONFIRMED', 'CANCELLED'],
    ]);
    const sequences = seen.map(({ sequence }) => sequence);
    expect(new Set(sequences).size).toBe(sequences.length);
    expect(sequences).toEqual(sequences.toSorted((one, other) => one - other));
  });

  test('follows a grouping that is set during the week, and says nothing of one that is not', async () => {
    await house.released();
    const { Lena = '' } = house.world.people;
    const before = await own(Lena);
    later();
    const made = async (state: 'draft' | 'set') => {
      const { id: groupingId } = await house.db
        .insertInto('grouping')
        .values({
          ...{ summitId: house.world.summit.id, title: 'Tuesday', date: TUESDAY, state },
          ...{ fromId: null, createdAt: house.clock.now(), createdBy: null },
          setAt: state === 'set' ? house.clock.now() : null,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      const { id: groupId } = await house.db
        .insertInto('workGroup')
        .values({
          groupingId,
          key: 'packaging',
          title: 'P',
          topicNumber: 2,
          least: null,
          most: null,
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      await house.db
        .insertInto('groupMember')
        .values({ groupingId, personId: Lena, groupId })
        .execute();
    };
    await made('draft');
    expect(await own(Lena)).toEqual(before);
    await made('set');
    const after = await own(Lena);
    expect(after.get('Documentation themes')).toMatchObject({ status: 'CANCELLED' });
    expect(after.get('Documentation themes')?.sequence).toBeGreaterThan(
      before.get('Documentation themes')?.sequence ?? 0,
    );
  });
});
