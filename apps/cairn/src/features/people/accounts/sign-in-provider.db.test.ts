import { Temporal } from '@cairn/kernel/time';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../../../tests/database.ts';
import {
  type OpenIdServer,
  passThroughOpenId,
  startOpenId,
} from '../../../../../../tests/openid.ts';
import { TEST_URL } from '../../../../../../tests/services.ts';
import { addPerson, appWithSignIn, Browser } from '../../../../../../tests/sign-in.ts';
import { type Db, openKysely } from '../../../platform/db/database.ts';

let database: TestDatabase;
let db: Db;
let server: OpenIdServer;

beforeAll(async () => {
  database = await cloneDatabase();
  db = openKysely(database.pool);
  server = await startOpenId(`${TEST_URL}/sign-in/with/callback/oidc`);
});
afterAll(async () => {
  await server.close();
  await database.drop();
});

const withOpenId = (overrides: { issuer?: string; discoveryUrl?: string } = {}) =>
  appWithSignIn(db, {
    oidc: {
      name: 'the lab',
      discoveryUrl: `${server.issuer}/.well-known/openid-configuration`,
      issuer: server.issuer,
      ...server.client,
      ...overrides,
    },
  });

/** Goes out by our button and comes back with the provider's answer; not yet into Cairn. */
async function goThere(visitor: Browser, login: string, to = '/'): Promise<string> {
  const out = await visitor.post('/sign-in/with/oidc', { to });
  expect(out.status).toBe(200);
  const there = out.headers.get('refresh')?.replace('0; url=', '') ?? '';
  return passThroughOpenId(there, login);
}

const isSignedIn = async (visitor: Browser) => (await visitor.get('/me')).status === 200;

describe('an OpenID provider', () => {
  test('is offered only where it is configured', async () => {
    const visitor = (made: ReturnType<typeof appWithSignIn>) => new Browser(made.app, TEST_URL);
    const offered = await (await visitor(withOpenId()).get('/sign-in')).text();
    expect(offered).toContain('Sign in with the lab');
    const none = visitor(appWithSignIn(db));
    expect(await (await none.get('/sign-in')).text()).not.toContain('Sign in with');
    expect((await none.post('/sign-in/with/oidc')).status).toBe(404);
  });

  test('signs in the person whose address it has verified, and keeps none of its tokens', async () => {
    const personId = await addPerson(db, { name: 'Ada', email: 'ada@example.org' });
    const visitor = new Browser(withOpenId().app, TEST_URL);
    const back = await goThere(visitor, 'ada', '/s/sp_summit_2023');
    const answer = await visitor.get(back);
    expect([answer.status, answer.headers.get('location')]).toEqual([
      302,
      `${TEST_URL}/s/sp_summit_2023`,
    ]);
    expect(await isSignedIn(visitor)).toBe(true);
    const { rows } = await database.pool.query(
      'select access_token, refresh_token, id_token from auth_account',
    );
    expect(rows).toEqual([{ access_token: null, refresh_token: null, id_token: null }]);
    const log = await db
      .selectFrom('signInAttempt')
      .select(['method', 'outcome'])
      .where('personId', '=', personId)
      .execute();
    expect(log).toEqual([{ method: 'oidc', outcome: 'signed-in' }]);
  });

  test('leads a person of two proven addresses to their one account', async () => {
    const personId = await addPerson(db, { name: 'Grace', email: 'grace@example.com' });
    await db
      .insertInto('personIdentity')
      .values({
        kind: 'email',
        value: 'grace@example.org',
        personId,
        isPrimary: false,
        verifiedAt: Temporal.Instant.from('2023-01-01T00:00:00Z'),
      })
      .execute();
    const { app, auth } = withOpenId();
    const first = await auth.startSession({
      email: 'grace@example.com',
      name: 'Grace',
      method: 'invitation',
      headers: new Headers(),
    });
    const visitor = new Browser(app, TEST_URL);
    await visitor.get(await goThere(visitor, 'grace'));
    expect(await isSignedIn(visitor)).toBe(true);
    const methods = (await auth.sessionsOf(first.authUserId)).map(({ method }) => method);
    expect(methods.sort()).toEqual(['invitation', 'oidc']);
  });

  test('does not let in whom it knows and nobody invited', async () => {
    const { app } = withOpenId();
    const visitor = new Browser(app, TEST_URL);
    const answer = await visitor.get(await goThere(visitor, 'mallory'));
    expect(answer.headers.get('location')).toContain('/sign-in/with/refused?error=not_invited');
    const told = await visitor.get(answer.headers.get('location') ?? '');
    expect(told.status).toBe(403);
    expect(await told.text()).toContain('Summits are by invitation');
    expect(await isSignedIn(visitor)).toBe(false);
    const users = await db.selectFrom('authUser').select('email').execute();
    expect(users.map(({ email }) => email)).not.toContain('mallory@example.org');
  });

  test('proves nothing by an address that it has not verified', async () => {
    await addPerson(db, { name: 'Alan', email: 'unverified-alan@example.org' });
    const visitor = new Browser(withOpenId().app, TEST_URL);
    const answer = await visitor.get(await goThere(visitor, 'unverified-alan'));
    expect(answer.headers.get('location')).toContain('error=email_not_verified');
    expect(await isSignedIn(visitor)).toBe(false);
  });

  test('is answered only in the browser that set out, and once', async () => {
    await addPerson(db, { name: 'Edsger', email: 'edsger@example.org' });
    const { app } = withOpenId();
    const visitor = new Browser(app, TEST_URL);
    const back = await goThere(visitor, 'edsger');
    const other = new Browser(app, TEST_URL);
    expect((await other.get(back)).headers.get('location')).toContain('error=state_mismatch');
    expect(await isSignedIn(other)).toBe(false);
    const own = await goThere(visitor, 'edsger');
    await visitor.get(own);
    expect(await isSignedIn(visitor)).toBe(true);
    const copied = new Browser(app, TEST_URL);
    await copied.get(own);
    expect(await isSignedIn(copied)).toBe(false);
  });

  test('that names another issuer than we were told is not used', async () => {
    const visitor = new Browser(withOpenId({ issuer: 'https://id.example.org' }).app, TEST_URL);
    const out = await visitor.post('/sign-in/with/oidc', {});
    expect(out.status).toBe(500);
    expect(await out.text()).toContain('OIDC_ISSUER_URL');
  });

  test('that is down does not stop signing in by mail', async () => {
    const visitor = new Browser(withOpenId({ discoveryUrl: 'http://127.0.0.1:9/' }).app, TEST_URL);
    const out = await visitor.post('/sign-in/with/oidc', {});
    expect(out.status).toBe(500);
    expect(await out.text()).toContain('the lab cannot be reached now');
    expect((await visitor.post('/sign-in', { email: 'ada@example.org' })).status).toBe(303);
  });
});
