import type { AddressInfo } from 'node:net';
import { Temporal } from '@cairn/kernel/time';
import { serve } from '@hono/node-server';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../apps/cairn/src/app.tsx';
import { answerInvitation } from '../../apps/cairn/src/features/people/invitations/answer-commands.ts';
import { erasureRoutes } from '../../apps/cairn/src/features/people/own-data/erasure-routes.tsx';
import { recordEvidence } from '../../apps/cairn/src/features/people/promises/evidence-commands.ts';
import { inTransaction } from '../../apps/cairn/src/platform/db/command.ts';
import { openKysely } from '../../apps/cairn/src/platform/db/database.ts';
import { cloneDatabase, type TestDatabase } from '../database.ts';
import { promisedSummit } from '../promises.ts';
import { testServices, visitorFromHeader } from '../services.ts';
import { setUp, storeInvitation, storePerson, storeSummit } from '../summit.ts';
import { expectAccessible, launchChromium } from './chromium.ts';

const NOW = Temporal.Instant.from('2023-05-23T20:00:00Z');
const SLUG = 'promised_2023';

let database: TestDatabase;
let server: ReturnType<typeof serve>;
let browser: Browser;
let address: string;
let ids: readonly string[];
let organiser: string;

beforeAll(async () => {
  database = await cloneDatabase();
  const db = openKysely(database.pool);
  const { origin, ids: people, organiserId } = await storeStory(db);
  ids = people;
  organiser = organiserId;
  address = origin;
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  server.close();
  await database.drop();
});

/** A summit in its week: one person keeps everything, one is at risk, one has broken a promise. */
async function storeStory(db: ReturnType<typeof openKysely>) {
  const summit = await storeSummit(db, promisedSummit({ slug: SLUG }));
  const organiserId = await storePerson(db, 'Olive Organiser', {
    summitId: summit.id,
    role: 'organiser',
  });
  const people: string[] = [];
  for (const name of ['Ada Lovelace', 'Barbara Liskov', 'Čeněk Dvořák-Příhodový']) {
    const id = await storePerson(db, name);
    await storeInvitation(db, summit.id, id);
    await inTransaction(db, (tx) =>
      answerInvitation(tx, setUp(), summit.id, id, {
        answer: 'accept',
        agreement: { version: 1 },
        noticeDays: undefined,
        note: '',
        signIn: { method: 'link', sessionId: undefined },
      }),
    );
    people.push(id);
  }
  const told = [
    [0, 'attendance', 'meeting:february'],
    [0, 'attendance', 'meeting:march'],
    [0, 'contribution', 'pull:1'],
    [0, 'review', 'pull:2'],
    [0, 'presence', 'day:2023-05-22'],
    [1, 'attendance', 'meeting:april'],
    [1, 'presence', 'arrival'],
  ] as const;
  for (const [index, kind, subject] of told) {
    await inTransaction(db, (tx) =>
      recordEvidence(tx, setUp(NOW), {
        summitId: summit.id,
        personId: people[index] ?? '',
        kind,
        subject,
        at: NOW.subtract({ hours: 24 }),
        source: 'organiser',
      }),
    );
  }
  const services = testServices(db);
  services.clock.set(NOW);
  const app = createApp(services, visitorFromHeader(db));
  app.route(
    '/',
    erasureRoutes({
      visitor: async () => ({
        authUserId: '',
        sessionId: '',
        email: '',
        method: 'test',
        since: NOW,
        setCookies: [],
      }),
      isFresh: () => true,
      addressHash: (email) => email,
    }),
  );
  server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { origin, ids: people, organiserId };
}

/** A page as somebody sees it on a screen of this width. */
async function open(path: string, personId: string | undefined, width: number): Promise<Page> {
  const context: BrowserContext = await browser.newContext({
    viewport: { width, height: 900 },
    extraHTTPHeaders: personId === undefined ? {} : { 'x-test-person': personId },
  });
  const page = await context.newPage();
  const response = await page.goto(`${address}${path}`);
  expect(response?.status()).toBe(200);
  return page;
}

const PAGES = [
  ['the board', `/s/${SLUG}/organise/promises`, 'organiser'],
  ['the grid', `/s/${SLUG}/organise/promises/attendance`, 'organiser'],
  ['one person', `/s/${SLUG}/organise/promises/:person`, 'organiser'],
  ['an excuse', `/s/${SLUG}/organise/promises/:person/excuse/presence`, 'organiser'],
  ['one’s own promises', `/s/${SLUG}/me/promises`, 'person'],
  ['one’s own listing', `/s/${SLUG}/me/listing`, 'person'],
  ['the participants', `/s/${SLUG}/participants`, 'nobody'],
  ['one’s own data', '/me/data', 'person'],
  ['the erasure', '/me/erase', 'person'],
] as const;

describe.each(PAGES)('%s', (_name, path, who) => {
  test.each([320, 1440])('is accessible and fits a screen %i px wide', async (width) => {
    const person = ids[1] ?? '';
    const reader = { organiser, person, nobody: undefined }[who];
    const page = await open(path.replace(':person', person), reader, width);
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      width,
    );

    await page.context().close();
  });
});
