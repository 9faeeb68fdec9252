import type { Instant } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import { coming } from '../../people/invitations/participation-queries.ts';
import { attendanceCounts } from '../../people/promises/attendance-queries.ts';
import { meetingSubject } from '../../people/promises/obligation-rules.ts';
import type { Self } from '../../people/rights.ts';
import type { AttendanceKeeper } from '../series/rights.ts';

/** What is known of one person's part in one meeting. */
export interface OwnAttendance {
  readonly meeting: string;
  /** How it came to be known that they were there; undefined when nobody said so. */
  readonly source: string | undefined;
  /** Why they are excused, and by whom. */
  readonly excuse: { readonly reason: string; readonly by: string } | undefined;
  /** Their last request to be excused. */
  readonly request:
    | {
        readonly id: string;
        readonly reason: string;
        readonly decision: 'granted' | 'declined' | 'withdrawn' | null;
      }
    | undefined;
  /** What they wrote of the recording. */
  readonly watched: string | undefined;
}

/** A person's own part in each of these meetings. */
export async function ownAttendance(
  db: Reader,
  { summitId, personId }: Self,
  meetings: readonly string[],
): Promise<ReadonlyMap<string, OwnAttendance>> {
  const facts = await db
    .selectFrom('evidence')
    .select(['subject', 'source'])
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .where('kind', '=', 'attendance')
    .where('withdrawnAt', 'is', null)
    .execute();
  const excuses = await db
    .selectFrom('excuse')
    .innerJoin('person as by', 'by.id', 'excuse.byPerson')
    .select(['excuse.occasion', 'excuse.reason', 'by.name as by'])
    .where('excuse.summitId', '=', summitId)
    .where('excuse.personId', '=', personId)
    .where('excuse.withdrawnAt', 'is', null)
    .where('excuse.occasion', 'is not', null)
    .execute();
  const requests = await db
    .selectFrom('absenceRequest')
    .select(['id', 'meeting', 'reason', 'decision'])
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .orderBy('at', 'desc')
    .execute();
  const watched = await db
    .selectFrom('recordingWatched')
    .select(['meeting', 'sentence'])
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .execute();
  return new Map(
    meetings.map((meeting) => {
      const subject = meetingSubject(meeting);
      return [
        meeting,
        {
          meeting,
          source: facts.find((fact) => fact.subject === subject)?.source,
          excuse: excuses.find(({ occasion }) => occasion === subject),
          request: requests.find((request) => request.meeting === meeting),
          watched: watched.find((one) => one.meeting === meeting)?.sentence,
        },
      ];
    }),
  );
}

/** Somebody who may have been at a meeting, as whoever takes its attendance sees them. */
export interface AttendancePerson {
  readonly personId: string;
  readonly name: string;
  /** How it came to be known that they were there; null when nobody said so. */
  readonly source: string | null;
  /** Whether their absence is excused. */
  readonly isExcused: boolean;
  /** What they wrote of the recording that they watched. */
  readonly watched: string | null;
}

/**
 * One page of those who may have been at a meeting, by name, and how many there are in all: whoever
 * accepted, is seated or has a role, and whoever is recorded already.
 */
export async function attendancePeople(
  db: Reader,
  { summitId, meeting }: AttendanceKeeper,
  { name, page, size }: { readonly name: string; readonly page: number; readonly size: number },
): Promise<{
  readonly people: AttendancePerson[];
  readonly count: number;
  readonly there: number;
}> {
  const subject = meetingSubject(meeting);
  const wanted = `%${name.trim().replace(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await sql<AttendancePerson & { count: number }>`
    select person.id as person_id, person.name, fact.source,
      excuse.id is not null as is_excused, watched.sentence as watched, count(*) over () as count
    from person
    left join evidence fact on fact.summit_id = ${summitId} and fact.person_id = person.id
      and fact.kind = 'attendance' and fact.subject = ${subject} and fact.withdrawn_at is null
    left join excuse on excuse.summit_id = ${summitId} and excuse.person_id = person.id
      and excuse.occasion = ${subject} and excuse.withdrawn_at is null
    left join recording_watched watched on watched.summit_id = ${summitId}
      and watched.person_id = person.id and watched.meeting = ${meeting}
    where person.erased_at is null and person.name ilike ${wanted} and (
      fact.id is not null or person.id in ${coming(summitId)})
    order by lower(person.name), person.id limit ${size} offset ${(page - 1) * size}`.execute(db);
  return {
    people: rows.map(({ count: _, ...person }) => person),
    count: rows[0]?.count ?? 0,
    there: (await attendanceCounts(db, summitId)).get(meeting) ?? 0,
  };
}

/** Which of these people may be recorded at a meeting of the summit. */
export async function mayBeRecorded(
  db: Reader,
  { summitId }: AttendanceKeeper,
  personIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (personIds.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select id from person where id = any(${[...personIds]}::uuid[]) and erased_at is null and id in (
      select person_id from seat where summit_id = ${summitId}
      union select person_id from role where summit_id = ${summitId}
      union select person_id from invitation where summit_id = ${summitId} and state <> 'drafted'
      union select person_id from evidence where summit_id = ${summitId}
    )`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/** A request to be excused that awaits an answer. */
export interface OpenRequest {
  readonly id: string;
  readonly meeting: string;
  readonly personId: string;
  readonly name: string;
  readonly reason: string;
  readonly at: Instant;
}

/** The open requests about one meeting, the oldest first. */
export const openRequests = (
  db: Reader,
  { summitId, meeting }: AttendanceKeeper,
): Promise<OpenRequest[]> =>
  db
    .selectFrom('absenceRequest as request')
    .innerJoin('person', 'person.id', 'request.personId')
    .select(['request.id', 'request.meeting', 'request.personId', 'person.name'])
    .select(['request.reason', 'request.at'])
    .where('request.summitId', '=', summitId)
    .where('request.meeting', '=', meeting)
    .where('request.decision', 'is', null)
    .orderBy('request.at')
    .execute();

/** How many requests and rows of lists await an answer, by meeting. */
export async function openCounts(
  db: Reader,
  summitId: string,
): Promise<ReadonlyMap<string, { readonly requests: number; readonly rows: number }>> {
  const { rows } = await sql<{ meeting: string; requests: number; rows: number }>`
    select meeting, count(*) filter (where what = 'request') as requests,
      count(*) filter (where what = 'row') as rows
    from (
      select meeting, 'request' as what from absence_request
      where summit_id = ${summitId} and decision is null
      union all
      select meeting, 'row' from attendance_row
      where summit_id = ${summitId} and settled_at is null and reason <> 'too_short'
    ) as open group by meeting`.execute(db);
  return new Map(rows.map(({ meeting, ...counts }) => [meeting, counts]));
}
