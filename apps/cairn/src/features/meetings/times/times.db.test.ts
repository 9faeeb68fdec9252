import { expectOk } from '@cairn/kernel/result';
import { Temporal } from '@cairn/kernel/time';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { tokenOf, withToken } from '../../../../../../tests/api.ts';
import { testServices } from '../../../../../../tests/services.ts';
import {
  addPerson,
  expectIn,
  expectNotIn,
  openSummitDatabase,
  type SummitDatabase,
} from '../../../../../../tests/summit-database.ts';
import { readWeek } from '../../dates/availability/hours-rules.ts';
import { timeSearch } from './times-queries.ts';
import { timeSearchTask } from './times-task.ts';

const HOME = '/s/sp_summit_2023';
const PAGE = `${HOME}/organise/meetings/times`;

let world: SummitDatabase;
let summitId: string;

beforeAll(async () => {
  world = await openSummitDatabase();
  await world.found();
  ({ id: summitId } = await world.summit('sp_summit_2023'));
});
afterAll(() => world.drop());

beforeEach(async () => {
  for (const table of ['timeSearch', 'trackInterest', 'weeklyAvailability', 'seat'] as const) {
    await world.db.deleteFrom(table).execute();
  }
});

let seats = 0;

/** Somebody with a seat, who says what they can where hours are given. */
async function seated(name: string, zone?: string, hours = ''): Promise<string> {
  const personId = await addPerson(world.db, name);
  const at = world.actor.now;
  seats += 1;
  await world.db
    .insertInto('seat')
    .values({ summitId, personId, number: (seats % 40) + 1, kind: 'funded', takenAt: at })
    .execute();
  await world.db
    .insertInto('role')
    .values({ summitId, personId, role: 'participant', grantedAt: at, grantedBy: null })
    .execute();
  await world.db
    .insertInto('personIdentity')
    .values({
      kind: 'email',
      value: `${name.toLowerCase()}.${seats}@example.org`,
      personId,
      verifiedAt: null,
    })
    .execute();
  if (zone !== undefined) await says(personId, zone, hours);
  return personId;
}

async function says(personId: string, zone: string, hours: string): Promise<void> {
  const typed = Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [`yes_${day}`, hours]),
  );
  const row = { zone, cells: expectOk(readWeek(typed)), updatedAt: world.actor.now };
  await world.db
    .insertInto('weeklyAvailability')
    .values({ personId, ...row })
    .onConflict((conflict) => conflict.column('personId').doUpdateSet(row))
    .execute();
}

const WISHES = {
  'calls[]': ['february', 'march', 'april'],
  from_february: '2023-02-06',
  until_february: '2023-02-28',
  from_march: '2023-03-01',
  until_march: '2023-03-31',
  from_april: '2023-04-01',
  until_april: '2023-04-30',
  step: '60',
  'weekdays[]': ['1', '2', '3', '4', '5'],
  sociable_from: '8',
  sociable_until: '21',
  min_gap_days: '7',
  required: '2',
  whom: 'seated',
  parallel_least: '0',
  parallel_most: '3',
  ...Object.fromEntries(
    ['packaging', 'docs', 'benchmarks', 'specs', 'sparse', 'community'].flatMap((track) => [
      [`least_${track}`, '1'],
      [`most_${track}`, '3'],
    ]),
  ),
  effort: 'quick',
  seed: '1',
};

/** Begins a search and lets the job do it; where its page is. */
async function search(changes: Record<string, string | string[]> = {}): Promise<string> {
  const begun = await world.post(PAGE, { ...WISHES, ...changes });
  expect(begun.status).toBe(303);
  const address = begun.headers.get('location') ?? '';
  await work(address);
  return address;
}

const idOf = (address: string): string => address.split('/').at(-1) ?? '';
const work = (address: string) =>
  timeSearchTask(testServices(world.db, { clock: world.clock }))(
    { search: idOf(address) },
    { number: 1, isLast: true },
  );
const page = async (path: string, as?: string) => (await world.get(path, as)).text();
const searchAt = async (address: string) => {
  const organiser = await world.organiser('sp_summit_2023');
  const found = await timeSearch(world.db, organiser, idOf(address));
  if (found === undefined) throw new Error('there is no such search');
  return found;
};

describe('finding the times', () => {
  test('finds times that everybody can make, in everybody’s own zone and over daylight saving', async () => {
    // Between the two changes of clocks Berlin is eight hours ahead of Seattle, else nine; Kathmandu
    // is off by three quarters of an hour, and changes never.
    await seated('Seattle', 'America/Los_Angeles', '8-10');
    await seated('Berlin', 'Europe/Berlin', '16-19');
    await seated('Kathmandu', 'Asia/Kathmandu', '21-24');
    const address = await search({ required: '3' });
    const { result, state } = await searchAt(address);
    expect(state).toBe('done');
    expect(result).toMatchObject({ isOptimal: true, keeping: 3, known: 3 });
    for (const { start } of result?.found?.calls ?? []) {
      const at = Temporal.Instant.fromEpochMilliseconds(start * 60_000);
      expect([8, 9]).toContain(at.toZonedDateTimeISO('America/Los_Angeles').hour);
      expect([16, 17, 18]).toContain(at.toZonedDateTimeISO('Europe/Berlin').hour);
    }
    const shown = await page(address);
    expectIn(shown, '3 of 3');
    expectIn(shown, 'nobody can do better');
    expectIn(shown, 'Kathmandu <span');
  });

  test('is the same for the same wishes and seed, however often it runs', async () => {
    await seated('Seattle', 'America/Los_Angeles', '8-12');
    await seated('Sydney', 'Australia/Sydney', '6-9');
    const [one, other] = [await search(), await search()];
    const [first, second] = [await searchAt(one), await searchAt(other)];
    expect(first.result).toEqual(second.result);
  });

  test('names those who cannot, with what would help, and never counts the unknown as able', async () => {
    await seated('Seattle', 'America/Los_Angeles', '9-10');
    await seated('Berlin', 'Europe/Berlin', '18-19');
    const night = await seated('Nightowl', 'America/Los_Angeles', '2-3');
    await seated('Silent');
    const address = await search();
    const shown = await page(address);
    expectIn(shown, '2 of 3');
    expectIn(shown, '1 more are unknown');
    expectIn(shown, '1 person cannot make 2: Nightowl');
    expect((await searchAt(address)).result?.known).toBe(3);
    await says(night, 'America/Los_Angeles', '9-10');
    expectIn(await page(address), 'Somebody has said something else since');
    expectIn(await page(address), '3 of 3');
  });

  test('takes busy times for “cannot”, and shows nobody’s calendar', async () => {
    await seated('Seattle', 'America/Los_Angeles', '9-10');
    const busy = await seated('Busy', 'America/Los_Angeles', '9-10');
    const minute = (text: string) => Temporal.Instant.from(text).epochMilliseconds / 60_000;
    await world.db
      .insertInto('busySource')
      .values({
        personId: busy,
        name: 'chemotherapy',
        coversFrom: world.actor.now,
        coversUntil: world.actor.now.add({ hours: 24 * 365 }),
        busy: [minute('2023-02-01T00:00:00Z'), minute('2023-04-29T00:00:00Z')],
        events: 1,
        skipped: 0,
        readAt: world.actor.now,
      })
      .execute();
    const address = await search({ required: '1' });
    const shown = await page(address);
    expectIn(shown, 'They can make');
    expectNotIn(shown, 'chemotherapy');
    expect((await searchAt(address)).result?.keeping).toBe(1);
  });

  test('puts the found times in force at once, with the tracks, and tells each person', async () => {
    const lead = await seated('Seattle', 'America/Los_Angeles', '8-10');
    const berlin = await seated('Berlin', 'Europe/Berlin', '17-19');
    await world.post(
      `${HOME}/me/tracks`,
      { level_packaging: 'lead', why_packaging: 'I wrote it', level_docs: 'none' },
      lead,
    );
    await world.post(`${HOME}/me/tracks`, { level_docs: 'learn' }, berlin);
    const address = await search({ lead_packaging: lead });
    const applied = await world.post(`${address}/apply`, {});
    expect(applied.status).toBe(303);
    const { definition } = await world.summit('sp_summit_2023');
    const { list } = definition.planning_meetings;
    expect(list.map(({ starts }) => starts?.slice(0, 7))).toEqual([
      '2023-02',
      '2023-03',
      '2023-04',
    ]);
    const placed = list.flatMap(({ tracks }) => tracks.map(({ key }) => key));
    expect(placed).toContain('packaging');
    expect(placed).toContain('docs');
    expect((await searchAt(address)).appliedAt).toBeDefined();
    expectIn(await page(address), 'These times are in use');
    const own = await page(`${HOME}/me/times`, berlin);
    expectIn(own, 'You can make 3 of 3');
    expectNotIn(own, 'Seattle');
    const events = await world.db.selectFrom('event').select(['kind', 'data']).execute();
    expect(events.filter(({ kind }) => kind === 'times.applied')).toHaveLength(1);
    expect(JSON.stringify(events)).not.toContain('I wrote it');
  });

  test('judges a time that an organiser tries, and saves nothing by it', async () => {
    await seated('Seattle', 'America/Los_Angeles', '8-10');
    await seated('Berlin', 'Europe/Berlin', '17-19');
    const address = await search({ required: '3' });
    const shown = await page(`${address}?at_april=2023-04-25T23:00`);
    expectIn(shown, '0 of 2');
    expectIn(shown, 'The times that were found let 2 do so');
    expect((await searchAt(address)).appliedAt).toBeUndefined();
  });

  test('says what is wrong with the wishes, with everything typed', async () => {
    await seated('Seattle', 'America/Los_Angeles', '8-10');
    const refused = await world.post(PAGE, {
      ...WISHES,
      from_march: '2022-03-01',
      until_april: '2023-02-30',
      required: '9',
      seed: 'lucky',
    });
    expect(refused.status).toBe(422);
    const shown = await refused.text();
    expectIn(shown, 'can be from 2023-02-02 on');
    expectIn(shown, '“2023-02-30” is not a day');
    expectIn(shown, 'value="lucky"');
    expectIn(shown, 'as a whole number from 1 to 3');
  });

  test('says so when there are no times at all', async () => {
    await seated('Seattle', 'America/Los_Angeles', '8-10');
    const address = await search({ min_gap_days: '366' });
    expectIn(await page(address), 'There are no times at all');
  });

  test('can be cancelled, and a job that comes late leaves it so', async () => {
    await seated('Seattle', 'America/Los_Angeles', '8-10');
    const begun = await world.post(PAGE, WISHES);
    const address = begun.headers.get('location') ?? '';
    const waiting = await world.get(address);
    expect(waiting.headers.get('refresh')).toMatch(/^3; url=.*look=1$/);
    expect((await world.get(`${address}?look=100`)).headers.get('refresh')).toBeNull();
    await world.post(`${address}/cancel`, {});
    await work(address);
    expect(await searchAt(address)).toMatchObject({ state: 'cancelled', result: undefined });
    expectIn(await page(address), 'This search was cancelled.');
  });

  test('is for organisers', async () => {
    const person = await seated('Seattle', 'America/Los_Angeles', '8-10');
    const address = await search();
    for (const path of [PAGE, address, `${PAGE}/ask`]) {
      expect((await world.get(path, person)).status).toBe(404);
    }
  });
});

describe('asking when people can', () => {
  test('goes to those of whom it is not known, once for a click', async () => {
    await seated('Known', 'America/Los_Angeles', '8-10');
    const silent = await seated('Silent');
    expectIn(await page(`${PAGE}/ask`), 'Silent');
    expectNotIn(await page(`${PAGE}/ask`), 'Known');
    const click = '00000000-0000-4000-8000-000000000000';
    await world.post(`${PAGE}/ask`, { click });
    await world.post(`${PAGE}/ask`, { click });
    const mails = await world.db
      .selectFrom('mail')
      .select(['personId', 'page'])
      .where('key', 'like', 'availability:%')
      .execute();
    expect(mails).toEqual([{ personId: silent, page: `${HOME}/me/availability` }]);
  });
});

describe('what somebody wants of the tracks', () => {
  test('is kept, seen again, and taken back', async () => {
    const lin = await seated('Lin');
    const path = `${HOME}/me/tracks`;
    await world.post(path, { level_packaging: 'work', why_packaging: 'wheels' }, lin);
    expectIn(await page(path, lin), 'value="wheels"');
    await world.post(path, { level_packaging: 'none' }, lin);
    expect(await world.db.selectFrom('trackInterest').selectAll().execute()).toEqual([]);
    const refused = await world.post(path, { level_docs: 'none', why_docs: 'hm' }, lin);
    expect(refused.status).toBe(422);
    expectIn(await refused.text(), 'value="hm"');
  });
});

describe('a program', () => {
  test('says a week, searches, and uses what was found, with the same rules', async () => {
    const lin = await seated('Lin');
    const [hers, organisers] = [await tokenOf(world, lin), await tokenOf(world, world.ada)];
    const api = async (token: string, method: string, path: string, json?: unknown) =>
      world.app.request(`/api/v1${path}`, withToken(token, { method, json }));
    const wrong = await api(hers, 'PUT', '/me/availability', {
      time_zone: 'Asia/Kolkata',
      days: { mon: { yes: 'in the morning' } },
    });
    expect(wrong.status).toBe(422);
    expect(await wrong.text()).toContain('days.mon.yes');
    const said = await api(hers, 'PUT', '/me/availability', {
      time_zone: 'Asia/Kolkata',
      days: { mon: { yes: '20-23' }, tue: { if_need_be: 'all day' } },
    });
    expect(said.status).toBe(204);
    expect(await (await api(hers, 'GET', '/me/availability')).json()).toMatchObject({
      time_zone: 'Asia/Kolkata',
      days: { mon: { yes: '20-23' }, tue: { if_need_be: '0-24' } },
    });
    const searches = '/summits/sp_summit_2023/time-searches';
    expect((await api(hers, 'POST', searches, {})).status).toBe(403);
    const begun = await api(organisers, 'POST', searches, {
      calls: [{ meeting: 'april', from: '2023-04-03', until: '2023-04-28' }],
      required: 1,
    });
    expect(begun.status).toBe(201);
    const { id } = (await begun.json()) as { id: string };
    expect((await api(organisers, 'POST', `${searches}/${id}`, { action: 'apply' })).status).toBe(
      409,
    );
    await work(id);
    expect(await (await api(organisers, 'GET', `${searches}/${id}`)).json()).toMatchObject({
      state: 'done',
      known: 1,
      keeping: 1,
    });
    expect((await api(organisers, 'POST', `${searches}/${id}`, { action: 'apply' })).status).toBe(
      204,
    );
    const own = await api(hers, 'GET', '/summits/sp_summit_2023/me/times');
    expect(await own.json()).toMatchObject({ has_said: true });
  });
});
