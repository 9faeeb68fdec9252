import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../../../tests/database.ts';
import { post, testServices, visitorFromHeader } from '../../../../../../tests/services.ts';
import { addressOf, storePerson, storeSummit } from '../../../../../../tests/summit.ts';
import { createApp } from '../../../app.tsx';
import { type Db, openKysely } from '../../../platform/db/database.ts';
import type { Summit } from '../../summits/queries.ts';
import { rolesIn } from '../rights.ts';

let database: TestDatabase;
let db: Db;
let summit: Summit;
let first: string;

beforeAll(async () => {
  database = await cloneDatabase();
  db = openKysely(database.pool);
  summit = await storeSummit(db);
  first = await storePerson(db, 'First Organiser', { summitId: summit.id, role: 'organiser' });
});
afterAll(() => database.drop());

const send = (path: string, fields: Record<string, string>, person: string) =>
  createApp(testServices(db), visitorFromHeader(db)).request(
    `/s/${summit.slug}/organise/roles${path}`,
    post(fields, person),
  );

describe('roles', () => {
  test('are given to whoever owns an address, known or not, with a mail and one event', async () => {
    const second = await storePerson(db, 'Second Organiser');
    const given = await send(
      '',
      { name: 'Second', email: addressOf('Second Organiser'), role: 'organiser' },
      first,
    );
    expect(given.status).toBe(303);
    expect(await rolesIn(db, summit.id, second)).toEqual(['organiser']);
    const mails = await db
      .selectFrom('mail')
      .select(['subject', 'page'])
      .where('personId', '=', second)
      .execute();
    expect(mails).toEqual([
      {
        subject: `You are now organiser of ${summit.definition.title}`,
        page: `/s/${summit.slug}/organise`,
      },
    ]);
    await send('', { name: 'New', email: 'new@example.org', role: 'treasurer' }, second);
    const events = await db
      .selectFrom('event')
      .select('data')
      .where('kind', '=', 'role.given')
      .orderBy('id')
      .execute();
    expect(events.map(({ data }) => data)).toEqual([{ role: 'organiser' }, { role: 'treasurer' }]);
    expect((await send('/take', { person: first, role: 'organiser' }, second)).status).toBe(303);
    expect(await rolesIn(db, summit.id, first)).toEqual([]);
    first = second;
  });

  test('of the last organiser are not taken away', async () => {
    const refused = await send('/take', { person: first, role: 'organiser' }, first);
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain('make somebody else one first');
    expect(await rolesIn(db, summit.id, first)).toEqual(['organiser']);
  });

  test('are given by organisers only', async () => {
    const stranger = await storePerson(db, 'A Stranger', { summitId: summit.id, role: 'guest' });
    const tried = await send(
      '',
      { name: 'A Stranger', email: addressOf('A Stranger'), role: 'organiser' },
      stranger,
    );
    expect(tried.status).toBe(404);
    expect(await rolesIn(db, summit.id, stranger)).toEqual(['guest']);
  });

  test('given with a mistake leave everything typed in the form', async () => {
    const refused = await send('', { name: 'Ada', email: 'no address', role: 'guest' }, first);
    expect(refused.status).toBe(422);
    const page = await refused.text();
    expect(page).toContain('value="no address"');
    expect(page).toContain('value="Ada"');
  });
});
