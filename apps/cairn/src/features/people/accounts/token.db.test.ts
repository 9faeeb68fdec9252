import { expectOk } from '@cairn/kernel/result';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tokenOf, withToken } from '../../../../../../tests/api.ts';
import { TEST_URL, testServices, visitorFromHeader } from '../../../../../../tests/services.ts';
import { appWithSignIn, Browser } from '../../../../../../tests/sign-in.ts';
import {
  addPerson,
  FIRST_SUMMIT,
  openSummitDatabase,
  type SummitDatabase,
} from '../../../../../../tests/summit-database.ts';
import { createApp } from '../../../app.tsx';
import { inTransaction } from '../../../platform/db/command.ts';
import { oneself } from '../own-data/own-data-queries.ts';
import { revokeToken } from './token-commands.ts';
import { noteTokenUse, ownTokens } from './token-queries.ts';

let given: SummitDatabase;
beforeAll(async () => {
  given = await openSummitDatabase();
  await given.found();
});
afterAll(() => given.drop());

const SUMMIT = '/api/v1/summits/sp_summit_2023';
const ask = (path: string, token?: string, headers: Record<string, string> = {}) =>
  given.app.request(path, withToken(token, { headers }));
const codeOf = async (answer: Response) => ((await answer.json()) as { code: string }).code;

describe('what a token opens', () => {
  test('nothing without one, nothing with a wrong one, and the answer says how to show it', async () => {
    const without = await ask('/api/v1/me');
    expect([without.status, without.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    const wrong = await ask('/api/v1/me', 'cairn_wrong');
    expect([wrong.status, await codeOf(wrong)]).toEqual([401, 'token-unknown']);
    const basic = await given.app.request('/api/v1/me', {
      headers: { authorization: 'Basic abc' },
    });
    expect(basic.status).toBe(401);
  });

  test('a session’s cookie is nothing to the API', async () => {
    const answer = await given.app.request('/api/v1/me', {
      headers: { cookie: 'better-auth.session_token=x', 'x-test-person': given.ada },
    });
    expect(answer.status).toBe(401);
  });

  test('no more than its scopes', async () => {
    const token = await tokenOf(given, given.ada, ['read:me']);
    expect(await (await ask('/api/v1/me', token)).json()).toEqual({
      id: given.ada,
      name: 'Ada',
      is_administrator: true,
      scopes: ['read:me'],
    });
    const people = await ask(`${SUMMIT}/people`, token);
    expect([people.status, await codeOf(people)]).toEqual([403, 'scope-missing']);
    expect(people.headers.get('www-authenticate')).toContain('scope="read:people"');
    // What everybody may read it reads as everybody does: Ada's draft is not among it.
    expect((await ask(SUMMIT, token)).status).toBe(404);
  });

  test('no more than its owner may, however many scopes it has', async () => {
    const token = await tokenOf(given, given.stranger);
    for (const path of ['', '/people', '/definition', '/events', '/promises', '/seats']) {
      expect((await ask(`${SUMMIT}${path}`, token)).status).toBe(404);
    }
  });

  test('nothing once it is revoked, has expired, or its owner is erased', async () => {
    const now = given.clock.now();
    const token = await tokenOf(given, given.stranger, ['read:me'], 30);
    const forEver = await tokenOf(given, given.stranger, ['read:me']);
    given.clock.set(now.add({ hours: 24 * 30 }));
    expect(await codeOf(await ask('/api/v1/me', token))).toBe('token-expired');
    expect((await ask('/api/v1/me', forEver)).status).toBe(200);
    given.clock.set(now);
    const tokens = await ownTokens(given.db, oneself({ personId: given.stranger }), now);
    for (const { id } of tokens) {
      expectOk(
        await inTransaction(given.db, (tx) =>
          revokeToken(tx, given.actor, oneself({ personId: given.stranger }), id),
        ),
      );
    }
    expect(await codeOf(await ask('/api/v1/me', forEver))).toBe('token-revoked');

    const gone = await addPerson(given.db, 'Gone');
    const left = await tokenOf(given, gone);
    await given.db.updateTable('person').set({ erasedAt: now }).where('id', '=', gone).execute();
    expect(await codeOf(await ask('/api/v1/me', left))).toBe('token-unknown');
  });
});

test('that a token was used is noted once an hour', async () => {
  const owner = await addPerson(given.db, 'Owner');
  const token = await tokenOf(given, owner);
  const own = oneself({ personId: owner });
  const now = given.clock.now();
  const lastUse = async () => (await ownTokens(given.db, own, now))[0]?.lastUsedAt?.toString();
  await ask('/api/v1/me', token);
  await expect.poll(lastUse).toBe(now.toString());
  const [{ id } = { id: '' }] = await ownTokens(given.db, own, now);
  await noteTokenUse(given.db, id, now.add({ minutes: 59 }));
  expect(await lastUse()).toBe(now.toString());
  await noteTokenUse(given.db, id, now.add({ minutes: 61 }));
  expect(await lastUse()).toBe(now.add({ minutes: 61 }).toString());
});

test('too many requests are told when to go on, and others are not counted with them', async () => {
  const token = await tokenOf(given, given.ada);
  const other = await tokenOf(given, given.ada);
  const first = await ask('/api/v1/me', token);
  const limit = Number(first.headers.get('ratelimit-limit'));
  expect(first.headers.get('ratelimit-remaining')).toBe(String(limit - 1));
  let answer = first;
  for (let sent = 1; sent <= limit; sent += 1) answer = await ask('/api/v1/nowhere', token);
  expect([answer.status, await codeOf(answer)]).toEqual([429, 'too-many-requests']);
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await ask('/api/v1/me', other)).status).toBe(200);
});

test('whoever shows nothing is counted by their network', async () => {
  const from = (address: string) =>
    given.app.request('/api/v1/summits', {}, { incoming: { socket: { remoteAddress: address } } });
  const { headers } = await from('198.51.100.1');
  expect(Number(headers.get('ratelimit-remaining'))).toBe(
    Number(headers.get('ratelimit-limit')) - 1,
  );
  const neighbour = await from('198.51.100.2');
  expect(Number(neighbour.headers.get('ratelimit-remaining'))).toBe(
    Number(headers.get('ratelimit-limit')) - 2,
  );
});

test('an answer that has not changed is not sent again', async () => {
  const token = await tokenOf(given, given.ada);
  const first = await ask(SUMMIT, token);
  const tag = first.headers.get('etag') ?? '';
  expect(tag).not.toBe('');
  const again = await ask(SUMMIT, token, { 'if-none-match': tag });
  expect([again.status, await again.text()]).toEqual([304, '']);
});

test('the operator of the machine may do everything, and is nobody in the log', async () => {
  const app = createApp(testServices(given.db), visitorFromHeader(given.db), undefined, {
    localToken: 'a-local-token',
  });
  const founded = await app.request(
    '/api/v1/summits',
    withToken('a-local-token', {
      method: 'POST',
      body: FIRST_SUMMIT.replaceAll('sp_summit_2023', 'sp_summit_local'),
      headers: { 'content-type': 'application/yaml' },
    }),
  );
  expect(founded.status).toBe(201);
  const { door, actorId } = await given.db
    .selectFrom('event')
    .select(['door', 'actorId'])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  expect({ door, actorId }).toEqual({ door: 'cli', actorId: null });
  expect((await app.request(`${SUMMIT}/people`, withToken('a-local-token'))).status).toBe(200);
  // What only a person can say, nobody says for one.
  const answer = await app.request(`${SUMMIT}/me`, withToken('a-local-token'));
  expect([answer.status, await codeOf(answer)]).toEqual([403, 'needs-a-person']);
  expect((await given.app.request('/api/v1/me', withToken('a-local-token'))).status).toBe(401);
});

describe('the page', () => {
  const ADDRESS = 'ada@example.org';
  const tokensPage = async () => {
    const { app, auth } = appWithSignIn(given.db);
    await given.db
      .insertInto('personIdentity')
      .values({ kind: 'email', value: ADDRESS, personId: given.ada, verifiedAt: null })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const browser = new Browser(app, TEST_URL);
    const { setCookies } = await auth.startSession({
      email: ADDRESS,
      name: 'Ada',
      method: 'test',
      headers: new Headers(),
    });
    for (const cookie of setCookies) {
      const [pair = ''] = cookie.split('; ');
      const [name = '', ...value] = pair.split('=');
      browser.cookies.set(name, value.join('='));
    }
    return { browser, app };
  };

  test('a new token is shown once, works, and only its hash is kept', async () => {
    const { browser, app } = await tokensPage();
    const made = await browser.post('/me/tokens', {
      name: 'attendance script',
      'scopes[]': 'read:me',
      days: '90',
    });
    expect(made.status).toBe(200);
    expect(made.headers.get('cache-control')).toBe('no-store');
    const [token = ''] = /cairn_[\w-]{43}/.exec(await made.text()) ?? [];
    expect((await app.request('/api/v1/me', withToken(token))).status).toBe(200);
    expect(await (await browser.get('/me')).text()).toContain('href="/me/tokens"');
    const list = await (await browser.get('/me/tokens')).text();
    expect(list).toContain('attendance script');
    expect(list).not.toContain(token);
    const rows = await given.db.selectFrom('apiToken').select('secretHash').execute();
    for (const { secretHash } of rows) {
      expect(Buffer.from(secretHash).toString('latin1')).not.toContain('cairn_');
    }
    const [, id = ''] =
      /tokens\/([0-9a-f-]{36})\/revoke[^/]*>\s*<button[^>]*>Revoke<span[^>]*> the token for attendance script/.exec(
        list,
      ) ?? [];
    expect((await browser.post(`/me/tokens/${id}/revoke`)).status).toBe(303);
    expect((await app.request('/api/v1/me', withToken(token))).status).toBe(401);
  });

  test('what is wrong with the form is told at its field, with what was typed', async () => {
    const { browser } = await tokensPage();
    const refused = await browser.post('/me/tokens', { name: 'my script', days: '90' });
    expect(refused.status).toBe(422);
    const page = await refused.text();
    expect(page).toContain('Choose at least one thing that it may do.');
    expect(page).toContain('my script');
  });

  test('is for whoever has signed in', async () => {
    const { app } = appWithSignIn(given.db);
    const answer = await app.request(`${TEST_URL}/me/tokens`);
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toContain('/sign-in');
  });
});
