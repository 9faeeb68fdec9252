import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../../../tests/database.ts';
import { addPerson, appWithSignIn, Browser } from '../../../../../../tests/sign-in.ts';
import { type Db, openKysely } from '../../../platform/db/database.ts';
import { changeDetails } from './account-commands.ts';

let database: TestDatabase;
let db: Db;
let made: ReturnType<typeof appWithSignIn>;

beforeAll(async () => {
  database = await cloneDatabase();
  db = openKysely(database.pool);
  made = appWithSignIn(db, { url: 'http://localhost' });
});
afterAll(() => database.drop());

let people = 0;
async function someone(facts: { isAdministrator?: boolean } = {}) {
  const email = `person${++people}@example.org`;
  const personId = await addPerson(db, { name: `Person ${people}`, email, ...facts });
  return { email, personId };
}

/** A browser that has used a sign-in link of the console. */
async function signedIn(email: string): Promise<Browser> {
  const visitor = new Browser(made.app, 'http://localhost', '198.51.100.9');
  const answer = await visitor.post(await made.auth.createSignInLink(email));
  expect(answer.status).toBe(303);
  return visitor;
}

const kinds = async (personId: string) =>
  (
    await db
      .selectFrom('event')
      .select(['kind', 'data'])
      .where('personId', '=', personId)
      .orderBy('id')
      .execute()
  ).map(({ kind, data }) => [kind, data]);

describe('one’s own page', () => {
  test('gives no name back to somebody who erased themselves in another tab', async () => {
    const { personId } = await someone();
    const now = made.services.clock.now();
    await db
      .updateTable('person')
      .set({ name: 'Erased person', erasedAt: now })
      .where('id', '=', personId)
      .execute();
    const actor = { personId, door: 'web', now } as const;
    await db
      .transaction()
      .execute((tx) => changeDetails(tx, actor, { personId }, { name: 'Back Again' }));
    const { name } = await db
      .selectFrom('person')
      .select('name')
      .where('id', '=', personId)
      .executeTakeFirstOrThrow();
    expect(name).toBe('Erased person');
    expect(await kinds(personId)).toEqual([]);
  });

  test('asks visitors to sign in, and brings them back', async () => {
    const visitor = new Browser(made.app, 'http://localhost');
    for (const answer of [await visitor.get('/me'), await visitor.post('/me', { name: 'X' })]) {
      expect(answer.headers.get('location')).toBe('/sign-in?to=%2Fme');
    }
  });

  test('keeps a name and a zone, and records only what changed', async () => {
    const { email, personId } = await someone();
    const visitor = await signedIn(email);
    const save = (fields: Record<string, string>) => visitor.post('/me', fields);
    expect((await save({ name: 'Ada Lovelace', zone: 'Europe/London' })).status).toBe(303);
    expect((await save({ name: 'Ada Lovelace', zone: 'Europe/London' })).status).toBe(303);
    expect((await save({ name: 'Ada Lovelace', zone: '' })).status).toBe(303);
    expect(await kinds(personId)).toEqual([
      ['person.account_joined', {}],
      ['person.details_changed', { fields: ['name', 'zone'] }],
      ['person.details_changed', { fields: ['zone'] }],
    ]);
    expect(await (await visitor.get('/me')).text()).toContain('value="Ada Lovelace"');
  });

  test('shows what was wrong beside what was typed', async () => {
    const { email } = await someone();
    const visitor = await signedIn(email);
    const refused = await visitor.post('/me', { name: ' ', zone: 'Mars/Olympus' });
    expect(refused.status).toBe(422);
    const page = await refused.text();
    expect(page).toContain('Write a name.');
    expect(page).toContain('“Mars/Olympus” is no time zone that this machine knows');
    expect(page).toContain('value="Mars/Olympus" selected');
  });

  test('shows times in the zone of the person, else of the browser, else of the place', async () => {
    const { email } = await someone();
    const visitor = await signedIn(email);
    const zoneShown = async () =>
      /Times are those of ([^.]+)\./.exec(await (await visitor.get('/me')).text())?.[1];
    expect(await zoneShown()).toBe('UTC');
    visitor.cookies.set('cairn_zone', encodeURIComponent('America/Los_Angeles'));
    expect(await zoneShown()).toBe('America/Los Angeles');
    visitor.cookies.set('cairn_zone', encodeURIComponent('Asia/Katmandu'));
    expect(await zoneShown()).toBe('Asia/Kathmandu');
    await visitor.post('/me', { name: 'Ada', zone: 'Europe/Paris' });
    expect(await zoneShown()).toBe('Europe/Paris');
    visitor.cookies.set('cairn_zone', '%E0%A4%A');
    expect(await zoneShown()).toBe('Europe/Paris');
  });
});

describe('sessions', () => {
  test('can be ended one by one, or all but one’s own', async () => {
    const { email, personId } = await someone();
    const [here, phone, library] = [
      await signedIn(email),
      await signedIn(email),
      await signedIn(email),
    ];
    const isIn = async (visitor: Browser) => (await visitor.get('/me')).status === 200;
    const page = await (await here.get('/me')).text();
    const [one] = [...page.matchAll(/\/me\/sessions\/([^/"]+)\/end"/g)].map(([, id]) => id);
    expect((await here.post(`/me/sessions/${one}/end`)).status).toBe(303);
    expect([await isIn(phone), await isIn(library)].filter(Boolean)).toHaveLength(1);
    await here.post('/me/sessions/end-others');
    expect([await isIn(here), await isIn(phone), await isIn(library)]).toEqual([
      true,
      false,
      false,
    ]);
    expect((await kinds(personId)).slice(1)).toEqual([
      ['person.sessions_ended', { sessions: 1 }],
      ['person.sessions_ended', { sessions: 1 }],
    ]);
  });

  test('of somebody else cannot be ended', async () => {
    const [mine, theirs] = [await someone(), await someone()];
    const victim = await signedIn(theirs.email);
    const { id } = await db
      .selectFrom('authSession')
      .innerJoin('person', 'person.authUserId', 'authSession.userId')
      .select('authSession.id')
      .where('person.id', '=', theirs.personId)
      .executeTakeFirstOrThrow();
    await (await signedIn(mine.email)).post(`/me/sessions/${id}/end`);
    expect((await victim.get('/me')).status).toBe(200);
  });

  test('live for 30 days from their last use', async () => {
    const { email } = await someone();
    const visitor = await signedIn(email);
    const age = (days: number) =>
      sql`update auth_session set expires_at = now() + make_interval(days => ${30 - days})
          where user_id = (select id from auth_user where email = ${email})`.execute(db);
    await age(29);
    const used = await visitor.get('/');
    expect(used.headers.getSetCookie().join()).toContain('Max-Age=2592000');
    const { rows } = await sql<{ days: number }>`
      select round(extract(epoch from expires_at - now()) / 86400)::int as days from auth_session
      where user_id = (select id from auth_user where email = ${email})`.execute(db);
    expect(rows).toEqual([{ days: 30 }]);
    await age(31);
    expect((await visitor.get('/me')).status).toBe(303);
  });
});

describe('a passkey', () => {
  const json = (visitor: Browser, path: string, body: object) =>
    made.app.request(`http://localhost${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: {
        'content-type': 'application/json',
        origin: 'http://localhost',
        cookie: [...visitor.cookies].map((pair) => pair.join('=')).join('; '),
      },
    });

  test('can be added only soon after signing in', async () => {
    const { email } = await someone();
    const visitor = await signedIn(email);
    expect((await json(visitor, '/me/passkeys/options', {})).status).toBe(200);
    await sql`update auth_session set created_at = now() - interval '61 minutes'
      where user_id = (select id from auth_user where email = ${email})`.execute(db);
    const refused = await json(visitor, '/me/passkeys/options', {});
    expect(refused.status).toBe(403);
    expect(await refused.json()).toEqual({
      problem:
        'Adding a passkey needs a sign-in within the last hour; sign out, sign in again, and add it then.',
    });
    expect(await (await visitor.get('/me')).text()).toContain('sign out and in again');
  });

  test('that nobody made signs nobody in', async () => {
    const visitor = new Browser(made.app, 'http://localhost');
    for (const body of [{}, { answer: 1 }, { answer: {} }, { answer: { id: 'made-up' } }]) {
      const refused = await json(visitor, '/sign-in/passkey', body);
      expect([403, 422]).toContain(refused.status);
    }
  });
});

describe('an account without a person', () => {
  test('is told so and can do nothing', async () => {
    const { email, personId } = await someone();
    const visitor = await signedIn(email);
    await db
      .updateTable('person')
      .set({ erasedAt: made.services.clock.now() })
      .where('id', '=', personId)
      .execute();
    expect((await visitor.get('/me')).headers.get('location')).toBe('/sign-in?to=%2Fme');
    const told = await (await visitor.get('/sign-in')).text();
    expect(told).toContain('You are signed in as p…@example.org');
    expect(told).toContain('Sign out');
    expect((await visitor.post('/sign-in', { email })).status).toBe(303);
    const mails = await db.selectFrom('mail').select('id').where('recipient', '=', email).execute();
    expect(mails).toEqual([]);
  });

  test('gets no session, however it proves itself', async () => {
    await expect(
      made.auth.startSession({
        email: 'stranger@example.org',
        name: 'Stranger',
        method: 'invitation',
        headers: new Headers(),
      }),
    ).rejects.toThrow();
    expect(
      await db
        .selectFrom('authSession')
        .innerJoin('authUser', 'authUser.id', 'authSession.userId')
        .select('authSession.id')
        .where('authUser.email', '=', 'stranger@example.org')
        .execute(),
    ).toEqual([]);
  });
});

describe('the log of attempts', () => {
  test('is for administrators', async () => {
    const [administrator, other] = [await someone({ isAdministrator: true }), await someone()];
    const nobody = new Browser(made.app, 'http://localhost');
    const participant = await signedIn(other.email);
    for (const visitor of [nobody, participant]) {
      expect((await visitor.get('/admin/sign-ins')).status).toBe(404);
    }
    const visitor = await signedIn(administrator.email);
    const page = await (await visitor.get('/admin/sign-ins')).text();
    expect(page).toContain('198.51.100.0/24');
    expect(page).toContain('signed in');
    expect(page).not.toContain(administrator.email);
    expect(page).not.toContain('198.51.100.9');
  });

  test('is shown by pages of fifty, and a page number that is none is the first', async () => {
    await sql`insert into sign_in_attempt (at, method, outcome)
      select now(), 'mail', 'unknown' from generate_series(1, 120)`.execute(db);
    const { email } = await someone({ isAdministrator: true });
    const visitor = await signedIn(email);
    const rows = async (page: string) =>
      (await (await visitor.get(`/admin/sign-ins?page=${page}`)).text()).match(/<tr/g)?.length;
    expect(await rows('1')).toBe(51);
    expect(await rows('x')).toBe(51);
    expect(await rows('-3')).toBe(51);
    expect(await rows('99')).toBe(2);
  });
});
