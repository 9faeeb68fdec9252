import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addressOf } from '../summit.ts';
import { storeTimetableWorld, type TimetableWorld } from '../timetable-world.ts';
import { expectAccessible, launchChromium } from './chromium.ts';
import { startTestServer, type TestServer } from './server.ts';

let server: TestServer;
let browser: Browser;
let world: TimetableWorld;
let number = 0;
let contexts: BrowserContext[] = [];

beforeAll(async () => {
  [server, browser] = await Promise.all([
    startTestServer({ administrator: 'root@example.org' }),
    launchChromium(),
  ]);
  world = await storeTimetableWorld(server.installation.services.db);
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

/** The draft of this test alone, begun as the world's draft is. */
let draft = '';
beforeEach(async () => {
  const { db } = server.installation.services;
  number += 1;
  const { id } = await db
    .insertInto('timetableDraft')
    .values({
      summitId: world.summit.id,
      name: `Draft ${number}`,
      createdAt: server.now(),
      createdBy: world.ada,
      discardedAt: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  draft = id;
  const begun = await db
    .selectFrom('draftPlacement')
    .select(['sessionId', 'date', 'starts', 'roomId', 'isPinned'])
    .where('draftId', '=', world.draftId)
    .execute();
  await db
    .insertInto('draftPlacement')
    .values(begun.map((place) => ({ ...place, draftId: id })))
    .execute();
});
afterEach(async () => {
  for (const context of contexts) await context.close();
  contexts = [];
});

const path = (): string => `/s/sp_summit_2023/organise/timetable/drafts/${draft}`;

/** Somebody with a browser of their own, at the draft of this test. */
async function come(
  name: 'Ada Byron' | 'Grigor Lind' = 'Ada Byron',
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    timezoneId: 'America/Los_Angeles',
    ...options,
  });
  contexts.push(context);
  return server.signIn(context, addressOf(name), path());
}

type SessionKey = keyof TimetableWorld['sessions'];

/** Where a session is stored: `2023-05-22T10:00@studio`, or nothing. */
async function storedAt(key: SessionKey): Promise<string | undefined> {
  const { db } = server.installation.services;
  const place = await db
    .selectFrom('draftPlacement')
    .innerJoin('timetableRoom', 'timetableRoom.id', 'draftPlacement.roomId')
    .select(['date', 'starts', 'timetableRoom.key'])
    .where('draftId', '=', draft)
    .where('sessionId', '=', world.sessions[key])
    .executeTakeFirst();
  return place && `${place.date}T${place.starts}@${place.key}`;
}

const eventually = (look: () => Promise<unknown>, wanted: unknown) =>
  expect.poll(look, { timeout: 15_000 }).toEqual(wanted);

const card = (page: Page, key: SessionKey) => page.locator(`#s-${world.sessions[key]}`);
const title = (page: Page, key: SessionKey) => card(page, key).locator('.title');
const cell = (page: Page, place: string) => page.locator(`td[data-place="${place}"]`);
const says = (page: Page, words: string | RegExp) =>
  page.locator('[data-says]').getByText(words).waitFor();

/** The middle of something, scrolled into sight. */
async function middle(locator: ReturnType<Page['locator']>): Promise<{ x: number; y: number }> {
  await locator.scrollIntoViewIfNeeded();
  const box = await locator.boundingBox();
  if (box === null) throw new Error('it is not in sight');
  return { x: box.x + box.width / 2, y: box.y + Math.min(box.height / 2, 12) };
}

/** Lifts a session by the mouse, and brings it over a place. */
async function dragOver(page: Page, key: SessionKey, place: string): Promise<void> {
  await title(page, key).waitFor();
  await page.evaluate(() => scrollTo(0, 380));
  const from = await middle(title(page, key));
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 12, from.y + 12, { steps: 3 });
  await page.locator('.is-picking').waitFor();
  const to = await middle(cell(page, place));
  await page.mouse.move(to.x, to.y, { steps: 6 });
}

/** Chooses a session, and then a place for it. */
async function choose(page: Page, key: SessionKey, place: string): Promise<void> {
  await title(page, key).click();
  await says(page, /is picked up/);
  await cell(page, place).click();
}

describe('by dragging', () => {
  test('a session is put where nothing stands against it, and what that means is said', async () => {
    const page = await come();
    await dragOver(page, 'packaging2', '2023-05-22T15:30@hall');
    await says(page, /^Monday 15:30–17:00, Hall: free\./);
    expect(await cell(page, '2023-05-22T11:00@attic').getAttribute('data-state')).toBe('conflict');
    await page.mouse.up();
    await says(page, /“Packaging: wheels” is now on Monday 15:30–17:00, Hall\..* can be in /);
    await cell(page, '2023-05-22T15:30@hall').getByText('Packaging: wheels').waitFor();
    expect(await storedAt('packaging2')).toBe('2023-05-22T15:30@hall');
    await page.getByText('You put “Packaging: wheels” on Monday 15:30–17:00, Hall.').waitFor();
  });

  test('a conflict is named before the drop, and moves nothing unless one insists', async () => {
    const page = await come();
    await dragOver(page, 'docs', '2023-05-22T10:00@studio');
    await says(page, /conflict\. .*“Array API: inspection”/);
    await page.mouse.up();
    await page.getByText('Conflict: something that must hold would not').waitFor();
    expect(await storedAt('docs')).toBe('2023-05-23T09:30@library');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Move it there all the same' }).click();
    await says(page, /Conflict: “Array API: inspection” and “Documentation themes”/);
    expect(await storedAt('docs')).toBe('2023-05-22T10:00@studio');
    await card(page, 'docs').getByText('1 conflict').waitFor();
    await expectAccessible(page);
  });

  test('a session is taken out over the list, and left where it was by Escape', async () => {
    const page = await come();
    await dragOver(page, 'docs', '2023-05-23T13:00@hall');
    await page.keyboard.press('Escape');
    await says(page, 'It is left where it was.');
    await page.mouse.up();
    expect(await storedAt('docs')).toBe('2023-05-23T09:30@library');
    await dragOver(page, 'docs', '2023-05-23T13:00@hall');
    const list = await middle(page.getByRole('heading', { name: 'Without a place' }));
    await page.mouse.move(list.x, list.y, { steps: 4 });
    await says(page, 'Let go here to take it out');
    await page.mouse.up();
    await says(page, '“Documentation themes” is out of the timetable.');
    expect(await storedAt('docs')).toBeUndefined();
  });

  test('a finger that rests on a session drags it; one that moves at once scrolls', async () => {
    const page = await come('Ada Byron', {
      hasTouch: true,
      viewport: { width: 1024, height: 800 },
    });
    await page.evaluate(() => scrollTo(0, 380));
    const fingers = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: object[]) =>
      fingers.send('Input.dispatchTouchEvent', { type, touchPoints: points as never });
    const from = await middle(title(page, 'arrays2'));
    const to = await middle(cell(page, '2023-05-22T15:30@hall'));
    const again = await middle(title(page, 'arrays2'));
    await touch('touchStart', [again]);
    await page.locator('.is-picking').waitFor();
    const there = await cell(page, '2023-05-22T15:30@hall').boundingBox();
    if (there === null) throw new Error(`no place for ${from.x} ${to.x}`);
    const goal = { x: there.x + 20, y: there.y + 10 };
    for (const part of [0.3, 0.6, 1]) {
      await touch('touchMove', [
        { x: again.x + (goal.x - again.x) * part, y: again.y + (goal.y - again.y) * part },
      ]);
    }
    await says(page, /^Monday 15:30–17:00, Hall/);
    await touch('touchEnd', []);
    await cell(page, '2023-05-22T15:30@hall').getByText('Array API: test suite').waitFor();
    expect(await storedAt('arrays2')).toBe('2023-05-22T15:30@hall');
    const other = await middle(title(page, 'packaging2'));
    await touch('touchStart', [other]);
    await touch('touchMove', [{ x: other.x, y: other.y - 60 }]);
    await touch('touchMove', [{ x: other.x, y: other.y - 120 }]);
    await touch('touchEnd', []);
    expect(await page.locator('.dragged').count()).toBe(0);
    expect(await storedAt('packaging2')).toBeUndefined();
  });
});

describe('by keyboard alone', () => {
  test('a session is picked up, moved by arrows with words, put down, and brought back by Ctrl+Z', async () => {
    const page = await come();
    await title(page, 'docs').focus();
    await page.keyboard.press('Enter');
    const ghost = page.locator('.ghost');
    await ghost.waitFor();
    await says(page, /“Documentation themes” is picked up/);
    expect(await ghost.getAttribute('aria-label')).toMatch(/^Tuesday 09:30–11:00, Library/);
    await page.keyboard.press('PageDown');
    expect(await ghost.getAttribute('aria-label')).toMatch(/^Wednesday 09:30–11:00, Library: free/);
    await page.keyboard.press('ArrowRight');
    expect(await ghost.getAttribute('aria-label')).toMatch(/^Wednesday 09:30–11:00, Attic: /);
    await page.keyboard.press('ArrowLeft');
    for (const _ of [1, 2, 3]) await page.keyboard.press('ArrowDown');
    expect(await ghost.getAttribute('aria-label')).toMatch(
      /^Wednesday 11:00–12:30, Library: conflict\. /,
    );
    await says(page, /^Wednesday 11:00–12:30, Library: conflict\./);
    await page.keyboard.press('n');
    expect(await ghost.getAttribute('aria-label')).toMatch(/: free\./);
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await says(page, /“Documentation themes” is now on Wednesday 13:00/);
    expect(await storedAt('docs')).toMatch(/^2023-05-24T13:00@/);
    // Focus is at the session again.
    await eventually(
      () => page.evaluate(() => document.activeElement?.closest('.card')?.id),
      `s-${world.sessions.docs}`,
    );
    await page.keyboard.press('Control+z');
    await says(page, 'Undone');
    expect(await storedAt('docs')).toBe('2023-05-23T09:30@library');
    await page.keyboard.press('Control+Shift+Z');
    await says(page, 'Done again.');
    expect(await storedAt('docs')).toMatch(/^2023-05-24T13:00@/);
  });

  test('what would conflict is asked for before it is put there; Escape leaves everything', async () => {
    const page = await come();
    await title(page, 'packaging2').focus();
    await page.keyboard.press('Enter');
    await page.locator('.ghost').waitFor();
    for (const _ of [1, 2]) await page.keyboard.press('PageDown');
    await page.keyboard.press('Enter');
    await page.getByText('Conflict: something that must hold would not').waitFor();
    expect(await page.locator('#panel').innerText()).toContain('Noor');
    await page.keyboard.press('Escape');
    await says(page, 'It is left where it was.');
    expect(await page.locator('#panel *').count()).toBe(0);
    expect(await storedAt('packaging2')).toBeUndefined();
  });
});

describe('by a menu', () => {
  test('without JavaScript a session is moved by lists, told what it means, pinned and brought back', async () => {
    const page = await come('Ada Byron', {
      javaScriptEnabled: false,
      viewport: { width: 320, height: 700 },
    });
    await title(page, 'docs').click();
    await page.getByLabel('Day and time').selectOption('2023-05-24T09:30');
    await page.getByLabel('Room').selectOption('hall');
    await page.getByRole('button', { name: 'Show what it means' }).click();
    await page.getByRole('heading', { name: 'Wednesday 09:30–11:00, Hall' }).waitFor();
    expect(await storedAt('docs')).toBe('2023-05-23T09:30@library');
    await page.getByRole('button', { name: 'Move it there' }).click();
    await page.getByText('“Documentation themes” is now on Wednesday 09:30–11:00, Hall.').waitFor();
    expect(await storedAt('docs')).toBe('2023-05-24T09:30@hall');
    await title(page, 'docs').click();
    await page.getByRole('button', { name: 'Pin it here' }).click();
    await page.getByText('It is pinned').waitFor();
    await page.getByRole('button', { name: 'Undo my last change' }).click();
    await page.getByRole('button', { name: 'Undo my last change' }).click();
    await page.getByText('Undone').waitFor();
    expect(await storedAt('docs')).toBe('2023-05-23T09:30@library');
  });

  test('without JavaScript the board itself offers each place as a link, and two sessions change places', async () => {
    const page = await come('Ada Byron', { javaScriptEnabled: false });
    await title(page, 'docs').click();
    await cell(page, '2023-05-23T10:00@hall')
      .getByRole('link', { name: /^free\s*: Hall/ })
      .click();
    await page.getByRole('heading', { name: 'Tuesday 10:00–11:30, Hall' }).waitFor();
    await page.goto(
      `${server.url}${path()}?move=${world.sessions.docs}&when=2023-05-22T13:00&room=hall`,
    );
    await page.getByText('Or change places with “Packaging: build isolation”').waitFor();
    await page.getByRole('button', { name: 'Let them change places' }).click();
    await page.getByText('It changed places with “Packaging: build isolation”.').waitFor();
    expect(await storedAt('docs')).toBe('2023-05-22T13:00@hall');
    expect(await storedAt('packaging1')).toBe('2023-05-23T09:30@library');
  });

  test('with one finger and no drag: choose a session, then a place that is free', async () => {
    const page = await come('Ada Byron', {
      hasTouch: true,
      viewport: { width: 1024, height: 800 },
    });
    await title(page, 'packaging2').tap();
    await says(page, /is picked up. Choose a place/);
    await cell(page, '2023-05-22T15:30@hall').tap();
    await says(page, /is now on Monday 15:30–17:00, Hall/);
    expect(await storedAt('packaging2')).toBe('2023-05-22T15:30@hall');
  });
});

describe('two editors at once', () => {
  test('see each other, and what the other moves, and both moves hold', async () => {
    const ada = await come('Ada Byron');
    const grigor = await come('Grigor Lind');
    await ada.getByText('Grigor Lind works on this draft too').waitFor();
    await grigor.getByText('Ada Byron works on this draft too').waitFor();
    // Ada holds a session while Grigor moves another one.
    await title(ada, 'docs').focus();
    await ada.keyboard.press('Enter');
    await ada.locator('.ghost').waitFor();
    await choose(grigor, 'packaging2', '2023-05-22T15:30@hall');
    await says(grigor, /is now on Monday 15:30/);
    await says(ada, 'Grigor Lind put “Packaging: wheels” on Monday 15:30–17:00, Hall.');
    await cell(ada, '2023-05-22T15:30@hall').getByText('Packaging: wheels').waitFor();
    await ada.locator('.ghost').focus();
    await ada.keyboard.press('PageDown');
    await ada.keyboard.press('Enter');
    await says(ada, /“Documentation themes” is now on Wednesday/);
    await says(grigor, /^Ada Byron moved “Documentation themes” from Tuesday 09:30/);
    expect(await storedAt('packaging2')).toBe('2023-05-22T15:30@hall');
    expect(await storedAt('docs')).toBe('2023-05-24T09:30@library');
  });

  test('a menu that is open stays open, with what is chosen in it, while the other moves something', async () => {
    const ada = await come('Ada Byron');
    await ada.goto(`${server.url}${path()}?move=${world.sessions.docs}&to=2023-05-22T10:00@studio`);
    const grigor = await come('Grigor Lind');
    await choose(grigor, 'packaging2', '2023-05-22T15:30@hall');
    await says(ada, 'Grigor Lind put “Packaging: wheels”');
    await cell(ada, '2023-05-22T15:30@hall').getByText('Packaging: wheels').waitFor();
    await ada.getByRole('heading', { name: 'Monday 10:00–11:30, Studio' }).waitFor();
    // A place that is chosen on the board is asked about first, unless it is free.
    await cell(ada, '2023-05-24T11:30@hall')
      .getByRole('link', { name: /^conflict/ })
      .click();
    await ada.getByRole('heading', { name: 'Wednesday 11:30–13:00, Hall' }).waitFor();
    expect(await storedAt('docs')).toBe('2023-05-23T09:30@library');
    await ada.getByRole('link', { name: 'Leave it where it is' }).click();
    expect(new URL(ada.url()).search).toBe('');
  });

  test('a move of what the other has moved meanwhile is refused in words, and changes nothing', async () => {
    const ada = await come('Ada Byron');
    const grigor = await come('Grigor Lind');
    // Ada drags it while Grigor puts it elsewhere.
    await dragOver(ada, 'docs', '2023-05-23T13:00@hall');
    await choose(grigor, 'docs', '2023-05-24T13:00@hall');
    await says(grigor, /is now on Wednesday 13:00/);
    await says(ada, /Grigor Lind moved “Documentation themes”/);
    await ada.mouse.up();
    await says(
      ada,
      /^Grigor Lind moved “Documentation themes” to .* meanwhile\. Nothing was changed/,
    );
    expect(await storedAt('docs')).toBe('2023-05-24T13:00@hall');
    await cell(ada, '2023-05-24T13:00@hall').getByText('Documentation themes').waitFor();
  });

  test('a form that is older than the other’s move is refused with the same words', async () => {
    const ada = await come('Ada Byron', { javaScriptEnabled: false });
    await ada.goto(`${server.url}${path()}?move=${world.sessions.docs}&to=2023-05-23T13:00@hall`);
    const grigor = await come('Grigor Lind');
    await choose(grigor, 'docs', '2023-05-24T13:00@hall');
    await says(grigor, /is now on Wednesday 13:00/);
    await ada.getByRole('button', { name: 'Move it there' }).click();
    await ada
      .getByRole('alert')
      .getByText(/Grigor Lind moved .* meanwhile/)
      .waitFor();
    expect(await storedAt('docs')).toBe('2023-05-24T13:00@hall');
  });
});

describe('without a network', () => {
  test('a move is kept, sent when there is one, and made once', async () => {
    const page = await come();
    await title(page, 'packaging2').click();
    await says(page, /is picked up/);
    await page.context().setOffline(true);
    await cell(page, '2023-05-22T15:30@hall').click();
    await page.getByRole('alert').getByText('This could not be sent.').waitFor();
    await expectAccessible(page);
    expect(await storedAt('packaging2')).toBeUndefined();
    await page.context().setOffline(false);
    await says(page, /“Packaging: wheels” is now on Monday 15:30/);
    expect(await storedAt('packaging2')).toBe('2023-05-22T15:30@hall');
  });

  test('a move whose answer was lost is made once, and can be given up before', async () => {
    const page = await come();
    await title(page, 'packaging2').click();
    await says(page, /is picked up/);
    let isLost = false;
    await page.route('**/move', async (route) => {
      if (isLost) return route.continue();
      isLost = true;
      await route.fetch();
      return route.abort();
    });
    await cell(page, '2023-05-22T15:30@hall').click();
    await page.getByRole('button', { name: 'Send it now' }).click();
    await says(page, /“Packaging: wheels” is now on Monday 15:30/);
    const { db } = server.installation.services;
    const steps = await db
      .selectFrom('draftStep')
      .select('revision')
      .where('draftId', '=', draft)
      .execute();
    expect(steps).toHaveLength(1);
    await page.unroute('**/move');
    await page.route('**/move', (route) => route.abort());
    await title(page, 'docs').click();
    await says(page, /is picked up/);
    await cell(page, '2023-05-24T13:00@hall').click();
    await page.getByRole('button', { name: 'Leave it as it was' }).click();
    await says(page, 'It is left as it was.');
    expect(await storedAt('docs')).toBe('2023-05-23T09:30@library');
  });
});

describe('every reader', () => {
  test('at 320 px, which is 400 % zoom, no page of it is wider than the window', async () => {
    const page = await come('Ada Byron', { viewport: { width: 320, height: 256 } });
    for (const query of [
      '',
      `?move=${world.sessions.docs}`,
      `?move=${world.sessions.docs}&to=2023-05-22T10:00@studio`,
      '?view=condensed&day=2023-05-22',
    ]) {
      await page.goto(`${server.url}${path()}${query}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide, query).toBeLessThanOrEqual(320);
      await expectAccessible(page);
    }
  });

  test('on a phone a tap on a session leads to its menu, and its first offer moves it', async () => {
    const page = await come('Ada Byron', { hasTouch: true, viewport: { width: 320, height: 640 } });
    await title(page, 'packaging2').tap();
    await page.getByRole('heading', { name: 'Move “Packaging: wheels”' }).waitFor();
    await eventually(() => page.evaluate(() => document.activeElement?.id), 'move-title');
    await page.getByRole('link', { name: 'Monday 15:30–17:00, Hall' }).tap();
    await page.getByText('Free: nothing stands against it').waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Move it there' }).tap();
    await says(page, /“Packaging: wheels” is now on Monday 15:30/);
    expect(await storedAt('packaging2')).toBe('2023-05-22T15:30@hall');
  });

  test('in forced colours and in the dark states are still told by words', async () => {
    const page = await come('Ada Byron', { forcedColors: 'active', colorScheme: 'dark' });
    await title(page, 'packaging2').click();
    await says(page, /is picked up/);
    expect(await cell(page, '2023-05-24T09:30@hall').innerText()).toContain('conflict');
    await expectAccessible(page);
  });
});
