import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../../../tests/database.ts';
import { testServices, visitorFromHeader } from '../../../../../../tests/services.ts';
import { NOW, storePerson } from '../../../../../../tests/summit.ts';
import { createApp } from '../../../app.tsx';
import { createAuth } from '../../../platform/auth/auth.ts';
import { type Db, openKysely } from '../../../platform/db/database.ts';
import { queueMail } from '../../../platform/mail/queue.ts';
import { knownPeople } from './sign-in-people.ts';

let database: TestDatabase;
let db: Db;
let administrator: string;
let other: string;

beforeAll(async () => {
  database = await cloneDatabase();
  db = openKysely(database.pool);
  administrator = await storePerson(db, 'Admin Istrator');
  other = await storePerson(db, 'Some Body');
  await db
    .updateTable('person')
    .set({ isAdministrator: true })
    .where('id', '=', administrator)
    .execute();
  await db.transaction().execute((tx) =>
    queueMail(tx, {
      key: 'sign-in:1',
      recipient: 'some.body@example.org',
      subject: 'Sign in',
      body: 'Your code is 123456',
      now: NOW,
    }),
  );
});
afterAll(() => database.drop());

const ask = (person: string, mailGoesOut: boolean) => {
  const services = testServices(db, { mailGoesOut });
  const auth = createAuth({
    db,
    url: services.url,
    secret: 'x'.repeat(32),
    people: knownPeople(db, services.clock),
  });
  return createApp(services, visitorFromHeader(db), auth).request('/admin/sign-in-mails', {
    headers: { 'x-test-person': person },
  });
};

describe('sign-in mails that were kept', () => {
  test('are shown to the administrator where no mail server is set', async () => {
    const page = await ask(administrator, false);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('Your code is 123456');
  });

  test('are shown to nobody else, and to nobody where mail goes out', async () => {
    for (const [person, goesOut] of [
      [other, false],
      [administrator, true],
    ] as const) {
      const page = await ask(person, goesOut);
      expect(page.status).toBe(404);
      expect(await page.text()).not.toContain('123456');
    }
  });
});
