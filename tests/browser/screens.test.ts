import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEMO_ORGANISER, DEMO_PARTICIPANT } from '../../apps/cairn/src/demo/people.ts';
import { expectAccessible, launchChromium } from './chromium.ts';
import { crawl, type FoundPage } from './crawl.ts';
import { startTestServer, type TestServer } from './server.ts';

const SUMMIT = '/s/sp_summit_2023';
const ORGANISE = `${SUMMIT}/organise`;

let server: TestServer;
let browser: Browser;

beforeAll(async () => {
  server = await startTestServer({ demo: 'week' });
  browser = await launchChromium();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

/** Whether such a page was looked at before: by nobody, on another tour, or on this one, as a page of another summit. */
type Looked = 'never' | 'by somebody else' | 'on this tour';

/**
 * What is wrong with the page that is open: at three widths and in two colour schemes; on a phone alone, where somebody
 * else was there; and only whether it fits, where it is the same once more.
 */
async function complaintsAbout(
  page: Page,
  heard: readonly string[],
  looked: Looked,
): Promise<string[]> {
  const complaints: string[] = [];
  const check = async (width: number, colorScheme: 'light' | 'dark') => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 900 });
    for (const wide of await page.evaluate(findTooWide)) {
      complaints.push(`${width} px ${colorScheme}: ${wide}`);
    }
  };
  const axe = async (what: 'everything' | 'its look') => {
    await expectAccessible(page, what).catch((error: Error) => complaints.push(error.message));
  };
  await check(320, 'light');
  if (looked !== 'on this tour') await axe('everything');
  if (looked === 'never') {
    await check(768, 'light');
    await check(1440, 'dark');
    await axe('its look');
  }
  const headings = await page.locator('h1').allInnerTexts();
  if (headings.length !== 1) complaints.push(`has ${headings.length} main headings`);
  if ((await page.title()).trim() === '') complaints.push('has no title');
  return [...complaints, ...heard];
}

/** Runs in the browser: whatever sticks out of the page without a labelled region to scroll in. */
function findTooWide(): string[] {
  const { clientWidth, scrollWidth } = document.documentElement;
  const tooWide = scrollWidth > clientWidth ? [`the page is ${scrollWidth} px wide`] : [];
  const canScroll = (element: Element): boolean => {
    const scroller = [...scrollers].find((each) => each.contains(element) && each !== element);
    return (
      scroller !== undefined &&
      scroller.tabIndex === 0 &&
      (scroller.hasAttribute('aria-label') || scroller.hasAttribute('aria-labelledby'))
    );
  };
  const scrollers = [...document.querySelectorAll<HTMLElement>('body *')].filter((element) =>
    /auto|scroll/.test(getComputedStyle(element).overflowX),
  );
  const sticking = [...document.querySelectorAll('main *, header *, footer *')].filter(
    (element) => {
      const { right, width, height } = element.getBoundingClientRect();
      // One pixel wide is what only screen readers see.
      return width > 1 && height > 1 && right > clientWidth + 1 && !canScroll(element);
    },
  );
  return [...tooWide, ...sticking.slice(0, 3).map(({ outerHTML }) => outerHTML.slice(0, 120))];
}

/** What a page's scripts and the browser complain of, until it is asked. */
function listen(page: Page): () => string[] {
  let heard: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') heard.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => heard.push(`script: ${error.message}`));
  return () => {
    const told = heard;
    heard = [];
    return told;
  };
}

/** Kinds of pages that somebody has been to already, of any summit: what is the same is looked at once. */
const seen = new Set<string>();

interface Tour {
  readonly pages: readonly FoundPage[];
  readonly complaints: Readonly<Record<string, readonly string[]>>;
}

/** Looks at every page that can be reached, and lists what was wrong by page. */
async function tour(page: Page, origin: string, starts: readonly string[]): Promise<Tour> {
  const complaints: Record<string, readonly string[]> = {};
  const heard = listen(page);
  const own = new Set<string>();
  const pages = await crawl(page, origin, starts, async ({ path, status, kind }) => {
    const shape = kind.replace(/\/s\/[a-z0-9_]+/, '/s/:summit');
    const amiss = [...(status === 200 ? [] : [`answers ${status}`]), ...heard()];
    const looked = own.has(shape) ? 'on this tour' : seen.has(shape) ? 'by somebody else' : 'never';
    const wrong = await complaintsAbout(page, amiss, looked);
    own.add(shape);
    seen.add(shape);
    if (wrong.length > 0) complaints[path] = wrong;
  });
  return { pages, complaints };
}

const report = (who: string, { pages }: Tour): void =>
  console.info([`${who}: ${pages.length} pages`, ...pages.map(({ kind }) => kind)].join('\n  '));

/** Brings about what a demo does not have by itself: a copy to confirm, a row to mend, a batch to send. */
async function prepare(page: Page): Promise<void> {
  const post = async (path: string, form: Record<string, string>) => {
    const headers = { origin: server.url };
    const answer = await page.request.post(`${server.url}${path}`, { form, headers });
    expect(answer.ok(), path).toBe(true);
  };
  await post(`${ORGANISE}/copy`, { slug: 'sp_summit_2024', title: 'The next summit' });
  const rows = 'name,email\nAda Lovelace,ada@example.org\nNobody,not an address\n';
  await post(`${ORGANISE}/people/import`, { action: 'take', rows });
  const call =
    '  - summary: Work session\n    begin: 2023-04-03 14:00:00\n    duration: { minutes: 60 }';
  const source = `name: Arrays\ntimezone: America/New_York\nevents:\n${call}\n    ics: RRULE:FREQ=WEEKLY;COUNT=3\n  - summary: When?\n`;
  await post(`${ORGANISE}/calls/import`, { key: 'arrays', source });
  await page.goto(`${server.url}${ORGANISE}/invitations/write?purpose=invitation`);
  await page.getByRole('button', { name: 'Show each mail' }).click();
  await page.getByRole('heading', { level: 1 }).waitFor();
}

describe('every screen is sound on a phone, a tablet and a desk, in the light and in the dark', () => {
  test('for an organiser', { timeout: 420_000 }, async () => {
    const context = await browser.newContext();
    const page = await server.signIn(context, DEMO_ORGANISER.email);
    await prepare(page);
    const toured = await tour(page, server.url, [
      '/',
      ORGANISE,
      page.url().slice(server.url.length),
    ]);
    report('organiser', toured);
    expect(toured.complaints).toEqual({});
    expect(toured.pages.length).toBeGreaterThanOrEqual(20);
    await context.close();
  });

  test('for a participant', { timeout: 120_000 }, async () => {
    const context = await browser.newContext();
    const page = await server.signIn(context, DEMO_PARTICIPANT.email);
    const toured = await tour(page, server.url, ['/']);
    report('participant', toured);
    expect(toured.complaints).toEqual({});
    expect(toured.pages.length).toBeGreaterThanOrEqual(10);
    await context.close();
  });

  test('for anybody', { timeout: 120_000 }, async () => {
    const context = await browser.newContext();
    const toured = await tour(await context.newPage(), server.url, ['/']);
    report('anybody', toured);
    expect(toured.complaints).toEqual({});
    expect(toured.pages.length).toBeGreaterThanOrEqual(3);
    await context.close();
  });

  test('for the administrator of an installation that holds nothing yet', async () => {
    const empty = await startTestServer({ administrator: 'ada@example.org' });
    const context = await browser.newContext();
    const page = await empty.signIn(context, 'ada@example.org');
    const toured = await tour(page, empty.url, ['/']);
    report('administrator', toured);
    expect(toured.complaints).toEqual({});
    expect(toured.pages.length).toBeGreaterThanOrEqual(3);
    await context.close();
    await empty.close();
  });
});
