import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { examplePage } from '../../packages/timetable/example/build.mjs';
import { inventedSummit } from '../../packages/timetable/example/summit.ts';
import { drawTimetable } from '../../packages/timetable/src/drawing/timetable.ts';
import { valuesInWords } from '../../packages/timetable/src/explain/words.ts';
import { Search } from '../../packages/timetable/src/search/search.ts';
import { expectAccessible, launchChromium } from './chromium.ts';

const ITERATIONS = 60_000;

let browser: Browser;
let folder: string;
let address: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cairn-example-'));
  const file = join(folder, 'timetable.html');
  writeFileSync(file, await examplePage());
  address = pathToFileURL(file).href;
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

/** The example as its file in a browser, with what its scripts complain of. */
async function openExample(width: number, colorScheme: 'light' | 'dark') {
  const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
  const page = await context.newPage();
  const heard: string[] = [];
  page.on('pageerror', ({ message }) => heard.push(message));
  page.on('console', (message) => message.type() === 'error' && heard.push(message.text()));
  await page.goto(address);
  return { page, heard };
}

const reaches = (page: Page, state: string) =>
  page.locator(`#status[data-state=${state}]`).waitFor({ timeout: 60_000 });

/** What Node finds with the same seed and as many iterations. */
function foundHere(): string {
  const summit = inventedSummit({ size: 'S', seed: 3 });
  const search = new Search(summit, { seed: 3, iterations: ITERATIONS });
  while (!search.run(7_919));
  return valuesInWords(summit, search.values);
}

describe('the example of the timetabling library', () => {
  test('finds in a browser what Node finds, also when it is stopped in between by keyboard', async () => {
    const { page, heard } = await openExample(1280, 'light');
    await page.locator('#seed').fill('3');
    await page.locator('#iterations').fill('900000000');
    await page.locator('#iterations').press('Enter');
    await page.locator('#timetable .box').first().waitFor();
    await page.locator('button[type=submit]').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await reaches(page, 'stopped');
    const before = await page.locator('#values').textContent();
    expect(await page.locator('#pause').textContent()).toBe('Continue');
    await page.keyboard.press('Enter');
    await reaches(page, 'searching');
    await page.locator('#values', { hasNotText: before ?? '' }).waitFor();

    await page.locator('#iterations').fill(String(ITERATIONS));
    await page.locator('#iterations').press('Enter');
    await reaches(page, 'done');
    expect(await page.locator('#values').textContent()).toContain(foundHere());
    expect(await page.locator('#timetable .box').count()).toBe(45);
    expect(await page.locator('#descent .cost').count()).toBeGreaterThan(0);
    await page.locator('#as-text summary').press('Enter');
    await expect.poll(() => page.locator('#text li').count()).toBe(45);
    expect(heard).toEqual([]);
  });

  test.each([
    [320, 'light'],
    [1280, 'dark'],
  ] as const)('can be used at %i px, %s', async (width, scheme) => {
    const { page, heard } = await openExample(width, scheme);
    await page.locator('#iterations').fill('20000');
    await page.locator('button[type=submit]').click();
    await reaches(page, 'done');
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(width);
    await expectAccessible(page);
    expect(heard).toEqual([]);
  });
});

test('a browser reads a drawing as XML, whatever people call their sessions', async () => {
  const plain = inventedSummit({ size: 'S', seed: 1 });
  const hostile = ['</title><script>alert(1)</script>', ']]>&bogus;', '\u0000\ud800"\'<!--'];
  const sessions = plain.sessions.map((each, index) => ({
    ...each,
    session: { ...each.session, title: hostile[index % hostile.length] ?? '' },
  }));
  const places = sessions.map((_, index) => index);
  const svg = drawTimetable(
    { ...plain, sessions },
    { slot: places.map((each) => each % 10), room: places.map((each) => each % 5) },
  );
  const page = await browser.newPage();
  const read = await page.evaluate((source) => {
    const { documentElement } = new DOMParser().parseFromString(source, 'image/svg+xml');
    return {
      root: documentElement.nodeName,
      boxes: documentElement.querySelectorAll('g.box').length,
      strangers: documentElement.querySelectorAll('parsererror, script').length,
    };
  }, svg);
  expect(read).toEqual({ root: 'svg', boxes: 45, strangers: 0 });
});
