import { Temporal } from '@cairn/kernel/time';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { publish } from '../../apps/cairn/src/platform/live/publish.ts';
import { type GivenSession, type GivenTimetable, storeRelease } from '../released-timetable.ts';
import { addressOf, storePerson, storeSummit } from '../summit.ts';
import { expectAccessible, launchChromium } from './chromium.ts';
import { startTestServer, type TestServer } from './server.ts';
import { expectSaid } from './visitor.ts';

/** A zone in which it is about eleven o'clock now, so that the day of the test is amid the summit's. */
const hoursBehind = (Temporal.Now.instant().toZonedDateTimeISO('UTC').hour - 11 + 24) % 24;
const zone = `Etc/GMT${hoursBehind <= 12 ? `+${hoursBehind}` : `-${24 - hoursBehind}`}`;
const now = Temporal.Now.zonedDateTimeISO(zone).round({
  smallestUnit: 'minute',
  roundingMode: 'floor',
});
const today = now.toPlainDate().toString();
const clock = (minutes: number): string =>
  now.add({ minutes }).toPlainTime().toString({ smallestUnit: 'minute' });

let server: TestServer;
let browser: Browser;
let summitId = '';
let home = '';
let isUnplugged = false;
const contexts: BrowserContext[] = [];

const sessions = (...more: readonly GivenSession[]): readonly GivenSession[] => [
  { title: 'Sparse arrays', date: today, starts: clock(-30), ends: clock(30), room: 'hall' },
  { title: 'Nightly wheels', date: today, starts: clock(40), ends: clock(90), room: 'hall' },
  ...more,
];
const timetable = (all: readonly GivenSession[]): GivenTimetable => ({
  zone,
  days: [today],
  rooms: [
    { key: 'hall', name: 'Hall' },
    { key: 'attic', name: 'Attic' },
  ],
  sessions: all,
});

beforeAll(async () => {
  [server, browser] = await Promise.all([
    startTestServer({ administrator: 'root@example.org' }),
    launchChromium(),
  ]);
  const { db } = server.installation.services;
  const summit = await storeSummit(db, { slug: 'week_2023' });
  summitId = summit.id;
  home = `/s/${summit.slug}/timetable`;
  const people: string[] = [];
  for (const name of ['Ada Byron', 'Grigor Lind']) {
    people.push(await storePerson(db, name, { summitId, role: 'participant' }));
  }
  const [ada = '', grigor = ''] = people;
  await storeRelease(
    db,
    summitId,
    timetable(
      sessions(
        {
          title: 'A matter of Ada’s',
          date: today,
          starts: clock(-10),
          ends: clock(35),
          room: 'attic',
          leads: [ada],
        },
        {
          title: 'A thing of Grigor’s',
          date: today,
          starts: clock(50),
          ends: clock(80),
          room: 'attic',
          leads: [grigor],
        },
      ),
    ),
  );
  await db
    .insertInto('venueMap')
    .values({
      ...{ summitId, title: 'Ground floor', description: 'The hall is left of the entrance.' },
      ...{ mediaType: 'image/png', width: 1, height: 1, position: 0 },
      content: Buffer.from(
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
        'base64',
      ),
      addedAt: Temporal.Now.instant(),
    })
    .execute();
});
afterEach(async () => {
  await findNetwork();
  for (const context of contexts.splice(0)) await context.close();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

const device = async (): Promise<BrowserContext> => {
  const context = await browser.newContext({ timezoneId: 'Europe/Berlin' });
  contexts.push(context);
  return context;
};

/** The network goes: for this browser, and for its service worker, which Playwright does not reach. */
async function loseNetwork(context: BrowserContext): Promise<void> {
  isUnplugged = true;
  await context.setOffline(true);
  await server.unplug();
}

async function findNetwork(context?: BrowserContext): Promise<void> {
  if (isUnplugged) await server.plugIn();
  isUnplugged = false;
  await context?.setOffline(false);
}

/** Addresses that this browser keeps for somebody, as paths. */
const keptIn = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const shelf = await caches.open('cairn-kept');
    return (await shelf.keys()).map(({ url }) => new URL(url).pathname);
  });

/** Until the whole week is kept: its list is put on the shelf last. */
const isKept = (page: Page) =>
  expect.poll(() => keptIn(page), { timeout: 30_000 }).toContain(`${home}/offline.json`);

/** Everything that this browser keeps for somebody, as text. */
const keptText = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const shelf = await caches.open('cairn-kept');
    const answers = await Promise.all((await shelf.keys()).map((request) => shelf.match(request)));
    return (await Promise.all(answers.map((answer) => answer?.text()))).join('\n');
  });

describe('after the first visit', () => {
  test('the timetable, one’s agenda, what is now, and the maps are there without a network', async () => {
    const context = await device();
    const page = await server.signIn(context, addressOf('Ada Byron'), `${home}/now`);
    await isKept(page);
    await loseNetwork(context);
    await page.goto(`${server.url}${home}/agenda`);
    await expectSaid(page, 'A matter of Ada’s');
    await expectSaid(
      page,
      /^No network: this page is as it was at \d\d:\d\d, less than a minute ago\.$/,
    );
    await expectAccessible(page);
    for (const [path, words] of [
      [home, 'Sparse arrays'],
      [`${home}/days/${today}`, 'Nightly wheels'],
      [`${home}/rooms/hall`, 'Nightly wheels'],
      [`${home}/maps`, 'The hall is left of the entrance.'],
    ] as const) {
      await page.goto(`${server.url}${path}`);
      await expectSaid(page, words);
      await expectSaid(page, /^No network: this page is as it was at/);
    }
    await page.goto(`${server.url}${home}/maps`);
    const isDrawn = () =>
      page.locator('figure img').evaluate((image) => (image as HTMLImageElement).naturalWidth);
    await expect.poll(isDrawn).toBe(1);
    expect(await page.evaluate(() => getComputedStyle(document.body).fontFamily)).toContain(
      'Libertinus',
    );
  });

  test('what is now is right an hour later, with no network since', async () => {
    const context = await device();
    const page = await server.signIn(context, addressOf('Ada Byron'), `${home}/now`);
    await isKept(page);
    const hall = page.getByRole('row', { name: /^Hall/ });
    expect(await hall.innerText()).toMatch(/Sparse arrays, until/);
    await loseNetwork(context);
    await page.clock.setFixedTime(Date.now() + 60 * 60_000);
    await page.goto(`${server.url}${home}/now`);
    await expectSaid(page, /^No network: this page is as it was at .*, 1 hour ago\.$/);
    await expect.poll(() => hall.innerText()).toMatch(/Nightly wheels, until/);
    expect(await hall.innerText()).not.toContain('Sparse arrays');
    await findNetwork(context);
    await page.waitForFunction(
      () => document.documentElement.dataset['kept'] === undefined,
      undefined,
      { timeout: 40_000 },
    );
  });

  test('a page that was not kept says so, and which ones are; nothing is sent, and that is said', async () => {
    const context = await device();
    const page = await server.signIn(context, addressOf('Ada Byron'), `${home}/agenda`);
    await isKept(page);
    await loseNetwork(context);
    await page.goto(`${server.url}/s/week_2023/participants`);
    await expectSaid(page, 'This page was not kept in this browser.');
    await page.getByRole('link', { name: 'My agenda' }).click();
    await expectSaid(page, 'A matter of Ada’s');
    await page.getByRole('button', { name: /^I do not go/ }).click();
    await expectSaid(page, /^Nothing was sent\./);
    await expectAccessible(page);
  });
});

describe('for the next person at a device', () => {
  const offline = async (context: BrowserContext, page: Page): Promise<void> => {
    await loseNetwork(context);
    await page.goto(`${server.url}${home}/agenda`);
  };

  test('nothing is kept of somebody who signed out', async () => {
    const context = await device();
    const page = await server.signIn(context, addressOf('Ada Byron'), `${home}/agenda`);
    await isKept(page);
    expect(await keptText(page)).toContain('Ada Byron');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('link', { name: 'Sign in' }).first().waitFor();
    expect(await keptText(page)).toBe('');
    await offline(context, page);
    await expectSaid(page, 'This page was not kept in this browser.');
    expect(await page.content()).not.toContain('Ada');
  });

  test('nothing is kept of somebody whose session ended, once a page has loaded without it', async () => {
    const context = await device();
    const page = await server.signIn(context, addressOf('Ada Byron'), `${home}/agenda`);
    await isKept(page);
    await context.clearCookies();
    await page.goto(`${server.url}/`);
    await expect.poll(() => keptText(page)).toBe('');
    await offline(context, page);
    await expectSaid(page, 'This page was not kept in this browser.');
  });

  test('another one who signs in finds their own pages only', async () => {
    const context = await device();
    const first = await server.signIn(context, addressOf('Ada Byron'), `${home}/agenda`);
    await isKept(first);
    // Ada leaves without signing out, and her session goes with her cookies.
    await context.clearCookies();
    await first.close();
    const page = await server.signIn(context, addressOf('Grigor Lind'), `${home}/agenda`);
    await isKept(page);
    const kept = await keptText(page);
    expect(kept).toContain('Grigor Lind');
    expect(kept).not.toContain('Ada Byron');
    await offline(context, page);
    await expectSaid(page, 'A thing of Grigor’s');
    await expectSaid(page, 'No network');
    expect(await page.content()).not.toContain('A matter of Ada’s');
  });
});

describe('with a network', () => {
  test('a change shows on the projector, at the door and on a phone at once, without loading them anew', async () => {
    const { db } = server.installation.services;
    const context = await device();
    const phone = await server.signIn(context, addressOf('Ada Byron'), `${home}/now`);
    const [wall, door] = [await context.newPage(), await context.newPage()];
    await wall.goto(`${server.url}${home}/now/projector`);
    await door.goto(`${server.url}${home}/rooms/hall/door`);
    const pages = [phone, wall, door];
    for (const page of pages) {
      await page.evaluate(() => document.body.setAttribute('data-same', ''));
      await expectSaid(page, 'Sparse arrays');
    }
    await expectAccessible(wall);
    await expectAccessible(door);
    await expect
      .poll(() => server.installation.services.broadcasts.count(), { timeout: 15_000 })
      .toBeGreaterThanOrEqual(pages.length);
    await storeRelease(
      db,
      summitId,
      timetable([
        {
          title: 'Something else entirely',
          date: today,
          starts: clock(-30),
          ends: clock(45),
          room: 'hall',
        },
      ]),
    );
    await db.transaction().execute((tx) => publish(tx, `timetable:${summitId}`));
    for (const page of pages) {
      await expectSaid(page, 'Something else entirely');
      expect(await page.locator('body[data-same]').count()).toBe(1);
      expect(await page.getByText('Sparse arrays').count()).toBe(0);
    }
  });
});
