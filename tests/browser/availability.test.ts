import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEMO_PARTICIPANT } from '../../apps/cairn/src/demo/people.ts';
import { expectAccessible, launchChromium } from './chromium.ts';
import { startTestServer, type TestServer } from './server.ts';

const PAGE = '/s/sp_summit_2023/me/availability';

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  server = await startTestServer({ demo: 'planning' });
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

/** The page of somebody's week, with nothing stored. */
async function openWeek(options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
  const { db } = server.installation.services;
  await db.deleteFrom('weeklyAvailability').execute();
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  return server.signIn(context, DEMO_PARTICIPANT.email, PAGE);
}

const box = (page: Page, day: string, level = 'yes') => page.getByLabel(`${day}, ${level}`);
const hour = (page: Page, name: string) => page.getByRole('gridcell', { name });
const save = (page: Page) => page.getByRole('button', { name: 'Save my week' }).click();

const storedCells = async (): Promise<string | undefined> => {
  const { db } = server.installation.services;
  return (await db.selectFrom('weeklyAvailability').select('cells').executeTakeFirst())?.cells;
};

describe('the week', () => {
  test('is painted by keyboard, and the fields follow', async () => {
    const page = await openWeek();
    await hour(page, 'Monday 9:00 to 10:00: no').focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Shift+ArrowRight');
    expect(await box(page, 'Monday').inputValue()).toBe('9-11');
    expect(await box(page, 'Tuesday').inputValue()).toBe('10-11');
    expect(await page.locator('#week-says').innerText()).toBe('Tuesday 10:00 to 11:00: yes');
    await page.keyboard.press('Space');
    expect(await box(page, 'Tuesday').inputValue()).toBe('');
    expect(await box(page, 'Tuesday', 'if need be').inputValue()).toBe('10-11');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Space');
    await page.keyboard.press('Space');
    expect(await box(page, 'Monday').inputValue()).toBe('9-10');
    await save(page);
    await page.getByText('Your week is saved.').waitFor();
    expect(await storedCells()).toBe(`${'0'.repeat(9)}2${'0'.repeat(24)}1${'0'.repeat(133)}`);
    await page.context().close();
  });

  test('is painted by mouse in one stroke, as a block', async () => {
    const page = await openWeek();
    await hour(page, 'Tuesday 14:00 to 15:00: no').hover();
    await page.mouse.down();
    await hour(page, 'Thursday 16:00 to 17:00: no').hover();
    await page.mouse.up();
    for (const day of ['Tuesday', 'Wednesday', 'Thursday']) {
      expect(await box(page, day).inputValue()).toBe('14-17');
    }
    await hour(page, 'Wednesday 15:00 to 16:00: yes').click();
    expect(await box(page, 'Wednesday').inputValue()).toBe('14-15, 16-17');
    expect(await box(page, 'Wednesday', 'if need be').inputValue()).toBe('15-16');
    await page.context().close();
  });

  test('is painted by finger: a tap changes an hour, a drag sideways paints', async () => {
    const page = await openWeek({ hasTouch: true, viewport: { width: 320, height: 700 } });
    await hour(page, 'Friday 12:00 to 13:00: no').tap();
    expect(await box(page, 'Friday').inputValue()).toBe('12-13');
    const place = async (name: string) => {
      const at = await hour(page, name).boundingBox();
      if (at === null) throw new Error(`${name} is not in sight`);
      return { x: at.x + at.width / 2, y: at.y + at.height / 2 };
    };
    const from = await place('Monday 12:00 to 13:00: no');
    const to = await place('Wednesday 12:00 to 13:00: no');
    const fingers = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: object[]) =>
      fingers.send('Input.dispatchTouchEvent', { type, touchPoints: points as never });
    await touch('touchStart', [from]);
    for (const part of [0.3, 0.6, 1]) {
      await touch('touchMove', [{ x: from.x + (to.x - from.x) * part, y: from.y }]);
    }
    await touch('touchEnd', []);
    for (const day of ['Monday', 'Tuesday', 'Wednesday']) {
      expect(await box(page, day).inputValue()).toBe('12-13');
    }
    await page.context().close();
  });

  test('follows what is written, and leaves alone what it does not understand', async () => {
    const page = await openWeek();
    await box(page, 'Monday').fill('22-2');
    await hour(page, 'Tuesday 1:00 to 2:00: yes').waitFor();
    await box(page, 'Friday', 'if need be').fill('evenings');
    await hour(page, 'Tuesday 1:00 to 2:00: yes').click();
    await hour(page, 'Tuesday 1:00 to 2:00: if need be').waitFor();
    expect(await box(page, 'Friday', 'if need be').inputValue()).toBe('evenings');
    await save(page);
    await page.getByRole('alert').getByText('“evenings” is not understood').waitFor();
    expect(await box(page, 'Friday', 'if need be').inputValue()).toBe('evenings');
    await page.context().close();
  });

  test('does without a script: the fields say all, and the picture shows what is stored', async () => {
    const page = await openWeek({ javaScriptEnabled: false });
    await box(page, 'Monday').fill('9-12, 14-18');
    await page.getByRole('button', { name: 'like Monday' }).click();
    expect(await box(page, 'Friday').inputValue()).toBe('9-12, 14-18');
    await box(page, 'Sunday', 'if need be').fill('all day');
    await save(page);
    await page.getByText('Your week is saved.').waitFor();
    expect(await page.locator('#week td[data-level="2"]').count()).toBe(35);
    expect(await page.locator('#week td[data-level="1"]').count()).toBe(24);
    expect(await page.getByRole('grid').count()).toBe(0);
    await page.context().close();
  });

  test('is accessible as a grid, and fits a phone', async () => {
    const page = await openWeek({ viewport: { width: 320, height: 800 } });
    await hour(page, 'Monday 9:00 to 10:00: no').waitFor();
    await expectAccessible(page);
    const sticksOut = await page.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    );
    expect(sticksOut).toBe(false);
    await page.context().close();
  });
});
