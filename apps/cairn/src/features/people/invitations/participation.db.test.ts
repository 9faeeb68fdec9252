import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../../../tests/database.ts';
import { storeInvitation, storePerson, storeSummit } from '../../../../../../tests/summit.ts';
import { type Db, openKysely } from '../../../platform/db/database.ts';
import { INVITATION_STATES } from './invitation-rules.ts';
import { takesPartIn } from './participation-queries.ts';

let database: TestDatabase;
let db: Db;

beforeAll(async () => {
  database = await cloneDatabase();
  db = openKysely(database.pool);
});
afterAll(() => database.drop());

test('an invitation makes somebody take part from when it is sent, unless it is withdrawn', async () => {
  const { id: summitId } = await storeSummit(db, { slug: 'part_2023' });
  const outside: string[] = [];
  for (const state of INVITATION_STATES) {
    const personId = await storePerson(db, `Person ${state}`);
    await storeInvitation(db, summitId, personId);
    await db.updateTable('invitation').set({ state }).where('personId', '=', personId).execute();
    if (!(await takesPartIn(db, summitId, personId))) outside.push(state);
  }
  expect(outside).toEqual(['drafted', 'withdrawn']);
});

test('a role makes somebody take part, whatever became of their invitation', async () => {
  const { id: summitId } = await storeSummit(db, { slug: 'role_2023' });
  const personId = await storePerson(db, 'Rolf', { summitId, role: 'guest' });
  await storeInvitation(db, summitId, personId);
  await db
    .updateTable('invitation')
    .set({ state: 'withdrawn' })
    .where('personId', '=', personId)
    .execute();
  expect(await takesPartIn(db, summitId, personId)).toBe(true);
});
