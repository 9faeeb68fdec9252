import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FundedSummit, fundedSummit } from '../../../../../../tests/funded-summit.ts';
import { expectIn, expectNotIn } from '../../../../../../tests/summit-database.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import { selfIn } from '../../people/rights.ts';
import { providedMeals } from './meal-queries.ts';
import { ownMeals } from './own-queries.ts';
import { savePlan } from './plan-commands.ts';
import { tablesOf } from './table-queries.ts';

let summit: FundedSummit;
let home: string;
let day: string;

beforeAll(async () => {
  summit = await fundedSummit();
  home = `/s/${summit.slug}`;
  day = summit.summit.definition.dates.start;
  const { db, summitId, clock, people } = summit;
  const said = { summitId, saidAt: clock.now() };
  await db
    .insertInto('need')
    .values([
      { ...said, personId: people.mira, diets: ['vegan'], allergies: 'peanuts' },
      { ...said, personId: people.noor, diets: ['halal'] },
    ])
    .execute();
  await db
    .insertInto('personCommunity')
    .values(
      (['mira', 'noor', 'kofi', 'lena'] as const).map((name, index) => ({
        summitId,
        personId: people[name],
        community: index < 2 ? 'array' : 'image',
      })),
    )
    .execute();
});
afterAll(() => summit.close());

const lunch = () => `${home}/organise/meals/${day}/lunch`;
const dinner = () => `${home}/organise/meals/${day}/dinner`;
const self = (personId: string) => selfIn(summit.summitId, { personId });

test('a plan says that a meal is provided, and a stale form changes nothing', async () => {
  const fields = { do: 'plan', kind: 'catered', is_provided: 'yes', caterer: 'Example Kitchen' };
  const saved = await summit.post(lunch(), {
    ...fields,
    revision: '0',
    starts: '12:30',
    ends: '13:30',
  });
  expect(saved.status).toBe(303);
  const provided = await providedMeals(summit.db, summit.summitId);
  expect(provided.get(`${day} lunch`)).toBe('the summit (Example Kitchen)');
  const stale = await summit.post(lunch(), { ...fields, caterer: 'Late Kitchen', revision: '0' });
  expect(stale.status).toBe(422);
  const page = await stale.text();
  expectIn(page, 'Somebody changed this meal meanwhile');
  expectIn(page, 'Late Kitchen');
});

test('a price without a currency and an end before its start are told at their fields', async () => {
  const wrong = {
    do: 'plan',
    kind: 'catered',
    revision: '1',
    price: '12',
    starts: '13:00',
    ends: '12:00',
  };
  const answer = await summit.post(lunch(), wrong);
  expect(answer.status).toBe(422);
  const page = await answer.text();
  expectIn(page, 'The end comes after the start.');
  expectIn(page, 'id="field-plan.currency-error"');
});

test('portions are those of who is there, and the sheet for the caterer names nobody', async () => {
  const page = await (await summit.get(lunch())).text();
  expectIn(page, 'Vegan');
  expectIn(page, 'Halal');
  const sheet = await (await summit.get(`${lunch()}/order`)).text();
  expectIn(sheet, 'peanuts');
  expectNotIn(sheet, 'Mira');
  const csv = await (await summit.get(`${lunch()}/order.csv`)).text();
  expect(csv).toContain('Vegan,1,');
  expect(csv).toContain('Vegan,,peanuts');
});

test('what changed since the order is told, and another number than was read out is not noted', async () => {
  const eat = 6;
  const wrong = await summit.post(lunch(), { do: 'order', people: String(eat - 1) });
  expect(wrong.status).toBe(422);
  expect((await summit.post(lunch(), { do: 'order', people: String(eat) })).status).toBe(303);
  const own = { date: day, meal: 'lunch', at: 'elsewhere' };
  expect((await summit.post(`${home}/meals`, own, summit.people.mira)).status).toBe(303);
  const page = await (await summit.get(lunch())).text();
  expectIn(page, '1 person fewer than ordered: 5 now.');
  expectIn(page, '1 portion fewer of “Vegan”: 0 now.');
  expectIn(await (await summit.get(`${home}/organise/meals`)).text(), 'not as ordered');
  const back = await summit.post(`${home}/meals`, { ...own, at: 'here' }, summit.people.mira);
  expect(back.status).toBe(303);
  expectIn(await (await summit.get(lunch())).text(), 'Nothing has changed since.');
});

test('tables respect what people eat, stay hidden until they are set, and show nobody’s diet', async () => {
  const { people, db } = summit;
  const restaurant = async (name: string, diets: readonly string[], seats: string) => {
    const fields = { name, diets, seats, walk_minutes: '5', is_accessible: 'yes' };
    const added = await summit.post(`${home}/organise/meals/restaurants`, fields);
    expect(added.status).toBe(303);
  };
  await restaurant('Green Leaf', ['vegan', 'halal'], '3');
  await restaurant('Steak Hut', [], '8');
  await summit.post(dinner(), { do: 'plan', kind: 'restaurants', revision: '0', starts: '19:00' });
  const ids = (await db.selectFrom('restaurant').select('id').execute()).map(({ id }) => id);
  const none = await summit.post(dinner(), { do: 'propose', size: '3', seed: '1' });
  expect(none.status).toBe(422);
  expectIn(await none.text(), 'Choose at least one restaurant');
  const asked = { do: 'propose', size: '3', seed: '1', restaurants: ids };
  expect((await summit.post(dinner(), asked)).status).toBe(303);
  expect((await mealOf(people.mira))?.table).toBeUndefined();
  expect((await summit.post(dinner(), { do: 'set', tells: 'yes' })).status).toBe(303);
  const own = await mealOf(people.mira);
  expect(own?.table?.name).toMatch(/^Green Leaf/);
  const page = await (await summit.get(`${home}/meals`, people.kofi)).text();
  expectIn(page, 'You sit at');
  for (const hidden of ['peanuts', 'Mira eats']) expectNotIn(page, hidden);
  const mails = await db.selectFrom('mail').select('subject').execute();
  // Everybody but Tove, who set them.
  expect(mails.filter(({ subject }) => subject.startsWith('Dinner on')).length).toBe(5);
  const told = await db.selectFrom('mealSeat').select('told').where('told', '<>', '').execute();
  expect(told.length).toBe(6);
});

const mealOf = async (personId: string) =>
  (await ownMeals(summit.db, self(personId))).find(({ time }) => time.meal === 'dinner');

test('a full table takes nobody more, neither by hand nor by choice', async () => {
  const { db, people } = summit;
  const own = await mealOf(people.mira);
  const [plan] = await db
    .selectFrom('mealPlan')
    .select('id')
    .where('meal', '=', 'dinner')
    .execute();
  const tables = await tablesOf(db, [plan?.id ?? '']);
  const full = tables.find(({ id }) => id === own?.table?.id);
  await db
    .updateTable('mealTable')
    .set({ seats: (own?.table?.people.length ?? 0) + 1 })
    .where('id', '=', full?.id ?? '')
    .execute();
  const others = await db
    .selectFrom('mealSeat')
    .select('personId')
    .where('mealPlanId', '=', plan?.id ?? '')
    .where('tableId', '<>', full?.id ?? '')
    .execute();
  const somebody = others[0]?.personId ?? '';
  const moved = await summit.post(dinner(), { do: 'move', person: somebody, to: full?.id ?? '' });
  expect(moved.status).toBe(422);
  const fields = { date: day, meal: 'dinner', at: full?.id ?? '' };
  const chosen = await summit.post(`${home}/meals`, fields, somebody);
  expect(chosen.status).toBe(422);
  expectIn(await chosen.text(), 'This table has no free seat');
});

test('who was put somewhere by hand stays there when tables are proposed again', async () => {
  const { db, people } = summit;
  const own = await mealOf(people.mira);
  const keep = { do: 'move', person: people.mira, to: own?.table?.id ?? '', keeps: 'yes' };
  expect((await summit.post(dinner(), keep)).status).toBe(303);
  const ids = (await db.selectFrom('restaurant').select('id').execute()).map(({ id }) => id);
  for (const seed of ['2', '3']) {
    await summit.post(dinner(), { do: 'propose', size: '3', seed, restaurants: ids });
    const seat = await db
      .selectFrom('mealSeat')
      .select(['tableId', 'isKept'])
      .where('personId', '=', people.mira)
      .where('tableId', 'is not', null)
      .executeTakeFirst();
    expect(seat).toEqual({ tableId: own?.table?.id, isKept: true });
  }
});

test('meals are planned on the days of the summit only', async () => {
  const plan = {
    ...({ date: '2030-01-01', meal: 'lunch', kind: 'own', isProvided: false } as const),
    ...{ caterer: '', place: '', priceMinor: null, currency: null, orderBy: null, starts: null },
    ...{ ends: null, note: '', revision: 0 },
  };
  const saved = await inTransaction(summit.db, (tx) =>
    savePlan(tx, summit.actor, summit.organiser, plan),
  );
  expect(saved.ok).toBe(false);
  expect((await summit.get(`${home}/organise/meals/2030-01-01/lunch`)).status).toBe(404);
  expect((await summit.get(`${home}/organise/meals/${day}/tea`)).status).toBe(404);
});

test('participants do not see the pages of organisers', async () => {
  const { people } = summit;
  for (const path of [
    '',
    `/${day}/lunch`,
    `/${day}/lunch/order.csv`,
    '/week.csv',
    '/restaurants',
  ]) {
    expect((await summit.get(`${home}/organise/meals${path}`, people.kofi)).status).toBe(404);
  }
});

test('a plan that is taken back takes its tables with it', async () => {
  expect((await summit.post(`${dinner()}/remove`, {})).status).toBe(303);
  expect(await summit.db.selectFrom('mealTable').select('id').execute()).toEqual([]);
});

test('a form that is not on the page any more is refused in words all the same', async () => {
  for (const part of ['', 'nonsense', 'move', 'set', 'order']) {
    const refused = await summit.post(`${home}/organise/meals/${day}/breakfast`, { do: part });
    expect(refused.status).toBe(422);
    expectIn(await refused.text(), 'role="alert"');
  }
  const own = await summit.post(`${home}/meals`, { date: day, meal: 'breakfast', at: 'nonsense' });
  expect(own.status).toBe(422);
  expectIn(await own.text(), 'role="alert"');
});
