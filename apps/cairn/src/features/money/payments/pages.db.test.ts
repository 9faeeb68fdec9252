import { afterAll, beforeAll, expect, test } from 'vitest';
import { approvedClaim } from '../../../../../../tests/approved-claim.ts';
import { type FundedSummit, fundedSummit } from '../../../../../../tests/funded-summit.ts';
import { storePerson } from '../../../../../../tests/summit.ts';
import { owed } from './payment-queries.ts';

let world: FundedSummit;
let base: string;
beforeAll(async () => {
  world = await fundedSummit({ granted: 10_000_000 });
  base = `/s/${world.slug}/treasury/payments`;
});
afterAll(() => world.close());

const page = async (path: string) => (await world.get(path)).text();
const keyIn = (html: string): string => /name="key" value="([^"]+)"/.exec(html)?.[1] ?? '';

test('only treasurers see payments', async () => {
  expect((await world.get(base, world.personId)).status).toBe(404);
  expect((await world.get(`${base}/import`, world.people.noor)).status).toBe(404);
});

test('a claim goes to the payer, comes back, goes again and is paid by the form, once', async () => {
  const { claimId, number } = await approvedClaim(world, [{ category: 'travel', minor: 45_050 }]);
  const send = () =>
    world.post(`${base}/send`, { funder: world.funderId, 'claims[]': [claimId], note: 'May' });
  expect((await send()).headers.get('location')).toBe(`${base}/batches/1`);
  const again = await send();
  expect(again.status).toBe(422);
  expect(await again.text()).toMatch(
    /role="alert"[\s\S]*cannot be sent to this payer[\s\S]*<input [^>]*name="note"[^>]*value="May"/,
  );
  const elsewhere = await world.post(`${base}/send`, {
    funder: crypto.randomUUID(),
    note: 'for nobody',
  });
  expect(elsewhere.status).toBe(422);
  expect(await elsewhere.text()).toMatch(
    /role="alert"[\s\S]*Choose at least one claim[\s\S]*value="for nobody"/,
  );
  const cover = await page(`${base}/batches/1/cover.csv`);
  expect(cover).toContain(`1,C-${number},Mira Example,450.50,USD,Example Foundation`);
  const recall = (reason: string) => world.post(`${base}/batches/1`, { claim: claimId, reason });
  expect((await recall('')).status).toBe(422);
  expect((await recall('The form was not signed.')).status).toBe(303);
  expect((await send()).headers.get('location')).toBe(`${base}/batches/2`);
  expect(await page(`${base}/batches/1`)).toContain('came back: The form was not signed.');

  const record = `${base}/record/${number}/${world.funderId}`;
  const form = await page(record);
  expect(form).toContain('value="450.50"');
  const fields = { key: keyIn(form), seen: '0', amount: '450.50', paid_on: '2023-01-31' };
  const wrong = await world.post(record, { ...fields, amount: '451', reference: 'my own words' });
  expect(wrong.status).toBe(422);
  expect(await wrong.text()).toMatch(/my own words[\s\S]*|only 450.50 USD is still owed/);
  expect((await world.post(record, fields)).status).toBe(303);
  expect((await world.post(record, fields)).status).toBe(303);
  expect(await owed(world.db, world.treasurer)).toEqual([]);
  const list = await page(base);
  expect(list.match(new RegExp(`C-${number}, Mira Example`, 'g'))).toHaveLength(1);
  // Mira was told of it by mail; organisers see that there was one, and treasurers which.
  const { summitId, slug, tove } = world;
  const orla = await storePerson(world.db, 'Orla Organiser', { summitId, role: 'organiser' });
  const sent = `/s/${slug}/organise/mail`;
  const mail = await world.db
    .selectFrom('mail')
    .select('id')
    .orderBy('createdAt', 'desc')
    .execute();
  for (const path of [sent, ...mail.map(({ id }) => `${sent}/${id}`)]) {
    const shown = await (await world.get(path, orla)).text();
    expect(shown).toContain('About somebody’s money');
    expect(shown).not.toContain(`C-${number}`);
    expect(await (await world.get(path, tove)).text()).toContain(`C-${number}`);
  }
});

test('a bank file is looked at first, kept whole, and changes nothing when it is read again', async () => {
  const { number } = await approvedClaim(world, [{ category: 'travel', minor: 10_000 }]);
  await approvedClaim(world, [{ category: 'meals', minor: 777 }], { personId: world.people.noor });
  const csv = [
    'Date,Payee,Memo,Amount,Currency',
    `2023-01-20,Mira Example,Refund C-${number},-100.00,USD`,
    '2023-01-21,EXAMPLE NOOR,,-7.77,USD',
    '2023-01-21,Hotel,,-50.00,USD',
    '2023-01-22,Grant,,5000.00,USD',
    '2023-13-22,Kofi,,-1.00,USD',
    '=1+1,"broken,-1,USD',
  ].join('\n');
  const rows = async () =>
    world.db.selectFrom('bankRow').select(['line', 'state']).orderBy('line').execute();
  const shown = await world.post(`${base}/import`, { funder: world.funderId, csv });
  const html = await shown.text();
  expect(shown.status).toBe(200);
  expect(html).toContain('2 claims were found');
  expect(await rows()).toEqual([]);
  const mapping = {
    header_line: '1',
    date: '0',
    amount: '3',
    out: '',
    payee: '1',
    currency: '4',
    'reference[]': ['2'],
    date_form: 'ymd',
    number_form: 'point',
    paid_is: 'negative',
  };
  const keep = { funder: world.funderId, csv, ...mapping, do: 'keep', 'record[]': ['2', '3'] };
  expect((await world.post(`${base}/import`, keep)).headers.get('location')).toBe(`${base}/rows`);
  const kept = await rows();
  expect(kept.map(({ line, state }) => `${line} ${state}`)).toEqual([
    '2 matched',
    '3 matched',
    '4 unmatched',
    '5 set_aside',
    '6 unreadable',
    '7 unreadable',
  ]);
  expect(await owed(world.db, world.treasurer)).toEqual([]);
  await world.post(`${base}/import`, keep, world.theo);
  expect(await rows()).toEqual(kept);
  const mended = { ...keep, csv: csv.replace('2023-13-22', '2023-01-22') };
  await world.post(`${base}/import`, mended);
  expect((await rows()).filter(({ state }) => state === 'known')).toHaveLength(5);
  const bad = await page(`${base}/rows/unreadable.csv`);
  expect(bad).toContain("'=1+1");
});

test('a row without a claim is matched by hand or set aside with a reason', async () => {
  const { claimId } = await approvedClaim(world, [{ category: 'lodging', minor: 5_000 }]);
  const open = await world.db
    .selectFrom('bankRow')
    .select(['id', 'payee'])
    .where('state', '=', 'unmatched')
    .orderBy('payee')
    .execute();
  const [hotel, kofi] = [
    open.find(({ payee }) => payee === 'Hotel'),
    open.find(({ payee }) => payee === 'Kofi'),
  ];
  const match = { do: 'match', claim: claimId, amount: '50.00', paid_on: '2023-01-21' };
  expect((await world.post(`${base}/rows/${hotel?.id}`, { ...match, claim: '' })).status).toBe(422);
  expect((await world.post(`${base}/rows/${hotel?.id}`, match)).status).toBe(303);
  expect((await world.post(`${base}/rows/${hotel?.id}`, match)).status).toBe(422);
  const aside = { do: 'aside', reason: 'A private payment.' };
  expect((await world.post(`${base}/rows/${kofi?.id}`, { ...aside, reason: '' })).status).toBe(422);
  expect((await world.post(`${base}/rows/${kofi?.id}`, aside)).status).toBe(303);
  expect(await page(`${base}/rows?state=set_aside`)).toContain('A private payment.');
  expect((await world.post(`${base}/rows`, { reason: 'Mended.' })).status).toBe(303);
});

test('of ten thousand rows, half of them broken, the good ones are taken and the bad ones kept', async () => {
  const broken = ['2023-02-30,Mira,x,5.00', ',Mira,x,5.00', '2023-01-05,"Mira,x,5.00', 'Total'];
  const lines = Array.from({ length: 10_000 }, (_, at) =>
    at % 2 === 0 ? `2023-01-05,Somebody ${at},,1.00` : broken[((at - 1) / 2) % 4],
  );
  const csv = `Date,Payee,Reference,Amount\n${lines.join('\n')}`;
  const file = { funder: world.funderId, csv };
  const shown = await (await world.post(`${base}/import`, file)).text();
  expect(shown).toContain('5000 rows cannot be read');
  const mapping = { header_line: '1', date: '0', payee: '1', amount: '3', paid_is: 'positive' };
  const forms = { date_form: 'ymd', number_form: 'point', do: 'keep' };
  const kept = await world.post(`${base}/import`, { ...file, ...mapping, ...forms });
  expect(kept.headers.get('location')).toBe(`${base}/rows`);
  expect(await page(`${base}/rows?state=unreadable`)).toContain('Cannot be read (5000)');
});
