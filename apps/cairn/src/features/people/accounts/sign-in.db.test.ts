import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../../../tests/database.ts';
import { TEST_URL } from '../../../../../../tests/services.ts';
import {
  addPerson,
  appWithSignIn,
  Browser,
  latestTicket,
} from '../../../../../../tests/sign-in.ts';
import { type Db, openKysely } from '../../../platform/db/database.ts';

let database: TestDatabase;
let db: Db;
let made: ReturnType<typeof appWithSignIn>;

beforeAll(async () => {
  database = await cloneDatabase();
  db = openKysely(database.pool);
  made = appWithSignIn(db);
});
afterAll(() => database.drop());

// Each test comes from a network of its own, so that none spends another's allowance.
let networks = 0;
const browser = () => new Browser(made.app, TEST_URL, `203.0.${++networks}.7`);

let people = 0;
const ada = async () => {
  const email = `ada${++people}@example.org`;
  return { email, personId: await addPerson(db, { name: `Ada ${people}`, email }) };
};

/** Asks for a mail and reads it. */
async function askFor(email: string, visitor = browser(), to?: string) {
  const { clock } = made.services;
  clock.set(clock.now().add({ seconds: 1 })); // so that one mail is the latest
  const asked = await visitor.post('/sign-in', { email, ...(to === undefined ? {} : { to }) });
  return { asked, visitor, ...(await latestTicket(db, email)) };
}

const isSignedIn = async (visitor: Browser) => (await visitor.get('/me')).status === 200;

const outcomes = async (personId: string) =>
  (
    await db
      .selectFrom('signInAttempt')
      .select(['method', 'outcome'])
      .where('personId', '=', personId)
      .orderBy('id')
      .execute()
  ).map(({ method, outcome }) => `${method}: ${outcome}`);

describe('a mailed link', () => {
  test('opens a page that changes nothing, and its button signs in', async () => {
    const { email, personId } = await ada();
    const { link } = await askFor(email);
    const visitor = browser();
    for (const _scan of [1, 2]) {
      const page = await visitor.get(link);
      expect(page.status).toBe(200);
      expect(await page.text()).toContain('Sign in as a…@example.org');
    }
    expect(await isSignedIn(visitor)).toBe(false);
    const signedIn = await visitor.post(link);
    expect([signedIn.status, signedIn.headers.get('location')]).toEqual([303, '/']);
    expect(await isSignedIn(visitor)).toBe(true);
    expect(await outcomes(personId)).toEqual(['mail: mailed', 'link: signed-in']);
  });

  test('works once', async () => {
    const { email } = await ada();
    const { link } = await askFor(email);
    expect((await browser().post(link)).status).toBe(303);
    const again = browser();
    expect((await again.post(link)).status).toBe(410);
    expect((await again.get(link)).status).toBe(410);
    expect(await isSignedIn(again)).toBe(false);
  });

  test('of two that race, one signs in', async () => {
    const { email } = await ada();
    const { link } = await askFor(email);
    const answers = await Promise.all([1, 2, 3, 4].map(() => browser().post(link)));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 410, 410, 410]);
  });

  test('is worth nothing after its time', async () => {
    const { email } = await ada();
    const { link, code, visitor } = await askFor(email);
    await sql`update auth_verification set expires_at = expires_at - interval '15 minutes'`.execute(
      db,
    );
    expect((await visitor.get(link)).status).toBe(410);
    expect((await visitor.post(link)).status).toBe(410);
    expect((await visitor.post('/sign-in/code', { code })).status).toBe(422);
    expect(await isSignedIn(visitor)).toBe(false);
  });

  test('leads on to the page that was wanted, on this site only', async () => {
    const { email } = await ada();
    const { link } = await askFor(email, browser(), '/s/sp_summit_2023/me');
    const signedIn = await browser().post(link);
    expect(signedIn.headers.get('location')).toBe('/s/sp_summit_2023/me');
    const elsewhere = await askFor(email, browser(), '//evil.example/');
    expect((await browser().post(elsewhere.link)).headers.get('location')).toBe('/');
    const bent = await askFor(email);
    expect((await browser().post(`${bent.link}?to=/%5Cevil.example`)).headers.get('location')).toBe(
      '/',
    );
  });
});

describe('a mailed code', () => {
  test('signs in, and spends the link that came with it', async () => {
    const { email, personId } = await ada();
    const { visitor, code, link } = await askFor(email);
    expect((await visitor.get('/sign-in/code')).status).toBe(200);
    expect((await visitor.post('/sign-in/code', { code })).status).toBe(303);
    expect(await isSignedIn(visitor)).toBe(true);
    expect((await browser().get(link)).status).toBe(410);
    expect(await outcomes(personId)).toEqual(['mail: mailed', 'code: signed-in']);
  });

  test('is worth nothing after five wrong tries; a new mail helps', async () => {
    const { email } = await ada();
    const { visitor, code } = await askFor(email);
    const wrong = code === '111 111' ? '222222' : '111111';
    for (const _try of [1, 2, 3, 4, 5]) {
      expect((await visitor.post('/sign-in/code', { code: wrong })).status).toBe(422);
    }
    const late = await visitor.post('/sign-in/code', { code });
    expect(late.status).toBe(422);
    expect(await late.text()).toContain('ask for a new mail');
    const { code: next } = await askFor(email, visitor);
    expect((await visitor.post('/sign-in/code', { code: next })).status).toBe(303);
  });

  test('that is not six digits stays in its field with a sentence', async () => {
    const { email } = await ada();
    const { visitor } = await askFor(email);
    const refused = await visitor.post('/sign-in/code', { code: 'twelve' });
    expect(refused.status).toBe(422);
    const page = await refused.text();
    expect(page).toContain('Write the six digits of the mail, such as 123 456.');
    expect(page).toContain('value="twelve"');
  });
});

describe('an address that nobody is known by', () => {
  test('gets the same answers, no mail, and an entry in the log', async () => {
    const { email } = await ada();
    const stranger = `stranger${people}@example.org`;
    const pages = [];
    for (const address of [email, stranger]) {
      const visitor = browser();
      const asked = await visitor.post('/sign-in', { email: address });
      const tries = [];
      for (const _try of [1, 2, 3, 4, 5, 6]) {
        // A code of six digits that is wrong but for one chance in a million.
        tries.push(await (await visitor.post('/sign-in/code', { code: '314159' })).text());
      }
      const texts = [await (await visitor.get('/sign-in/code')).text(), ...tries];
      pages.push([
        asked.status,
        asked.headers.get('location'),
        [...asked.headers.keys()],
        texts.map((text) => text.replaceAll(address, 'ADDRESS')),
      ]);
    }
    expect(pages[1]).toEqual(pages[0]);
    const mails = await db.selectFrom('mail').select('recipient').execute();
    expect(mails.map(({ recipient }) => recipient)).toContain(email);
    expect(mails.map(({ recipient }) => recipient)).not.toContain(stranger);
    const logged = await db
      .selectFrom('signInAttempt')
      .select(['outcome'])
      .where('addressHash', '=', made.auth.addressHash(stranger))
      .where('method', '=', 'mail')
      .execute();
    expect(logged).toEqual([{ outcome: 'unknown' }]);
  });
});

describe('what is kept', () => {
  test('links, codes and addresses are nowhere in the clear but in the mail', async () => {
    const { email } = await ada();
    const { link, code } = await askFor(email);
    const token = link.split('/').at(-1) ?? '';
    const kept = await sql<{ row: string }>`
      select v::text as row from auth_verification v
      union all select a::text from sign_in_attempt a
      union all select r::text from rate_limit r`.execute(db);
    const text = kept.rows.map(({ row }) => row).join('\n');
    expect(text).not.toContain(token);
    expect(text).not.toContain(code.replace(' ', ''));
    const log = await db.selectFrom('signInAttempt').selectAll().execute();
    expect(JSON.stringify(log)).not.toContain(email);
    expect(log.at(-1)?.network).toMatch(/^203\.0\.\d+\.0\/24$/);
  });
});

describe('a session', () => {
  test('begins anew at each sign-in, so that one planted before is worth nothing', async () => {
    const mallory = await ada();
    const planted = browser();
    await planted.post((await askFor(mallory.email)).link);
    const sessionOf = (visitor: Browser) => visitor.cookies.get('cairn.session_token');
    const before = sessionOf(planted);
    // The victim's browser was given Mallory's cookie, then the victim signs in.
    const victim = await ada();
    const victims = browser();
    for (const [name, value] of planted.cookies) victims.cookies.set(name, value);
    await victims.post((await askFor(victim.email)).link);
    expect(sessionOf(victims)).not.toBe(before);
    expect(await isSignedIn(planted)).toBe(false);
    expect(await isSignedIn(victims)).toBe(true);
  });

  test('is a cookie that no script reads, for a month, and Secure behind https', async () => {
    const { email } = await ada();
    const { visitor, code } = await askFor(email);
    const answer = await visitor.post('/sign-in/code', { code });
    const cookie = answer.headers.getSetCookie().find((each) => each.includes('session_token'));
    expect(cookie?.split('; ').slice(1).sort()).toEqual([
      'HttpOnly',
      'Max-Age=2592000',
      'Path=/',
      'SameSite=Lax',
    ]);
    const secure = appWithSignIn(db, { url: 'https://cairn.test' });
    const { setCookies } = await secure.auth.startSession({
      email,
      name: 'Ada',
      method: 'invitation',
      headers: new Headers(),
    });
    expect(setCookies[0]).toMatch(/^__Secure-cairn\.session_token=.*; Secure/);
  });

  test('ends with signing out', async () => {
    const { email } = await ada();
    const visitor = browser();
    await visitor.post((await askFor(email)).link);
    const copied = browser();
    for (const [name, value] of visitor.cookies) copied.cookies.set(name, value);
    expect((await visitor.post('/sign-out')).status).toBe(303);
    expect(await isSignedIn(visitor)).toBe(false);
    expect(await isSignedIn(copied)).toBe(false);
  });
});

describe('forms', () => {
  test('from another site are refused', async () => {
    const { email } = await ada();
    const before = await db.selectFrom('mail').select('id').execute();
    for (const origin of ['https://evil.example', 'null', 'https://cairn.test', `${TEST_URL}:81`]) {
      const refused = await browser().post('/sign-in', { email }, { origin });
      expect(refused.status).toBe(403);
    }
    expect(await db.selectFrom('mail').select('id').execute()).toEqual(before);
  });

  test('with a mistyped address come back with what was typed', async () => {
    const refused = await browser().post('/sign-in', { email: 'ada at home', to: '/s/x' });
    expect(refused.status).toBe(422);
    const page = await refused.text();
    expect(page).toContain('Write an e-mail address such as ada@example.org.');
    expect(page).toContain('value="ada at home"');
    expect(page).toContain('value="/s/x"');
  });
});

describe('limits', () => {
  test('an address gets five mails an hour, known or not', async () => {
    const { email } = await ada();
    for (const address of [email, `nobody${people}@example.org`]) {
      for (const _mail of [1, 2, 3, 4, 5]) {
        expect((await browser().post('/sign-in', { email: address })).status).toBe(303);
      }
      const refused = await browser().post('/sign-in', { email: address.toUpperCase() });
      expect(refused.status).toBe(429);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3500);
      expect(await refused.text()).toContain('try again in 60 minutes');
    }
  });

  test('a network gets thirty mails an hour, whatever addresses it names', async () => {
    const visitor = browser();
    const ask = (count: number) => visitor.post('/sign-in', { email: `n${count}@example.org` });
    for (let count = 1; count <= 30; count += 1) expect((await ask(count)).status).toBe(303);
    expect((await ask(31)).status).toBe(429);
  });
});
