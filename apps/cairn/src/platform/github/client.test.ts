import { expectOk } from '@cairn/kernel/result';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Account, Repo } from '../../../../../tests/github-server/records.ts';
import { GithubServer } from '../../../../../tests/github-server/server.ts';
import { siteUrl } from './access.ts';
import { GithubClient } from './client.ts';

let server: GithubServer;
let ada: Account;
let repo: Repo;

beforeEach(async () => {
  server = await GithubServer.start();
  ada = server.world.addAccount('ada');
  repo = server.world.addRepo(ada, 'plan');
  server.world.tokens.set('ghp_ada', ada.id);
});

afterEach(async () => {
  expect(server.wrong).toEqual([]);
  await server.stop();
});

const slept: number[] = [];
const options = {
  now: () => server.world.now,
  sleep: async (milliseconds: number) => {
    slept.push(milliseconds);
    server.world.now += milliseconds;
  },
};
const asToken = (token = 'ghp_ada') =>
  new GithubClient(
    { apiUrl: server.url, identity: { kind: 'token', token }, webhookSecret: undefined },
    options,
  );
const asApp = () =>
  new GithubClient(
    {
      apiUrl: server.url,
      identity: { kind: 'app', appId: String(server.app.id), privateKey: server.app.privateKey },
      webhookSecret: undefined,
    },
    options,
  );
const issues = { path: '/repos/ada/plan/issues', query: { state: 'all' } };

describe('asking GitHub', () => {
  test('gives what there is, a page at a time', async () => {
    for (let number = 1; number <= 5; number += 1) {
      server.world.openIssue(repo, ada, { title: `Issue ${number}` });
    }
    const github = asToken();
    const first = expectOk(await github.ask({ ...issues, query: { state: 'all', per_page: 2 } }));
    expect(first.data).toHaveLength(2);
    expect([first.nextPage, first.lastPage]).toEqual([2, 3]);
    const last = expectOk(
      await github.ask({ ...issues, query: { state: 'all', per_page: 2, page: 3 } }),
    );
    expect(last.data).toHaveLength(1);
    expect(last.nextPage).toBeUndefined();
    expect(last.rate).toMatchObject({ limit: 5000, left: 4998 });
  });

  test('for what has not changed costs nothing', async () => {
    const github = asToken();
    const { etag } = expectOk(await github.ask(issues));
    const again = expectOk(await github.ask({ ...issues, etag }));
    expect(again).toMatchObject({ unchanged: true, data: undefined, rate: { left: 4999 } });
  });

  test('of a repository that was renamed is sent on, with what is sent', async () => {
    server.world.renameRepo(repo, ada, 'summit-plan');
    const github = asToken();
    expect(expectOk(await github.ask(issues)).data).toEqual([]);
    const body = { title: 'Still here' };
    const made = await github.ask({ method: 'POST', path: '/repos/ada/plan/issues', body });
    expect(expectOk(made).data).toMatchObject({ number: 1, title: 'Still here' });
  });

  test('says why not: unknown token, nothing there, nothing to be done with it', async () => {
    expect(await asToken('ghp_nobody').ask(issues)).toMatchObject({
      error: { kind: 'unauthorised', said: 'Bad credentials' },
    });
    expect(await asToken().ask({ path: '/repos/ada/other' })).toMatchObject({
      error: { kind: 'missing' },
    });
    const twin = {
      method: 'POST',
      path: '/repos/ada/plan/labels',
      body: { name: 'topic' },
    } as const;
    const github = asToken();
    await github.ask(twin);
    expect(await github.ask(twin)).toMatchObject({
      error: { kind: 'refused', said: expect.stringContaining('already_exists') },
    });
  });

  test('is tried again where it only reads and nothing came back', async () => {
    server.faults.push({ kind: 'hang-up' }, { kind: 'status', status: 502 });
    slept.length = 0;
    expect(expectOk(await asToken().ask(issues)).status).toBe(200);
    expect(slept).toEqual([500, 1000]);
  });

  test('is not tried again where it changes something, and says that it may be done', async () => {
    server.faults.push({ kind: 'hang-up', done: true });
    const path = '/repos/ada/plan/issues';
    const answer = await asToken().ask({ method: 'POST', path, body: { title: 'Once' } });
    expect(answer).toMatchObject({ error: { kind: 'unreachable', mayBeDone: true } });
    expect(repo.issues.size).toBe(1);
  });

  test('changes things with a second between them', async () => {
    const github = asToken();
    slept.length = 0;
    for (const title of ['One', 'Two', 'Three']) {
      await github.ask({ method: 'POST', path: '/repos/ada/plan/issues', body: { title } });
    }
    expect(slept).toEqual([1000, 1000]);
  });
});

describe('a limit', () => {
  test('that is reached is said, and nothing is asked before its end', async () => {
    server.limits.limit = 2;
    const github = asToken();
    await github.ask(issues);
    await github.ask(issues);
    const limited = await github.ask(issues);
    expect(limited).toMatchObject({ error: { kind: 'limited' } });
    const asked = server.requests.length;
    expect(await github.ask(issues)).toEqual(limited);
    expect(server.requests.length).toBe(asked);
    server.world.pass(60 * 60 + 2);
    expect(expectOk(await github.ask(issues)).status).toBe(200);
  });

  test('of the second kind holds for as long as GitHub says, or a minute', async () => {
    const github = asToken();
    const { now } = server.world;
    const message = 'You have exceeded a secondary rate limit.';
    server.faults.push({ kind: 'status', status: 403, headers: { 'retry-after': '30' }, message });
    expect(await github.ask(issues)).toEqual({
      ok: false,
      error: { kind: 'limited', until: now + 30_000 },
    });
    server.world.pass(31);
    server.faults.push({ kind: 'status', status: 429, message });
    expect(await github.ask(issues)).toMatchObject({
      error: { kind: 'limited', until: server.world.now + 60_000 },
    });
  });

  test('of one token is none of another', async () => {
    server.world.tokens.set('ghp_other', ada.id);
    server.limits.limit = 1;
    const github = asToken();
    await github.ask(issues);
    await github.ask(issues);
    expect((await github.ask({ ...issues, token: 'ghp_other' })).ok).toBe(true);
  });

  test('is not taken for a right that is missing', async () => {
    server.faults.push({
      kind: 'status',
      status: 403,
      message: 'Resource not accessible by integration',
    });
    expect(await asToken().ask(issues)).toMatchObject({ error: { kind: 'forbidden' } });
  });
});

describe('an App', () => {
  test('asks with a token of its installation, and keeps it for its hour', async () => {
    server.app.install(repo);
    const github = asApp();
    expect(expectOk(await github.ask(issues)).status).toBe(200);
    await github.ask(issues);
    const given = () => server.requests.filter((line) => line.includes('access_tokens')).length;
    expect(given()).toBe(1);
    server.world.pass(56 * 60);
    expect((await github.ask(issues)).ok).toBe(true);
    expect(given()).toBe(2);
  });

  test('asks for another token when GitHub has forgotten the one it had', async () => {
    server.app.install(repo);
    const github = asApp();
    await github.ask(issues);
    server.app.forgetTokens();
    expect((await github.ask(issues)).ok).toBe(true);
  });

  test('that is not installed finds nothing', async () => {
    expect(await asApp().ask(issues)).toMatchObject({ error: { kind: 'missing' } });
  });

  test('with a key that is none says so', async () => {
    const github = new GithubClient({
      apiUrl: server.url,
      identity: { kind: 'app', appId: '1', privateKey: '-----BEGIN PRIVATE KEY-----\nno' },
      webhookSecret: undefined,
    });
    expect(await github.ask(issues)).toMatchObject({ error: { kind: 'unauthorised' } });
  });
});

test('people look at repositories beside the API', () => {
  expect(siteUrl('https://api.github.com')).toBe('https://github.com');
  expect(siteUrl('https://git.example.org/api/v3')).toBe('https://git.example.org');
});
