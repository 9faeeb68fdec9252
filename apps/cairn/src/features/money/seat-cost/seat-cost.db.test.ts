import { expectOk } from '@cairn/kernel/result';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FundedSummit, fundedSummit } from '../../../../../../tests/funded-summit.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import { writeJournal } from '../journal/journal-commands.ts';
import { claimed, committed, drawnOn, type paid } from '../journal/journal-rules.ts';
import { canCarry } from './carry-queries.ts';
import { seatCostOf } from './cost-queries.ts';
import { partsOf } from './forecast-rules.ts';

let world: FundedSummit;
let address = '';
beforeAll(async () => {
  world = await fundedSummit({ granted: 1_000_000 });
  address = `/s/${world.slug}/treasury/seat-cost`;
});
afterAll(() => world.close());

const model = {
  revision: '0',
  currency: 'USD',
  fare_0_from: '',
  fare_0_low: '400',
  fare_0_likely: '600',
  fare_0_high: '900',
  fare_2_from: 'de',
  fare_2_low: '800',
  fare_2_likely: '1100',
  fare_2_high: '1600',
  fare_2_source: 'Fares of May 2022',
  night_low: '160',
  night_likely: '200',
  night_high: '260',
  shared_by: '2',
  cap_used_low: '80',
  cap_used_likely: '95',
  cap_used_high: '100',
  estimate_used_low: '80',
  estimate_used_likely: '100',
  estimate_used_high: '115',
  confidence: '80',
  seed: '1',
};

test('treasurers say what costs are expected, and see what becomes of it; others see none of it', async () => {
  const { slug, people, db, summit } = world;
  expect(await (await world.get(address)).text()).toContain('Nobody has said what a journey');
  const wrong = await world.post(`${address}/model`, {
    ...model,
    fare_2_likely: '1700',
    night_low: 'x',
  });
  expect(wrong.status).toBe(422);
  const shown = await wrong.text();
  expect(shown).toContain('have to grow in this order');
  expect(shown).toContain('value="1700"');
  expect((await world.post(`${address}/model`, model)).status).toBe(303);
  expect((await world.post(`${address}/model`, model)).status).toBe(422);

  await db
    .insertInto('stay')
    .values({
      summitId: summit.id,
      personId: people.mira,
      fromCountry: 'DE',
      fromAirport: null,
      arrivesOn: null,
      leavesOn: null,
      extraPaidBy: null,
      saidBy: null,
      saidAt: world.actor.now,
    })
    .execute();
  const page = await (await world.get(address)).text();
  expect(page).toContain('Mira Example');
  expect(page).toContain('in 100 of 100 cases');
  const dear = await (await world.get(`${address}?lodging=15&fewer=2&seats=2`)).text();
  expect(dear).toContain('As planned it would be');
  expect((await world.get(`${address}?lodging=much`)).status).toBe(422);
  expect((await world.get(address, people.mira)).status).toBe(404);
  // What one may expect oneself is of one's own journey.
  const hints = await (await world.get(`/s/${slug}/money/estimates/new`, people.mira)).text();
  expect(hints).toContain('1,100.00 USD');
});

test('what the journal knows of somebody replaces the guess', async () => {
  const { db, actor, summitId, lineId, treasurer, summit, people } = world;
  const of = { lineId, category: 'travel', personId: people.noor } as const;
  const write = (key: string, postings: ReturnType<typeof paid>) =>
    inTransaction(db, (tx) =>
      writeJournal(tx, actor, summitId, [{ kind: 'correction', key, postings }]),
    );
  expectOk(await write('cap', committed(of, 90_000)));
  expectOk(await write('claim', claimed(of, drawnOn(70_000, 90_000))));
  const found = await seatCostOf(db, treasurer, summit);
  const noor = found?.people.find(({ personId }) => personId === people.noor);
  if (found?.model === undefined || noor === undefined) throw new Error('Noor has a seat');
  const [travel] = partsOf({ ...found, model: found.model }, noor);
  expect(travel).toMatchObject({
    source: 'claimed',
    spent: 70_000,
    taken: 90_000,
    range: { low: 86_000, likely: 89_000, high: 90_000 },
  });
  expect(await canCarry(db, summit, people.kofi, 'funded')).toEqual({ carries: true });
  expectOk(await write('all', committed({ ...of, category: 'other', personId: null }, 900_000)));
  expect(await canCarry(db, summit, people.kofi, 'funded')).toMatchObject({ carries: false });
  expect(await canCarry(db, summit, people.kofi, 'sponsored')).toEqual({ carries: true });
});
