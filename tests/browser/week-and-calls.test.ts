import { Temporal } from '@cairn/kernel/time';
import nodeIcal from 'node-ical';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEMO_ORGANISER } from '../../apps/cairn/src/demo/people.ts';
import { SettableClock } from '../../apps/cairn/src/platform/clock/clock.ts';
import { launchChromium } from './chromium.ts';
import { SEATTLE_SUMMIT, WORLD } from './seattle-summit.ts';
import { startTestServer, type TestServer } from './server.ts';
import { expectSaid, Phones, press } from './visitor.ts';

/*
 * From no date at all to a call that was held: an organiser in Seattle, people in Berlin, Kolkata,
 * Sydney and São Paulo. People answer on phones that run no scripts.
 */

const HOME = '/s/seattle_autumn';
const ORGANISE = `${HOME}/organise`;

type Name = (typeof WORLD)[number]['name'];

let server: TestServer;
let browser: Browser;
let organiser: Page;
let phones: Phones;

beforeAll(async () => {
  server = await startTestServer({ demo: 'planning' });
  browser = await launchChromium();
  phones = new Phones(browser);
  organiser = await server.signIn(await browser.newContext(), DEMO_ORGANISER.email);
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

const goTo = (page: Page, path: string) => page.goto(`${server.url}${path}`);
const follow = (page: Page, name: string | RegExp) =>
  page.getByRole('link', { name }).first().click();
const textOf = (page: Page) => page.locator('main').innerText();

const phoneOf = (name: string) => phones.of(name);

/** Sets the demonstration's clock, and lets the worker follow. */
async function setClock(moment: Temporal.Instant): Promise<void> {
  const { clock } = server.installation.services;
  if (!(clock instanceof SettableClock)) throw new Error('only a demo’s clock can be set');
  clock.set(moment);
  await server.work();
}

/** Lets so many minutes pass: what changes in calendars rests a little before people are told. */
const wait = (minutes: number) => setClock(server.now().add({ minutes }));

/** The text of the newest mail of that subject to somebody, as the organiser reads it. */
async function readMail(subject: string | RegExp, to: string): Promise<string> {
  await server.work();
  await goTo(organiser, `${ORGANISE}/mail`);
  const row = organiser.getByRole('row').filter({ hasText: to });
  await row.getByRole('link', { name: subject }).first().click();
  return organiser.locator('main pre').innerText();
}

/** The first link of that kind in a text. */
function linkIn(text: string, kind: 'w' | 'r' | 'i'): string {
  const link = new RegExp(`https?://\\S+/${kind}/[\\w-]+`).exec(text)?.[0];
  if (link === undefined) throw new Error(`there is no link /${kind}/ in: ${text}`);
  return link;
}

/** Answers of each person to each week, by its first day; what is not said is left open. */
const ANSWERS: Record<Name, Record<string, 'Yes' | 'If need be' | 'No'>> = {
  'Lena Vogt': { '2023-10-16': 'Yes', '2023-11-06': 'Yes', '2023-11-13': 'No' },
  'Arjun Rao': { '2023-10-16': 'No', '2023-11-06': 'If need be', '2023-11-13': 'Yes' },
  'Ruby Hart': { '2023-10-16': 'Yes', '2023-11-06': 'Yes', '2023-11-13': 'Yes' },
  'Bia Lima': { '2023-10-16': 'Yes', '2023-11-06': 'No', '2023-11-13': 'If need be' },
};
const links = new Map<Name, string>();

describe('the week', () => {
  test('is looked for in a range, and each week that is left out says why', async () => {
    await follow(organiser, 'Found a new summit');
    await organiser.getByRole('textbox', { name: 'summit.yaml' }).fill(SEATTLE_SUMMIT);
    await press(organiser, 'Found the summit from this file');
    await goTo(organiser, `${ORGANISE}/people/import`);
    const rows = WORLD.map(({ name, email, community }) => `${name},${email},${community}`);
    await organiser
      .getByLabel(/^Or paste the rows here/)
      .fill(`name,email,communities\n${rows.join('\n')}\n`);
    await press(organiser, 'Show what would happen');
    await press(organiser, /^Take 4 rows/);

    await goTo(organiser, `${ORGANISE}/weeks`);
    await press(organiser, 'Make the poll');
    await goTo(organiser, `${ORGANISE}/weeks/setup`);
    await organiser.getByLabel('United States').selectOption({ label: 'excludes its weeks' });
    await press(organiser, 'Save the countries');
    await organiser.getByLabel('What it is').fill('Graduation');
    await organiser.getByLabel('Kind', { exact: true }).selectOption({ label: 'graduation' });
    await organiser.getByLabel('First day', { exact: true }).fill('2023-10-23');
    await organiser
      .getByLabel(/^Last day/)
      .last()
      .fill('2023-10-24');
    await press(organiser, 'Add these days');
    const said = await textOf(organiser);
    expect(said).toContain('Graduation');
    expect(said).toContain('Thanksgiving');
  });

  test('is asked of everybody by mail, each with a link of their own', async () => {
    await goTo(organiser, `${ORGANISE}/weeks/mails`);
    await organiser.getByLabel('Last day for answers').fill('2023-04-20');
    await press(organiser, 'Save');
    await goTo(organiser, `${ORGANISE}/weeks`);
    await press(organiser, 'Open the poll');
    await goTo(organiser, `${ORGANISE}/weeks/mails`);
    await press(organiser, /^Write to \d/);
    for (const { name, email } of WORLD) {
      links.set(name, linkIn(await readMail(/week/i, email), 'w'));
    }
    expect(new Set(links.values()).size).toBe(4);
  });

  test('is answered without an account, one tap a week', async () => {
    for (const { name } of WORLD) {
      const page = await phoneOf(name);
      await page.goto(links.get(name) ?? '');
      await expectSaid(page, name);
      for (const [week, answer] of Object.entries(ANSWERS[name])) {
        await page
          .locator(`fieldset:has([name="answer.${week}"])`)
          .getByLabel(answer, { exact: true })
          .check();
      }
      await press(page, 'Save my answers');
      await expectSaid(page, 'Your answers are saved.');
    }
  });

  test('is ranked in words, and silence is never a yes', async () => {
    await goTo(organiser, `${ORGANISE}/weeks`);
    const said = await textOf(organiser);
    const places = organiser.getByRole('table', { name: /^Ranking/ }).getByRole('rowheader');
    expect(await places.first().innerText()).toBe('16–20 October 2023');
    expect(said).toContain('in a tie with 13–17 November 2023');
    expect(said).toContain('1 has not answered, which is not counted as yes');
  });

  test('takes no answers once the poll is closed, and what was sent is not lost', async () => {
    const page = await phoneOf('Bia Lima');
    await page.goto(links.get('Bia Lima') ?? '');
    await page
      .locator('fieldset:has([name="answer.2023-11-06"])')
      .getByLabel('If need be', { exact: true })
      .check();
    await page.getByLabel(/^Anything about all weeks/).fill('I may change my mind.');
    await press(organiser, 'Close it now');
    await press(page, 'Save my answers');
    await expectSaid(page, /closed/);
    await expectSaid(page, 'I may change my mind.');
  });

  test('is chosen, which asks only those whom it does not suit', async () => {
    await goTo(organiser, `${ORGANISE}/weeks`);
    await organiser.getByRole('link', { name: /^Choose 13–17 November 2023/ }).click();
    await press(organiser, /^Choose 13–17 November 2023/);
    await goTo(organiser, HOME);
    expect(await textOf(organiser)).toContain('13–17 November 2023');
    const subject = 'Seattle Autumn Summit: the week that was chosen does not suit you';
    const asked = await server.installation.services.db
      .selectFrom('mail')
      .select('recipient')
      .where('subject', '=', subject)
      .execute();
    expect(asked).toEqual([{ recipient: 'lena@example.org' }]);
    const lena = linkIn(await readMail(subject, 'lena@example.org'), 'w');
    const page = await phoneOf('Lena Vogt');
    await page.goto(lena);
    await page.getByLabel(/^I come all the same/).check();
    await press(page, 'Send');
    await goTo(organiser, `${ORGANISE}/weeks`);
    await expectSaid(organiser, /comes? all the same/i);
  });
});

/** When each person can join calls, as they type it. */
const HOURS: Record<Name, { readonly yes: string; readonly maybe: string }> = {
  'Lena Vogt': { yes: '9-18', maybe: '18-21' },
  'Arjun Rao': { yes: '10-19', maybe: '19-22' },
  'Ruby Hart': { yes: '8-17', maybe: '6-8, 17-21' },
  'Bia Lima': { yes: '9-18', maybe: '7-9, 18-21' },
};

/** Calls in a calendar, by what they are called. */
async function callsIn(feed: string): Promise<Map<string, nodeIcal.VEvent>> {
  const answer = await organiser.request.get(feed);
  expect(answer.status()).toBe(200);
  const parts = Object.values(nodeIcal.sync.parseICS(await answer.text()));
  return new Map(
    parts.flatMap((part) => (part?.type === 'VEVENT' ? [[String(part.summary), part]] : [])),
  );
}

let feed: string;
let june: nodeIcal.VEvent;

describe('the calls', () => {
  test('are for those who accept', async () => {
    await goTo(organiser, ORGANISE);
    await press(organiser, 'Announce the summit');
    await goTo(organiser, `${ORGANISE}/invitations`);
    await follow(organiser, /^Send 4 drafted invitations/);
    await press(organiser, 'Show each mail');
    await press(organiser, 'Send 4 invitations');
    for (const { name, email } of WORLD) {
      const page = await phoneOf(name);
      await page.goto(linkIn(await readMail(/invit/i, email), 'i'));
      await press(page, 'Open my invitation');
      await page.getByLabel(/^I accept the agreement/).check();
      await press(page, 'Yes, I accept');
      await expectSaid(page, 'Thank you: you have a seat.');
    }
  });

  test('wait for hours that each writes down by their own clock', async () => {
    for (const { name, zone } of WORLD) {
      const page = await phoneOf(name);
      await goTo(page, `${HOME}/me/availability`);
      await page.getByLabel('Time zone').selectOption(zone);
      await page.getByLabel('Monday, yes').fill(HOURS[name].yes);
      await page.getByLabel('Monday, if need be').fill(HOURS[name].maybe);
      await press(page, 'Make Tuesday to Friday like Monday');
      await press(page, 'Save my week');
      await expectSaid(page, /saved/i);
    }
  });

  test('a zone that does not exist, hours that are none, and broken calendars are told', async () => {
    const page = await phoneOf('Ruby Hart');
    await goTo(page, `${HOME}/me/availability`);
    await page.getByLabel('Tuesday, yes').fill('nine to five');
    await press(page, 'Save my week');
    expect(await page.getByLabel('Tuesday, yes').inputValue()).toBe('nine to five');
    const refused = await page.request.post(`${server.url}${HOME}/me/availability`, {
      headers: { origin: server.url },
      form: { zone: 'Mars/Olympus_Mons', yes_mon: '9-17', do: 'save' },
    });
    expect(refused.status()).toBe(422);
    expect(await refused.text()).toContain('“Mars/Olympus_Mons” is no time zone');

    await goTo(page, `${HOME}/me/busy`);
    const give = async (text: string) => {
      await page.getByLabel('Your name for it').fill('work');
      await page.locator('input[type=file]').setInputFiles({
        name: 'work.ics',
        mimeType: 'text/calendar',
        buffer: Buffer.from(text),
      });
      await press(page, 'Keep my busy times');
    };
    await give('BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:soon\r\n');
    await page.getByRole('alert').waitFor();
    expect(await page.getByLabel('Your name for it').inputValue()).toBe('work');
    await give(manyEvents(10_000));
    await expectSaid(page, /work/);
    const kept = await server.installation.services.db
      .selectFrom('busySource')
      .select('name')
      .execute();
    expect(kept).toEqual([{ name: 'work' }]);
  });

  test('are found by the solver, which says what is proven and who is missed', async () => {
    await goTo(organiser, `${ORGANISE}/meetings/times`);
    for (const call of ['June call', 'July call', 'August call']) {
      await organiser.getByLabel(`Find a time for ${call}`).check();
    }
    await press(organiser, 'Find times');
    const search = organiser.url();
    await server.work();
    await organiser.goto(search);
    const said = await textOf(organiser);
    expect(said).toContain('4 of 4');
    expect(said).toMatch(/proven/);
    await press(organiser, 'Use these times');
    await goTo(organiser, `${HOME}/meetings`);
    expect(await textOf(organiser)).toMatch(/June call[\s\S]*2023, \d\d:\d\d PDT/);
  });

  test('come as invitations that calendar programs take, and are answered by link', async () => {
    await wait(10);
    const mail = await readMail(/^Invitation: June call/, 'bia@example.org');
    const bia = await phoneOf('Bia Lima');
    await bia.goto(linkIn(mail, 'r'));
    await press(bia, /^Yes/);
    await goTo(organiser, `${HOME}/meetings/june`);
    await expectSaid(organiser, /1 yes/);
  });

  test('are in a feed of one’s own, where a move arrives as the same call', async () => {
    const lena = await phoneOf('Lena Vogt');
    await goTo(lena, `${HOME}/me/feeds`);
    await lena.getByLabel(/^Where you will read it/).fill('phone');
    await press(lena, 'Make the feed');
    feed = /https?:\/\/\S+\/feeds\/[\w-]+(?:\.ics)?/.exec(await textOf(lena))?.[0] ?? '';
    const before = (await callsIn(feed)).get('June call');
    if (before === undefined) throw new Error('the feed has no June call');

    await goTo(organiser, `${ORGANISE}/meetings/june/time`);
    const moved = Temporal.Instant.from(before.start.toISOString())
      .toZonedDateTimeISO('America/Los_Angeles')
      .add({ hours: 24 })
      .toPlainDateTime();
    await organiser.getByLabel(/^Starts/).fill(moved.toString({ smallestUnit: 'minute' }));
    await press(organiser, 'Show it in everybody’s zone');
    await press(organiser, 'Move it to this time');
    await server.work();
    const after = (await callsIn(feed)).get('June call');
    if (after === undefined) throw new Error('the feed has lost its June call');
    june = after;
    expect(after.uid).toBe(before.uid);
    expect(after.start.getTime() - before.start.getTime()).toBe(24 * 3_600_000);
    expect(Number(after.sequence)).toBeGreaterThan(Number(before.sequence));
    await wait(10);
    await readMail(/^Changed: June call/, 'bia@example.org');
  });

  test('are attended: by checking in, and as the organiser records it', async () => {
    await setClock(Temporal.Instant.from(june.start.toISOString()).add({ minutes: 5 }));
    for (const name of ['Lena Vogt', 'Arjun Rao'] as const) {
      const page = await phoneOf(name);
      await goTo(page, `${HOME}/meetings/june`);
      await press(page, 'I am here');
      await expectSaid(page, /you were there|checked in/i);
    }
    await setClock(Temporal.Instant.from(june.start.toISOString()).add({ hours: 5 }));
    await goTo(organiser, `${HOME}/meetings/june/attendance`);
    await organiser.getByLabel('Ruby Hart was there').check();
    await press(organiser, 'Save what changed');
  });

  test('change what each is told of their promise, while it can still be kept', async () => {
    const told = async (name: Name) => {
      const page = await phoneOf(name);
      await goTo(page, `${HOME}/me/promises`);
      return textOf(page);
    };
    expect(await told('Lena Vogt')).toMatch(/on course[\s\S]*You can miss one of the 2 still open/);
    expect(await told('Bia Lima')).toMatch(/at risk[\s\S]*You cannot miss any of the 2 still open/);
  });

  test('are written down together, and what is to be done becomes a task', async () => {
    const arjun = await phoneOf('Arjun Rao');
    await goTo(arjun, `${HOME}/meetings/june/notes?edit`);
    await arjun
      .getByRole('textbox')
      .first()
      .fill('- [ ] @Lena write the agenda of July by 1 July\n');
    await press(arjun, /^Save/);
    await server.work();
    const lena = await phoneOf('Lena Vogt');
    await goTo(lena, `${HOME}/me/tasks`);
    await expectSaid(lena, 'write the agenda of July');
  });
});

/** A calendar of so many events of an hour, one after another, from April 2023 on. */
function manyEvents(count: number): string {
  const first = Temporal.Instant.from('2023-04-06T00:00:00Z');
  const stamp = (moment: Temporal.Instant) =>
    moment.toString({ smallestUnit: 'second' }).replace(/[-:]/g, '');
  const events = Array.from({ length: count }, (_, index) => {
    const begins = first.add({ hours: 24 * (index % 300), minutes: index % 60 });
    return [
      'BEGIN:VEVENT',
      `UID:${index}@example.org`,
      `DTSTAMP:${stamp(first)}`,
      `DTSTART:${stamp(begins)}`,
      'DURATION:PT1H',
      'SUMMARY:Something private',
      'END:VEVENT',
    ].join('\r\n');
  });
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Test//EN',
    ...events,
    'END:VCALENDAR',
    '',
  ].join('\r\n');
}
