import { expectOk } from '@cairn/kernel/result';
import { compileTypst } from '@cairn/typeset/typst-compiler';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FundedSummit, fundedSummit } from '../../../../../../tests/funded-summit.ts';
import { pdfFacts, pdfText } from '../../../../../../tests/pdf-text.ts';
import { testServices } from '../../../../../../tests/services.ts';
import { expectIn } from '../../../../../../tests/summit-database.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import { runAllSweeps } from '../../../platform/jobs/sweeps.ts';
import { selfIn } from '../../people/rights.ts';
import { addReceipts } from '../receipts/receipt-commands.ts';
import { takeIn } from '../receipts/receipt-intake.ts';
import { bundleSweep } from './run-sweep.ts';
import { bundleTask } from './run-task.ts';

const HOME = '/s/sp_summit_2023';
const BUNDLE = `${HOME}/treasury/ledgers/foundation/bundle`;

let world: FundedSummit;
let mira = '';
let otherLine = '';

/** A slip as a PDF, which says some words. */
const slip = (words: string) => expectOk(compileTypst(`= ${words}\n#pagebreak()\nThank you`));

beforeAll(async () => {
  world = await fundedSummit({ granted: 1_000_000 });
  ({ mira } = world.people);
  otherLine = await lineOfAnotherFunder();
  const [dinner = '', flight = ''] = await receipts(mira, ['Dinner at Ray', 'Flight to Seattle']);
  await storeClaim(1, mira, [
    { text: 'Dinner', lineId: world.lineId, approvedMinor: 2000, receipts: [dinner] },
    { text: 'Flight', lineId: otherLine, approvedMinor: 90_000, receipts: [flight] },
  ]);
  const [hotel = ''] = await receipts(world.people.noor, ['Hotel Deca']);
  await storeClaim(2, world.people.noor, [
    { text: 'Hotel', lineId: world.lineId, approvedMinor: 40_000, receipts: [hotel, hotel] },
  ]);
});
afterAll(() => world.close());

const pdf = async (path: string, as: string) => {
  const found = await world.get(path, as);
  expect(found.status, path).toBe(200);
  expect(found.headers.get('cache-control')).toBe('private, no-store');
  return new Uint8Array(await found.arrayBuffer());
};
const flat = async (bytes: Uint8Array) => (await pdfText(bytes)).replace(/\s+/g, ' ');

test('a bundle has what one funder pays, with the receipts of that and no others', async () => {
  const bytes = await pdf(`${BUNDLE}/${mira}.pdf`, world.theo);
  const text = await flat(bytes);
  for (const said of ['Mira Example', 'Claims to Example Foundation', 'Dinner at Ray', 'C-1']) {
    expectIn(text, said);
  }
  // What was asked for is 25 dollars; 20 are approved, and the paper says why.
  expectIn(text, 'Over the cap for dinner.');
  expectIn(text, '20.00 USD');
  expect(text).not.toContain('Flight');
  expect(text).not.toContain('Noor');
  expectIn(text, 'R1, p. 2');
  expect((await pdfFacts(bytes)).pages).toBe(3);
});

test('a claim as its owner has it holds all of it; nobody else can fetch it', async () => {
  const text = await flat(await pdf(`${HOME}/money/claims/1.pdf`, mira));
  expectIn(text, 'Dinner at Ray');
  expectIn(text, 'Flight to Seattle');
  expectIn(text, 'Tove Treasurer');
  for (const path of [`${HOME}/money/claims/1.pdf`, `${BUNDLE}/${mira}.pdf`]) {
    expect((await world.get(path, world.people.noor)).status).toBe(404);
  }
  // What one treasurer proposes is not told before another one agreed.
  const state = (to: 'second_look' | 'approved') =>
    world.db.updateTable('claim').set({ state: to }).where('number', '=', 1).execute();
  await state('second_look');
  const open = await flat(await pdf(`${HOME}/money/claims/1.pdf`, mira));
  expect(open.includes('20.00 USD')).toBe(false);
  expectIn(open, '25.00 USD');
  await state('approved');
  expect((await world.get(`${HOME}/treasury/claims/1.pdf`, mira)).status).toBe(404);
  expect((await world.get(`${HOME}/treasury/claims/1.pdf`, world.theo)).status).toBe(200);
  expect((await world.get(BUNDLE, mira)).status).toBe(404);
});

test('all bundles are made by a job, once, kept as a ZIP, and gone after a week', async () => {
  const services = testServices(world.db, { clock: world.clock });
  expectIn(await (await world.get(BUNDLE, world.theo)).text(), 'Make all bundles');
  expect((await world.post(BUNDLE, {}, world.theo)).status).toBe(303);
  expect((await world.post(BUNDLE, {}, world.tove)).status).toBe(303);
  const runs = await world.db.selectFrom('bundleRun').select(['id', 'total']).execute();
  expect(runs).toMatchObject([{ total: 2 }]);
  const [{ id: run } = { id: '' }] = runs;
  const zip = `${BUNDLE}/${run}.zip`;
  expect((await world.get(zip, world.theo)).status).toBe(404);
  expectIn(await (await world.get(BUNDLE, world.theo)).text(), 'Making bundles: 0 of 2');
  const task = bundleTask(services);
  const attempt = { number: 1, isLast: false };
  await task({ run }, attempt);
  await task({ run }, attempt);
  expectIn(await (await world.get(BUNDLE, world.theo)).text(), 'Fetch the ZIP (2 files');
  const found = await world.get(zip, world.theo);
  const files = unzipSync(new Uint8Array(await found.arrayBuffer()));
  expect(Object.keys(files)).toEqual(['Mira-Example-C-1.pdf', 'Noor-Example-C-2.pdf']);
  expectIn(await flat(files['Noor-Example-C-2.pdf'] ?? new Uint8Array()), 'Hotel Deca');
  expect((await world.get(zip, mira)).status).toBe(404);
  world.clock.set(world.clock.now().add({ hours: 8 * 24 }));
  await runAllSweeps(services, [bundleSweep]);
  expect(await world.db.selectFrom('bundlePart').select('id').execute()).toEqual([]);
});

async function receipts(personId: string, words: readonly string[]): Promise<string[]> {
  const files = words.map((said) => ({ name: `${said}.pdf`, bytes: slip(said) }));
  const { good, refused } = await takeIn(files, 1e7);
  expect(refused).toEqual([]);
  const self = selfIn(world.summitId, { personId });
  const added = await inTransaction(world.db, (tx) =>
    addReceipts(tx, world.as(personId), self, good),
  );
  return expectOk(added).map(({ id }) => id);
}

interface Cost {
  readonly text: string;
  readonly lineId: string;
  readonly approvedMinor: number;
  readonly receipts: readonly string[];
}

async function storeClaim(number: number, personId: string, costs: readonly Cost[]) {
  const { now } = world.actor;
  const { id: claimId } = await world.db
    .insertInto('claim')
    .values({
      ...{ summitId: world.summitId, number, personId, state: 'approved', enteredBy: null },
      ...{ createdAt: now, submittedAt: now, approvedAt: now, firstLookBy: null },
      ...{ sentAt: null, paidAt: null, remindedAt: null },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await world.db
    .insertInto('claimStep')
    .values({ claimId, at: now, byPerson: world.tove, state: 'approved' })
    .execute();
  for (const [position, { receipts: ids, ...cost }] of costs.entries()) {
    const { id: itemId } = await world.db
      .insertInto('claimItem')
      .values({
        ...{ claimId, position, category: 'meals', meal: null, spentOn: '2023-05-23', ...cost },
        ...{ spentMinor: cost.approvedMinor + 500, spentCurrency: 'USD', rate: '1' },
        ...{ minor: cost.approvedMinor + 500, rateOn: null, rateSource: null },
        reason: 'Over the cap for dinner.',
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    for (const receiptId of new Set(ids)) {
      await world.db.insertInto('claimItemReceipt').values({ itemId, receiptId }).execute();
    }
  }
}

async function lineOfAnotherFunder(): Promise<string> {
  const none = { link: null, fromOn: null, untilOn: null, indirectRate: null, removedAt: null };
  const { id: funderId } = await world.db
    .insertInto('funder')
    .values({ summitId: world.summitId, key: 'other', name: 'Other', currency: 'EUR', ...none })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { id } = await world.db
    .insertInto('fundLine')
    .values({
      ...{ summitId: world.summitId, funderId, key: 'flights', title: 'Flights' },
      ...{ categories: ['travel'], personCeiling: null, policyId: null, closedAt: null },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}
