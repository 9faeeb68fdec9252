import { expectOk } from '@cairn/kernel/result';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { approvedClaim } from '../../../../../../tests/approved-claim.ts';
import { type FundedSummit, fundedSummit } from '../../../../../../tests/funded-summit.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import { recordPayment } from '../payments/payment-commands.ts';

let world: FundedSummit;
let base: string;
beforeAll(async () => {
  world = await fundedSummit({ granted: 1_000_000 });
  base = `/s/${world.slug}/treasury/ledgers/foundation`;
  const { claimId } = await approvedClaim(world, [
    { category: 'travel', minor: 45_050, text: '=HYPERLINK("x")' },
    { category: 'meals', minor: 1_999 },
  ]);
  await approvedClaim(world, [{ category: 'lodging', minor: 20_001 }], {
    personId: world.people.noor,
  });
  await approvedClaim(world, [{ category: 'catering', minor: 30_000 }], { supplier: 'A caterer' });
  const payment = {
    claimId,
    funderId: world.funderId,
    minor: 46_000,
    paidOn: '2023-01-20',
    key: 'k',
  };
  expectOk(
    await inTransaction(world.db, (tx) => recordPayment(tx, world.actor, world.treasurer, payment)),
  );
  await world.db
    .updateTable('funder')
    .set({ documents: ['receipts', 'report'] })
    .execute();
});
afterAll(() => world.close());

/** The cells of a sheet: what stands in each, a formula with its value. */
const cellsOf = (sheet: string) =>
  new Map(
    [...sheet.matchAll(/<c r="([A-Z]+\d+)"[^>]*>(?:<f>([^<]*)<\/f>)?<v>([^<]*)<\/v>/g)].map(
      ([, at = '', formula, value]) => [at, { formula, value: Number(value) }],
    ),
  );

test('the sheets of a ledger add up, and their formulas say the same as their values', async () => {
  const answer = await world.get(`${base}/ledger.xlsx`);
  const parts = unzipSync(new Uint8Array(await answer.arrayBuffer()));
  const sheet = (at: number) =>
    strFromU8(parts[`xl/worksheets/sheet${at}.xml`] ?? new Uint8Array());
  const [entries, people, lines] = [1, 2, 3].map((at) => cellsOf(sheet(at)));
  expect(entries?.get('O6')).toEqual({ formula: 'SUM(O2:O5)', value: 970.5 });
  expect(entries?.get('P6')).toMatchObject({ value: 970.5 });
  expect(entries?.get('Q6')).toMatchObject({ value: 460 });
  expect(people?.get('E5')).toEqual({ formula: 'SUM(E2:E4)', value: 970.5 });
  expect(people?.get('E3')?.formula).toBe('SUMIF(Entries!$B$2:$B$5,$A3,Entries!$P$2:$P$5)');
  expect(lines?.get('C2')).toMatchObject({ value: 10_000 });
  expect(lines?.get('I2')).toMatchObject({ value: 9029.5 });
  expect(lines?.get('L3')).toMatchObject({ value: 0 });
  expect(sheet(1)).not.toMatch(/<f>=?HYPERLINK/);
});

test('the page says what is missing and that it adds up; the file has no formulas', async () => {
  const html = await (await world.get(base)).text();
  expect(html).toContain('receipts of 2 costs');
  expect(html).toContain('The costs add up to the journal');
  expect(html).toContain('970.50 USD');
  const csv = await (await world.get(`${base}/ledger.csv`)).text();
  expect(csv).toContain(`'=HYPERLINK`);
  expect(csv.trim().split('\r\n')).toHaveLength(5);
});

test('only treasurers get a ledger, and of their own summit’s funders', async () => {
  expect((await world.get(`${base}/ledger.xlsx`, world.personId)).status).toBe(404);
  expect((await world.get(`/s/${world.slug}/treasury/ledgers/nobody`)).status).toBe(404);
});
