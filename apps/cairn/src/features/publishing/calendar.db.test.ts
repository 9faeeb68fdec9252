import { parseIcal } from '@cairn/formats/ical-reading';
import { expectOk } from '@cairn/kernel/result';
import nodeIcal from 'node-ical';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../../tests/database.ts';
import { testServices, visitorFromHeader } from '../../../../../tests/services.ts';
import {
  NOW,
  seedDefinition,
  setUp,
  storePerson,
  storeSummit,
} from '../../../../../tests/summit.ts';
import { createApp } from '../../app.tsx';
import { recordEvent } from '../../platform/db/command.ts';
import { type Db, openKysely } from '../../platform/db/database.ts';
import { eventTask } from '../../platform/jobs/events.ts';
import type { Summit } from '../summits/queries.ts';
import type { SummitDefinition } from '../summits/schema.ts';
import { refreshCalendar } from './calendar-commands.ts';
import { calendarConsumer } from './calendar-consumer.ts';
import { keptEntries } from './calendar-queries.ts';

let database: TestDatabase;
let db: Db;
let summit: Summit;
let number = 0;

beforeAll(async () => {
  database = await cloneDatabase();
  db = openKysely(database.pool);
});
afterAll(() => database.drop());
beforeEach(async () => {
  number += 1;
  summit = await storeSummit(db, { slug: `summit_${number}` });
});

const app = () => createApp(testServices(db), visitorFromHeader(db));
const ask = (path: string, headers: Record<string, string> = {}) =>
  app().request(`/s/${summit.slug}${path}`, { headers });
const feed = async (): Promise<string> => (await ask('/calendar.ics')).text();
const read = async () => expectOk(parseIcal(await feed()));

/** Another definition, as saving it would leave it. */
async function save(change: Partial<SummitDefinition>, revision: number): Promise<void> {
  const definition = JSON.stringify(seedDefinition({ slug: summit.slug, ...change }));
  const at = NOW.add({ hours: 24 * revision });
  await db
    .updateTable('summit')
    .set({ definition, revision })
    .where('id', '=', summit.id)
    .execute();
  await db
    .insertInto('summitRevision')
    .values({ summitId: summit.id, revision, source: '', definition, byPerson: null, at })
    .execute();
}

const refresh = () =>
  db
    .transaction()
    .execute((tx) => refreshCalendar(tx, setUp(), summit.id, { url: 'http://cairn.test' }));

const meetings = seedDefinition().planning_meetings;
const [february, ...others] = meetings.list;
const fixedFebruary: Partial<SummitDefinition> = {
  planning_meetings: {
    ...meetings,
    list: [
      {
        key: 'february',
        title: 'February planning meeting',
        starts: '2023-02-27T09:00',
        link: 'https://video.example.org/room',
        tracks: [],
      },
      ...others,
    ],
  },
};

describe('the calendar feed', () => {
  test('is iCalendar that a second implementation reads', async () => {
    await save(fixedFebruary, 2);
    const parsed = nodeIcal.sync.parseICS(await feed());
    const events = Object.values(parsed).filter((each) => each?.type === 'VEVENT');
    expect(events).toHaveLength(14);
    const named = (summary: string) => events.find((event) => event.summary === summary);
    const call = named('February planning meeting');
    expect(call?.start.toISOString()).toBe('2023-02-27T17:00:00.000Z');
    expect(call?.end?.toISOString()).toBe('2023-02-27T18:00:00.000Z');
    const week = named('2023 Scientific Python Developer Summit');
    expect(week).toMatchObject({
      datetype: 'date',
      status: 'CONFIRMED',
      location: 'eScience Institute, University of Washington, Seattle, United States of America',
    });
    expect(named('Due: Work plan decided')?.categories).toEqual(['Important date']);
  });

  test('describes its zone, and shows the link of a meeting to nobody', async () => {
    await save(fixedFebruary, 2);
    const text = await feed();
    expect(text).toContain('BEGIN:VTIMEZONE\r\nTZID:America/Los_Angeles\r\n');
    expect(text).toContain('DTSTART;TZID=America/Los_Angeles:20230227T090000\r\n');
    expect(text).not.toContain('video.example.org');
  });

  test('of a draft is there for its organisers only', async () => {
    await db.updateTable('summit').set({ state: 'draft' }).where('id', '=', summit.id).execute();
    const organiser = await storePerson(db, 'Ada Byron', {
      summitId: summit.id,
      role: 'organiser',
    });
    expect((await ask('/calendar.ics')).status).toBe(404);
    const seen = await ask('/calendar.ics', { 'x-test-person': organiser });
    expect(seen.status).toBe(200);
    expect(seen.headers.get('cache-control')).toBe('private, no-cache');
    expect(await refresh()).toBe(0);
  });

  test('shows a change at once, and being read stores nothing', async () => {
    const before = await read();
    await save({ title: 'Another title' }, 2);
    const after = await read();
    expect(after.name).toBe('Another title');
    expect(after.entries.map(({ uid }) => uid)).toEqual(before.entries.map(({ uid }) => uid));
    expect(await keptEntries(db, summit.id)).toEqual([]);
  });
});

describe('what was told before', () => {
  test('is stored once, with one event for each change', async () => {
    expect(await refresh()).toBe(14);
    expect(await refresh()).toBe(0);
    await save(fixedFebruary, 2);
    expect(await refresh()).toBe(1);
    const events = await db
      .selectFrom('event')
      .select(['kind', 'data'])
      .where('summitId', '=', summit.id)
      .orderBy('id')
      .execute();
    expect(events).toEqual([
      { kind: 'calendar.refreshed', data: { changed: 14, revision: 1 } },
      { kind: 'calendar.refreshed', data: { changed: 1, revision: 2 } },
    ]);
  });

  test('is the same for readers before and after it is stored', async () => {
    await refresh();
    await save(fixedFebruary, 2);
    const asked = await feed();
    await refresh();
    expect(await feed()).toBe(asked);
    expect(asked).toContain('SEQUENCE:1\r\n');
  });

  test('is cancelled when it is taken out, and stays in the feed', async () => {
    await refresh();
    await save({ planning_meetings: { ...meetings, list: others } }, 2);
    await refresh();
    const gone = (await read()).entries.find(({ uid }) =>
      uid.startsWith(`meeting.${february?.key}`),
    );
    expect(gone).toMatchObject({ status: 'CANCELLED', sequence: 1 });
  });

  test('keeps its UID when the installation moves to another host', async () => {
    await refresh();
    const moved = createApp(
      testServices(db, { url: 'https://elsewhere.example' }),
      visitorFromHeader(db),
    );
    const text = await (await moved.request(`/s/${summit.slug}/calendar.ics`)).text();
    const { entries } = expectOk(parseIcal(text));
    expect(new Set(entries.map(({ uid }) => uid.split('.').slice(-2).join('.')))).toEqual(
      new Set(['cairn.test']),
    );
  });

  test('is stored by whoever hears of a saved definition', async () => {
    const services = testServices(db);
    const id = await db
      .transaction()
      .execute((tx) =>
        recordEvent(tx, setUp(), { kind: 'summit.definition_saved', summitId: summit.id }),
      );
    const deliver = eventTask(services, [calendarConsumer]);
    await deliver({ event: id, kind: 'summit.definition_saved' }, { number: 1, isLast: false });
    expect(await keptEntries(db, summit.id)).toHaveLength(14);
  });
});

describe('caches', () => {
  test('are told 304 for what they have, until it changes', async () => {
    const first = await ask('/calendar.ics');
    expect(first.headers.get('cache-control')).toBe('public, max-age=30');
    const etag = first.headers.get('etag') ?? '';
    const modified = first.headers.get('last-modified') ?? '';
    expect(modified).toBe('Wed, 01 Feb 2023 12:00:00 GMT');
    expect((await ask('/calendar.ics', { 'if-none-match': etag })).status).toBe(304);
    expect((await ask('/calendar.ics', { 'if-modified-since': modified })).status).toBe(304);
    await save(fixedFebruary, 2);
    expect((await ask('/calendar.ics', { 'if-none-match': etag })).status).toBe(200);
    expect((await ask('/calendar.ics', { 'if-modified-since': modified })).status).toBe(200);
  });
});
