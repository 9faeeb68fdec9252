import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { DEMO_ORGANISER } from '../../apps/cairn/src/demo/people.ts';
import { expectAccessible, launchChromium } from './chromium.ts';
import { startTestServer, type TestServer } from './server.ts';
import { expectSaid } from './visitor.ts';

const HOME = '/s/sp_summit_2023';
const RELEASE = `${HOME}/organise/timetable/release`;
const THURSDAY = '2023-05-25';

let server: TestServer;
let browser: Browser;
let context: BrowserContext | undefined;

beforeAll(async () => {
  [server, browser] = await Promise.all([startTestServer({ demo: 'week' }), launchChromium()]);
});
afterEach(() => context?.close());
afterAll(async () => {
  await browser.close();
  await server.close();
});

/** The organiser at a page on a phone, without scripts. */
async function organiserAt(path: string): Promise<Page> {
  context = await browser.newContext({
    viewport: { width: 320, height: 800 },
    javaScriptEnabled: false,
  });
  return server.signIn(context, DEMO_ORGANISER.email, path);
}

/** Puts a group’s session of Thursday to the end of the day in the draft, and tells its title. */
async function moveOne(): Promise<string> {
  const { db } = server.installation.services;
  const draft = await db
    .selectFrom('timetableDraft')
    .select('id')
    .where('discardedAt', 'is', null)
    .orderBy('createdAt', 'desc')
    .executeTakeFirstOrThrow();
  const placed = await db
    .selectFrom('draftPlacement')
    .innerJoin('timetableSession', 'timetableSession.id', 'draftPlacement.sessionId')
    .select(['sessionId', 'title'])
    .where('draftId', '=', draft.id)
    .where('date', '=', THURSDAY)
    .where('groupKey', 'is not', null)
    .where('starts', '<', '14:00')
    .orderBy('title')
    .executeTakeFirstOrThrow();
  await db
    .updateTable('draftPlacement')
    .set({ starts: '15:30' })
    .where('draftId', '=', draft.id)
    .where('sessionId', '=', placed.sessionId)
    .execute();
  return placed.title;
}

const mailsOf = async (name: string): Promise<number> => {
  const { db } = server.installation.services;
  const mails = await db
    .selectFrom('mail')
    .select('id')
    .where('body', 'like', `%“${name}”%`)
    .execute();
  return mails.length;
};

test('An organiser releases a version by keyboard alone, on a phone without scripts, and those moved get one mail.', async () => {
  const title = await moveOne();
  const page = await organiserAt(RELEASE);
  await page.locator('select[name=draft]').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.type('Later on Thursday');
  await page.keyboard.press('Tab');
  await page.keyboard.type('The room is needed before.');
  // Past whom to tell and the release itself, to “Look at it first”.
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  // The mails say what was typed, so this is the page that looked at it.
  const mail = page.locator('pre', { hasText: 'The room is needed before.' });
  await mail.first().waitFor({ state: 'attached' });
  expect(await page.locator('input[name=name]').inputValue()).toBe('Later on Thursday');
  const told = await page.locator('section:has(> #told) details').count();
  expect(told).toBeGreaterThan(0);
  expect(await page.locator('section:has(> #told)').innerText()).toContain('one mail each');

  await page.locator('input[name=tell]:checked').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expectSaid(page, 'Version 2 is released.');
  await server.work();
  expect(await mailsOf('Later on Thursday')).toBe(told);

  await page.goto(`${server.url}${HOME}/timetable/versions/2`);
  expect(await page.locator('main').innerText()).toContain(title);
});

test('A day is read on a phone without a table’s width, and whoever zooms to 400 % reads the same.', async () => {
  context = await browser.newContext({ viewport: { width: 320, height: 256 } });
  const page = await context.newPage();
  await page.goto(`${server.url}${HOME}/timetable/days/${THURSDAY}`);
  const { width, rooms } = await page.evaluate(() => ({
    width: document.documentElement.scrollWidth,
    // What stands before a session where the heads of the columns cannot be seen.
    rooms: [...document.querySelectorAll('.day td[data-room]')].map(
      (cell) => getComputedStyle(cell, '::before').content,
    ),
  }));
  expect(width).toBe(320);
  expect(rooms.length).toBeGreaterThan(5);
  expect(rooms.every((name) => /^"\S.*"$/.test(name))).toBe(true);
  await expectAccessible(page);
});
