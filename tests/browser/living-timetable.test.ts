import type { Temporal } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEMO_ORGANISER } from '../../apps/cairn/src/demo/people.ts';
import { pacific } from '../../apps/cairn/src/demo/stage.ts';
import { allSummits } from '../../apps/cairn/src/features/summits/queries.ts';
import {
  type CurrentTimetable,
  currentTimetable,
} from '../../apps/cairn/src/features/timetable/release/current-queries.ts';
import { SettableClock } from '../../apps/cairn/src/platform/clock/clock.ts';
import { forgetTimetable } from '../forget-timetable.ts';
import { expectAccessible, launchChromium } from './chromium.ts';
import { startTestServer, type TestServer } from './server.ts';
import { expectSaid, press } from './visitor.ts';

/*
 * The demonstration's forty people have said what they care for. An organiser makes groups and a timetable
 * of it without touching a mouse; then the week happens: a room floods, a lead flies home, a group splits,
 * and three sessions come up that nobody planned.
 */

const HOME = '/s/sp_summit_2023';
const MAKING = `${HOME}/organise/timetable`;

let server: TestServer;
let browser: Browser;
let organiser: Page;

beforeAll(async () => {
  server = await startTestServer({ demo: 'week' });
  await forgetTimetable(server.installation.services.db);
  await setClock(pacific('2023-05-15T10:00'));
  browser = await launchChromium();
  organiser = await server.signIn(await browser.newContext(), DEMO_ORGANISER.email);
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

const goTo = (page: Page, path: string) => page.goto(`${server.url}${path}`);
const textOf = (page: Page) => page.locator('main').innerText();

async function setClock(moment: Temporal.Instant): Promise<void> {
  const { clock } = server.installation.services;
  if (!(clock instanceof SettableClock)) throw new Error('only a demo’s clock can be set');
  clock.set(moment);
}

/** Goes on with Tab until the focus is on it, as somebody without a mouse does. */
async function tabTo(
  page: Page,
  role: 'button' | 'textbox' | 'radio' | 'link',
  name: string | RegExp,
) {
  const wanted = page.getByRole(role, { name }).first();
  await wanted.waitFor();
  for (let times = 0; times < 400; times += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the keyboard does not get to ${role} ${name} on ${page.url()}`);
}

async function pressByKeyboard(page: Page, name: string | RegExp): Promise<void> {
  await tabTo(page, 'button', name);
  const isElsewhere = page.waitForEvent('load');
  await page.keyboard.press('Enter');
  await isElsewhere;
}

async function typeByKeyboard(page: Page, name: string | RegExp, text: string): Promise<void> {
  await tabTo(page, 'textbox', name);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
}

/** Somebody's own phone, without scripts. */
async function phoneOf(name: string): Promise<Page> {
  const { db } = server.installation.services;
  const { value } = await db
    .selectFrom('personIdentity')
    .innerJoin('person', 'person.id', 'personIdentity.personId')
    .select('personIdentity.value')
    .where('person.name', '=', name)
    .where('personIdentity.kind', '=', 'email')
    .executeTakeFirstOrThrow();
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    isMobile: true,
    hasTouch: true,
    javaScriptEnabled: false,
  });
  return server.signIn(context, value);
}

/** What is released now. People's ids draw lots, so no two demonstrations have the same timetable. */
async function released(): Promise<CurrentTimetable> {
  const { db } = server.installation.services;
  const [summit] = await allSummits(db);
  const current = summit && (await currentTimetable(db, summit.id));
  if (current === undefined) throw new Error('nothing is released');
  return current;
}

/** Who got which mails since the last look, by subject. */
async function mailsSince(count: number) {
  await server.work();
  const mails = await server.installation.services.db
    .selectFrom('mail')
    .select(['recipient', 'subject', 'body'])
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
  return { count: mails.length, mails: mails.slice(count) };
}

describe('from interest to a released timetable', () => {
  test('takes an organiser who has no mouse some minutes', { timeout: 240_000 }, async () => {
    await goTo(organiser, `${MAKING}/groups`);
    await pressByKeyboard(organiser, 'Propose groups');
    const proposed = await textOf(organiser);
    expect(proposed).toMatch(/\d+ people are in \d+ groups/);
    expect(proposed).toMatch(/have their 1st wish/);
    await pressByKeyboard(organiser, /^Set these groups/);

    await goTo(organiser, `${MAKING}/sessions`);
    await tabTo(organiser, 'radio', /group of the week/);
    await organiser.keyboard.press('ArrowDown');
    await typeByKeyboard(organiser, 'Sessions each', '1');
    await pressByKeyboard(organiser, 'Make the sessions');
    await tabTo(organiser, 'radio', /group of the week/);
    await organiser.keyboard.press('Space');
    await typeByKeyboard(organiser, 'Sessions each', '3');
    await pressByKeyboard(organiser, 'Make the sessions');

    await goTo(organiser, `${MAKING}/drafts`);
    await typeByKeyboard(organiser, 'Seconds to look for', '3');
    await pressByKeyboard(organiser, 'Find timetables');
    await server.work();
    await organiser.reload();
    const found = await textOf(organiser);
    expect(found).toMatch(/Proven: |nobody can have less than/);

    await goTo(organiser, `${MAKING}/release`);
    await typeByKeyboard(organiser, /^Name of version/, 'First timetable');
    await pressByKeyboard(organiser, /^Release version 1/);
    await server.work();
  });

  test('shows it to everybody, and what is one’s own to each', async () => {
    const stranger = await (await browser.newContext()).newPage();
    await goTo(stranger, `${HOME}/timetable`);
    await expectSaid(stranger, 'First timetable');
    await expectAccessible(stranger);
    await stranger.context().close();
    const phone = await phoneOf('Chiara Bellandi');
    await goTo(phone, `${HOME}/timetable/agenda`);
    expect(await textOf(phone)).toMatch(/Sparse arrays/);
    await goTo(phone, `${HOME}/timetable/groups`);
    await expectSaid(phone, /Why/);
  });
});

describe('the week', () => {
  test('loses a room to a flood, and moves as few people as can be', {
    timeout: 240_000,
  }, async () => {
    await setClock(pacific('2023-05-22T19:00'));
    const { content, sessions } = await released();
    const laterIn = (roomId: string): number =>
      sessions.filter((session) => session.roomId === roomId && session.date > '2023-05-22').length;
    const room = content.rooms.toSorted((one, other) => laterIn(other.id) - laterIn(one.id))[0];
    const name = room?.name ?? '';
    await goTo(organiser, `${MAKING}/frame`);
    await organiser.getByRole('link', { name, exact: true }).first().click();
    const form = organiser.getByRole('form', { name: 'Close it from a moment on' });
    await form.getByLabel('Day').fill('2023-05-23');
    await form.getByLabel('Time').fill('08:00');
    await form.getByLabel('Why').fill('The kitchen above it flooded');
    await form.getByRole('button', { name: 'Close it from then on' }).click();
    await goTo(organiser, MAKING);
    await expectSaid(organiser, 'Broken since the release');
    await goTo(organiser, `${MAKING}/repair`);
    await press(organiser, 'Look for a repair');
    await server.work();
    // The page may load itself anew at this very moment, when it hears that the search has ended.
    const address = organiser.url();
    await organiser.goto(address).catch(() => organiser.goto(address));
    expect(await textOf(organiser)).toMatch(/must move/);
    await organiser.getByRole('button', { name: 'Make a draft of this' }).first().click();
    const { count } = await mailsSince(0);
    await goTo(organiser, `${MAKING}/release`);
    await organiser.getByLabel(/^Name of version/).fill('After the flood');
    await organiser.getByRole('button', { name: /^Release version 2/ }).click();
    const { mails } = await mailsSince(count);
    const told = mails.filter(({ body }) => body.includes(name));
    expect(told.length).toBeGreaterThan(0);
    expect(mails.length).toBeLessThan(40);
    // Why a room is closed is the organisers' to know.
    const stranger = await (await browser.newContext()).newPage();
    await goTo(stranger, `${HOME}/timetable`);
    expect(await stranger.locator('body').innerText()).not.toContain('flooded');
    await stranger.context().close();
  });

  test('loses a lead who flies home, which the organisers see', async () => {
    const { sessions } = await released();
    const missed = sessions.find(({ date, leads }) => date > '2023-05-23' && leads.length > 0);
    const { name } = await server.installation.services.db
      .selectFrom('person')
      .select('name')
      .where('id', '=', missed?.leads[0] ?? '')
      .executeTakeFirstOrThrow();
    const phone = await phoneOf(name);
    await goTo(phone, `${HOME}/timetable/presence`);
    await phone.getByLabel('I leave on').fill('2023-05-23');
    await press(phone, 'Save my days');
    await goTo(organiser, MAKING);
    expect(await textOf(organiser)).toContain(name);
  });

  test('takes three sessions that nobody planned, two of which wanted the same room', async () => {
    await setClock(pacific('2023-05-24T09:00'));
    const titles = ['Reading code aloud', 'A walk to the lake', 'Bring your own bug'];
    const people = ['Amara Diallo', 'Samir Haddad', 'Emre Yıldırım'];
    const phones = await Promise.all(people.map(phoneOf));
    for (const [index, phone] of phones.entries()) {
      await goTo(phone, `${HOME}/timetable/open-space?day=2023-05-24`);
      await phone.getByLabel('What it is about').fill(titles[index] ?? '');
    }
    // All three saw the same free places; all take the first of them.
    for (const phone of phones) {
      await phone.locator('button[name=place]').first().click();
      if ((await textOf(phone)).includes('Somebody was quicker')) {
        await phone.locator('.next-best button[name=place]').first().click();
      }
    }
    for (const [index, phone] of phones.entries()) {
      await goTo(phone, `${HOME}/timetable/agenda`);
      await expectSaid(phone, titles[index] ?? '');
    }
    const { rows } = await sql<{ places: number }>`
      select count(distinct (room_id, date, starts))::int as places from open_session`.execute(
      server.installation.services.db,
    );
    expect(rows).toEqual([{ places: 3 }]);
  });

  test('can be read at 400 % zoom, without a scroll to the side', async () => {
    // A window of 1280 px at 400 % has 320 px of CSS.
    const page = await (
      await browser.newContext({ viewport: { width: 320, height: 256 }, deviceScaleFactor: 4 })
    ).newPage();
    for (const path of ['', '/now', '/now/projector', '/days/2023-05-24', '/versions', '/maps']) {
      await goTo(page, `${HOME}/timetable${path}`);
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect([path, over]).toEqual([path, 0]);
    }
    await page.context().close();
  });
});
