import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEMO_ORGANISER, DEMO_PARTICIPANT } from '../../apps/cairn/src/demo/people.ts';
import { launchChromium } from './chromium.ts';
import { crawl, type FoundForm, kindOf } from './crawl.ts';
import { buttonsOf, filled, forged, HOSTILE, inProse, isTyped, PLANTED } from './hostile.ts';
import { startTestServer, type TestServer } from './server.ts';

/** Never sent: they end the session that the others are sent with, or take back what others stored. */
const UNDOES = /^\/(sign-out|me\/sessions|me\/erase)|\/restore$/;
/** Forms that answer with a page: what would be done or told, a row copied, or a secret shown only once. */
const SHOWS_PAGE =
  /\/(people\/import|attendance\/csv|me\/feeds|me\/tokens|me\/listing|me\/availability|definition|summits\/new|timetable\/release|plan\/edit|proposals\/\d+\/edit|threads\/\d+\/comments|money\/journey)$/;

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

/** What was posted already, by whoever came before: the same form needs no second sender. */
const posted = new Set<string>();

/** Every form that links lead to, one of each kind that nobody has posted yet. */
async function formsOf(page: Page): Promise<FoundForm[]> {
  const pages = await crawl(page, server.url, ['/']);
  const forms = pages.flatMap((found) => found.forms);
  const shape = ({ action, fields }: FoundForm) =>
    [kindOf(action), ...new Set(fields.map(({ name }) => name))].join(' ').replace(/\[\d+\]/g, '');
  const found = new Map(
    forms
      .filter((form) => !UNDOES.test(form.action) && !posted.has(shape(form)))
      .map((form) => [shape(form), form]),
  );
  for (const each of found.keys()) posted.add(each);
  return [...found.values()];
}

/**
 * Posts a form and says what is wrong with the answer. What a browser could have sent is to stand in
 * the form that is shown again; of what was forged nothing needs to.
 */
async function complaintAbout(
  page: Page,
  form: FoundForm,
  sent: readonly (readonly [string, string])[],
  isForged: boolean,
): Promise<string | undefined> {
  const body = form.multipart ? new FormData() : new URLSearchParams();
  for (const [name, value] of sent) body.append(name, value);
  const cookies = await page.context().cookies();
  const answer = await fetch(`${server.url}${form.action}`, {
    method: 'POST',
    body,
    redirect: 'manual',
    headers: {
      origin: server.url,
      // Looking at an answer takes longer than a server keeps an idle connection.
      connection: 'close',
      cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
    },
  });
  const html = await answer.text();
  if (answer.status === 303) return undefined;
  if (answer.status === 200 && SHOWS_PAGE.test(form.action.replace(/\?.*/, ''))) return undefined;
  if (answer.status < 400 || answer.status >= 500) return `answers ${answer.status}`;
  if (answer.status !== 422) return undefined;
  const typed = new Set(isForged ? [] : form.fields.filter(isTyped).map(({ name }) => name));
  const kept = sent.filter(([name]) => typed.has(name));
  return page.evaluate(readRefusal, { html, kept });
}

/** Runs in the browser: whether a refused form says why, and still holds what was typed. */
function readRefusal({
  html,
  kept,
}: {
  html: string;
  kept: readonly (readonly [string, string])[];
}) {
  const shown = new DOMParser().parseFromString(html, 'text/html');
  const alert = shown.querySelector('[role=alert] li, [role=alert]')?.textContent?.trim() ?? '';
  if (alert.length < 15) return 'says nothing in words';
  if (shown.querySelector('[data-planted]') !== null) return 'takes what was typed for HTML';
  const controls = [...shown.querySelectorAll<HTMLInputElement>('input, textarea')];
  // HTML has no NUL, and boxes of several lines begin after their first line break.
  const plain = (text: string) => text.replaceAll('\0', '\uFFFD').replace(/\r\n?/g, '\n').trim();
  const lost = kept.filter(
    ([name, value]) =>
      !controls.some(
        (control) =>
          control.name === name &&
          plain(
            control.tagName === 'TEXTAREA'
              ? (control.textContent ?? '')
              : (control.getAttribute('value') ?? ''),
          ) === plain(value),
      ),
  );
  return lost.length === 0
    ? undefined
    : `loses ${[...new Set(lost.map(([name]) => name))].join(', ')}`;
}

/** Sends every kind of nonsense into every form, in every way that it can be sent. */
async function complaintsOf(page: Page): Promise<string[]> {
  const complaints: string[] = [];
  const forms = await formsOf(page);
  console.info(`${forms.length} forms: ${forms.map(({ action }) => kindOf(action)).join(', ')}`);
  for (const form of forms) {
    for (const [what, text] of Object.entries(HOSTILE)) {
      const complain = async (sent: readonly (readonly [string, string])[], isForged: boolean) => {
        const complaint = await complaintAbout(page, form, sent, isForged);
        if (complaint !== undefined) complaints.push(`${form.action} with ${what}: ${complaint}`);
      };
      for (const button of buttonsOf(form).slice(0, 4)) {
        await complain(filled(form, text, button), false);
      }
      await complain(forged(form, text), true);
    }
    const complaint = await complaintAbout(page, form, inProse(form, HOSTILE.markup), true);
    if (complaint !== undefined) complaints.push(`${form.action} with bad prose: ${complaint}`);
  }
  return [...new Set(complaints)];
}

interface Harvest {
  /** Where something that was typed came to life. */
  readonly grown: readonly string[];
  /** Pages on which it stands as text. */
  readonly quoted: number;
}

/** Opens every page, and looks what became of what was typed. */
async function harvest(context: BrowserContext): Promise<Harvest> {
  const page = context.pages()[0] ?? (await context.newPage());
  const grown: string[] = [];
  let quoted = 0;
  page.on('dialog', (dialog) => {
    grown.push(`${page.url()}: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await crawl(page, server.url, ['/'], async ({ path, status }) => {
    if (status >= 500) grown.push(`${path} answers ${status}`);
    const elements = await page.locator(`[${PLANTED}], [href^="javascript:" i]`).count();
    if (elements > 0 || (await page.title()) === 'planted') grown.push(`${path} took it for HTML`);
    if ((await page.locator('body').innerText()).includes(PLANTED)) quoted++;
  });
  return { grown, quoted };
}

describe('whatever is typed or forged', () => {
  test('is refused in words, with all that was typed, or taken as text', {
    timeout: 480_000,
  }, async () => {
    const complaints: string[] = [];
    const nobody = await browser.newContext();
    complaints.push(...(await complaintsOf(await nobody.newPage())));
    for (const { email } of [DEMO_PARTICIPANT, DEMO_ORGANISER]) {
      const context = await browser.newContext();
      const page = await server.signIn(context, email);
      complaints.push(...(await complaintsOf(page)).map((complaint) => `${email}: ${complaint}`));
      await context.close();
    }
    expect(complaints).toEqual([]);
    await server.work();
    const harvests: Harvest[] = [await harvest(nobody)];
    for (const email of [DEMO_PARTICIPANT.email, DEMO_ORGANISER.email]) {
      const context = await browser.newContext();
      await server.signIn(context, email);
      harvests.push(await harvest(context));
      await context.close();
    }
    expect(harvests.flatMap(({ grown }) => grown)).toEqual([]);
    // Else nothing was stored, and nothing proved.
    expect(harvests.at(-1)?.quoted).toBeGreaterThan(0);
  });
});
