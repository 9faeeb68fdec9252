import { expectCurrency } from '@cairn/kernel/money';
import { expectOk } from '@cairn/kernel/result';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FundedSummit, fundedSummit } from '../../../../../../tests/funded-summit.ts';
import { keptRateLines, rateFor, ratesOf } from './rate-queries.ts';

let world: FundedSummit;
beforeAll(async () => {
  world = await fundedSummit();
});
afterAll(() => world.close());

const at = (path = '') => `/s/${world.slug}/treasury/rates${path}`;
const all = { currency: '', page: 1, size: 50 };
const kept = () => keptRateLines(world.db, world.treasurer, { page: 1, size: 50 });
const [EUR, USD] = [expectCurrency('EUR'), expectCurrency('USD')];
const file = (rows: readonly string[]) => ({
  csv: ['date,base,quote,rate', ...rows].join('\n'),
  from: '2020-01-01',
  base: 'EUR',
  source: 'ECB',
});

test('treasurers add rates by hand, and costs are converted by them', async () => {
  const { db, summitId, post, get, people } = world;
  const rate = { on_date: '2023-01-10', base: 'EUR', quote: 'USD', rate: '1,0723', source: 'ECB' };
  expect((await post(at(), rate, people.mira)).status).toBe(404);
  expect((await get(at(), people.mira)).status).toBe(404);
  expect((await post(at(), rate)).status).toBe(303);
  expect(expectOk(await rateFor(db, summitId, EUR, USD, '2023-01-12'))).toEqual({
    rate: '1.0723',
    onDate: '2023-01-10',
    source: 'ECB',
  });
  const missing = await rateFor(db, summitId, EUR, USD, '2023-01-21');
  expect(missing.ok || missing.error.sentence).toBe(
    'There is no rate from EUR to USD on Sat 21 Jan 2023 or in the 10 days before. A treasurer can add one under Rates.',
  );
  const wrong = await post(at(), { ...rate, quote: 'EUR', on_date: '2999-01-01', rate: 'much' });
  expect(wrong.status).toBe(422);
  expect(await wrong.text()).toContain('lies in the future');
  expect((await post(at(), { ...rate, quote: 'EUR' })).status).toBe(422);
});

test('a file gives its good lines and keeps the bad ones, once however often it is sent', async () => {
  const { db, summitId, post } = world;
  const sent = file([
    '2022-12-01,EUR,USD,1.0454',
    '2022-12-02,EUR,GBP,lots',
    '2022-12-02,EUR,JPY,141.1',
  ]);
  const first = await post(at('/import'), sent);
  expect([first.status, first.headers.get('location')]).toEqual([303, at('/kept')]);
  expect((await ratesOf(db, summitId, all)).total).toBe(3);
  await post(at('/import'), sent);
  expect((await ratesOf(db, summitId, all)).total).toBe(3);
  expect((await kept()).rows.map(({ line, reason }) => [line, reason])).toEqual([
    [3, '“lots” is no rate; write it such as 1.0823.'],
  ]);
  expect((await post(at('/import'), { ...sent, csv: 'a,b\n1,2' })).status).toBe(422);
});

test('a kept line is mended, dropped, downloaded', async () => {
  const { db, summitId, post, get } = world;
  const [line] = (await kept()).rows;
  const page = at(`/kept/${line?.id}`);
  expect(await (await get(page)).text()).toContain('2022-12-02,EUR,GBP,lots');
  expect(await (await get(at('/kept.csv'))).text()).toContain('lots');
  const mended = { on_date: '2022-12-02', base: 'EUR', quote: 'GBP', rate: '', source: 'ECB' };
  expect((await post(page, mended)).status).toBe(422);
  expect((await post(page, { ...mended, rate: '0.85955' })).status).toBe(303);
  expect((await kept()).total).toBe(0);
  expect((await ratesOf(db, summitId, { ...all, currency: 'GBP' })).total).toBe(1);
  expect((await get(page)).status).toBe(303);
});

test('ten thousand lines, half of them malformed, are taken and kept', async () => {
  const { db, summitId, post } = world;
  const day = (index: number) =>
    new Date(Date.UTC(2000, 0, 1) + index * 86_400_000).toISOString().slice(0, 10);
  const rows = Array.from({ length: 10_000 }, (_, index) =>
    index % 2 === 0 ? `${day(index / 2)},EUR,CHF,0.98` : `"${day(index)},EUR,CHF,0.98`,
  );
  const sent = { ...file(rows), from: '2000-01-01' };
  expect((await post(at('/import'), sent)).status).toBe(303);
  expect((await ratesOf(db, summitId, { ...all, currency: 'CHF' })).total).toBe(5000);
  expect((await kept()).total).toBe(5000);
  expect((await post(at('/kept'), { do: 'drop' })).status).toBe(303);
  expect((await kept()).total).toBe(0);
});
