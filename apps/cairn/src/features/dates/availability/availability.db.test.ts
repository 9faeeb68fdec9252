import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  addPerson,
  expectIn,
  expectNotIn,
  openSummitDatabase,
  type SummitDatabase,
} from '../../../../../../tests/summit-database.ts';
import { selfIn } from '../../people/rights.ts';
import { availabilitiesOf, weeklyAvailabilityOf } from './availability-queries.ts';

const PAGE = '/s/sp_summit_2023/me/availability';

let world: SummitDatabase;
let lin: string;

beforeAll(async () => {
  world = await openSummitDatabase();
  await world.found();
});
afterAll(() => world.drop());

beforeEach(async () => {
  lin = await participant('Lin');
});

async function participant(name: string): Promise<string> {
  const personId = await addPerson(world.db, name);
  const { id: summitId } = await world.summit('sp_summit_2023');
  await world.db
    .insertInto('role')
    .values({
      summitId,
      personId,
      role: 'participant',
      grantedAt: world.actor.now,
      grantedBy: null,
    })
    .execute();
  return personId;
}

const stored = async (personId: string) => {
  const { id } = await world.summit('sp_summit_2023');
  return weeklyAvailabilityOf(world.db, selfIn(id, { personId }));
};
const events = (personId: string) =>
  world.db
    .selectFrom('event')
    .select(['kind', 'data'])
    .where('personId', '=', personId)
    .orderBy('id')
    .execute();

describe('one’s own week', () => {
  test('is kept in one’s own zone, with one event that holds numbers only', async () => {
    const saved = await world.post(
      PAGE,
      { zone: 'Asia/Kolkata', yes_mon: '9-12', maybe_mon: '20-22', do: 'save' },
      lin,
    );
    expect(saved.status).toBe(303);
    expect(await stored(lin)).toMatchObject({
      zone: 'Asia/Kolkata',
      cells: `${'0'.repeat(9)}222${'0'.repeat(8)}11${'0'.repeat(146)}`,
    });
    expect(await events(lin)).toEqual([{ kind: 'availability.said', data: { yes: 3, maybe: 2 } }]);
  });

  test('said again as it is changes nothing', async () => {
    const fields = { zone: 'Europe/Berlin', yes_fri: 'all day', do: 'save' };
    await world.post(PAGE, fields, lin);
    await world.post(PAGE, fields, lin);
    expect(await events(lin)).toHaveLength(1);
  });

  test('that is wrong somewhere comes back with everything typed, and what was there stays', async () => {
    await world.post(PAGE, { zone: 'Europe/Berlin', yes_mon: '9-12', do: 'save' }, lin);
    const refused = await world.post(
      PAGE,
      { zone: 'Europe/Atlantis', yes_mon: '9-12', yes_tue: 'in the morning', do: 'save' },
      lin,
    );
    expect(refused.status).toBe(422);
    const page = await refused.text();
    expectIn(page, '“Europe/Atlantis” is no time zone that this machine knows');
    expectIn(page, 'Tuesday: “in the morning” is not understood');
    expectIn(page, 'value="in the morning"');
    expectIn(page, 'href="#field-yes_tue"');
    expect((await stored(lin))?.zone).toBe('Europe/Berlin');
  });

  test('without any hour is not taken for “never”', async () => {
    const refused = await world.post(PAGE, { zone: 'Europe/Berlin', do: 'save' }, lin);
    expect(refused.status).toBe(422);
    expect(await stored(lin)).toBeUndefined();
  });

  test('takes Tuesday to Friday from Monday on request, and saves nothing yet', async () => {
    const shown = await world.post(
      PAGE,
      { zone: 'Asia/Kolkata', yes_mon: '9-17', maybe_wed: '20-21', yes_sat: '10-11', do: 'copy' },
      lin,
    );
    expect(shown.status).toBe(200);
    const page = await shown.text();
    expect(page.match(/value="9-17"/g)).toHaveLength(5);
    expectNotIn(page, 'value="20-21"');
    expectIn(page, 'value="10-11"');
    expectIn(page, 'value="Asia/Kolkata" selected');
    expect(await stored(lin)).toBeUndefined();
  });

  test('is drawn as a picture of what is stored', async () => {
    await world.post(PAGE, { zone: 'Europe/Berlin', yes_mon: '0-1', do: 'save' }, lin);
    const page = await (await world.get(PAGE, lin)).text();
    expectIn(page, 'data-hour="0" data-level="2"');
    expectIn(page, 'data-hour="1" data-level="0"');
    expectIn(page, 'value="0-1"');
  });

  test('can be forgotten', async () => {
    await world.post(PAGE, { zone: 'Europe/Berlin', yes_mon: '0-1', do: 'save' }, lin);
    await world.post(`${PAGE}/forget`, {}, lin);
    expect(await stored(lin)).toBeUndefined();
    expect((await events(lin)).map(({ kind }) => kind)).toEqual([
      'availability.said',
      'availability.forgotten',
    ]);
  });

  test('is for those who take part', async () => {
    expect((await world.get(PAGE, world.stranger)).status).toBe(404);
    expect((await world.app.request(PAGE)).status).toBe(303);
  });
});

describe('everybody’s weeks', () => {
  test('are an organiser’s to see for those who take part in their summit, and for nobody else', async () => {
    await world.post(PAGE, { zone: 'Europe/Berlin', yes_mon: '0-1', do: 'save' }, lin);
    await world.db
      .insertInto('weeklyAvailability')
      .values({
        personId: world.stranger,
        zone: 'Europe/Berlin',
        cells: '2'.repeat(168),
        updatedAt: world.actor.now,
      })
      .execute();
    const quiet = await participant('Quiet');
    const weeks = await availabilitiesOf(world.db, await world.organiser('sp_summit_2023'));
    expect(weeks.get(lin)?.zone).toBe('Europe/Berlin');
    expect(weeks.has(world.stranger)).toBe(false);
    expect(weeks.has(quiet)).toBe(false);
  });
});
