import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from './chromium.ts';
import { startTestServer, type TestServer } from './server.ts';
import { expectSaid, Phones, press } from './visitor.ts';

/*
 * One room, three doors: Aditi works with Git, Hyun-woo reviews on a phone that runs no scripts, and
 * Katarzyna changes the plan from such a phone without any Git at all.
 */

const PLAN = '/s/sp_summit_2023/plan';
const TOPIC = 'topics/endorse-adopt-comply-say-which-is-which.md';

let server: TestServer;
let browser: Browser;
let aditi: Page;
let hyunwoo: Page;
let katarzyna: Page;
let folder: string;
let token: string;
let number: string;

beforeAll(async () => {
  server = await startTestServer({ demo: 'planning' });
  await server.work();
  browser = await launchChromium();
  const phones = new Phones(browser);
  const onPhone = async (name: string, email: string) =>
    server.signIn((await phones.of(name)).context(), email, PLAN);
  aditi = await server.signIn(await browser.newContext(), 'aditi.raghunathan@example.org', PLAN);
  hyunwoo = await onPhone('Hyun-woo', 'hyunwoo.baek@example.org');
  katarzyna = await onPhone('Katarzyna', 'katarzyna.wolska@example.org');
  folder = await mkdtemp(join(tmpdir(), 'cairn-clone-'));
});
afterAll(async () => {
  await browser.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const goTo = (page: Page, path: string) => page.goto(`${server.url}${path}`);
const follow = (page: Page, name: string | RegExp) =>
  page.getByRole('link', { name }).first().click();
const textOf = (page: Page) => page.locator('main').innerText();

/** The machine's own Git, as somebody runs it: what it says, and whether it did it. */
function git(...args: readonly string[]): Promise<{ status: number | null; said: string }> {
  return new Promise((resolve) => {
    const child = spawn('git', args, {
      cwd: folder,
      env: {
        PATH: process.env['PATH'],
        HOME: folder,
        GIT_TERMINAL_PROMPT: '0',
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_AUTHOR_NAME: 'Aditi Raghunathan',
        GIT_AUTHOR_EMAIL: 'aditi@users.noreply.example.org',
        GIT_COMMITTER_NAME: 'Aditi Raghunathan',
        GIT_COMMITTER_EMAIL: 'aditi@users.noreply.example.org',
      },
    });
    let said = '';
    child.stdout.on('data', (part: Buffer) => {
      said += part.toString('utf8');
    });
    child.stderr.on('data', (part: Buffer) => {
      said += part.toString('utf8');
    });
    child.on('close', (status) => resolve({ status, said }));
  });
}
const done = async (...args: readonly string[]): Promise<string> => {
  const { status, said } = await git(...args);
  expect(status, said).toBe(0);
  return said;
};
const read = (path: string) => readFile(join(folder, path), 'utf8');
const write = (path: string, text: string) => writeFile(join(folder, path), text);

describe('with Git', () => {
  test('anybody clones the plan, and reads in it what the pages say', async () => {
    await done('clone', '--quiet', `${server.url}${PLAN}.git`, '.');
    expect(await read(TOPIC)).toContain('lead: aditirag');
    expect(await read('README.md')).toContain('[Topics](topics/README.md)');
  });

  test('a branch that breaks a document is refused, with the sentence that mends it', async () => {
    await goTo(aditi, '/me/tokens');
    await aditi.getByLabel('What it is for').fill('Git on my laptop');
    await aditi.getByLabel('write:plan').check();
    await press(aditi, 'Make the token');
    token = (await aditi.locator('main code').first().innerText()).trim();
    const address = new URL(`${server.url}${PLAN}.git`);
    Object.assign(address, { username: 'aditi', password: token });
    await done('remote', 'set-url', 'origin', address.href);

    await done('switch', '--quiet', '-c', 'three-words');
    const before = await read(TOPIC);
    await write(TOPIC, before.replace('state: planned', 'state: someday'));
    await done('commit', '--quiet', '-a', '-m', 'Say what each word asks of a project');
    const refused = await git('push', 'origin', 'HEAD');
    expect(refused.status).not.toBe(0);
    const line = before.split('\n').indexOf('state: planned') + 1;
    expect(refused.said).toMatch(new RegExp(`remote: .*${TOPIC}:${line}:\\d+: .*write “idea”`));
    const main = await git('push', 'origin', 'HEAD:main');
    expect(main.status).not.toBe(0);
    expect(main.said).toContain('remote:');

    const mended = before.replace(
      '## Done when',
      'Three words are used for one thing.\n\n## Done when',
    );
    await write(TOPIC, mended);
    await done('commit', '--quiet', '-a', '--amend', '-m', 'Say what each word asks of a project');
  });

  test('pushed again it is a proposal, whose address Git tells', async () => {
    const said = await done('push', 'origin', 'HEAD');
    number = /\/plan\/proposals\/(\d+)/.exec(said)?.[1] ?? '';
    expect(number, said).not.toBe('');
    await goTo(aditi, `${PLAN}/proposals/${number}`);
    await expectSaid(aditi, 'Say what each word asks of a project');
    await expectSaid(aditi, /It needs 1 approval/);
  });

  test('is reviewed on a phone without scripts, with a remark on a line', async () => {
    await goTo(hyunwoo, `${PLAN}/proposals/${number}/changes`);
    await expectSaid(hyunwoo, 'Three words are used for one thing.');
    const row = hyunwoo.getByRole('row').filter({ hasText: 'Three words are used' });
    await row.getByRole('link', { name: /Say something about line/ }).click();
    await hyunwoo.getByRole('textbox', { name: /^About line/ }).fill('Which three?');
    await press(hyunwoo, 'Add it to my review');
    await hyunwoo.getByRole('radio', { name: /^Ask for changes/ }).check();
    await hyunwoo.getByRole('textbox', { name: /^In words/ }).fill('Name them, and I approve.');
    await press(hyunwoo, /^Send the review/);
    await goTo(aditi, `${PLAN}/proposals/${number}`);
    await expectSaid(aditi, 'Which three?');
  });

  test('a new push leaves the remark where it belongs', async () => {
    const text = await read(TOPIC);
    const first = text.split('\n').indexOf('Three words are used for one thing.') + 1;
    await write(
      TOPIC,
      text.replace('## Problem\n', '## Problem\n\nEndorse, adopt and comply are three things.\n'),
    );
    await done('commit', '--quiet', '-a', '-m', 'Name the three words');
    await done('push', 'origin', 'HEAD');
    await goTo(aditi, `${PLAN}/proposals/${number}/changes`);
    const rows = await aditi.getByRole('row').allInnerTexts();
    const at = rows.findIndex((row) => row.includes('Three words are used for one thing.'));
    expect(rows[at]).toContain(String(first + 2));
    expect(rows[at + 1]).toContain('Which three?');
  });

  test('approved it is merged, and everybody reads who did what', async () => {
    await goTo(hyunwoo, `${PLAN}/proposals/${number}/changes`);
    await hyunwoo.getByRole('radio', { name: /^Approve/ }).check();
    await press(hyunwoo, /^Send the review/);
    await goTo(aditi, `${PLAN}/proposals/${number}`);
    await press(aditi, 'Merge');
    await expectSaid(aditi, /[Mm]erged/);
    await server.work();
    await done('fetch', '--quiet', 'origin');
    const log = await done('log', '-1', '--format=%an%n%B', 'origin/main');
    expect(log).toContain('Aditi Raghunathan');
    expect(log).toContain(`#${number}`);
    expect(log).toContain('Reviewed-by: Hyun-woo Baek');
    expect(log).not.toContain('@example.org');
    expect(await done('show', `origin/main:${TOPIC}`)).toContain('are three things');
    await goTo(aditi, `${PLAN}/people`);
    const row = aditi.getByRole('row').filter({ hasText: 'Aditi Raghunathan' });
    expect(await row.first().innerText()).toMatch(/\d/);
    await goTo(aditi, '/s/sp_summit_2023/me/promises');
    await expectSaid(aditi, /contribution/);
  });
});

describe('from a phone, without Git and without scripts', () => {
  test('a document is edited, looked at and proposed', async () => {
    await goTo(katarzyna, `${PLAN}/files`);
    await follow(katarzyna, 'practices');
    await follow(katarzyna, 'deprecations.md');
    await follow(katarzyna, 'Propose a change');
    const text = katarzyna.getByRole('textbox', { name: /^Text/ });
    const before = await text.inputValue();
    await text.fill(before.replace('status:', 'status: [broken'));
    await press(katarzyna, 'Check');
    expect(await katarzyna.getByRole('textbox', { name: /^Text/ }).inputValue()).toContain(
      '[broken',
    );
    await katarzyna
      .getByRole('textbox', { name: /^Text/ })
      .fill(before.replace('Whatever is public', 'Whatever anybody can call'));
    await katarzyna
      .getByRole('textbox', { name: /^What do you change/ })
      .fill('Say what public means');
    await press(katarzyna, 'Propose');
    await expectSaid(katarzyna, 'Say what public means');
    number = /proposals\/(\d+)/.exec(katarzyna.url())?.[1] ?? '';
  });

  test('where main changed the same lines, the conflict is mended in the browser', async () => {
    await done('switch', '--quiet', '--detach', 'origin/main');
    const path = 'practices/deprecations.md';
    await write(path, (await read(path)).replace('Whatever is public', 'All that is documented'));
    await done('commit', '--quiet', '-a', '-m', 'Speak of what is documented');
    const said = await done('push', 'origin', 'HEAD:refs/heads/documented');
    const other = /\/plan\/proposals\/(\d+)/.exec(said)?.[1] ?? '';
    const organiser = await server.signIn(
      await browser.newContext(),
      'ines.okafor@example.org',
      `${PLAN}/proposals/${other}`,
    );
    await organiser
      .getByRole('textbox', { name: /^Why is it to be merged/ })
      .fill('To try the conflict.');
    await press(organiser, 'Merge before its rules are met');
    await expectSaid(organiser, /[Mm]erged/);

    await goTo(katarzyna, `${PLAN}/proposals/${number}`);
    await expectSaid(katarzyna, /conflict/i);
    await goTo(katarzyna, `${PLAN}/proposals/${number}/conflicts`);
    await expectSaid(katarzyna, 'All that is documented');
    await katarzyna.getByRole('radio', { name: /^Place by place/ }).check();
    await katarzyna.getByRole('radio', { name: /^Both, the proposal/ }).check();
    await press(katarzyna, 'Save as a new version');
    await goTo(katarzyna, `${PLAN}/proposals/${number}/changes`);
    const both = await textOf(katarzyna);
    expect(both).toContain('Whatever anybody can call');
  });
});

describe('hostile text', () => {
  const HOSTILE = [
    '<script>window.hacked = 1</script><img src=x onerror="window.hacked = 1">',
    '[a](javascript:window.hacked=1) ![b](data:text/html,<script>window.hacked=1</script>)',
    '```{raw} html\n<script>window.hacked = 1</script>\n```',
    'user \u202e}if(admin){\u202c',
  ].join('\n\n');

  test('is harmless as a comment and as a document', async () => {
    await goTo(aditi, `${PLAN}/topics/1`);
    await aditi.getByRole('textbox', { name: /^Say something/ }).fill(HOSTILE);
    await press(aditi, 'Comment');
    await aditi.waitForLoadState('load');
    expect(await aditi.evaluate(() => 'hacked' in window)).toBe(false);
    expect(await aditi.content()).not.toContain('javascript:window');
    await done('switch', '--quiet', '-c', 'hostile', 'origin/main');
    await write('hostile.md', `# Hostile\n\n${HOSTILE}\n`);
    await write('nested.md', `# Nested\n\n${'['.repeat(1_000_000)}\n`);
    await done('add', '.');
    await done('commit', '--quiet', '-m', 'Be hostile');
    const long = await git('push', 'origin', 'HEAD');
    expect(long.said).toContain('nested.md:1:1: This document has 1,000,011 characters');
    await write('nested.md', `# Nested\n\n${'['.repeat(500_000)}\n`);
    await done('commit', '--quiet', '-a', '--amend', '-m', 'Be hostile');
    const said = await done('push', 'origin', 'HEAD');
    const hostile = /\/plan\/proposals\/(\d+)/.exec(said)?.[1] ?? '';
    for (const query of ['', '?of=rendered', '?view=split']) {
      const answer = await goTo(aditi, `${PLAN}/proposals/${hostile}/changes${query}`);
      expect(answer?.status()).toBe(200);
      expect(await aditi.evaluate(() => 'hacked' in window)).toBe(false);
    }
    await goTo(aditi, `${PLAN}/proposals/${hostile}/changes`);
    expect(await textOf(aditi)).not.toContain('\u202e');
  });
});
