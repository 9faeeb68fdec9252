import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addressOf, seedDefinition, storePerson, storeSummit } from '../summit.ts';
import { expectAccessible, launchChromium } from './chromium.ts';
import { startTestServer, type TestServer } from './server.ts';

let server: TestServer;
let browser: Browser;
let slug = '';

beforeAll(async () => {
  [server, browser] = await Promise.all([
    startTestServer({ administrator: 'root@example.org' }),
    launchChromium(),
  ]);
  const { db } = server.installation.services;
  const seed = seedDefinition();
  const summit = await storeSummit(db, {
    slug: 'notes_2023',
    planning_meetings: {
      ...seed.planning_meetings,
      list: [
        {
          key: 'february',
          title: 'February call',
          starts: '2023-02-27T09:00',
          tracks: [{ key: 'build', title: 'Build systems', topics: ['Nightly wheels'] }],
        },
      ],
    },
  });
  slug = summit.slug;
  for (const name of ['Ada Byron', 'Grigor Lind']) {
    await storePerson(db, name, { summitId: summit.id, role: 'participant' });
  }
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

let number = 0;
const contexts: BrowserContext[] = [];

/** Somebody with a browser of their own, at a page of the summit. */
async function come(
  name: string,
  path: string,
  options: { javaScriptEnabled?: boolean } = {},
): Promise<Page> {
  const context = await browser.newContext({ timezoneId: 'Europe/Berlin', ...options });
  contexts.push(context);
  return server.signIn(context, addressOf(name), `/s/${slug}${path}`);
}

/** A text of this test alone: agendas and notes of the call and of its track. */
const places = ['/notes', '/notes/build', '/agenda', '/agenda/build'].map(
  (place) => `/meetings/february${place}`,
);
const nextPlace = (): string => {
  const place = places[number];
  number += 1;
  if (place === undefined) throw new Error('every text is taken by another test');
  return place;
};

const box = (page: Page) => page.locator('textarea[name="text"]');
const textOf = (page: Page): Promise<string> => box(page).inputValue();
const says = (page: Page, words: string) => page.getByText(words).first().waitFor();
const isSaved = (page: Page) => page.getByText('Saved.', { exact: true }).waitFor();

/** Types at the end of the first line that contains something. */
async function typeAfter(page: Page, found: string, typed: string): Promise<void> {
  await box(page).evaluate((element, words) => {
    const area = element as HTMLTextAreaElement;
    const at = area.value.indexOf(words) + words.length;
    area.focus();
    area.setSelectionRange(at, at);
  }, found);
  await page.keyboard.type(typed, { delay: 15 });
}

const settled = (pages: readonly Page[]): Promise<unknown> =>
  expect
    .poll(async () => new Set(await Promise.all(pages.map(textOf))).size, { timeout: 20_000 })
    .toBe(1);

describe('a text that two people write at once', () => {
  test('holds the words of both, typed letter by letter at the same time', async () => {
    const place = nextPlace();
    const [ada, grigor] = await Promise.all([
      come('Ada Byron', `${place}?edit`),
      come('Grigor Lind', `${place}?edit`),
    ]);
    await says(ada, 'Grigor Lind is writing here too.');
    await says(grigor, 'Ada Byron is writing here too.');
    await Promise.all([
      typeAfter(ada, '## Present', '\nAda was here, and wrote quite a long sentence about it.'),
      typeAfter(grigor, '## Decisions', '\nGrigor decided something, which takes a while to type.'),
    ]);
    await Promise.all([
      typeAfter(ada, 'what by when', '\n- [ ] @Ada Byron write the page by Friday'),
      typeAfter(grigor, 'what by when', '\n- [ ] @Grigor Lind read the page'),
    ]);
    await Promise.all([isSaved(ada), isSaved(grigor)]);
    await settled([ada, grigor]);
    const text = await textOf(ada);
    for (const words of [
      'Ada was here, and wrote quite a long sentence about it.',
      'Grigor decided something, which takes a while to type.',
      '- [ ] @Ada Byron write the page by Friday\n',
      '- [ ] @Grigor Lind read the page',
    ]) {
      expect(text.split(words)).toHaveLength(2);
    }
    await expectAccessible(ada);
    await grigor.close();
    await ada.getByText('is writing here too.').waitFor({ state: 'detached' });
  });

  test('leaves the caret at its word while lines come in above it', async () => {
    const place = nextPlace();
    const ada = await come('Ada Byron', `${place}?edit`);
    await box(ada).fill('first\nsecond line\nlast');
    await isSaved(ada);
    const grigor = await come('Grigor Lind', `${place}?edit`);
    await box(grigor).evaluate((element) => {
      const area = element as HTMLTextAreaElement;
      area.focus();
      const at = area.value.indexOf('line');
      area.setSelectionRange(at, at + 4);
    });
    await typeAfter(ada, 'first', '\nand a line between');
    await expect.poll(() => textOf(grigor), { timeout: 20_000 }).toContain('and a line between');
    const selected = await box(grigor).evaluate((element) => {
      const area = element as HTMLTextAreaElement;
      return area.value.slice(area.selectionStart, area.selectionEnd);
    });
    expect(selected).toBe('line');
    await grigor.keyboard.type('LINE');
    await settled([ada, grigor]);
    expect(await textOf(ada)).toBe('first\nand a line between\nsecond LINE\nlast');
  });
});

describe('a text without a connection', () => {
  test('is kept in the browser, also when its page is closed, and merged when it can be', async () => {
    const place = nextPlace();
    const ada = await come('Ada Byron', `${place}?edit`);
    await box(ada).fill('base');
    await isSaved(ada);
    await ada.context().setOffline(true);
    await typeAfter(ada, 'base', '\nwritten in a tunnel');
    await says(ada, 'Offline: less than a minute unsaved, kept in this browser.');
    const grigor = await come('Grigor Lind', `${place}?edit`);
    await typeAfter(grigor, 'base', '\nwritten outside');
    await isSaved(grigor);
    const context = ada.context();
    await ada.close();
    await context.setOffline(false);
    const again = await context.newPage();
    await again.goto(`${server.url}/s/${slug}${place}?edit`);
    await settled([again, grigor]);
    expect((await textOf(again)).split('\n').sort()).toEqual([
      'base',
      'written in a tunnel',
      'written outside',
    ]);
  });

  test('comes back by itself when the connection does', async () => {
    const place = '/meetings/february/agenda/build';
    const ada = await come('Ada Byron', `${place}?edit`);
    await ada.context().setOffline(true);
    await box(ada).fill('written offline');
    await says(ada, 'Offline: less than a minute unsaved');
    await ada.context().setOffline(false);
    await isSaved(ada);
    await ada.goto(`${server.url}/s/${slug}${place}`);
    await says(ada, 'written offline');
  });
});

describe('without a script', () => {
  test('two who save one after the other both find their words, marked where they were joined', async () => {
    const place = '/meetings/february/agenda/build';
    const [ada, grigor] = await Promise.all([
      come('Ada Byron', `${place}?edit`, { javaScriptEnabled: false }),
      come('Grigor Lind', place),
    ]);
    // The same, in a browser that axe can look at.
    await grigor.route('**/assets/notes.js', (route) => route.abort());
    await grigor.goto(`${server.url}/s/${slug}${place}?edit`);
    await box(ada).fill('- one\n- of Ada');
    await box(grigor).fill('- one\n- of Grigor');
    await ada.getByRole('button', { name: 'Save' }).click();
    await says(ada, 'Saved.');
    await grigor.getByRole('button', { name: 'Save' }).click();
    await says(grigor, 'Ada Byron wrote at the same time.');
    expect(await grigor.locator('.changes ins').innerText()).toContain('of Ada');
    await expectAccessible(grigor);
    await grigor.getByRole('link', { name: 'Read it' }).click();
    await says(grigor, 'of Ada');
    await says(grigor, 'of Grigor');
    await grigor.getByRole('link', { name: 'History' }).click();
    await says(grigor, 'This is how it stands.');
    await expectAccessible(grigor);
    await grigor
      .getByRole('link', { name: /^Read revision/ })
      .last()
      .click();
    await grigor.getByRole('button', { name: /^Put revision \d+ in force again$/ }).click();
    await says(grigor, 'It is in force again, as a new revision.');
  });
});
