import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openSummitDatabase, type SummitDatabase } from '../../../../../tests/summit-database.ts';
import { readMigrations } from '../../platform/db/migrate.ts';
import type { SummitDefinition } from './schema.ts';

let house: SummitDatabase;
beforeAll(async () => {
  house = await openSummitDatabase();
  await house.found();
});
afterAll(() => house.drop());

test('a definition that was stored before a key existed gets the default of the schema', async () => {
  const { definition, id } = await house.summit('sp_summit_2023');
  const { db } = house;
  const store = (value: unknown) =>
    db
      .updateTable('summit')
      .set({ definition: JSON.stringify(value) })
      .where('id', '=', id)
      .execute();
  const list = definition.planning_meetings.list.map((meeting, index) => ({
    ...meeting,
    tracks: index === 0 ? [{ key: 'build', title: 'Build', topics: [], lead: 'Ada' }] : [],
  }));
  const wanted: SummitDefinition = {
    ...definition,
    planning_meetings: { ...definition.planning_meetings, tracks: [], list },
  };
  const { status: _, ...dates } = wanted.dates;
  const {
    recordings: _recordings,
    tracks: _tracks,
    notes_from_lead_after_days: _lead,
    notes_from_organisers_after_days: _organisers,
    ...meetings
  } = wanted.planning_meetings;
  await store({
    ...wanted,
    dates,
    planning_meetings: {
      ...meetings,
      list: list.map((meeting) => ({
        ...meeting,
        tracks: meeting.tracks.map(({ topics: _topics, ...track }) => track),
      })),
    },
  });
  const migration = (await readMigrations()).find(
    ({ name }) => name === '0019_definition_defaults',
  );
  await sql.raw(migration?.sql ?? '').execute(db);
  expect((await house.summit('sp_summit_2023')).definition).toEqual(wanted);
});
