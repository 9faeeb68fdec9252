import { problem } from '@cairn/kernel/problem';
import { expectOk, fail, ok } from '@cairn/kernel/result';
import { Temporal } from '@cairn/kernel/time';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testServices } from '../../../../../../tests/services.ts';
import {
  addPerson,
  expectIn,
  expectNotIn,
  openSummitDatabase,
  type SummitDatabase,
} from '../../../../../../tests/summit-database.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import type { FetchOutside } from '../../../platform/http/fetch-outside.ts';
import { selfIn } from '../../people/rights.ts';
import { makeFeed } from '../../publishing/feed-commands.ts';
import { addCalendar, setWarning } from './call-commands.ts';
import { callExpirySweep } from './expiry-sweep.ts';
import { callLinkSweep } from './link-sweep.ts';

const YAML = `name: Arrays
timezone: America/New_York
events:
  - summary: Work Session
    description: "Notes: https://notes.example.org/arrays."
    url: https://meet.example.org/room
    begin: 2023-01-09 14:00:00
    duration: { minutes: 60 }
    repeat: { interval: { weeks: 1 }, until: 2023-06-30 00:00:00 }
  - summary: Once
    begin: 2023-03-01 14:00:00
    duration: { minutes: 60 }
  - summary: For ever
    begin: 2023-01-10 14:00:00
    duration: { minutes: 60 }
    ics: RRULE:FREQ=WEEKLY
`;

let world: SummitDatabase;
let reader: string;

beforeAll(async () => {
  world = await openSummitDatabase();
  await world.found();
  await world.post('/s/sp_summit_2023/organise/state', { do: 'announce' });
  const organiser = await world.organiser('sp_summit_2023');
  await world.db
    .insertInto('personIdentity')
    .values({ kind: 'email', value: 'ada@example.org', personId: world.ada, verifiedAt: null })
    .execute();
  expectOk(
    await inTransaction(world.db, (tx) =>
      addCalendar(tx, world.actor, organiser, { key: 'arrays', source: YAML }, 'http://cairn.test'),
    ),
  );
  reader = await addPerson(world.db, 'Lin');
  await world.db
    .insertInto('role')
    .values({
      summitId: organiser.summitId,
      personId: reader,
      role: 'participant',
      grantedAt: world.actor.now,
      grantedBy: null,
    })
    .execute();
});
afterAll(() => world.drop());

const at = (text: string) => world.clock.set(Temporal.Instant.from(text));
const sweep = () => callExpirySweep.run({ ...testServices(world.db), clock: world.clock });
const mails = () =>
  world.db
    .selectFrom('mail')
    .select(['recipient', 'subject', 'body', 'page'])
    .where('key', 'like', 'calls-run-out:%')
    .orderBy('createdAt')
    .execute();

describe('a call that runs out', () => {
  test('is told to organisers before it does, once, and is urgent on their overview', async () => {
    at('2023-05-01T12:00:00Z');
    await sweep();
    expect(await mails()).toEqual([]);
    expectIn(await (await world.get('/s/sp_summit_2023/organise')).text(), 'No call runs out soon');
    at('2023-05-20T12:00:00Z');
    await sweep();
    await sweep();
    const [mail, ...more] = await mails();
    expect(more).toEqual([]);
    expect(mail).toMatchObject({
      recipient: 'ada@example.org',
      subject: 'A call runs out: Work Session',
      page: '/s/sp_summit_2023/organise/calls',
    });
    // The last Monday before the end, at 14:00 in New York, as Seattle reads it.
    expectIn(mail?.body ?? '', 'Work Session (Arrays): last on Mon 26 Jun 2023, 11:00 PDT');
    const overview = await (await world.get('/s/sp_summit_2023/organise')).text();
    expectIn(overview, 'runs out');
    expectNotIn(overview, 'Once');
  });

  test('is told again when it got another end, and not when only the warning moved', async () => {
    const organiser = await world.organiser('sp_summit_2023');
    await inTransaction(world.db, (tx) =>
      setWarning(tx, world.actor, organiser, { key: 'arrays', days: 100, times: 0 }),
    );
    await sweep();
    expect(await mails()).toHaveLength(1);
    const source = YAML.replace('2023-06-30', '2023-07-31');
    await world.post('/s/sp_summit_2023/organise/calls/arrays/file', { revision: '1', source });
    await sweep();
    expect(await mails()).toHaveLength(2);
  });
});

describe('the links of calls', () => {
  const look = (fetchOutside: FetchOutside) =>
    callLinkSweep.run({ ...testServices(world.db), clock: world.clock, fetchOutside });
  const states = async () =>
    Object.fromEntries(
      (await world.db.selectFrom('callLink').select(['url', 'state', 'since']).execute()).map(
        ({ url, state, since }) => [url, [state, since?.toString() ?? null]],
      ),
    );
  const MEET = 'https://meet.example.org/room';
  const NOTES = 'https://notes.example.org/arrays';

  test('are unknown where nothing was seen: a machine without a network breaks none', async () => {
    at('2023-06-01T12:00:00Z');
    await look(async () => fail(problem('unknown-host', 'There is no such host.')));
    expect(await states()).toEqual({
      [MEET]: ['unknown', '2023-06-01T12:00:00Z'],
      [NOTES]: ['unknown', '2023-06-01T12:00:00Z'],
    });
  });

  test('are looked at again after a week and no sooner, and are broken since they were first found so', async () => {
    const asked: string[] = [];
    const gone: FetchOutside = async (url) => {
      asked.push(url);
      return url === MEET
        ? fail(problem('not-found', 'Nothing is at this address.'))
        : ok({ text: '', contentType: 'text/html' });
    };
    at('2023-06-05T12:00:00Z');
    await look(gone);
    expect(asked).toEqual([]);
    at('2023-06-08T12:00:00Z');
    await look(gone);
    at('2023-06-16T12:00:00Z');
    await look(gone);
    expect(asked.toSorted()).toEqual([MEET, MEET, NOTES, NOTES]);
    expect(await states()).toEqual({
      [MEET]: ['broken', '2023-06-08T12:00:00Z'],
      [NOTES]: ['ok', '2023-06-08T12:00:00Z'],
    });
    const page = await (await world.get('/s/sp_summit_2023/organise/calls')).text();
    expectIn(page, 'broken since');
    expectIn(page, 'Nothing is at this address.');
  });

  test('are never looked at for a demonstration', async () => {
    at('2024-06-16T12:00:00Z');
    const refuse: FetchOutside = () => Promise.reject(new Error('asked'));
    const services = { ...testServices(world.db), clock: world.clock, fetchOutside: refuse };
    await callLinkSweep.run({ ...services, isDemo: true });
    await expect(callLinkSweep.run(services)).rejects.toThrow('asked');
  });
});

describe('following a calendar', () => {
  test('puts its calls into one’s own feed, with their rules, and takes them out again', async () => {
    const { id: summitId } = await world.summit('sp_summit_2023');
    const made = expectOk(
      await inTransaction(world.db, (tx) =>
        makeFeed(tx, world.actor, selfIn(summitId, { personId: reader }), { name: 'phone' }),
      ),
    );
    const feed = async () => (await world.get(`/s/sp_summit_2023/feeds/${made.secret}.ics`)).text();
    expectNotIn(await feed(), 'SUMMARY:For ever');
    const page = '/s/sp_summit_2023/me/calls';
    expect((await world.post(page, { 'calendars[]': ['arrays'] }, reader)).status).toBe(303);
    expectIn(await feed(), 'SUMMARY:For ever');
    expectIn(await feed(), 'RRULE:FREQ=WEEKLY');
    await world.post(page, {}, reader);
    expectNotIn(await feed(), 'SUMMARY:For ever');
    const rows = await world.db
      .selectFrom('event')
      .select('data')
      .where('kind', '=', 'calls.followed')
      .orderBy('id')
      .execute();
    expect(rows.map(({ data }) => data)).toEqual([{ calendars: 1 }, { calendars: 0 }]);
  });

  test('refuses a calendar that is not there', async () => {
    const refused = await world.post(
      '/s/sp_summit_2023/me/calls',
      { 'calendars[]': ['none'] },
      reader,
    );
    expect(refused.status).toBe(422);
    expectIn(await refused.text(), 'One of these calendars is gone');
  });
});
