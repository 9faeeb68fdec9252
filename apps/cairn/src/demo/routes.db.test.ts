import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../tests/database.ts';
import { testServices, visitorFromHeader } from '../../../../tests/services.ts';
import { appWithSignIn } from '../../../../tests/sign-in.ts';
import { createApp } from '../app.tsx';
import { type Db, openKysely } from '../platform/db/database.ts';
import { demoRoutes } from './routes.tsx';

let database: TestDatabase;
let db: Db;

beforeAll(async () => {
  database = await cloneDatabase();
  db = openKysely(database.pool);
});
afterAll(() => database.drop());

test('the story is told anew only to who knows the local token, and never over real people', async () => {
  const app = createApp(testServices(db), visitorFromHeader(db));
  app.route('/', demoRoutes({ localToken: 'the token', auth: appWithSignIn(db).auth }));
  const statusWith = async (headers: Record<string, string>) =>
    (await app.request('/demo/at/invited', { method: 'POST', headers })).status;
  expect(await statusWith({})).toBe(404);
  for (const wrong of ['', 'Bearer ', 'Bearer the toke', 'Bearer the token!', 'the token']) {
    expect(await statusWith({ authorization: wrong })).toBe(404);
  }
  // The token is right, and this is no demo.
  expect(await statusWith({ authorization: 'Bearer the token' })).toBe(409);
});
