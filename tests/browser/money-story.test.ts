import { randomFillSync } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import { tableLines } from '@cairn/formats/csv-lines';
import { expectCurrency, parseAmount, sumOf } from '@cairn/kernel/money';
import { expectOk } from '@cairn/kernel/result';
import { strFromU8, unzipSync } from 'fflate';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEMO_HOST, DEMO_ORGANISER } from '../../apps/cairn/src/demo/people.ts';
import { pacific } from '../../apps/cairn/src/demo/stage.ts';
import { SettableClock } from '../../apps/cairn/src/platform/clock/clock.ts';
import { pdfText } from '../pdf-text.ts';
import { expectAccessible, launchChromium } from './chromium.ts';
import { startTestServer, type TestServer } from './server.ts';
import { expectSaid, press } from './visitor.ts';

/*
 * After the week somebody claims from a phone, with four photographs: one is a text file that was renamed, one
 * has 30 MB. The claim comes back, is mended, approved in part, sent and paid; then the funder's ledger and the
 * bundle must say the same, to the cent.
 */

const HOME = '/s/sp_summit_2023';
const USD = expectCurrency('USD');

let server: TestServer;
let browser: Browser;
let phone: Page;
let ines: Page;
let tomas: Page;
let claimant: { readonly name: string; readonly value: string };

beforeAll(async () => {
  server = await startTestServer({ demo: 'week' });
  const { clock, db } = server.installation.services;
  if (!(clock instanceof SettableClock)) throw new Error('only a demo’s clock can be set');
  clock.set(pacific('2023-05-29T10:00'));
  claimant = await db
    .selectFrom('estimate')
    .innerJoin('person', 'person.id', 'estimate.personId')
    .innerJoin('personIdentity', 'personIdentity.personId', 'person.id')
    .select(['person.name', 'personIdentity.value'])
    .where('estimate.state', '=', 'approved')
    .where('personIdentity.kind', '=', 'email')
    .where((eb) =>
      eb.not(
        eb.exists(eb.selectFrom('claim').select('id').whereRef('claim.personId', '=', 'person.id')),
      ),
    )
    .orderBy('estimate.number')
    .executeTakeFirstOrThrow();
  browser = await launchChromium();
  phone = await server.signIn(
    await browser.newContext({
      viewport: { width: 360, height: 740 },
      isMobile: true,
      hasTouch: true,
    }),
    claimant.value,
  );
  ines = await server.signIn(await browser.newContext(), DEMO_ORGANISER.email);
  tomas = await server.signIn(await browser.newContext(), DEMO_HOST.email);
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

const goTo = (page: Page, path: string) => page.goto(`${server.url}${path}`);

/** A picture of noise, which nothing makes smaller without looking at it: PNG, stored as it is. */
function photograph(side: number): Buffer {
  const rows = Buffer.alloc(side * (side * 3 + 1));
  randomFillSync(rows);
  for (let row = 0; row < side; row += 1) rows[row * (side * 3 + 1)] = 0;
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 0 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

const field = (page: Page, name: string) => page.locator(`[name="${name}"]`);

/** Fills a cost in, as its fieldset asks for it after it was said what it is. */
async function fill(index: number, cost: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(cost)) {
    const control = field(phone, `${name}[${index}]`);
    if (name === 'kind') await control.selectOption(value);
    else await control.fill(value);
  }
}

describe('a claim', () => {
  let number = '';
  const stateOfClaim = async (): Promise<string> => {
    const { state } = await server.installation.services.db
      .selectFrom('claim')
      .select('state')
      .where('number', '=', Number(number))
      .executeTakeFirstOrThrow();
    return state;
  };

  test('begins with photographs: the good ones are kept, the others named', async () => {
    await goTo(phone, `${HOME}/money`);
    await expectAccessible(phone);
    await goTo(phone, `${HOME}/money/claims`);
    await press(phone, 'Begin a claim');
    number = /C-\d+|claims\/(\d+)/.exec(phone.url())?.[1] ?? '';
    expect(number).not.toBe('');
    const large = photograph(3200);
    expect(large.length).toBeGreaterThan(30_000_000);
    await phone
      .locator('input[type=file]')
      .first()
      .setInputFiles([
        { name: 'dinner.png', mimeType: 'image/png', buffer: photograph(40) },
        {
          name: 'breakfast.jpg',
          mimeType: 'image/jpeg',
          buffer: Buffer.from('A text, not a picture.'),
        },
        { name: 'taxi.png', mimeType: 'image/png', buffer: large },
        { name: 'train.png', mimeType: 'image/png', buffer: photograph(50) },
      ]);
    await press(phone, 'Add these photographs');
    await expectSaid(phone, /breakfast\.jpg/);
    await field(phone, 'kind[2]').waitFor();
    expect(await field(phone, 'kind[3]').count()).toBe(0);
    const { db } = server.installation.services;
    const kept = await db
      .selectFrom('receipt')
      .innerJoin('person', 'person.id', 'receipt.personId')
      .select(['receipt.name', 'receipt.size'])
      .where('person.name', '=', claimant.name)
      .execute();
    expect(kept).toHaveLength(3);
    for (const { size } of kept) expect(size).toBeLessThan(8_000_000);
    await expectAccessible(phone);
  });

  test('shows what the rules take off before it is submitted, and why', async () => {
    await fill(0, {
      kind: 'meals:dinner',
      spent_on: '2023-05-24',
      amount: '23.50',
      currency: 'USD',
    });
    await fill(1, {
      kind: 'local_transport',
      spent_on: '2023-05-21',
      amount: '42',
      currency: 'USD',
    });
    await fill(2, {
      kind: 'local_transport',
      spent_on: '2023-05-27',
      amount: '3.00',
      currency: 'USD',
    });
    await field(phone, 'text[1]').fill('Taxi from the airport');
    await field(phone, 'text[2]').fill('Light rail');
    await press(phone, 'Save, and see what the rules say');
    await field(phone, 'fact.alcohol[0]').fill('0');
    await press(phone, 'Save, and see what the rules say');
    await expectSaid(phone, /20\.00 USD/);
    const said = await phone.locator('main').innerText();
    expect(said).toMatch(/3\.50 USD/);
    await press(phone, 'Submit the claim');
    await goTo(phone, `${HOME}/money/claims/${number}`);
    await expectSaid(phone, /submitted/i);
    await expectAccessible(phone);
  });

  test('comes back with a question, and goes again when it is mended', async () => {
    await goTo(ines, `${HOME}/treasury/claims/${number}`);
    await field(ines, 'words').fill('Was the taxi shared? The light rail runs until one.');
    await press(ines, 'Return it to be mended');
    await goTo(phone, `${HOME}/money/claims/${number}`);
    await expectSaid(phone, 'Was the taxi shared?');
    await goTo(phone, `${HOME}/money/claims/${number}/edit`);
    await field(phone, 'text[1]').fill('Taxi from the airport at two in the morning');
    await press(phone, 'Submit the claim');
    await goTo(ines, `${HOME}/treasury/claims/${number}`);
    await expectSaid(ines, 'at two in the morning');
  });

  test('is approved in part only with a reason, which its owner reads', async () => {
    const approved = ines.getByLabel('Approved, in USD');
    await approved.nth(1).fill('30.00');
    await press(ines, 'Approve these amounts');
    await ines.getByRole('alert').first().waitFor();
    expect(await stateOfClaim()).toBe('submitted');
    await ines
      .getByLabel(/Why, where it is less/)
      .nth(1)
      .fill('We pay what the airport bus would have cost at night.');
    await press(ines, 'Approve these amounts');
    await goTo(phone, `${HOME}/money/claims/${number}`);
    await expectSaid(phone, 'the airport bus would have cost');
    await expectSaid(phone, '53.00 USD');
  });

  test('is sent and paid once, whoever is faster, and its owner sees it', async () => {
    const path = `${HOME}/treasury/payments`;
    await goTo(tomas, path);
    await press(tomas, 'Send those chosen to the payer');
    const record = async (page: Page) => {
      await goTo(page, path);
      await page.getByRole('link', { name: `C-${number}: record a payment` }).press('Enter');
      await field(page, 'paid_on').fill('2023-05-30');
    };
    await record(tomas);
    await record(ines);
    await press(tomas, 'Record the payment');
    await press(ines, 'Record the payment');
    const { db } = server.installation.services;
    const payments = await db
      .selectFrom('payment')
      .innerJoin('claim', 'claim.id', 'payment.claimId')
      .select('payment.minor')
      .where('claim.number', '=', Number(number))
      .execute();
    expect(payments).toEqual([{ minor: 5300 }]);
    await goTo(phone, `${HOME}/money/claims/${number}`);
    await expectSaid(phone, 'It is done.');
  });
});

describe('the funder', () => {
  test('gets a ledger whose entries add up to the budget, in both forms', async () => {
    await goTo(ines, `${HOME}/treasury/ledgers`);
    const csv = await (
      await ines.request.get(`${server.url}${HOME}/treasury/ledgers/example_foundation/ledger.csv`)
    ).text();
    const [head, ...rows] = tableLines(csv).map(({ cells }) => cells);
    const at = head?.indexOf('paid') ?? -1;
    expect(rows.length).toBeGreaterThan(5);
    const paid = sumOf(rows.map((cells) => expectOk(parseAmount(cells?.[at] ?? '', USD))));
    const { minor } = await server.installation.services.db
      .selectFrom('journalBalance')
      .select(({ fn }) => fn.sum<string>('minor').as('minor'))
      .where('stage', '=', 'paid')
      .executeTakeFirstOrThrow();
    expect(paid).toBe(Number(minor));
    const xlsx = await ines.request.get(
      `${server.url}${HOME}/treasury/ledgers/example_foundation/ledger.xlsx`,
    );
    const sheets = unzipSync(new Uint8Array(await xlsx.body()));
    expect(strFromU8(sheets['xl/worksheets/sheet1.xml'] ?? new Uint8Array())).toContain('SUM(');
    await goTo(ines, `${HOME}/treasury/journal/reconciliation`);
    await expectSaid(ines, 'Everything agrees');
  });

  test('gets one PDF for each person, with the receipts behind it', async () => {
    const own = await phone.request.get(`${server.url}${HOME}/money/claims/${number()}.pdf`);
    expect(own.status()).toBe(200);
    const text = await pdfText(new Uint8Array(await own.body()));
    expect(text).toContain(claimant.name);
    expect(text).toContain('53.00');
  });

  const number = () => /claims\/(\d+)/.exec(phone.url())?.[1] ?? '';
});
