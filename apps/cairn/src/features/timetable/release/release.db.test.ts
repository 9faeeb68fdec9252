import { expectOk } from '@cairn/kernel/result';
import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import {
  openReleasingHouse,
  type ReleasingHouse,
} from '../../../../../../tests/timetable-releases.ts';
import { currentTimetable, releasedContent } from './current-queries.ts';

let house: ReleasingHouse;

beforeEach(async () => {
  house = await openReleasingHouse();
  return () => house.drop();
});

const STUDIO = { date: '2023-05-23', starts: '13:00', room: 'studio' } as const;

/** Mails as `name: first words of the text`, by name. */
async function mails(): Promise<readonly { name: string; subject: string; body: string }[]> {
  const { rows } = await sql<{ name: string; subject: string; body: string }>`
    select person.name, subject, body from mail join person on person.id = mail.person_id
    order by mail.created_at, person.name`.execute(house.db);
  return rows;
}

const namesOf = (list: readonly { name: string }[]) =>
  list.map(({ name }) => name.split(' ')[0]).sort();

test('A release is the draft as it was, whatever becomes of draft and frame.', async () => {
  expect(expectOk(await house.release())).toEqual({ version: 1 });
  await house.place('docs', STUDIO);
  await house.db.updateTable('timetableRoom').set({ name: 'Other' }).execute();
  const now = await currentTimetable(house.db, house.world.summit.id);
  const { Tomas } = house.world.people;
  expect(now).toMatchObject({ version: 1, name: 'First' });
  expect(now?.sessions.find(({ title }) => title === 'Documentation themes')).toMatchObject({
    starts: '09:30',
    ends: '11:00',
    leads: [Tomas],
  });
  expect(now?.content.rooms.map(({ name }) => name)).toContain('Hall');
});

test('Versions are counted, and each release is one event without names.', async () => {
  expectOk(await house.release());
  expect(expectOk(await house.release({ name: 'Second', tell: 'nobody' }))).toEqual({ version: 2 });
  const { rows } = await sql<{ data: unknown }>`
    select data from event where kind = 'timetable.released' order by event.id`.execute(house.db);
  const draft = house.world.draftId;
  expect(rows.map(({ data }) => data)).toEqual([
    { version: 1, draft, tell: 'moved', sessions: 3 },
    { version: 2, draft, tell: 'nobody', sessions: 3 },
  ]);
});

test('Nothing is released without a name, without a session, or from a draft that was discarded.', async () => {
  expect(await house.release({ name: ' ' })).toMatchObject({ error: { code: 'no-name' } });
  for (const key of ['arrays1', 'packaging1', 'docs'] as const) await house.place(key, undefined);
  expect(await house.release()).toMatchObject({ error: { code: 'nothing-placed' } });
  await house.db.updateTable('timetableDraft').set({ discardedAt: house.clock.now() }).execute();
  expect(await house.release()).toMatchObject({ error: { code: 'no-draft' } });
});

test('A draft that was changed since it was looked at is not released.', async () => {
  expect(await house.release({ seen: 4 })).toMatchObject({ error: { code: 'changed-meanwhile' } });
  expect(await currentTimetable(house.db, house.world.summit.id)).toBeUndefined();
});

test('Two releases in the same moment are two versions.', async () => {
  const both = await Promise.all([house.release({ name: 'One' }), house.release({ name: 'Two' })]);
  expect(both.map((each) => expectOk(each).version).sort()).toEqual([1, 2]);
});

test('The first release tells those who are expected in something where it is.', async () => {
  await house.released();
  const told = await mails();
  expect(namesOf(told)).toEqual(
    ['Alba', 'Kofi', 'Lena', 'Mira', 'Noor', 'Omar', 'Priya', 'Sven', 'Tomas', 'Yuki'].sort(),
  );
  expect(told.find(({ name }) => name.startsWith('Tomas'))?.body).toContain(
    '“Documentation themes”: Tue 23 May 2023, 09:30–11:00 PDT, Library.',
  );
});

test('Only those who are moved hear of a later release, once, however often it is told.', async () => {
  await house.released();
  const before = (await mails()).length;
  await house.place('docs', STUDIO);
  await house.released({ name: 'Second', note: 'The library floods.' });
  await house.tell();
  const told = (await mails()).filter(({ body }) => body.includes('“Second”'));
  expect(namesOf(told)).toEqual(['Lena', 'Omar', 'Tomas']);
  expect((await mails()).length).toBe(before + 3);
  expect(told[0]?.body).toContain('from Tue 23 May 2023, 09:30–11:00 PDT, Library');
  expect(told[0]?.body).toContain('to Tue 23 May 2023, 13:00–14:30 PDT, Studio');
  expect(told[0]?.body).toContain('The library floods.');
});

test('Nobody or everybody is told where organisers say so, but not the one who releases.', async () => {
  await house.released({ tell: 'nobody' });
  expect(await mails()).toEqual([]);
  await house.place('docs', STUDIO);
  await house.released({ name: 'Second', tell: 'everybody' });
  const told = await mails();
  expect(namesOf(told)).toContain('Grigor');
  expect(namesOf(told)).not.toContain('Ada');
  expect(told.find(({ name }) => name.startsWith('Grigor'))?.body).toContain(
    'Nothing changes for you.',
  );
});

test('Whoever does not come any more is not told.', async () => {
  await house.released({ tell: 'nobody' });
  await house.place('docs', STUDIO);
  const { Lena = '' } = house.world.people;
  await house.db.deleteFrom('role').where('personId', '=', Lena).execute();
  await house.released({ name: 'Second' });
  expect(namesOf(await mails())).toEqual(['Omar', 'Tomas']);
});

test('Releases are parsed once, however many of them a calendar is made of.', async () => {
  const { id } = house.world.summit;
  for (let version = 1; version <= 34; version += 1) {
    expectOk(await house.release({ name: `Version ${version}`, tell: 'nobody' }));
  }
  const rows = await house.db
    .selectFrom('timetableRelease')
    .select(['version', 'releasedAt'])
    .orderBy('version')
    .execute();
  const read = async () => {
    const all = [];
    for (const row of rows) all.push(await releasedContent(house.db, id, row));
    return all;
  };
  const [before, after] = [await read(), await read()];
  expect(after.every((content, at) => content === before[at])).toBe(true);
});
