import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FundedSummit, fundedSummit } from '../../../../../../tests/funded-summit.ts';
import { expectIn, expectNotIn } from '../../../../../../tests/summit-database.ts';
import { presenceOf } from '../../timetable/presence/presence-queries.ts';

let summit: FundedSummit;
let own: string;
let list: string;

beforeAll(async () => {
  summit = await fundedSummit();
  own = `/s/${summit.slug}/money/journey`;
  list = `/s/${summit.slug}/organise/journeys`;
});
afterAll(() => summit.close());

const there = (more: Record<string, string> = {}) => ({
  do: 'save',
  there_0_mode: 'air',
  there_0_from_place: 'CPH',
  there_0_to_place: 'SEA',
  there_0_carrier: 'SK',
  there_0_number: '937',
  there_0_departs_at: '2023-05-21T12:30',
  there_0_arrives_at: '2023-05-21T14:05',
  ride_there: 'yes',
  ...more,
});

test('a journey is kept as it was typed, and its days are offered for the stay', async () => {
  const { people, db, summitId } = summit;
  expect((await summit.post(own, there(), people.mira)).status).toBe(303);
  const page = await (await summit.get(own, people.mira)).text();
  expectIn(page, '2023-05-21T14:05');
  expectIn(page, 'you arrive on Sun 21 May 2023 at 14:05');
  expect((await summit.post(own, { do: 'days' }, people.mira)).status).toBe(303);
  const stay = (await presenceOf(db, summitId)).get(people.mira);
  expect(stay).toMatchObject({ arrivesOn: '2023-05-21', arrivesAt: '14:05', leavesOn: null });
  expectNotIn(await (await summit.get(own, people.mira)).text(), 'Take these days');
});

test('what cannot be is told at its field, and everything that was typed is kept', async () => {
  const wrong = there({
    there_1_from_place: 'SEA',
    there_1_departs_at: '2023-05-21T13:00',
    there_1_to_place: '',
  });
  const answer = await summit.post(own, wrong, summit.people.noor);
  expect(answer.status).toBe(422);
  const page = await answer.text();
  expectIn(page, 'id="field-there_1_to_place-error"');
  expectIn(page, 'value="2023-05-21T13:00"');
});

test('another leg stores nothing and keeps what was typed', async () => {
  const { people, db } = summit;
  const answer = await summit.post(own, there({ do: 'more_there' }), people.noor);
  expect(answer.status).toBe(200);
  const page = await answer.text();
  expectIn(page, 'name="there_1_from_place"');
  expectIn(page, 'value="937"');
  const legs = db.selectFrom('journeyLeg').select('id').where('personId', '=', people.noor);
  expect(await legs.execute()).toEqual([]);
});

test('organisers see who lands when and who can share a ride; nobody else does', async () => {
  const { people } = summit;
  await summit.post(own, there({ there_0_arrives_at: '2023-05-21T14:40' }), people.kofi);
  const page = await (await summit.get(list)).text();
  expectIn(page, 'SK 937');
  expectIn(page, '1 ride, the fewest');
  expectIn(page, 'Kofi Example and Mira Example'.split(' and ')[0] ?? '');
  expectIn(await (await summit.get(`${list}?minutes=10`)).text(), '2 rides, the fewest');
  const csv = await (await summit.get(`${list}/list.csv`)).text();
  expect(csv).toContain('2023-05-21,14:05,Mira Example,SEA,CPH,air,SK,937,yes,');
  for (const address of [list, `${list}/list.csv`]) {
    expect((await summit.get(address, people.mira)).status).toBe(404);
  }
  expectNotIn(await (await summit.get(own, people.lena)).text(), 'SK');
});
