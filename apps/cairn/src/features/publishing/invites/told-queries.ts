import { expectZone, type Instant } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';
import type { Summit } from '../../summits/queries.ts';
import { type CalendarSource, summitCalendar } from '../calendar-queries.ts';
import type { EntryContent } from '../calendar-rules.ts';
import { addresseesOf, invitedPeople } from './invite-people-queries.ts';
import { type DueInvite, invitesDue, type Told } from './invite-rules.ts';

/** What everybody was told last, entry by entry. */
async function lastTold(db: Reader, summitId: string): Promise<Told[]> {
  const { rows } = await sql<Told>`
    select distinct on (i.id) i.key, i.person_id, t.method, t.sequence, t.content
    from calendar_invite i join calendar_told t on t.invite_id = i.id
    where i.summit_id = ${summitId}
    order by i.id, t.sequence desc`.execute(db);
  // Its content is written by this room alone, from the same type.
  return rows;
}

/** The mails that are due now, to those who have an address; people by name. */
export async function dueInvites(
  db: Reader,
  summit: Summit,
  source: CalendarSource,
  now: Instant,
): Promise<DueInvite[]> {
  if (summit.state !== 'announced') return [];
  const { now: entries } = await summitCalendar(db, summit, source);
  const due = invitesDue(entries, await invitedPeople(db, summit), await lastTold(db, summit.id), {
    now,
    zone: expectZone(summit.definition.zone),
  });
  const reachable = await addresseesOf(db, [...new Set(due.map(({ personId }) => personId))]);
  return due.filter(({ personId }) => reachable.has(personId));
}

/**
 * How many people get a mail when an entry gets another time, or is called off: those who have it in
 * their calendars, and for another time also whoever is invited by then.
 */
export async function peopleToldOf(
  db: Reader,
  summit: Summit,
  { summitId }: Organiser,
  { key, change }: { readonly key: string; readonly change: 'moved' | 'called-off' },
): Promise<number> {
  if (summit.state !== 'announced') return 0;
  const told = (await lastTold(db, summitId)).filter(
    (each) => each.key === key && each.method === 'REQUEST',
  );
  const invited = change === 'moved' ? ((await invitedPeople(db, summit)).get(key) ?? []) : [];
  const people = new Set([...invited, ...told.map(({ personId }) => personId)]);
  return (await addresseesOf(db, [...people])).size;
}

/** Since when changes wait to be told, and when they are; undefined when nothing does. */
export const waitingSend = (db: Reader, summitId: string) =>
  db
    .selectFrom('calendarDue')
    .select(['firstAt', 'sendAt'])
    .where('summitId', '=', summitId)
    .executeTakeFirst();

/** One mail that was sent about the calendar. */
export interface ToldRow {
  readonly key: string;
  readonly personId: string;
  readonly name: string;
  readonly method: 'REQUEST' | 'CANCEL';
  readonly sequence: number;
  readonly content: EntryContent;
  readonly at: Instant;
}

/** Who was told what when, newest first; of one entry, or of all. */
export async function toldRows(
  db: Reader,
  { summitId }: Organiser,
  { key, limit, offset }: { readonly key: string; readonly limit: number; readonly offset: number },
): Promise<{ readonly rows: readonly ToldRow[]; readonly count: number }> {
  const told = db
    .selectFrom('calendarTold')
    .innerJoin('calendarInvite', 'calendarInvite.id', 'calendarTold.inviteId')
    .where('calendarInvite.summitId', '=', summitId)
    .where('calendarInvite.key', '=', key);
  const { count } = await told
    .select(sql<number>`count(*)::int`.as('count'))
    .executeTakeFirstOrThrow();
  const rows = await told
    .innerJoin('person', 'person.id', 'calendarInvite.personId')
    .select(['calendarInvite.key', 'calendarInvite.personId', 'person.name'])
    .select(['calendarTold.method', 'calendarTold.sequence', 'calendarTold.content'])
    .select('calendarTold.at')
    .orderBy('calendarTold.at', 'desc')
    .orderBy('person.name')
    .orderBy('calendarTold.sequence', 'desc')
    .limit(limit)
    .offset(offset)
    .execute();
  return { count, rows: rows.map((row) => ({ ...row, content: row.content as EntryContent })) };
}
