import type { Instant } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import { hashSecret } from '../../../platform/http/secret.ts';
import type { Organiser } from '../../people/rights.ts';
import { type Summit, summitById } from '../../summits/queries.ts';
import { type CalendarSource, summitCalendar } from '../calendar-queries.ts';
import type { EntryContent, StoredTime } from '../calendar-rules.ts';
import {
  type AnswerCounts,
  type AnswerOrNone,
  type AnswerWay,
  answerTo,
  countAnswers,
  type KeptAnswer,
} from './answer-rules.ts';
import { invitedPeople } from './invite-people-queries.ts';

/** What makes an answer. */
export const ANSWER_COLUMNS = [
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
