import { serve } from '@hono/node-server';
import { build } from 'esbuild';
import { Hono } from 'hono';
import type { BrowserContext, Browser as Chromium, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Auth } from '../../apps/cairn/src/platform/auth/auth.ts';
import { type Db, openKysely } from '../../apps/cairn/src/platform/db/database.ts';
import { cloneDatabase, type TestDatabase } from '../database.ts';
import { addPerson, appWithSignIn } from '../sign-in.ts';
import { expectAccessible, launchChromium } from './chromium.ts';

let database: TestDatabase;
let db: Db;
let chromium: Chromium;
let auth: Auth;
let url: string;
let close: () => Promise<void>;

beforeAll(async () => {
  database = await cloneDatabase();
  db = openKysely(database.pool);
  const script = await build({
    entryPoints: ['apps/cairn/src/features/people/accounts/passkey.client.ts'],
    bundle: true,
    format: 'esm',
    write: false,
  });
  const site = new Hono();
  const server = serve({ fetch: (request, env) => site.fetch(request, env), port: 0 });
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  // A name, because browsers bind passkeys to names only.
  url = `http://localhost:${address.port}`;
  const made = appWithSignIn(db, { url });
  auth = made.auth;
  site.get('/assets/passkey.js', (c) =>
    c.body(script.outputFiles[0]?.text ?? '', 200, { 'content-type': 'text/javascript' }),
  );
  site.all('*', (c) => made.app.fetch(c.req.raw, c.env));
  chromium = await launchChromium();
  close = async () => {
    await chromium.close();
    await new Promise((resolve) => server.close(resolve));
  };
});
afterAll(async () => {
  await close();
  await database.drop();
});

/** A page of a browser that has a fingerprint reader, whose owner always agrees. */
async function pageWithReader(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return page;
}

describe('a passkey', () => {
  test('is added on one’s own page, signs in without a mail, and is worth nothing once removed', async () => {
    await addPerson(db, { name: 'Ada Lovelace', email: 'ada@example.org' });
    const context = await chromium.newContext();
    const page = await pageWithReader(context);

    await page.goto(`${await auth.createSignInLink('ada@example.org')}?to=/me`);
    await page.getByRole('button', { name: 'Sign in as a…@example.org' }).click();
    await page.waitForURL(`${url}/me`);
    await page.getByLabel('Name of the new passkey').fill('Laptop');
    await page.getByRole('button', { name: 'Add a passkey' }).click();
    await page.getByRole('button', { name: 'Remove Laptop' }).waitFor();
    await expectAccessible(page);

    await page.getByRole('button', { name: 'Sign out here' }).click();
    await page.waitForURL(`${url}/`);
    await page.goto(`${url}/sign-in?to=/me`);
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.waitForURL(`${url}/me`);
    expect(await page.getByRole('row', { name: /passkey/ }).innerText()).toContain('this one');

    await page.getByRole('button', { name: 'Remove Laptop' }).click();
    await page.getByText('The passkey is removed.').waitFor();
    await page.getByRole('button', { name: 'Sign out here' }).click();
    await page.waitForURL(`${url}/`);
    await page.goto(`${url}/sign-in`);
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.getByText('Cairn does not know this passkey').waitFor();
    await context.close();
  });

  test('is not offered to browsers without scripts, which sign in by mail', async () => {
    const context = await chromium.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${url}/sign-in`);
    expect(await page.getByRole('button').allInnerTexts()).toEqual(['Send me a mail']);
    await page.getByLabel('E-mail address').fill('ada@example.org');
    await page.getByRole('button', { name: 'Send me a mail' }).click();
    await page.waitForURL(`${url}/sign-in/code`);
    await context.close();
  });
});
