import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import type { Session, SessionRule } from './session-rules.ts';

/** The sessions of a summit that were not removed, in the order in which they were made, then by title. */
export async function sessionsOf(db: Reader, summitId: string): Promise<Session[]> {
  const { rows } = await sql<Session>`
    select s.id, s.kind, s.title, s.text, s.topic_number as "topicNumber", s.group_key as "groupKey",
      s.minutes, s.size, s.needs, s.track, s.is_optional as "isOptional",
      array(select person_id::text from session_person
        where session_id = s.id and part = 'lead' order by 1) as leads,
      array(select person_id::text from session_person
        where session_id = s.id and part = 'needed' order by 1) as needed
    from timetable_session s
    where s.summit_id = ${summitId} and s.removed_at is null
    order by s.created_at, s.title, s.id`.execute(db);
  return rows;
}

/** What must or should hold of the sessions of a summit. */
export const sessionRulesOf = (db: Reader, summitId: string): Promise<SessionRule[]> =>
  db
    .selectFrom('sessionRule')
    .select(['id', 'kind', 'sessions', 'at', 'wish', 'isHard'])
    .where('summitId', '=', summitId)
    .orderBy('createdAt')
    .orderBy('id')
    .execute();
