import nodeIcal from 'node-ical';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEMO_ORGANISER } from '../../apps/cairn/src/demo/people.ts';
import { expectAccessible, launchChromium } from './chromium.ts';
import { lineOf, MISTAKES, SUMMIT_WITH_MISTAKES } from './second-summit.ts';
import { startTestServer, type TestServer } from './server.ts';
import { expectSaid, Phones, press } from './visitor.ts';

const HOME = '/s/kathmandu_2023';
const ORGANISE = `${HOME}/organise`;

/** Whom the organiser invites; Ada twice. */
const ROWS = `name,email,communities
Ben Silva,ben@example.org,NumPy
Chloe Park,chloe@example.org,NumPy
Dana Weiss,dana@example.org,
Eli Moreau,eli@example.org,
Ada King,ada@example.org,NumPy
`;

let server: TestServer;
let browser: Browser;
let organiser: Page;
let phones: Phones;
const links = new Map<string, string>();

beforeAll(async () => {
  server = await startTestServer({ demo: 'planning' });
  browser = await launchChromium();
  phones = new Phones(browser);
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

const goTo = (page: Page, path: string) => page.goto(`${server.url}${path}`);
const follow = (page: Page, name: string | RegExp) => page.getByRole('link', { name }).click();

const phoneOf = (name: string) => phones.of(name);

/** What a page on a phone has to be. Axe needs scripts, so it looks at the page in a second window. */
async function expectFit(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  const storageState = await page.context().storageState();
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, storageState });
  const beside = await context.newPage();
  await beside.goto(page.url());
  await expectAccessible(beside);
  await context.close();
}

/** Opens the invitation behind somebody's mailed link, with the button under it. */
async function openInvitation(name: string): Promise<Page> {
  const page = await phoneOf(name);
  await page.goto(links.get(name) ?? '');
  await expectSaid(page, `invite you, ${name}, to the Kathmandu Summit`);
  await expectFit(page);
  await press(page, 'Open my invitation');
  await page.waitForURL(`${server.url}${HOME}/me/invitation`);
  return page;
}

async function accept(page: Page): Promise<void> {
  await page.getByLabel(/^I accept the agreement/).check();
  await press(page, 'Yes, I accept');
}

/** Moves the demonstration's clock, as its visitors do, and lets the worker follow. */
async function leap(by: 'one week' | 'four weeks'): Promise<void> {
  await follow(organiser, 'Move the clock');
  await organiser.getByLabel(by).check();
  await press(organiser, 'Move the clock');
  await expectSaid(organiser, /^The clock now says/);
  await server.work();
}

/** The text of the newest mail of that subject, as the organiser reads it. */
async function readMail(subject: string | RegExp, to: string): Promise<string> {
  await goTo(organiser, `${ORGANISE}/mail`);
  const row = organiser.getByRole('row').filter({ hasText: to });
  await row.getByRole('link', { name: subject }).first().click();
  return organiser.locator('main pre').innerText();
}

/** What a link on the page leads to. */
async function fetchLinked(page: Page, name: string): Promise<Buffer> {
  const href = await page.getByRole('link', { name }).getAttribute('href');
  const answer = await page.request.get(new URL(href ?? '', page.url()).href);
  expect(answer.status()).toBe(200);
  return answer.body();
}

/** The personal link in the text of a mail. */
const linkIn = (text: string): string => /https?:\/\/\S+\/i\/[\w-]+/.exec(text)?.[0] ?? '';

/** The address of the page that a mail ends with. */
const linkUnder = (text: string): string => text.trimEnd().split('\n').at(-1) ?? '';

describe('a new user’s first hour', () => {
  test('the organiser signs in by the printed link', async () => {
    organiser = await server.signIn(await browser.newContext(), DEMO_ORGANISER.email);
    await organiser.getByRole('link', { name: DEMO_ORGANISER.name }).waitFor();
  });

  test('a summit file with three mistakes is refused with what to write at each', async () => {
    await follow(organiser, 'Found a new summit');
    const box = organiser.getByRole('textbox', { name: 'summit.yaml' });
    await box.fill(SUMMIT_WITH_MISTAKES);
    await press(organiser, 'Found the summit from this file');
    const told = await organiser.getByRole('alert').getByRole('listitem').allInnerTexts();
    expect(told).toHaveLength(MISTAKES.length);
    for (const [index, { wrong }] of MISTAKES.entries()) {
      const line = lineOf(SUMMIT_WITH_MISTAKES, wrong);
      expect(told[index]).toMatch(
        new RegExp(`^summit\\.yaml, line ${line}, column \\d+: \\S.{15,}[.?]$`),
      );
    }
    expect(told[0]).toContain('did you mean “full_title”?');
    expect(await box.inputValue()).toBe(SUMMIT_WITH_MISTAKES);
  });

  test('mended in the same box it founds the summit, which is then announced', async () => {
    const box = organiser.getByRole('textbox', { name: 'summit.yaml' });
    const mended = MISTAKES.reduce(
      (text, { wrong, right }) => text.replace(wrong, right),
      await box.inputValue(),
    );
    await box.fill(mended);
    await press(organiser, 'Found the summit from this file');
    await goTo(organiser, ORGANISE);
    await press(organiser, 'Announce the summit');
    await expectSaid(organiser, 'The summit is announced; everybody can see its page.');
  });

  test('five people are listed, by form and by file; who is named twice is recognised', async () => {
    await goTo(organiser, `${ORGANISE}/people`);
    await follow(organiser, 'Add one person');
    await organiser.getByLabel('Name', { exact: true }).fill('Ada King');
    await organiser.getByLabel(/^E-mail/).fill('ada@example.org');
    await press(organiser, 'Add and draft an invitation');
    await expectSaid(organiser, 'Added, and the invitation is drafted.');

    await goTo(organiser, `${ORGANISE}/people/import`);
    await organiser.getByLabel(/^Or paste the rows here/).fill(ROWS);
    await press(organiser, 'Show what would happen');
    await expectSaid(organiser, /4 new, 1 already known/);
    await press(organiser, /^Take 5 rows/);
    await expectSaid(organiser, '4 people added, 1 was known already');
    const listed = organiser.getByRole('row').filter({ hasText: 'drafted' });
    expect(await listed.count()).toBe(5);
  });

  test('the invitations are looked at before they are sent, and each is a mail with its own link', async () => {
    await goTo(organiser, `${ORGANISE}/invitations`);
    await follow(organiser, 'Send 5 drafted invitations');
    await press(organiser, 'Show each mail');
    expect(await organiser.locator('main pre').count()).toBe(5);
    await press(organiser, 'Send 5 invitations');
    await server.work();
    for (const name of ['Ada King', 'Ben Silva', 'Chloe Park', 'Dana Weiss', 'Eli Moreau']) {
      const address = `${name.split(' ')[0]?.toLowerCase()}@example.org`;
      const link = linkIn(await readMail(/Kathmandu Summit/, address));
      expect(link.startsWith(`${server.url}/i/`)).toBe(true);
      links.set(name, link);
    }
    expect(new Set(links.values()).size).toBe(5);
  });
});

describe('the invited answer on their phones, without scripts', () => {
  test('a yes without the agreement is refused, and what was typed stays', async () => {
    const page = await openInvitation('Ada King');
    await expectFit(page);
    await page.getByLabel(/^Note to the organisers/).fill('I arrive a day early.');
    await press(page, 'Yes, I accept');
    await page.getByRole('alert').getByText('Tick the box if you accept the agreement').waitFor();
    await expectFit(page);
    expect(await page.getByLabel(/^Note to the organisers/).inputValue()).toBe(
      'I arrive a day early.',
    );
    await accept(page);
    await expectSaid(page, 'Thank you: you have a seat.');
    await expectSaid(page, 'You have seat 1 of 2.');
    await expectFit(page);
  });

  test('the second yes takes the last seat, the third waits', async () => {
    const ben = await openInvitation('Ben Silva');
    await accept(ben);
    await expectSaid(ben, 'You have seat 2 of 2.');
    const chloe = await openInvitation('Chloe Park');
    await expectSaid(chloe, 'All 2 seats are taken or held just now.');
    await chloe.getByLabel(/^Days of notice you would need/).fill('30');
    await accept(chloe);
    await expectSaid(chloe, 'You are number 1 on the waiting list.');
    await expectFit(chloe);
  });

  test('a fourth says no', async () => {
    const dana = await openInvitation('Dana Weiss');
    await press(dana, 'No, I cannot come');
    await expectSaid(dana, 'You have declined your invitation.');
    await expectFit(dana);
  });

  test('a fifth is reminded, says nothing, and is told that the time is over', async () => {
    await leap('one week');
    const reminded = linkIn(await readMail(/Kathmandu Summit/, 'eli@example.org'));
    const eli = await phoneOf('Eli Moreau');
    await eli.goto(links.get('Eli Moreau') ?? '');
    await expectSaid(eli, 'a newer mail has replaced it');
    await eli.goto(reminded);
    await expectSaid(eli, 'invite you, Eli Moreau, to the Kathmandu Summit');
    await leap('one week');
    await leap('one week');
    const answer = await eli.goto(reminded);
    expect(answer?.status()).toBe(410);
    await expectSaid(eli, 'This invitation has expired; ask the organisers to send it anew.');
    await expectFit(eli);
    await goTo(organiser, `${ORGANISE}/people?state=expired`);
    await organiser.getByRole('link', { name: 'Eli Moreau' }).waitFor();
  });

  test('a seat given back is offered to who waits, and taken', async () => {
    const ben = await phoneOf('Ben Silva');
    await goTo(ben, `${HOME}/me`);
    await follow(ben, 'Change my answer');
    await expectFit(ben);
    await press(ben, 'I cannot come after all');
    await expectSaid(ben, 'You have declined your invitation.');
    await server.work();

    await goTo(organiser, `${ORGANISE}/seats`);
    await expectSaid(organiser, '0 free, 1 held by open offers');
    await expectSaid(organiser, /2 of 2 if every open offer is accepted/);
    const offer = await readMail(/seat/i, 'chloe@example.org');
    expect(offer).toContain('It is held for you until');
    const page = linkUnder(offer);
    expect(page).toBe(new URL(`${HOME}/me`, server.url).href);

    const chloe = await phoneOf('Chloe Park');
    await chloe.goto(page);
    await expectSaid(chloe, 'A seat is held for you');
    await expectFit(chloe);
    await press(chloe, 'Take the seat');
    await expectSaid(chloe, 'You have seat 2 of 2.');
    await goTo(organiser, `${ORGANISE}/seats`);
    await expectSaid(organiser, 'Nobody waits.');
  });
});

describe('what comes of it', () => {
  test('anybody downloads the handout and the calendar, which a second program reads', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await goTo(page, HOME);
    const handout = await fetchLinked(page, 'The handout as PDF');
    expect(handout.subarray(0, 5).toString()).toBe('%PDF-');
    const calendar = (await fetchLinked(page, 'The dates for your calendar')).toString();
    const events = Object.values(nodeIcal.sync.parseICS(calendar)).filter(
      (part) => part?.type === 'VEVENT',
    );
    const meeting = events.find(({ summary }) => String(summary).includes('May meeting'));
    // 16:00 in Kathmandu, a quarter to six hours ahead of UTC.
    expect(meeting?.start.toISOString()).toBe('2023-05-15T10:15:00.000Z');
    expect(events.map(({ summary }) => String(summary)).join()).toContain('Kathmandu Summit');
    await context.close();
  });

  test('a participant chooses to be listed, and then everybody reads the name', async () => {
    const ada = await phoneOf('Ada King');
    await goTo(ada, `${HOME}/me`);
    await follow(ada, 'What the public sees of me');
    await expectFit(ada);
    await ada.getByLabel(/^My name/).check();
    await press(ada, 'Save');
    await expectSaid(ada, 'Saved. The public list shows it now.');
    const context = await browser.newContext();
    const anybody = await context.newPage();
    await goTo(anybody, `${HOME}/participants`);
    await expectSaid(anybody, 'Ada King');
    await expectSaid(anybody, 'And 1 more.');
    await context.close();
  });

  test('what the organiser ticks changes what a participant is told of their promises', async () => {
    await leap('four weeks');
    const ada = await phoneOf('Ada King');
    await goTo(ada, `${HOME}/me/promises`);
    await expectFit(ada);
    const first = ada.getByRole('region', { name: /^Take part in two of the three/ });
    expect(await first.innerText()).toMatch(
      /on course.*You can miss one of the 3 still open.*Nothing is recorded so far/s,
    );

    await goTo(organiser, `${ORGANISE}/promises/attendance`);
    await organiser.getByLabel('Ada King: May meeting').check();
    await press(organiser, 'Save what changed');
    await expectSaid(organiser, '1 fact recorded.');

    await goTo(ada, `${HOME}/me/promises`);
    expect(await first.innerText()).toMatch(
      /on course.*You can miss one of the 2 still open.*May meeting.*by Ines Okafor/s,
    );
    const chloe = await phoneOf('Chloe Park');
    await goTo(chloe, `${HOME}/me/promises`);
    expect(await chloe.locator('main').innerText()).toMatch(
      /at risk.*You cannot miss any of the 2 still open/s,
    );
  });

  test('a participant takes their data along and is erased; the numbers stay', async () => {
    const ada = await phoneOf('Ada King');
    await goTo(ada, '/me/data');
    await expectFit(ada);
    const data = await ada.request.get(`${server.url}/me/data.json`);
    expect(await data.text()).toContain('I arrive a day early.');

    await follow(ada, 'Erase me');
    await expectFit(ada);
    await press(ada, 'Erase Ada King');
    await ada.getByRole('alert').getByText('nothing has been erased').waitFor();
    await ada.getByLabel(/^Type the word/).fill('erase');
    await press(ada, 'Erase Ada King');
    await expectSaid(ada, 'You are erased.');
    await server.work();

    await goTo(organiser, `${HOME}/participants`);
    expect(await organiser.locator('main').innerText()).not.toContain('Ada');
    await goTo(organiser, `${ORGANISE}/mail`);
    expect(await organiser.locator('main').innerText()).not.toContain('ada@example.org');
    await goTo(organiser, `${ORGANISE}/invitations`);
    const numbers = await organiser.locator('main dl').first().locator('dd').allInnerTexts();
    expect(numbers.reduce((sum, text) => sum + Number(text), 0)).toBe(5);
  });
});
