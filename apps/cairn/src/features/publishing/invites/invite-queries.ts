import type { Instant } from '@cairn/kernel/time';
import { expectZone } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import { hashSecret } from '../../../platform/http/secret.ts';
import type { Organiser, Self } from '../../people/rights.ts';
import { type Summit, summitById } from '../../summits/queries.ts';
import { type CalendarSource, summitCalendar } from '../calendar-queries.ts';
import type { EntryContent, KeptEntry, StoredTime } from '../calendar-rules.ts';
import {
  type AnswerCounts,
  type AnswerOrNone,
  type AnswerWay,
  answerTo,
  countAnswers,
  type KeptAnswer,
} from './answer-rules.ts';
import { addresseesOf, invitedPeople } from './invite-people-queries.ts';
import {
  type DueInvite,
  invitesDue,
  isFixed,
  isInvitedTo,
  isOver,
  type Told,
} from './invite-rules.ts';

/** What everybody was told last, entry by entry. */
export async function lastTold(db: Reader, summitId: string): Promise<Told[]> {
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
 * How many people will get a mail when a planning meeting is moved or called off: those who are
 * invited to it, or have it in their calendars.
 */
export async function peopleToldOf(
  db: Reader,
  summit: Summit,
  { summitId }: Organiser,
  key: string,
): Promise<number> {
  const invited = (await invitedPeople(db, summit)).get(key) ?? new Set<string>();
  const told = (await lastTold(db, summitId)).filter(
    (each) => each.key === key && each.method === 'REQUEST',
  );
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

const ANSWER_COLUMNS = [
  'calendarInvite.answer',
  'calendarInvite.answeredTime',
  'calendarInvite.answeredSequence',
  'calendarInvite.answeredStamp',
  'calendarInvite.answeredAt',
  'calendarInvite.answeredBy',
  'calendarInvite.comment',
] as const;

interface AnswerRow {
  readonly answer: AnswerOrNone;
  readonly answeredTime: unknown;
  readonly answeredSequence: number | null;
  readonly answeredStamp: Instant | null;
}

/** A row's answer as the rules see it. */
export const keptAnswer = (row: AnswerRow): KeptAnswer => ({
  answer: row.answer,
  // Written by this room alone, from the same type.
  time: (row.answeredTime ?? undefined) as StoredTime | undefined,
  sequence: row.answeredSequence ?? undefined,
  stamp: row.answeredStamp ?? undefined,
});

/** One of somebody's own calendar invitations. */
export interface OwnInvite {
  readonly entry: KeptEntry;
  readonly answer: AnswerOrNone;
  readonly answeredAt: Instant | undefined;
  /** What they were told last, where a mail went to them. */
  readonly told: { readonly sequence: number; readonly at: Instant } | undefined;
  /** Answers are taken while it is fixed and not over. */
  readonly isOpen: boolean;
}

/** Everything that somebody is invited to, in the calendar's order. */
export async function ownInvites(
  db: Reader,
  { summitId, personId }: Self,
  summit: Summit,
  source: CalendarSource,
  now: Instant,
): Promise<OwnInvite[]> {
  if (summit.state === 'draft') return [];
  const { now: entries } = await summitCalendar(db, summit, source);
  const invited = await invitedPeople(db, summit);
  const rows = await db
    .selectFrom('calendarInvite')
    .leftJoin('calendarTold', 'calendarTold.inviteId', 'calendarInvite.id')
    .select(['calendarInvite.key', ...ANSWER_COLUMNS])
    .select((eb) => [
      eb.fn.max('calendarTold.sequence').as('sequence'),
      eb.fn.max('calendarTold.at').as('at'),
    ])
    .where('calendarInvite.summitId', '=', summitId)
    .where('calendarInvite.personId', '=', personId)
    .groupBy('calendarInvite.id')
    .execute();
  const zone = expectZone(summit.definition.zone);
  return entries
    .filter((entry) => isInvitedTo(entry) && isFixed(entry))
    .filter(({ key }) => invited.get(key)?.has(personId) === true)
    .map((entry) => {
      const row = rows.find(({ key }) => key === entry.key);
      const answer = answerTo(row && keptAnswer(row), entry.content.time);
      return {
        entry,
        answer,
        answeredAt: answer === 'NEEDS-ACTION' ? undefined : (row?.answeredAt ?? undefined),
        told:
          row === undefined || row.sequence === null || row.at === null
            ? undefined
            : { sequence: row.sequence, at: row.at },
        isOpen: !isOver(entry.content.time, { now, zone }),
      };
    });
}

/** What somebody has answered to which entry, and when; for their own feed. */
export async function ownAnswers(
  db: Reader,
  { summitId, personId }: Self,
): Promise<ReadonlyMap<string, KeptAnswer & { readonly at: Instant }>> {
  const rows = await db
    .selectFrom('calendarInvite')
    .select(['calendarInvite.key', ...ANSWER_COLUMNS])
    .where('calendarInvite.summitId', '=', summitId)
    .where('calendarInvite.personId', '=', personId)
    .execute();
  return new Map(
    rows.flatMap(({ key, answeredAt, ...row }) =>
      answeredAt === null ? [] : [[key, { ...keptAnswer(row), at: answeredAt }] as const],
    ),
  );
}

/** Somebody's answer on an organiser's page. */
export interface Reply {
  readonly personId: string;
  readonly name: string;
  readonly isInvited: boolean;
  readonly answer: AnswerOrNone;
  readonly answeredAt: Instant | undefined;
  readonly by: AnswerWay | undefined;
  readonly comment: string;
  /** They answered to another time than the entry has now. */
  readonly isToOtherTime: boolean;
  readonly told: { readonly method: 'REQUEST' | 'CANCEL'; readonly at: Instant } | undefined;
}

/** What everybody who is or was invited to an entry says to its time now, by name. */
export async function repliesTo(
  db: Reader,
  { summitId }: Organiser,
  key: string,
  source: CalendarSource,
): Promise<{ readonly counts: AnswerCounts; readonly replies: readonly Reply[] }> {
  const summit = await summitById(db, summitId);
  const { now: entries } = await summitCalendar(db, summit, source);
  const entry = entries.find((each) => each.key === key);
  const invited = (await invitedPeople(db, summit)).get(key) ?? new Set<string>();
  const { rows } = await sql<
    AnswerRow & {
      personId: string;
      name: string;
      answeredAt: Instant | null;
      answeredBy: AnswerWay | null;
      comment: string;
      method: 'REQUEST' | 'CANCEL' | null;
      at: Instant | null;
    }
  >`
    select p.id as person_id, p.name, coalesce(i.answer, 'NEEDS-ACTION') as answer, i.answered_time,
      i.answered_sequence, i.answered_stamp, i.answered_at, i.answered_by,
      coalesce(i.comment, '') as comment, t.method, t.at
    from person p
    left join calendar_invite i
      on i.person_id = p.id and i.summit_id = ${summitId} and i.key = ${key}
    left join lateral (
      select method, at from calendar_told where invite_id = i.id order by sequence desc limit 1
    ) t on true
    where p.erased_at is null and (p.id = any(${[...invited]}) or i.id is not null)
    order by lower(p.name), p.id`.execute(db);
  const replies = rows.map((row): Reply => {
    const kept = keptAnswer(row);
    const answer = entry === undefined ? 'NEEDS-ACTION' : answerTo(kept, entry.content.time);
    return {
      personId: row.personId,
      name: row.name,
      isInvited: invited.has(row.personId),
      answer,
      answeredAt: row.answeredAt ?? undefined,
      by: row.answeredBy ?? undefined,
      comment: row.comment,
      isToOtherTime: answer === 'NEEDS-ACTION' && row.answer !== 'NEEDS-ACTION',
      told: row.method === null || row.at === null ? undefined : { method: row.method, at: row.at },
    };
  });
  const asked = replies.filter(({ isInvited }) => isInvited);
  return { counts: countAnswers(asked.map(({ answer }) => answer)), replies };
}

/** How many of those invited to an entry say what to its time; numbers only, for everybody who takes part. */
export async function answerCounts(
  db: Reader,
  summit: Summit,
  source: CalendarSource,
  key: string,
): Promise<AnswerCounts> {
  const { now: entries } = await summitCalendar(db, summit, source);
  const time = entries.find((entry) => entry.key === key)?.content.time;
  const invited = (await invitedPeople(db, summit)).get(key) ?? new Set<string>();
  const rows = await db
    .selectFrom('calendarInvite')
    .select(['personId', ...ANSWER_COLUMNS])
    .where('summitId', '=', summit.id)
    .where('key', '=', key)
    .execute();
  const byPerson = new Map(rows.map((row) => [row.personId, keptAnswer(row)]));
  return countAnswers(
    [...invited].map((personId) =>
      time === undefined ? 'NEEDS-ACTION' : answerTo(byPerson.get(personId), time),
    ),
  );
}

/** What a mail's link leads to: the mail, whom it was to, and the answer so far. */
export interface LinkedInvite {
  readonly summitId: string;
  readonly key: string;
  readonly personId: string;
  readonly name: string;
  readonly sequence: number;
  readonly content: EntryContent;
  readonly kept: KeptAnswer;
}

/** The invitation behind a link; none when it is unknown, or its person was erased. */
export async function inviteBehindLink(
  db: Reader,
  secret: string,
): Promise<LinkedInvite | undefined> {
  const row = await db
    .selectFrom('calendarTold')
    .innerJoin('calendarInvite', 'calendarInvite.id', 'calendarTold.inviteId')
    .innerJoin('person', 'person.id', 'calendarInvite.personId')
    .select(['calendarInvite.summitId', 'calendarInvite.key', 'calendarInvite.personId'])
    .select(['person.name', 'calendarTold.sequence', 'calendarTold.content', ...ANSWER_COLUMNS])
    .where('calendarTold.tokenHash', '=', hashSecret(secret))
    .where('person.erasedAt', 'is', null)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { summitId, key, personId, name, sequence } = row;
  // Written by this room alone, from the same type.
  const content = row.content as EntryContent;
  return { summitId, key, personId, name, sequence, content, kept: keptAnswer(row) };
}

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
