import { parseIcal } from '@cairn/formats/ical-reading';
import { expectOk } from '@cairn/kernel/result';
import nodeIcal from 'node-ical';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../../tests/database.ts';
import { post, testServices, visitorFromHeader } from '../../../../../tests/services.ts';
import {
  NOW,
  seedDefinition,
  setUp,
  storeInvitation,
  storePerson,
  storeSummit,
} from '../../../../../tests/summit.ts';
import { createApp } from '../../app.tsx';
import { recordEvent } from '../../platform/db/command.ts';
import { type Db, openKysely } from '../../platform/db/database.ts';
import type { Summit } from '../summits/queries.ts';
import { MOST_FEEDS } from './feed-commands.ts';
import { FEED_READ_JOB, feedReadTask } from './feed-read-task.ts';

let database: TestDatabase;
let db: Db;
let summit: Summit;
let person: string;
let number = 0;

const meetings = seedDefinition().planning_meetings;
const [, ...others] = meetings.list;
const planning_meetings = {
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
};

beforeAll(async () => {
  database = await cloneDatabase();
  db = openKysely(database.pool);
});
afterAll(() => database.drop());
beforeEach(async () => {
  number += 1;
  summit = await storeSummit(db, { slug: `summit_${number}`, planning_meetings });
  person = await storePerson(db, `Person ${number}`);
  await storeInvitation(db, summit.id, person, `secret ${number}`);
});

const app = () => createApp(testServices(db), visitorFromHeader(db));
const page = () => `/s/${summit.slug}/me/feeds`;
const open = (path: string, as?: string) =>
  app().request(path, { headers: as === undefined ? {} : { 'x-test-person': as } });
const send = (fields: Record<string, string>, as = person) =>
  app().request(page(), post(fields, as));

/** Makes a feed and gives the path of its address. */
async function make(name: string): Promise<string> {
  const answer = await send({ action: 'make', name });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const address = /<code>http:\/\/cairn\.test(\/s\/[^<]+\.ics)<\/code>/.exec(await answer.text());
  return address?.[1] ?? '';
}
const entriesOf = async (path: string) =>
  expectOk(parseIcal(await (await open(path)).text())).entries;
const own = async (path: string) =>
  (await entriesOf(path)).filter(({ categories }) => categories?.includes('Your part'));
const happen = (kind: string, days: number) =>
  db.transaction().execute((tx) =>
    recordEvent(tx, setUp(NOW.add({ hours: 24 * days })), {
      kind,
      summitId: summit.id,
      personId: person,
    }),
  );
const takeSeat = () =>
  db
    .insertInto('seat')
    .values({ summitId: summit.id, number: 1, personId: person, kind: 'funded', takenAt: NOW })
    .execute();

describe('making a feed', () => {
  test('shows its address once; only a hash of the secret is kept', async () => {
    const path = await make('phone');
    const secret = /feeds\/([\w-]{43})\.ics$/.exec(path)?.[1] ?? 'none';
    const list = await (await open(page(), person)).text();
    expect(list).toContain('phone');
    expect(list).not.toContain(secret);
    const kept = await db
      .selectFrom('feed')
      .select('secretHash')
      .where('personId', '=', person)
      .executeTakeFirstOrThrow();
    expect(Buffer.from(kept.secretHash).toString('utf8')).not.toContain(secret);
    expect(kept.secretHash).toHaveLength(32);
  });

  test('asks for a name, and keeps what was typed', async () => {
    const empty = await send({ action: 'make', name: ' ' });
    expect(empty.status).toBe(422);
    expect(await empty.text()).toContain('Write where you will read it, such as phone.');
    const long = await send({ action: 'make', name: 'x'.repeat(61) });
    expect(await long.text()).toContain('x'.repeat(61));
  });

  test('refuses a name that is in use, and more than anybody reads', async () => {
    await make('phone');
    const twice = await send({ action: 'make', name: 'phone' });
    expect(twice.status).toBe(422);
    expect(await twice.text()).toContain('You have a feed “phone” already');
    for (let feeds = 1; feeds < MOST_FEEDS; feeds++) await make(`feed ${feeds}`);
    const more = await send({ action: 'make', name: 'one more' });
    expect(await more.text()).toContain('You have 20 feeds already');
  });

  test('is for those who take part', async () => {
    expect((await open(page())).status).toBe(303);
    const stranger = await storePerson(db, `Stranger ${number}`);
    expect((await open(page(), stranger)).status).toBe(404);
    expect((await send({ action: 'make', name: 'phone' }, stranger)).status).toBe(404);
  });
});

describe('a secret feed', () => {
  test('answers without signing in, and a second implementation reads it', async () => {
    const path = await make('phone');
    const answer = await open(path);
    expect(answer.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('private, no-cache');
    expect(answer.headers.get('x-robots-tag')).toBe('noindex');
    const parsed = nodeIcal.sync.parseICS(await answer.text());
    const deadline = Object.values(parsed).find(
      (each) => each?.type === 'VEVENT' && String(each.summary).startsWith('Answer by now'),
    );
    const end = deadline?.type === 'VEVENT' ? deadline.end?.toISOString() : undefined;
    expect(end).toBe('2023-02-22T12:00:00.000Z');
  });

  test('is no page once it is revoked, at another summit, or made up', async () => {
    const path = await make('phone');
    const { id } = await db
      .selectFrom('feed')
      .select('id')
      .where('personId', '=', person)
      .executeTakeFirstOrThrow();
    const other = await storeSummit(db, { slug: `other_${number}` });
    expect((await open(path.replace(summit.slug, other.slug))).status).toBe(404);
    expect((await open(`/s/${summit.slug}/feeds/${'a'.repeat(43)}.ics`)).status).toBe(404);
    expect((await open(path)).status).toBe(200);
    const revoked = await send({ action: 'revoke', feed: id });
    expect(revoked.status).toBe(303);
    expect((await open(path)).status).toBe(404);
  });

  test('cannot be revoked by somebody else', async () => {
    const path = await make('phone');
    const { id } = await db
      .selectFrom('feed')
      .select('id')
      .where('personId', '=', person)
      .executeTakeFirstOrThrow();
    const neighbour = await storePerson(db, `Neighbour ${number}`);
    await storeInvitation(db, summit.id, neighbour, `neighbour ${number}`);
    await send({ action: 'revoke', feed: id }, neighbour);
    expect((await open(path)).status).toBe(200);
  });

  test('of somebody who was erased answers no more', async () => {
    const path = await make('phone');
    await db.updateTable('person').set({ erasedAt: NOW }).where('id', '=', person).execute();
    expect((await open(path)).status).toBe(404);
  });

  test('has the summit’s entries under the same UIDs as the public feed', async () => {
    const path = await make('phone');
    const shared = (await entriesOf(`/s/${summit.slug}/calendar.ics`)).map(({ uid }) => uid);
    const personal = (await entriesOf(path)).map(({ uid }) => uid);
    expect(personal.slice(0, shared.length)).toEqual(shared);
    expect(new Set(personal).size).toBe(personal.length);
  });

  test('holds the links of meetings for those who come, not for those who were asked', async () => {
    const path = await make('phone');
    expect(await (await open(path)).text()).not.toContain('video.example.org');
    await takeSeat();
    expect(await (await open(path)).text()).toContain('video.example.org');
  });
});

describe('one’s own dates', () => {
  test('begin with the day by which to answer, which is cancelled by the answer', async () => {
    const path = await make('phone');
    expect(await own(path)).toMatchObject([
      {
        uid: `answer.${person}@${summit.slug}.cairn.test`,
        status: 'CONFIRMED',
        sequence: 0,
        url: `http://cairn.test/s/${summit.slug}/me/invitation`,
      },
    ]);
    await happen('invitation.declined', 2);
    await db
      .updateTable('invitation')
      .set({ state: 'declined', answeredAt: NOW })
      .where('personId', '=', person)
      .execute();
    expect(await own(path)).toMatchObject([{ status: 'CANCELLED', sequence: 1 }]);
  });

  test('tell an offered seat, then the stay; each change counts', async () => {
    const path = await make('phone');
    await happen('seat.offered', 3);
    const { id } = await db
      .insertInto('seatOffer')
      .values({
        summitId: summit.id,
        personId: person,
        offeredAt: NOW,
        expiresAt: NOW.add({ hours: 120 }),
        closedAt: null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const offer = (await own(path)).find(({ uid }) => uid.startsWith('offer.'));
    expect(offer).toMatchObject({ status: 'CONFIRMED', sequence: 1 });
    await db
      .updateTable('seatOffer')
      .set({ state: 'accepted', closedAt: NOW })
      .where('id', '=', id)
      .execute();
    await takeSeat();
    await happen('seat.taken', 4);
    const [, taken, stay] = await own(path);
    expect(taken).toMatchObject({ status: 'CANCELLED', sequence: 2 });
    expect(stay).toMatchObject({ status: 'CONFIRMED', sequence: 2, busy: true });
    expect(stay?.time).toMatchObject({ kind: 'days' });
    await db.deleteFrom('seat').where('personId', '=', person).execute();
    await happen('seat.released', 5);
    const [, , lost] = await own(path);
    expect(lost).toMatchObject({ status: 'CANCELLED', sequence: 3 });
  });
});

describe('reading a feed', () => {
  test('changes nothing itself; a job notes it, at most once an hour', async () => {
    const path = await make('phone');
    const lastRead = async () =>
      (
        await db
          .selectFrom('feed')
          .select(['id', 'lastReadAt'])
          .where('personId', '=', person)
          .executeTakeFirstOrThrow()
      ).lastReadAt;
    const jobs = () =>
      database.pool.query<{ payload: unknown }>(
        `select payload from graphile_worker._private_jobs j
         join graphile_worker._private_tasks t on t.id = j.task_id
         where t.identifier = $1 and payload ->> 'feed' in (select id::text from feed where person_id = $2)`,
        [FEED_READ_JOB, person],
      );
    await open(path);
    await open(path);
    expect(await lastRead()).toBeNull();
    const { rows } = await jobs();
    expect(rows).toHaveLength(1);
    await feedReadTask({ db })(rows[0]?.payload, { number: 1, isLast: false });
    expect(await lastRead()).toEqual(NOW);
    await database.pool.query(
      'select graphile_worker.complete_jobs(array_agg(id)) from graphile_worker.jobs',
    );
    await open(path);
    expect((await jobs()).rows).toHaveLength(0);
    expect(await (await open(page(), person)).text()).toContain('1 Feb 2023');
  });
});
