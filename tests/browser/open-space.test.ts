import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { selfIn } from '../../apps/cairn/src/features/people/rights.ts';
import { openSessions } from '../../apps/cairn/src/features/timetable/release/current-queries.ts';
import type { WorklogEntry } from '../../apps/cairn/src/features/work/worklog/worklog-queries.ts';
import { entriesOf } from '../../apps/cairn/src/features/work/worklog/worklog-queries.ts';
import { expectAccessible, launchChromium } from './chromium.ts';
import { startTestServer, type TestServer } from './server.ts';
import { expectSaid } from './visitor.ts';

const HOME = '/s/sp_summit_2023';
const TODAY = '2023-05-24';
const ADITI = 'aditi.raghunathan@example.org';

let server: TestServer;
let browser: Browser;
let summitId = '';
let aditi = '';
const contexts: BrowserContext[] = [];

beforeAll(async () => {
  [server, browser] = await Promise.all([startTestServer({ demo: 'week' }), launchChromium()]);
  const { db } = server.installation.services;
  summitId = (
    await db
      .selectFrom('summit')
      .select('id')
      .where('slug', '=', 'sp_summit_2023')
      .executeTakeFirstOrThrow()
  ).id;
  aditi = (
    await db
      .selectFrom('personIdentity')
      .select('personId')
      .where('value', '=', ADITI)
      .executeTakeFirstOrThrow()
  ).personId;
});
afterAll(async () => {
  for (const context of contexts) await context.close();
  await browser.close();
  await server.close();
});

/** Aditi at a page, with a browser of her own. */
async function come(
  path: string,
  options: { javaScriptEnabled?: boolean; width?: number } = {},
): Promise<Page> {
  const { width = 1280, ...rest } = options;
  const context = await browser.newContext({ viewport: { width, height: 900 }, ...rest });
  contexts.push(context);
  return server.signIn(context, ADITI, `${HOME}${path}`);
}

const written = async (): Promise<WorklogEntry | undefined> => {
  const { db } = server.installation.services;
  const entries = await entriesOf(db, selfIn(summitId, { personId: aditi }), TODAY);
  return entries.find(({ writers }) => writers.includes('Aditi Raghunathan'));
};
const eventually = <T>(look: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(look, { timeout: 15_000 });

const box = (page: Page, label: string) => page.getByLabel(label).first();
const save = (page: Page) => page.getByRole('button', { name: /^Save/ }).first();

describe('open space', () => {
  test('is taken by keyboard alone, and without a script', async () => {
    const page = await come('/timetable/open-space', { javaScriptEnabled: false, width: 320 });
    const title = box(page, 'What it is about');
    await title.fill('Sparse by keyboard');
    await title.press('Enter');
    // Enter in the title takes no room: which one, somebody has to say.
    await title.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expectSaid(page, '“Sparse by keyboard” is in the timetable');
    const { db } = server.installation.services;
    const open = await openSessions(db, summitId);
    const own = open.filter((each) => each.title === 'Sparse by keyboard');
    expect(own).toHaveLength(1);
    const seen = await come('/timetable/open-space', { width: 320 });
    await expectAccessible(seen);
    await seen.goto(`${server.url}${HOME}/timetable/open-space/${own[0]?.id}`);
    await expectAccessible(seen);
  });
});

describe('a worklog', () => {
  test('keeps what is written without a network, and sends it once when it is back', async () => {
    const page = await come('/worklog');
    await expectAccessible(page);
    await page.context().setOffline(true);
    await box(page, 'What was done').fill('Written on the train.');
    await save(page).click();
    await expectSaid(page, 'No network. It is kept in this browser');
    await box(page, 'What comes next').fill('Arrive.');
    expect(await written()).toBeUndefined();
    await page.context().setOffline(false);
    await expectSaid(page, 'Saved.');
    const entry = await eventually(async () => {
      const found = await written();
      expect(found).toBeDefined();
      return found;
    });
    expect(entry).toMatchObject({ did: 'Written on the train.', next: 'Arrive.', revision: 1 });
    await page.reload();
    expect(await box(page, 'What was done').inputValue()).toBe('Written on the train.');
  });

  test('sends what a page that was closed had kept, whatever page is opened next', async () => {
    const page = await come('/worklog');
    await page.context().setOffline(true);
    await box(page, 'Links').fill('https://example.org/1');
    await save(page).click();
    await expectSaid(page, 'No network.');
    const { context } = { context: page.context() };
    await page.close();
    await context.setOffline(false);
    const next = await context.newPage();
    await next.goto(`${server.url}${HOME}/worklog/2023-05-23`);
    await expectSaid(next, 'Sent what you wrote earlier');
    expect(await written()).toMatchObject({ links: 'https://example.org/1' });
  });

  test('gives back what was typed and never saved, and merges it with what came meanwhile', async () => {
    const page = await come('/worklog');
    const before = await box(page, 'What was done').inputValue();
    await box(page, 'What was done').fill(`${before}\nTyped, not saved.`);
    const other = await come('/worklog', { javaScriptEnabled: false });
    await box(other, 'What is in the way').fill('Meanwhile.');
    await save(other).click();
    await expectSaid(other, 'Saved.');
    await page.reload();
    await expectSaid(page, 'Not saved yet: this is what you typed here earlier.');
    expect(await box(page, 'What is in the way').inputValue()).toBe('Meanwhile.');
    await save(page).click();
    await expectSaid(page, 'Saved.');
    expect(await written()).toMatchObject({
      did: `${before}\nTyped, not saved.`,
      blocked: 'Meanwhile.',
    });
  });

  test('is shown on the page of a check-in as it is written', async () => {
    const wall = await come(`/worklog/${TODAY}/check-in`, { width: 1920 });
    await expectAccessible(wall);
    await wall.getByRole('link', { name: 'Show one after the other' }).click();
    await expectAccessible(wall);
    const first = await wall.locator('h1').innerText();
    await wall.keyboard.press('ArrowRight');
    await eventually(async () => expect(await wall.locator('h1').innerText()).not.toBe(first));
    const entry = await written();
    await wall.goto(`${server.url}${HOME}/worklog/${TODAY}/check-in/${entry?.place.groupKey}`);
    const page = await come('/worklog');
    await box(page, 'What comes next').fill('Seen on the wall.');
    await save(page).click();
    await expectSaid(wall, 'Seen on the wall.');
  });
});
