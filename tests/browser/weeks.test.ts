import { expectOk } from '@cairn/kernel/result';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeLink } from '../../apps/cairn/src/features/dates/weeks/guest-commands.ts';
import { changeTerms, makePoll } from '../../apps/cairn/src/features/dates/weeks/poll-commands.ts';
import { openPoll } from '../../apps/cairn/src/features/dates/weeks/poll-life-commands.ts';
import { expectDay } from '../../apps/cairn/src/features/dates/weeks/poll-rules.ts';
import { type Organiser, organiserOf } from '../../apps/cairn/src/features/people/rights.ts';
import { createSummit } from '../../apps/cairn/src/features/summits/definition-commands.ts';
import { type Actor, inTransaction } from '../../apps/cairn/src/platform/db/command.ts';
import type { Tx } from '../../apps/cairn/src/platform/db/database.ts';
import { storePerson } from '../summit.ts';
import { FIRST_SUMMIT } from '../summit-database.ts';
import { expectAccessible, launchChromium } from './chromium.ts';
import { startTestServer, type TestServer } from './server.ts';

let server: TestServer;
let browser: Browser;
let link: string;

beforeAll(async () => {
  server = await startTestServer({ administrator: 'ada@example.org' });
  browser = await launchChromium();
  link = await linkToAnOpenPoll();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

/** A poll over three weeks of next year, and the link of one who is asked. */
async function linkToAnOpenPoll(): Promise<string> {
  const { db, clock } = server.installation.services;
  const actor: Actor = { personId: undefined, door: 'web', now: clock.now() };
  const { id: summitId } = expectOk(
    await inTransaction(db, (tx) => createSummit(tx, actor, { source: FIRST_SUMMIT })),
  );
  const person = await storePerson(db, 'Bo Berg', { summitId, role: 'participant' });
  const operator = { personId: undefined, isAdministrator: true } as const;
  const organiser = await organiserOf(db, summitId, operator);
  if (organiser === undefined) throw new Error('the operator may organise');
  const year = actor.now.toZonedDateTimeISO('UTC').year + 1;
  const run = (command: (tx: Tx, by: Organiser) => ReturnType<typeof makePoll>) =>
    inTransaction(db, (tx) => command(tx, organiser));
  const range = { days: 5, weekday: 1, arrivalDays: 1, departureDays: 1, leadMonths: 0 };
  const from = expectDay(`${year}-05-01`);
  expectOk(
    await run((tx, by) =>
      makePoll(tx, actor, by, { ...range, from, until: from.add({ days: 27 }) }),
    ),
  );
  const terms = { intro: '', remindDays: [], hideUntilClosed: true, currency: undefined };
  const closesOn = expectDay(`${year}-01-31`);
  expectOk(await run((tx, by) => changeTerms(tx, actor, by, { ...terms, closesOn })));
  expectOk(await run((tx, by) => openPoll(tx, actor, by, { tentative: true })));
  const { secret } = expectOk(
    await inTransaction(db, (tx) => makeLink(tx, actor, organiser, person)),
  );
  return `${server.url}/w/${secret}`;
}

const focusOf = (page: Page) =>
  page.evaluate(() => {
    const { activeElement: focused } = document;
    return focused instanceof HTMLInputElement || focused instanceof HTMLButtonElement
      ? `${focused.name} ${focused.value}`
      : (focused?.tagName ?? '');
  });

test('on a phone without scripts every week is answered by keyboard alone, one key each', async () => {
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    javaScriptEnabled: false,
  });
  const page = await context.newPage();
  await page.goto(link);
  const weeks = await page.locator('fieldset').count();
  expect(weeks).toBeGreaterThanOrEqual(3);
  const answers = ['yes', 'if_need_be', 'no'];
  const wanted: string[] = [];
  let answered = 0;
  for (let pressed = 0; answered < weeks && pressed < 60; pressed++) {
    await page.keyboard.press('Tab');
    const focus = await focusOf(page);
    if (!focus.startsWith('answer.')) continue;
    // Nothing is said yet, so the group is entered where “Not said” is chosen; arrows go round.
    const answer = answers[answered % 3] ?? '';
    for (let turn = 0; turn < 4 && !(await focusOf(page)).endsWith(` ${answer}`); turn++) {
      await page.keyboard.press('ArrowRight');
    }
    wanted.push(await focusOf(page));
    answered += 1;
  }
  expect(answered).toBe(weeks);
  for (let pressed = 0; pressed < 30 && (await focusOf(page)) !== 'do save'; pressed++) {
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
  await page.getByText('Your answers are saved.').waitFor();
  const stored = await server.installation.services.db
    .selectFrom('weekAnswer')
    .select(['start', 'answer'])
    .orderBy('start')
    .execute();
  expect(stored.map(({ start, answer }) => `answer.${start} ${answer}`)).toEqual(wanted);
  await context.close();
});

test('one tap answers a week, and each answer is as large as a finger', async () => {
  const context = await browser.newContext({
    viewport: { width: 320, height: 640 },
    hasTouch: true,
  });
  const page = await context.newPage();
  await page.goto(link);
  const no = page.locator('fieldset').first().getByText('No', { exact: true });
  const box = await no.boundingBox();
  expect(box?.height).toBeGreaterThanOrEqual(44);
  await no.tap();
  expect(await page.locator('fieldset').first().getByLabel('No', { exact: true }).isChecked()).toBe(
    true,
  );
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await context.close();
});

test('every page of the poll is accessible, and fits a phone', async () => {
  const context = await browser.newContext({ viewport: { width: 320, height: 640 } });
  const page = await server.signIn(context, 'ada@example.org', '/');
  const home = `${server.url}/s/sp_summit_2023/organise/weeks`;
  await page.goto(home);
  const choose = await page
    .getByRole('link', { name: /^Choose/ })
    .first()
    .getAttribute('href');
  const person = await page.getByRole('link', { name: 'Bo Berg' }).first().getAttribute('href');
  const own = [choose, person].map((path) => `${server.url}${path}`);
  const pages = [
    link,
    home,
    `${home}?from=2000-01-01`,
    `${home}/setup`,
    `${home}/people`,
    `${home}/mails`,
    ...own,
  ];
  for (const address of pages) {
    await page.goto(address);
    await expectAccessible(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect([address, wide]).toEqual([address, 320]);
  }
  await context.close();
});
