import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../../../tests/database.ts';
import { post, testServices, visitorFromHeader } from '../../../../../../tests/services.ts';
import {
  addressOf,
  NOW,
  storeInvitation,
  storePerson,
  storeSummit,
} from '../../../../../../tests/summit.ts';
import { createApp } from '../../../app.tsx';
import { type Db, openKysely } from '../../../platform/db/database.ts';
import type { Summit } from '../../summits/queries.ts';

let database: TestDatabase;
let db: Db;
let app: ReturnType<typeof createApp>;
let here: Summit;
let elsewhere: Summit;
/** The addresses for which a link began a session. */
const signedIn: string[] = [];

beforeAll(async () => {
  database = await cloneDatabase();
  db = openKysely(database.pool);
  const sessions = {
    start: async ({ address }: { readonly address: string }) => {
      signedIn.push(address);
      return ['cairn.session_token=begun; Path=/'];
    },
  };
  app = createApp(testServices(db, { sessions }), visitorFromHeader(db));
  here = await storeSummit(db, { slug: 'here_2023' });
  elsewhere = await storeSummit(db, { slug: 'elsewhere_2023' });
});
afterAll(() => database.drop());

/** Opens the link that invited somebody, whose secret is their id here; says where it led and whether it signed in. */
async function openLinkOf(name: string, personId: string) {
  await storeInvitation(db, here.id, personId);
  const answer = await app.request(`/i/${personId}`, post({}));
  return {
    to: answer.headers.get('location'),
    signsIn: signedIn.includes(addressOf(name)),
    begins: answer.headers.getSetCookie().some((cookie) => cookie.startsWith('cairn.session')),
  };
}

const PAGE = '/s/here_2023/me/invitation';
const ASKED_TO_SIGN_IN = {
  to: `/sign-in?to=${encodeURIComponent(PAGE)}`,
  signsIn: false,
  begins: false,
};

test('the link signs in whom only this invitation knows, and the log of attempts says so', async () => {
  const personId = await storePerson(db, 'Nova New');
  expect(await openLinkOf('Nova New', personId)).toEqual({ to: PAGE, signsIn: true, begins: true });
  const tries = await db
    .selectFrom('signInAttempt')
    .select(['method', 'outcome'])
    .where('personId', '=', personId)
    .execute();
  expect(tries).toEqual([{ method: 'invitation', outcome: 'signed-in' }]);
});

test('an administrator is asked to sign in: whoever reads the mail must not become them', async () => {
  const personId = await storePerson(db, 'Ada Admin');
  await db
    .updateTable('person')
    .set({ isAdministrator: true })
    .where('id', '=', personId)
    .execute();
  expect(await openLinkOf('Ada Admin', personId)).toEqual(ASKED_TO_SIGN_IN);
});

test('somebody with a role in another summit is asked to sign in', async () => {
  const personId = await storePerson(db, 'Rolf Role', {
    summitId: elsewhere.id,
    role: 'organiser',
  });
  expect(await openLinkOf('Rolf Role', personId)).toEqual(ASKED_TO_SIGN_IN);
});

test('somebody whom another summit invited is asked to sign in', async () => {
  const personId = await storePerson(db, 'Tia Twice');
  await storeInvitation(db, elsewhere.id, personId, 'elsewhere');
  expect(await openLinkOf('Tia Twice', personId)).toEqual(ASKED_TO_SIGN_IN);
});

test('somebody who signed in before is asked to sign in', async () => {
  const personId = await storePerson(db, 'Vera Verified');
  await db
    .updateTable('personIdentity')
    .set({ verifiedAt: NOW })
    .where('personId', '=', personId)
    .execute();
  expect(await openLinkOf('Vera Verified', personId)).toEqual(ASKED_TO_SIGN_IN);
});
