import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Temporal } from '@cairn/kernel/time';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { TEST_URL } from '../../../../../../tests/services.ts';
import {
  addPerson,
  expectIn,
  openSummitDatabase,
  type SummitDatabase,
} from '../../../../../../tests/summit-database.ts';
import { selfIn } from '../../people/rights.ts';
import { busyTimesOf, organiserBusyTimes } from './busy-queries.ts';

const PAGE = '/s/sp_summit_2023/me/busy';
const YEAR = {
  from: Temporal.Instant.from('2023-01-01T00:00:00Z'),
  until: Temporal.Instant.from('2025-01-01T00:00:00Z'),
};

let world: SummitDatabase;
let server: Server;
let address: string;
let answer: { type: string; body: string };
let lin: string;

beforeAll(async () => {
  world = await openSummitDatabase();
  await world.found();
  server = createServer((_request, response) => {
    response.setHeader('content-type', answer.type);
    response.end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/secret-address/work.ics`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await world.drop();
});

beforeEach(async () => {
  const { id: summitId } = await world.summit('sp_summit_2023');
  lin = await addPerson(world.db, 'Lin');
  const grant = { grantedAt: world.actor.now, grantedBy: null };
  await world.db
    .insertInto('role')
    .values({ summitId, personId: lin, role: 'participant', ...grant })
    .execute();
});

const calendar = (...events: string[]): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Invented//EN',
    ...events.flatMap((lines, index) => [
      'BEGIN:VEVENT',
      `UID:${index}@example.org`,
      'DTSTAMP:20230101T000000Z',
      'SUMMARY:Dentist of Lin',
      ...lines.split('\n'),
      'END:VEVENT',
    ]),
    'END:VCALENDAR',
    '',
  ].join('\r\n');

const MORNING = 'DTSTART:20230301T090000Z\nDTEND:20230301T100000Z';
const OVERLAP = 'DTSTART:20230301T093000Z\nDTEND:20230301T110000Z';

const give = (fields: Record<string, string>, path = PAGE) => world.post(path, fields, lin);
const busy = async () => {
  const { id } = await world.summit('sp_summit_2023');
  const spans = await busyTimesOf(world.db, selfIn(id, { personId: lin }), YEAR);
  return spans.map(({ from, until }) => `${from} ${until}`);
};
const sourceId = async (): Promise<string> =>
  (
    await world.db
      .selectFrom('busySource')
      .select('id')
      .where('personId', '=', lin)
      .executeTakeFirstOrThrow()
  ).id;

async function upload(text: string, path = PAGE): Promise<Response> {
  const form = new FormData();
  form.set('name', 'a file');
  form.set('file', new File([text], 'mine.ics', { type: 'text/calendar' }));
  return world.app.request(path, {
    method: 'POST',
    body: form,
    headers: { origin: TEST_URL, 'x-test-person': lin },
  });
}

describe('a calendar given by its address', () => {
  test('leaves only when one is busy, run together: no title and no address, anywhere', async () => {
    answer = { type: 'text/calendar', body: calendar(MORNING, OVERLAP) };
    const given = await give({ name: 'work', url: address });
    expect(given.status).toBe(303);
    expect(await busy()).toEqual(['2023-03-01T09:00:00Z 2023-03-01T11:00:00Z']);
    const { rows } = await world.db
      .selectFrom('busySource')
      .selectAll()
      .execute()
      .then((all) => ({ rows: JSON.stringify(all) }));
    const events = JSON.stringify(await world.db.selectFrom('event').selectAll().execute());
    for (const text of [rows, events]) expect(text).not.toMatch(/Dentist|secret-address/);
  });

  test('is read for the next twelve months and no further', async () => {
    const over = 'DTSTART:20230101T090000Z\nDTEND:20230101T100000Z';
    const far = 'DTSTART:20240301T090000Z\nDTEND:20240301T100000Z';
    answer = { type: 'text/calendar', body: calendar(over, MORNING, far) };
    await give({ name: 'work', url: address });
    expect(await busy()).toEqual(['2023-03-01T09:00:00Z 2023-03-01T10:00:00Z']);
  });

  test('that turns out to be a web page, or nothing, is told, and old busy times stay', async () => {
    answer = { type: 'text/calendar', body: calendar(MORNING) };
    await give({ name: 'work', url: address });
    const id = await sourceId();
    for (const [body, sentence] of [
      ['<!doctype html><title>Sign in</title>', 'This is a web page, not a calendar.'],
      ['BEGIN:VCALENDAR\r\nBEGIN:VEV', ''],
      ['', ''],
    ] as const) {
      answer = { type: body.startsWith('<') ? 'text/html' : 'text/calendar', body };
      const refused = await give({ url: address }, `${PAGE}/${id}`);
      expect(refused.status).toBe(422);
      const page = await refused.text();
      expectIn(page, sentence);
      expectIn(page, address);
      expect(await busy()).toHaveLength(1);
    }
  });

  test('that cannot be reached is told at the field, with everything typed', async () => {
    const refused = await give({ name: 'work', url: 'http://nobody.invalid/a.ics' });
    expect(refused.status).toBe(422);
    const page = await refused.text();
    expectIn(page, 'There is no “nobody.invalid” on the internet');
    expectIn(page, 'value="work"');
    expectIn(page, 'value="http://nobody.invalid/a.ics"');
  });

  test('can be replaced and deleted by its owner alone', async () => {
    answer = { type: 'text/calendar', body: calendar(MORNING) };
    await give({ name: 'work', url: address });
    const id = await sourceId();
    answer = { type: 'text/calendar', body: calendar(OVERLAP) };
    await world.post(`${PAGE}/${id}`, { url: address }, world.ada);
    await world.post(`${PAGE}/${id}/delete`, {}, world.ada);
    expect(await busy()).toEqual(['2023-03-01T09:00:00Z 2023-03-01T10:00:00Z']);
    await give({ url: address }, `${PAGE}/${id}`);
    expect(await busy()).toEqual(['2023-03-01T09:30:00Z 2023-03-01T11:00:00Z']);
    await give({}, `${PAGE}/${id}/delete`);
    expect(await busy()).toEqual([]);
  });

  test('needs a name of its own, and a place', async () => {
    answer = { type: 'text/calendar', body: calendar(MORNING) };
    await give({ name: 'work', url: address });
    expectIn(
      await (await give({ name: 'work', url: address })).text(),
      'You have a calendar named',
    );
    expectIn(await (await give({ name: '', url: '' })).text(), '2 things to mend');
  });
});

describe('a calendar given as a file', () => {
  test('joins the others of the same person', async () => {
    answer = { type: 'text/calendar', body: calendar(MORNING) };
    await give({ name: 'work', url: address });
    expect((await upload(calendar(OVERLAP))).status).toBe(303);
    expect(await busy()).toEqual(['2023-03-01T09:00:00Z 2023-03-01T11:00:00Z']);
  });

  test('of ten thousand events is read in one request', async () => {
    const events = Array.from({ length: 10_000 }, (_, n) => {
      const day = Temporal.PlainDate.from('2023-02-02').add({ days: n % 300 });
      const hour = String(8 + (n % 10)).padStart(2, '0');
      const at = `${day.toString().replaceAll('-', '')}T${hour}`;
      return `DTSTART:${at}0000Z\nDTEND:${at}3000Z`;
    });
    expect((await upload(calendar(...events))).status).toBe(303);
    expect(await busy()).toHaveLength(300);
  });
});

test('organisers get who is busy when, without any name of a calendar, and of their people only', async () => {
  answer = { type: 'text/calendar', body: calendar(MORNING) };
  await give({ name: 'psychotherapy', url: address });
  const organiser = await world.organiser('sp_summit_2023');
  const times = await organiserBusyTimes(world.db, organiser, YEAR);
  expect(times.get(lin)).toEqual([{ from: expect.any(Number), until: expect.any(Number) }]);
  expect(JSON.stringify([...times])).not.toContain('psychotherapy');
  await world.db.deleteFrom('role').where('personId', '=', lin).execute();
  expect((await organiserBusyTimes(world.db, organiser, YEAR)).has(lin)).toBe(false);
});
