import type { Tx } from '../../../platform/db/database.ts';

/** Columns of the timetable in which somebody may be named. */
export const TIMETABLE_TEXTS = [
  ['timetable_block', ['title', 'text', 'place']],
  ['timetable_room', ['name', 'directions']],
  ['room_closure', ['reason']],
  ['presence', ['note']],
  ['grouping', ['title']],
  ['work_group', ['title']],
  ['timetable_session', ['title', 'text', 'track']],
  ['timetable_draft', ['name']],
  ['timetable_release', ['name', 'note']],
  ['timetable_import', ['file_name', 'header']],
  ['venue_map', ['title', 'description']],
  ['worklog_entry', ['did', 'links', 'blocked', 'next']],
  ['worklog_revision', ['did', 'links', 'blocked', 'next']],
] as const;

/** The same for columns of JSON: sentences about people, and what was published. */
export const TIMETABLE_DATA = [
  ['grouping', ['statement']],
  ['group_member', ['why']],
  ['timetable_draft', ['made']],
  ['timetable_search', ['result']],
  ['timetable_release', ['content']],
  ['timetable_import', ['rest']],
  ['worklog_revision', ['sent']],
] as const;

/** When somebody was there, with whom they worked and what they went to. */
export async function forgetTimetable(tx: Tx, personId: string): Promise<void> {
  for (const table of [
    'presence',
    'groupMember',
    'groupNeeded',
    'sessionPerson',
    'agendaMark',
  ] as const) {
    await tx.deleteFrom(table).where('personId', '=', personId).execute();
  }
  await tx
    .deleteFrom('groupSwap')
    .where((eb) => eb.or([eb('askedBy', '=', personId), eb('askedOf', '=', personId)]))
    .execute();
}
