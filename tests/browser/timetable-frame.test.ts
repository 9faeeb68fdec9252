import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { expectAccessible, launchChromium } from './chromium.ts';
import { startTestServer, type TestServer } from './server.ts';
import { expectSaid, press } from './visitor.ts';

const MAKING = '/s/sp_summit_2023/organise/timetable';
const INES = 'ines.okafor@example.org';

let server: TestServer;
let browser: Browser;
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  [server, browser] = await Promise.all([startTestServer({ demo: 'week' }), launchChromium()]);
});
afterAll(async () => {
  for (const context of contexts) await context.close();
  await browser.close();
  await server.close();
});

/** Ines at a page, with a browser of her own. */
async function come(path: string, options: { javaScriptEnabled?: boolean } = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 320, height: 900 }, ...options });
  contexts.push(context);
  return server.signIn(context, INES, `${MAKING}${path}`);
}

const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });

describe('a block that overlaps another', () => {
  test('is told so while it is typed, and takes the words back when it is mended', async () => {
    const page = await come('/frame/blocks/new');
    await field(page, 'What it is called').fill('Tea');
    await field(page, 'From').fill('12:00');
    await field(page, 'To').fill('13:00');
    await expectSaid(page, /“Tea” \(12:00–13:00\) and “Lunch” .* overlap/);
    await expectAccessible(page);
    await field(page, 'From').fill('17:30');
    await field(page, 'To').fill('18:00');
    await page.getByText(/overlap/).waitFor({ state: 'detached' });
    await expectSaid(page, /“Tea” .* is outside its day/);
  });

  test('is told so without a script when it is sent, and saved by keyboard when one insists', async () => {
    const page = await come('/frame/blocks/new', { javaScriptEnabled: false });
    await field(page, 'What it is called').fill('Tea');
    await field(page, 'From').fill('12:00');
    await field(page, 'To').fill('13:00');
    await field(page, 'To').press('Enter');
    await expectSaid(page, /“Tea” \(12:00–13:00\) and “Lunch” .* overlap/);
    expect(await field(page, 'What it is called').inputValue()).toBe('Tea');
    await page.getByLabel(/^Save it all the same/).press('Space');
    await page.getByLabel(/^Save it all the same/).press('Enter');
    await expectSaid(page, '5 blocks are saved.');
    await page.goto(`${server.url}${MAKING}`);
    await expectSaid(page, /On Monday, Tuesday, Wednesday, Thursday and Friday .* overlap/);
  });
});

test('a room that floods is closed on a phone without a script, and the home says what it breaks', async () => {
  const page = await come('/frame', { javaScriptEnabled: false });
  await page.getByRole('link', { name: 'Close it: Olympic Room' }).click();
  await press(page, 'Close it from then on');
  await expectSaid(page, 'Closed from then on.');
  await page.goto(`${server.url}${MAKING}`);
  await expectSaid(page, 'Broken since the release');
  await expectSaid(page, '3 closed times');
});
