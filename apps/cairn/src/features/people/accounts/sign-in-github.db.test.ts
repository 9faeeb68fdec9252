import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../../../tests/database.ts';
import { TEST_URL } from '../../../../../../tests/services.ts';
import { addPerson, appWithSignIn, Browser } from '../../../../../../tests/sign-in.ts';
import { type Db, openKysely } from '../../../platform/db/database.ts';
import { personByEmail } from './sign-in-queries.ts';

let database: TestDatabase;
let db: Db;
let made: ReturnType<typeof appWithSignIn>;

beforeAll(async () => {
  database = await cloneDatabase();
  db = openKysely(database.pool);
  made = appWithSignIn(db, { github: { clientId: 'cairn', clientSecret: 'known to this test' } });
});
afterEach(() => vi.unstubAllGlobals());
afterAll(() => database.drop());

/** A GitHub account, as its API tells of it (GitHub REST API, “Get the authenticated user”). */
interface GitHubAccount {
  readonly id: number;
  readonly login: string;
  readonly email: string;
  readonly verified: boolean;
}

/** GitHub's three answers of a sign-in, without GitHub. */
function standInForGitHub({ id, login, email, verified }: GitHubAccount): void {
  const answers: Readonly<Record<string, unknown>> = {
    'https://github.com/login/oauth/access_token': {
      access_token: 'gho_secret',
      token_type: 'bearer',
      scope: 'read:user,user:email',
    },
    'https://api.github.com/user': { id, login, name: null, email: null, avatar_url: '' },
    'https://api.github.com/user/emails': [{ email, primary: true, verified, visibility: null }],
  };
  vi.stubGlobal('fetch', async (input: string | URL | Request) => {
    const url = input instanceof Request ? input.url : String(input);
    if (!(url in answers)) throw new Error(`nobody stands in for ${url}`);
    return Response.json(answers[url]);
  });
}

/** Signs in at GitHub; where Cairn sends the browser then. */
async function signIn(visitor: Browser, account: GitHubAccount): Promise<string> {
  standInForGitHub(account);
  const out = await visitor.post('/sign-in/with/github', { to: '/me' });
  const there = new URL(out.headers.get('refresh')?.replace('0; url=', '') ?? '');
  expect(there.origin).toBe('https://github.com');
  const state = there.searchParams.get('state') ?? '';
  const back = await visitor.get(
    `/sign-in/with/callback/github?code=once&state=${encodeURIComponent(state)}`,
  );
  return back.headers.get('location') ?? '';
}

const browser = () => new Browser(made.app, TEST_URL);
const NOT_INVITED = `${TEST_URL}/sign-in/with/refused?error=not_invited&error_description=not_invited`;

const personOf = async (visitor: Browser) => {
  const headers = new Headers({
    cookie: [...visitor.cookies].map((pair) => pair.join('=')).join('; '),
  });
  const account = await made.auth.visitor(headers);
  return (
    account &&
    (await db
      .selectFrom('person')
      .select('id')
      .where('authUserId', '=', account.authUserId)
      .executeTakeFirst())
  )?.id;
};

describe('GitHub', () => {
  test('signs in the person whose verified address it tells', async () => {
    const personId = await addPerson(db, { name: 'Ada', email: 'ada@example.org' });
    const visitor = browser();
    const account = { id: 1, login: 'ada', email: 'Ada@example.org', verified: true };
    expect(await signIn(visitor, account)).toBe(`${TEST_URL}/me`);
    expect(await personOf(visitor)).toBe(personId);
  });

  test('proves nothing by an address that it has not verified', async () => {
    await addPerson(db, { name: 'Alan', email: 'alan@example.org' });
    const account = { id: 2, login: 'alan', email: 'alan@example.org', verified: false };
    expect(await signIn(browser(), account)).toContain('error=email_not_verified');
  });

  test('signs in whoever was invited by their handle, in either case, and learns their address', async () => {
    const personId = await addPerson(db, { name: 'Grace', github: 'GraceHopper' });
    const visitor = browser();
    const account = { id: 3, login: 'gracehopper', email: 'grace@navy.example', verified: true };
    expect(await signIn(visitor, account)).toBe(`${TEST_URL}/me`);
    expect(await personOf(visitor)).toBe(personId);
    const known = await db
      .selectFrom('personIdentity')
      .select(['kind', 'value'])
      .where('personId', '=', personId)
      .orderBy('kind')
      .execute();
    expect(known).toEqual([
      { kind: 'email', value: 'grace@navy.example' },
      { kind: 'github', value: 'GraceHopper' },
    ]);
  });

  test('signs in by the handle even where the address is another than the invitation’s', async () => {
    const personId = await addPerson(db, {
      name: 'Barbara',
      email: 'barbara@mit.example',
      github: 'liskov',
    });
    const visitor = browser();
    const account = { id: 4, login: 'liskov', email: 'private@example.net', verified: false };
    expect(await signIn(visitor, account)).toBe(`${TEST_URL}/me`);
    expect(await personOf(visitor)).toBe(personId);
  });

  test('does not give a person to whoever takes over their old handle', async () => {
    await addPerson(db, { name: 'Donald', email: 'don@example.org', github: 'knuth' });
    const first = { id: 5, login: 'knuth', email: 'don@example.org', verified: true };
    expect(await signIn(browser(), first)).toBe(`${TEST_URL}/me`);
    const taker = { id: 6, login: 'knuth', email: 'taker@example.net', verified: true };
    expect(await signIn(browser(), taker)).toBe(NOT_INVITED);
    // The first, who renamed themselves, is still known by the number of their account.
    const renamed = { id: 5, login: 'don-knuth', email: 'new@example.net', verified: true };
    expect(await signIn(browser(), renamed)).toBe(`${TEST_URL}/me`);
  });

  test('proves no address of an invitation by its handle, so that the address opens nothing after', async () => {
    const personId = await addPerson(db, {
      name: 'Victim',
      email: 'prepared@example.net',
      github: 'victim',
    });
    const account = { id: 8, login: 'victim', email: 'victim@example.org', verified: true };
    const { token } = await made.auth.issueTicket('prepared@example.net');
    expect(await signIn(browser(), account)).toBe(`${TEST_URL}/me`);
    const verified = await db
      .selectFrom('personIdentity')
      .select('verifiedAt')
      .where('personId', '=', personId)
      .where('verifiedAt', 'is not', null)
      .execute();
    expect(verified).toEqual([]);
    expect(await personByEmail(db, 'prepared@example.net')).toBeUndefined();
    expect(await made.auth.readLink(token)).toBeUndefined();
    const other = { id: 9, login: 'other', email: 'prepared@example.net', verified: true };
    expect(await signIn(browser(), other)).not.toBe(`${TEST_URL}/me`);
    // The owner still comes in by the number of their GitHub account.
    const again = browser();
    expect(await signIn(again, account)).toBe(`${TEST_URL}/me`);
    expect(await personOf(again)).toBe(personId);
  });

  test('proves the address of an invitation that it tells and has verified', async () => {
    await addPerson(db, { name: 'Radia', email: 'radia@example.org', github: 'radia' });
    const account = { id: 10, login: 'radia', email: 'Radia@example.org', verified: true };
    expect(await signIn(browser(), account)).toBe(`${TEST_URL}/me`);
    expect((await personByEmail(db, 'radia@example.org'))?.name).toBe('Radia');
  });

  test('leads by an unproven handle into no account that was opened by mail', async () => {
    const email = 'by.mail@example.org';
    const personId = await addPerson(db, { name: 'Mailed', email, github: 'prepared' });
    await db
      .insertInto('personIdentity')
      .values({ kind: 'email', value: 'second@example.net', personId, isPrimary: false })
      .execute();
    const { authUserId } = await made.auth.startSession({
      email,
      name: 'Mailed',
      method: 'link',
      headers: new Headers(),
    });
    expect(authUserId).not.toBe('');
    const attacker = { id: 11, login: 'prepared', email: 'attacker@example.net', verified: true };
    expect(await signIn(browser(), attacker)).toBe(NOT_INVITED);
    expect(await personByEmail(db, 'second@example.net')).toBeUndefined();
    expect((await personByEmail(db, email))?.personId).toBe(personId);
  });

  test('does not let in whom nobody invited', async () => {
    const account = { id: 7, login: 'mallory', email: 'mallory@example.net', verified: true };
    expect(await signIn(browser(), account)).toBe(NOT_INVITED);
  });
});
