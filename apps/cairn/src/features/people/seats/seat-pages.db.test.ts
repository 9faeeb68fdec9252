import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../../../tests/database.ts';
import { testServices, visitorFromHeader } from '../../../../../../tests/services.ts';
import { storePerson, storeSummit } from '../../../../../../tests/summit.ts';
import { createApp } from '../../../app.tsx';
import { type Db, openKysely } from '../../../platform/db/database.ts';

let database: TestDatabase;
let db: Db;

beforeAll(async () => {
  database = await cloneDatabase();
  db = openKysely(database.pool);
});
afterAll(() => database.drop());

test('a long list of seats comes in pages, each seat on one of them', async () => {
  const summit = await storeSummit(db, { seats: { planned: 120, ceiling: 120 } });
  const organiser = await storePerson(db, 'The Organiser', {
    summitId: summit.id,
    role: 'organiser',
  });
  await database.pool.query(
    `with people as (
       insert into person (name, created_at)
       select 'Person ' || n, now() from generate_series(1, 105) n returning id, name
     )
     insert into seat (summit_id, number, person_id, kind, taken_at)
     select $1, substring(name from 8)::int, id, 'funded', now() from people`,
    [summit.id],
  );
  const app = createApp(testServices(db), visitorFromHeader(db));
  const seatsOn = async (page: string) => {
    const answer = await app.request(`/s/${summit.slug}/organise/seats?seats=${page}`, {
      headers: { 'x-test-person': organiser },
    });
    return [...(await answer.text()).matchAll(/Free seat (\d+)/g)].map(([, number]) =>
      Number(number),
    );
  };
  const [first, second] = [await seatsOn('1'), await seatsOn('2')];
  expect(first).toHaveLength(100);
  expect([...first, ...second]).toEqual(Array.from({ length: 105 }, (_, index) => index + 1));
  expect(await seatsOn('99')).toEqual(second);
  expect(await seatsOn('nonsense')).toEqual(first);
});
