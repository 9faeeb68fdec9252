import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEMO_ORGANISER } from '../../apps/cairn/src/demo/people.ts';
import { launchChromium } from './chromium.ts';
import { startTestServer, type TestServer } from './server.ts';

const HOME = '/s/sp_summit_2023';

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  server = await startTestServer({ demo: 'invited' });
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

/** Somebody who has been invited and has not answered. */
async function invitedAddress(): Promise<string> {
  const { value } = await server.installation.services.db
    .selectFrom('invitation')
    .innerJoin('personIdentity', 'personIdentity.personId', 'invitation.personId')
    .select('personIdentity.value')
    .where('invitation.state', 'in', ['sent', 'opened'])
    .where('personIdentity.kind', '=', 'email')
    .orderBy('personIdentity.value')
    .executeTakeFirstOrThrow();
  return value;
}

/** Presses Tab until a control has the focus; each on the way has to show that it has it. */
async function tabTo(page: Page, target: Locator, most = 80): Promise<void> {
  for (let pressed = 0; pressed < most; pressed++) {
    await page.keyboard.press('Tab');
    expect(await page.evaluate(describeFocus)).toMatch(/^visible/);
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`${most} times Tab do not lead to ${target}`);
}

/** Runs in the browser: whether one sees where the focus is. */
function describeFocus(): string {
  const focused = document.activeElement;
  if (focused === null || focused === document.body) return 'nothing has the focus';
  const { outlineStyle, outlineWidth, outlineColor, visibility } = getComputedStyle(focused);
  const { width, height } = focused.getBoundingClientRect();
  const isSeen =
    outlineStyle !== 'none' &&
    Number.parseFloat(outlineWidth) >= 2 &&
    !/(, 0\)|transparent)$/.test(outlineColor) &&
    visibility === 'visible' &&
    width > 1 &&
    height > 1;
  return `${isSeen ? 'visible' : 'unseen'}: ${focused.outerHTML.slice(0, 120)}`;
}

const said = (page: Page, words: string | RegExp) => page.getByText(words).first().waitFor();

describe('with the keyboard alone', () => {
  test('one skips the navigation', async () => {
    const page = await server.signIn(await browser.newContext(), DEMO_ORGANISER.email);
    await tabTo(page, page.getByRole('link', { name: 'Skip to the content' }), 1);
    await page.keyboard.press('Enter');
    await page.waitForURL(/#main$/);
    await page.keyboard.press('Tab');
    const isInside = await page.evaluate(
      () => document.querySelector('main')?.contains(document.activeElement) ?? false,
    );
    expect(isInside).toBe(true);
    await page.context().close();
  });

  test('an invitation is read and accepted', async () => {
    const page = await server.signIn(
      await browser.newContext(),
      await invitedAddress(),
      `${HOME}/me`,
    );
    await tabTo(page, page.getByRole('link', { name: 'Read and answer' }));
    await page.keyboard.press('Enter');
    await said(page, 'What you would promise');
    await tabTo(page, page.getByRole('checkbox', { name: /^I accept the agreement/ }));
    await page.keyboard.press('Space');
    await tabTo(page, page.getByRole('textbox', { name: /^Note to the organisers/ }));
    await page.keyboard.type('Gladly.');
    await tabTo(page, page.getByRole('button', { name: 'Yes, I accept' }));
    await page.keyboard.press('Enter');
    await said(page, 'Thank you: you have a seat.');
    await page.context().close();
  });

  test('the clock is moved, and who was at a meeting is ticked', async () => {
    const page = await server.signIn(await browser.newContext(), DEMO_ORGANISER.email, '/demo');
    await tabTo(page, page.getByRole('radio', { name: 'one week' }));
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await tabTo(page, page.getByRole('button', { name: 'Move the clock' }));
    await page.keyboard.press('Enter');
    await said(page, /^The clock now says/);
    await server.work();

    await page.goto(`${server.url}${HOME}/organise/promises/attendance`);
    const box = page.getByRole('checkbox').first();
    const wasTicked = await box.isChecked();
    await tabTo(page, box);
    await page.keyboard.press('Space');
    await tabTo(page, page.getByRole('button', { name: 'Save what changed' }), 600);
    await page.keyboard.press('Enter');
    await said(page, wasTicked ? '1 fact taken back.' : '1 fact recorded.');
    await page.context().close();
  });

  test('what was refused is found: the page leads from the sentence to its field', async () => {
    const page = await server.signIn(await browser.newContext(), DEMO_ORGANISER.email);
    await page.goto(`${server.url}${HOME}/organise/people/new`);
    await tabTo(page, page.getByRole('button', { name: 'Add and draft an invitation' }));
    await page.keyboard.press('Enter');
    const told = page.getByRole('alert').getByRole('link').first();
    await told.waitFor();
    await tabTo(page, told);
    await page.keyboard.press('Enter');
    const focused = page.locator(':focus');
    expect(await focused.getAttribute('name')).toBe('name');
    expect(await focused.getAttribute('aria-invalid')).toBe('true');
    await page.context().close();
  });
});
