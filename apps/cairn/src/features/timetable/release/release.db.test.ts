import { expectOk } from '@cairn/kernel/result';
import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import {
  openSummitDatabase,
  type SummitDatabase,
} from '../../../../../../tests/summit-database.ts';
import { openTimetable, type TestTimetable } from '../../../../../../tests/timetable.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import { currentTimetable } from './current-queries.ts';
import { releaseTimetable } from './release-commands.ts';

let house: SummitDatabase;
let table: TestTimetable;

beforeEach(async () => {
  house = await openSummitDatabase();
  await house.found();
  table = await openTimetable(house);
  return () => house.drop();
});

const release = async (more: Partial<Parameters<typeof releaseTimetable>[3]> = {}) =>
  inTransaction(house.db, async (tx) =>
    releaseTimetable(tx, house.actor, await house.organiser('sp_summit_2023'), {
      ...{ draftId: table.draftId, name: 'First', note: '', tell: 'moved', seen: undefined },
      ...more,
    }),
  );

test('A release is the draft as it was, whatever becomes of draft and frame.', async () => {
  const id = await table.session({ title: 'Packaging' });
  await table.place(id, { starts: '09:30', room: 'big' });
  expect(expectOk(await release())).toEqual({ version: 1 });
  await table.place(id, { starts: '14:00', room: 'big' });
  await house.db.updateTable('timetableRoom').set({ name: 'Other' }).execute();
  const now = await currentTimetable(house.db, table.summitId);
  expect(now).toMatchObject({ version: 1, name: 'First' });
  expect(now?.sessions).toMatchObject([{ title: 'Packaging', starts: '09:30' }]);
  expect(now?.content.rooms.map(({ name }) => name)).toContain('Big room');
});

test('Versions are counted, and each release is one event without names.', async () => {
  await table.place(await table.session({ title: 'Packaging' }), { starts: '09:30', room: 'big' });
  expectOk(await release());
  expect(expectOk(await release({ name: 'Second', tell: 'nobody' }))).toEqual({ version: 2 });
  const { rows } = await sql<{ data: unknown }>`
    select data from event where kind = 'timetable.released' order by id`.execute(house.db);
  expect(rows.map(({ data }) => data)).toEqual([
    { version: 1, draft: table.draftId, tell: 'moved', sessions: 1 },
    { version: 2, draft: table.draftId, tell: 'nobody', sessions: 1 },
  ]);
});

test('Nothing is released without a name, without a session, or from a draft that was discarded.', async () => {
  expect(await release()).toMatchObject({ ok: false, error: { code: 'nothing-placed' } });
  await table.place(await table.session({ title: 'Packaging' }), { starts: '09:30', room: 'big' });
  expect(await release({ name: ' ' })).toMatchObject({ ok: false, error: { code: 'no-name' } });
  await house.db.updateTable('timetableDraft').set({ discardedAt: house.clock.now() }).execute();
  expect(await release()).toMatchObject({ ok: false, error: { code: 'no-draft' } });
});

test('A draft that was changed since it was looked at is not released.', async () => {
  await table.place(await table.session({ title: 'Packaging' }), { starts: '09:30', room: 'big' });
  expect(await release({ seen: 4 })).toMatchObject({
    ok: false,
    error: { code: 'changed-meanwhile' },
  });
  expect(await currentTimetable(house.db, table.summitId)).toBeUndefined();
});

test('Two releases in the same moment are two versions.', async () => {
  await table.place(await table.session({ title: 'Packaging' }), { starts: '09:30', room: 'big' });
  const both = await Promise.all([release({ name: 'One' }), release({ name: 'Other' })]);
  expect(both.map((each) => expectOk(each).version).sort()).toEqual([1, 2]);
});
