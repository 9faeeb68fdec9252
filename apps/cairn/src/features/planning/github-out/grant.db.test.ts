import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../../../tests/database.ts';
import {
  post,
  TEST_URL,
  testServices,
  visitorFromHeader,
} from '../../../../../../tests/services.ts';
import { addPerson } from '../../../../../../tests/summit-database.ts';
import { createApp } from '../../../app.tsx';
import { type Db, openKysely } from '../../../platform/db/database.ts';
import { GithubClient } from '../../../platform/github/client.ts';
import { UserTokens } from '../../../platform/github/user-tokens.ts';
import { actingAs } from './acting-commands.ts';

/** What GitHub's sign-in gives next, and what it was asked. */
let given: object = {};
const asked: URLSearchParams[] = [];
const fetch: typeof globalThis.fetch = async (address, init) => {
  const { pathname } = new URL(String(address));
  if (pathname === '/user') return Response.json({ id: 7, login: 'mira-n', type: 'User' });
  asked.push(new URLSearchParams(String(init?.body)));
  return Response.json(given);
};

let database: TestDatabase;
let db: Db;
let services: ReturnType<typeof testServices>;
let app: ReturnType<typeof createApp>;
let mira: string;

beforeAll(async () => {
  database = await cloneDatabase();
  db = openKysely(database.pool);
  services = testServices(db, {
    userTokens: new UserTokens({
      clientId: 'cairn',
      clientSecret: 'secret',
      site: 'https://github.test',
      fetch,
    }),
    github: new GithubClient(
      {
        apiUrl: 'https://api.github.test',
        identity: { kind: 'token', token: 'ours' },
        webhookSecret: undefined,
      },
      { fetch, writePause: 0 },
    ),
  });
  app = createApp(services, visitorFromHeader(db));
  mira = await addPerson(db, 'Mira Novak');
});
afterAll(() => database.drop());

const grants = () => db.selectFrom('githubGrant').selectAll().execute();
const said = async (answer: Response): Promise<string> =>
  decodeURIComponent(answer.headers.get('set-cookie') ?? '').replaceAll('+', ' ');

/** Sets out to GitHub; gives the cookie to come back with and what GitHub was told. */
async function setOut(as = mira): Promise<{ cookie: string; told: URLSearchParams }> {
  const answer = await app.request('/me/github/ask', post({}, as));
  const address = answer.headers.get('refresh')?.replace('0; url=', '') ?? '';
  expect(new URL(address).origin).toBe('https://github.test');
  const cookie = (answer.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';
  return { cookie, told: new URL(address).searchParams };
}
const giveBack = (state: string, cookie: string, as = mira) => {
  const request = post({ code: 'a-code', state }, as);
  return app.request('/me/github/give', {
    ...request,
    headers: { ...(request.headers as Record<string, string>), cookie },
  });
};

test('whoever comes back from GitHub has to say so here before anything is kept', async () => {
  const { told } = await setOut();
  const back = await app.request(`/me/github/back?code=a-code&state=${told.get('state')}`, {
    headers: { 'x-test-person': mira },
  });
  expect(back.status).toBe(200);
  expect(await back.text()).toContain('Yes, as mine');
  expect(asked).toEqual([]);
  expect(await grants()).toEqual([]);
});

test('what came from another browser is not taken', async () => {
  const { cookie } = await setOut();
  await giveBack('made-up', cookie);
  const { told } = await setOut();
  await giveBack(told.get('state') ?? '', '');
  expect(asked).toEqual([]);
  expect(await grants()).toEqual([]);
});

test('the leave is kept sealed, and opens the account of whoever gave it', async () => {
  given = { access_token: 'gho_mira', refresh_token: 'ghr_mira', expires_in: 28_800 };
  const { cookie, told } = await setOut();
  await giveBack(told.get('state') ?? '', cookie);
  const [exchange] = asked.splice(0);
  expect(exchange?.get('redirect_uri')).toBe(`${TEST_URL}/me/github/back`);
  const verifier = exchange?.get('code_verifier') ?? '';
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  expect(told.get('code_challenge')).toBe(challenge);
  const [grant] = await grants();
  expect(Buffer.from(grant?.access ?? []).toString('latin1')).not.toContain('gho_mira');
  expect(await actingAs(services, mira)).toMatchObject({ token: 'gho_mira', login: 'mira-n' });
});

test('an account that is somebody’s here is nobody else’s', async () => {
  const lars = await addPerson(db, 'Lars');
  const { cookie, told } = await setOut(lars);
  const answer = await giveBack(told.get('state') ?? '', cookie, lars);
  expect(await said(answer)).toContain('belongs to somebody else here');
  expect(await grants()).toHaveLength(1);
  expect(await actingAs(services, lars)).toBeUndefined();
});

test('a token that ends is renewed, and one that GitHub refuses is tried no more', async () => {
  services.clock.set(services.clock.now().add({ hours: 9 }));
  given = { access_token: 'gho_new', refresh_token: 'ghr_new', expires_in: 28_800 };
  expect((await actingAs(services, mira))?.token).toBe('gho_new');
  services.clock.set(services.clock.now().add({ hours: 9 }));
  given = { error: 'bad_refresh_token' };
  expect(await actingAs(services, mira)).toBeUndefined();
  asked.splice(0);
  expect(await actingAs(services, mira)).toBeUndefined();
  expect(asked).toEqual([]);
  const page = await app.request('/me/github', { headers: { 'x-test-person': mira } });
  expect(await page.text()).toContain('no longer takes what you allowed');
});

test('it is taken back with one button', async () => {
  await app.request('/me/github/withdraw', post({}, mira));
  expect(await grants()).toEqual([]);
});

test('is nowhere where this installation is not registered at GitHub', async () => {
  const without = createApp(testServices(db), visitorFromHeader(db));
  const page = await without.request('/me/github', { headers: { 'x-test-person': mira } });
  expect(page.status).toBe(404);
});
