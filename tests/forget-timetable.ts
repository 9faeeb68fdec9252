import type { Db } from '../apps/cairn/src/platform/db/database.ts';

/** Takes the timetable out of the demonstration, so that it can be made anew: days, rooms and people stay. */
export async function forgetTimetable(db: Db): Promise<void> {
  for (const table of [
    'releaseTold',
    'timetableRelease',
    'openSession',
    'draftStep',
    'draftPlacement',
    'timetableDraft',
    'agendaMark',
    'sessionPerson',
    'sessionRule',
  ] as const) {
    await db.deleteFrom(table).execute();
  }
  await db.deleteFrom('worklogEntry').where('sessionId', 'is not', null).execute();
  await db.deleteFrom('timetableSession').execute();
  await db.updateTable('grouping').set({ state: 'dropped' }).execute();
}
