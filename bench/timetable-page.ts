import { gzipSync } from 'node:zlib';
import pg from 'pg';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../tests/browser/chromium.ts';
import { type Asked, type Bench, type Cell, percentile, type Report, rounded } from './bench.ts';
import { send } from './browser.ts';
import { load } from './load.ts';
import { canPin } from './processes.ts';
import { startServer } from './server.ts';
import { signInOrganiser, storeAnnounced, storePeople } from './stored.ts';
import { summitNow } from './summit-now.ts';
import { benchDays, storeTimetable } from './timetable-stored.ts';

const CONNECTIONS = 10;

/** Lighthouse's “slow 4G” and its phone: 1.6 Mbit/s down, 750 kbit/s up, 150 ms there and back, a quarter of the speed. */
const SLOW = { download: 1_600_000 / 8, upload: 750_000 / 8, latencyMs: 150, cpu: 4 };

/** The public pages of a large timetable. */
export const timetablePage: Bench = {
  name: 'timetable-page',
  what: 'The pages of a timetable of 400 sessions in 20 rooms on 5 days: bytes, latency under load, and how soon a slow phone with nothing kept can use them. The server and its PostgreSQL share one core, load generator and browser have another.',
  run: measure,
};

async function measure({ quick, directory, say }: Asked): Promise<Report> {
  const seconds = quick ? 2 : 6;
  const visits = quick ? 1 : 5;
  const server = await startServer(`${directory}/data`, { pinned: true });
  const pool = new pg.Pool({ connectionString: server.connectionString });
  const browser = await launchChromium();
  const served: Record<string, Cell>[] = [];
  const phone: Record<string, Cell>[] = [];
  const broken: string[] = [];
  try {
    const summit = await storeAnnounced(pool, summitNow('timetabled', 40));
    const today = new Date().toISOString().slice(0, 10);
    const [, second = ''] = benchDays(today);
    await storeTimetable(pool, summit, today, await storePeople(pool, 40));
    const cookie = await signInOrganiser(pool, server.address, summit);
    const home = `${server.address}/s/${summit.slug}/timetable`;
    for (const [page, url, as] of [
      ['a day', `${home}/days/${second}`, undefined],
      ['a day, signed in', `${home}/days/${second}`, cookie],
      ['now', `${home}/now`, undefined],
      ['the whole as data', `${home}/now.json`, undefined],
    ] as const) {
      const sent = as === undefined ? {} : { cookie: as };
      const { body, status } = await send(url, sent);
      if (status !== 200) broken.push(`${page} was answered with ${status}`);
      await load(url, { ...sent, connections: CONNECTIONS, seconds: quick ? 1 : 3 });
      const alone = await load(url, { ...sent, connections: 1, seconds });
      const full = await load(url, { ...sent, connections: CONNECTIONS, seconds });
      say(`${page}: alone p50 ${alone.p50} ms, p99 ${alone.p99} ms; full p99 ${full.p99} ms`);
      served.push({
        page,
        'as sent, kB': Math.round(Buffer.byteLength(body) / 1000),
        'packed by a proxy (gzip), kB': Math.round(gzipSync(body).length / 1000),
        'alone: p50, ms': alone.p50,
        'alone: p99, ms': alone.p99,
        [`${CONNECTIONS} at once: per second`]: rounded(full.perSecond),
        'p50, ms': full.p50,
        'p99, ms': full.p99,
      });
    }
    for (const [page, url] of [
      ['a day', `${home}/days/${second}`],
      ['now', `${home}/now`],
    ] as const) {
      const seen: Visit[] = [];
      for (let visit = 0; visit < visits; visit += 1) seen.push(await slowVisit(browser, url));
      const middle = (of: keyof Visit): number =>
        rounded(
          percentile(
            seen.map((one) => one[of]),
            0.5,
          ),
        );
      phone.push({
        page,
        requests: middle('requests'),
        'over the air, kB': middle('kilobytes'),
        'first words, ms': middle('paintMs'),
        'interactive, ms': middle('interactiveMs'),
        'blocked meanwhile, ms': middle('blockedMs'),
      });
      say(`${page} on a slow phone: interactive after ${middle('interactiveMs')} ms`);
    }
  } finally {
    await browser.close();
    await pool.end();
    await server.stop();
  }
  return {
    tables: [
      { title: 'As the server answers', rows: served },
      { title: 'On a slow phone, the first time', rows: phone },
    ],
    notes: [
      `The load: ${CONNECTIONS} connections for ${seconds} s after a warm-up; “alone” is one connection for ${seconds} s. The timetable is shown a day at a time: 80 sessions a page.`,
      `The phone: ${visits} visits with empty caches, the median of each figure; slow 4G (1.6 Mbit/s, 150 ms) and a processor four times slower, through the browser’s own throttling. Nothing is packed, since Cairn leaves that to the proxy in front of it. A page is interactive when it is there and the last long task of its scripts has ended.`,
      canPin
        ? 'Server and PostgreSQL were pinned to one core (taskset).'
        : 'This system cannot pin processes to cores: all shared them.',
    ],
    broken,
  };
}

interface Visit {
  readonly requests: number;
  readonly kilobytes: number;
  readonly paintMs: number;
  readonly interactiveMs: number;
  readonly blockedMs: number;
}

/** One visit with nothing kept. Times are from when the browser was told to go there. */
async function slowVisit(browser: Browser, url: string): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    isMobile: true,
    // What it keeps for later would be fetched meanwhile, as it is on a real first visit: after the page.
    serviceWorkers: 'block',
  });
  try {
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    await cdp.send('Network.enable');
    await cdp.send('Network.emulateNetworkConditions', {
      offline: false,
      downloadThroughput: SLOW.download,
      uploadThroughput: SLOW.upload,
      latency: SLOW.latencyMs,
    });
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOW.cpu });
    let requests = 0;
    let bytes = 0;
    cdp.on('Network.loadingFinished', ({ encodedDataLength }) => {
      requests += 1;
      bytes += encodedDataLength;
    });
    await page.addInitScript(() => {
      const tasks: { start: number; length: number }[] = [];
      Reflect.set(globalThis, 'longTasks', tasks);
      new PerformanceObserver((list) => {
        for (const { startTime, duration } of list.getEntries()) {
          tasks.push({ start: startTime, length: duration });
        }
      }).observe({ type: 'longtask', buffered: true });
    });
    await page.goto(url, { waitUntil: 'load' });
    // Long enough for what scripts do once the page is there; nothing here waits for a result.
    await page.waitForTimeout(3_000);
    const measured = await page.evaluate(() => {
      const [navigation] = performance.getEntriesByType(
        'navigation',
      ) as PerformanceNavigationTiming[];
      const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
      const tasks = Reflect.get(globalThis, 'longTasks') as { start: number; length: number }[];
      const loaded = navigation?.domContentLoadedEventEnd ?? 0;
      const quiet = Math.max(0, ...tasks.map(({ start, length }) => start + length));
      return {
        paintMs: paint,
        interactiveMs: Math.max(paint, loaded, quiet),
        blockedMs: tasks.reduce((sum, { length }) => sum + Math.max(0, length - 50), 0),
      };
    });
    return { ...measured, requests, kilobytes: bytes / 1000 };
  } finally {
    await context.close();
  }
}
