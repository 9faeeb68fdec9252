import { serve } from '@hono/node-server';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TEST_URL } from '../services.ts';
import { openSummitDatabase, type SummitDatabase } from '../summit-database.ts';
import { expectAccessible, launchChromium } from './chromium.ts';

const ORGANISE = '/s/sp_summit_2023/organise';
const NEXT = '/s/sp_summit_2024/organise';

let house: SummitDatabase;
let chromium: Browser;
let url: string;
let close: () => Promise<void>;

beforeAll(async () => {
  house = await openSummitDatabase();
  await house.found();
  await house.post(`${ORGANISE}/copy`, { slug: 'sp_summit_2024', title: 'The next summit' });
  await house.post(`${ORGANISE}/state`, { do: 'announce' });
  const server = serve({ fetch: (request) => house.app.fetch(underPublicName(request)), port: 0 });
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  url = `http://127.0.0.1:${address.port}`;
  chromium = await launchChromium();
  close = async () => {
    await chromium.close();
    await new Promise((resolve) => server.close(resolve));
  };
});
afterAll(async () => {
  await close();
  await house.drop();
});

/** The forms' origin is this server's port; the app knows itself by its public name only. */
function underPublicName(request: Request): Request {
  const headers = new Headers(request.headers);
  if (headers.has('origin')) headers.set('origin', TEST_URL);
  return new Request(request, { headers });
}

/** A page of Ada's, as wide as a phone or a screen, without scripts unless a check needs its own. */
const openPage = async (width: number, javaScriptEnabled = false) => {
  const context = await chromium.newContext({
    viewport: { width, height: 900 },
    javaScriptEnabled,
    extraHTTPHeaders: { 'x-test-person': house.ada },
  });
  return context.newPage();
};

describe('every page of a summit', () => {
  test.each([
    '/',
    '/summits/new',
    '/s/sp_summit_2023',
    ORGANISE,
    `${ORGANISE}/plan?start=2023-06-05`,
    `${ORGANISE}/copy`,
    `${ORGANISE}/definition/file`,
    `${ORGANISE}/definition/history`,
    `${NEXT}/definition`,
    `${NEXT}/carried`,
  ])('%s is accessible and fits a phone', async (path) => {
    const page = await openPage(320, true);
    await page.goto(`${url}${path}`);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
    await expectAccessible(page);
    await page.context().close();
  });
});

describe('the form without scripts', () => {
  test('a host is added and saved; the Enter key saves and removes nothing', async () => {
    const page = await openPage(1280);
    await page.goto(`${url}${ORGANISE}/definition`);
    await page.getByLabel('Title', { exact: true }).first().fill('Typed before');
    await page.getByRole('button', { name: 'Add a host' }).click();
    expect(page.url()).toContain('#');
    await page.locator('[name="hosts[1].name"]').fill('The library');
    await page.locator('[name="hosts[1].name"]').press('Enter');
    await page.getByRole('status').waitFor();
    const { definition } = await house.summit('sp_summit_2023');
    expect(definition.title).toBe('Typed before');
    expect(definition.hosts.map(({ name }) => name)).toEqual(['eScience Institute', 'The library']);
    expect(definition.communities).toHaveLength(12);
    await page.context().close();
  });

  test('a problem unfolds the row that it is in', async () => {
    const page = await openPage(1280);
    await page.goto(`${url}${ORGANISE}/definition`);
    await page.locator('summary', { hasText: 'NumPy' }).click();
    await page.locator('[name="communities[0].target.least"]').fill('many');
    await page.getByRole('button', { name: 'Save the definition' }).first().click();
    await page.getByRole('alert').waitFor();
    expect(await page.locator('[name="communities[0].target.least"]').isVisible()).toBe(true);
    expect(await page.locator('[name="communities[1].target.least"]').isVisible()).toBe(false);
    await page.context().close();
  });
});
