import type { Instant } from '@cairn/kernel/time';
import type { WeekAnswer } from '@cairn/timetable/week-ranking';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import type { Self } from '../../people/rights.ts';
import {
  countAnswers,
  type GivenAnswers,
  type SaidOfWeek,
  type WeekCounts,
} from './answer-rules.ts';
import { type Poll, showsCounts } from './poll-rules.ts';
import type { Week } from './week-rules.ts';

/** One's own part in a poll: whether one is asked, and what one said. */
export interface OwnPart extends GivenAnswers {
  readonly answeredAt: Instant | undefined;
}

/** What somebody answered themselves; undefined for somebody who is not asked. */
export async function ownPart(
  db: Reader,
  { summitId, personId }: Self,
): Promise<OwnPart | undefined> {
  const guest = await db
    .selectFrom('weekGuest')
    .select(['remark', 'answeredAt'])
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .where('withdrawnAt', 'is', null)
    .executeTakeFirst();
  if (guest === undefined) return undefined;
  const rows = await db
    .selectFrom('weekAnswer')
    .select(['start', 'answer', 'note'])
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .orderBy('start')
    .execute();
  return {
    remark: guest.remark,
    answeredAt: guest.answeredAt ?? undefined,
    weeks: new Map(
      rows.map(({ start, answer, note }): [string, SaidOfWeek] => [
        start,
        { answer: answer ?? undefined, note },
      ]),
    ),
  };
}

/** How a poll's answers are spread, without names: what may be shown to those who were asked. */
export async function countsForGuests(
  db: Reader,
  poll: Poll,
  weeks: readonly Week[],
): Promise<ReadonlyMap<string, WeekCounts> | undefined> {
  if (!showsCounts(poll)) return undefined;
  const { rows } = await sql<{ personId: string; start: string | null; answer: WeekAnswer | null }>`
    select g.person_id, a.start, a.answer
    from week_guest g join person p on p.id = g.person_id and p.erased_at is null
    left join week_answer a on a.summit_id = g.summit_id and a.person_id = g.person_id
    where g.summit_id = ${poll.summitId} and g.withdrawn_at is null`.execute(db);
  const people = new Map<string, Record<string, WeekAnswer>>();
  for (const { personId, start, answer } of rows) {
    const said = people.get(personId) ?? {};
    if (start !== null && answer !== null) said[start] = answer;
    people.set(personId, said);
  }
  return countAnswers(
    weeks,
    [...people.values()].map((answers) => ({ answers })),
  );
}

/** How many were asked and how many of them answered at least one week of these. */
export async function answeredCount(
  db: Reader,
  summitId: string,
  weeks: readonly Week[],
): Promise<{ readonly asked: number; readonly answered: number }> {
  const days = weeks.map(({ id }) => id);
  const { rows } = await sql<{ asked: number; answered: number }>`
    select count(*)::int as asked,
      (count(*) filter (where exists (
        select from week_answer a
        where a.summit_id = g.summit_id and a.person_id = g.person_id
          and a.answer is not null and a.start = any(${days}::date[])
      )))::int as answered
    from week_guest g join person p on p.id = g.person_id and p.erased_at is null
    where g.summit_id = ${summitId} and g.withdrawn_at is null`.execute(db);
  return rows[0] ?? { asked: 0, answered: 0 };
}

/** How many answers each week has, by its first day; those to weeks that are not offered, too. */
export async function answerTotals(
  db: Reader,
  summitId: string,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ start: string; answers: number }>`
    select start, count(*)::int as answers from week_answer
    where summit_id = ${summitId} and answer is not null group by start`.execute(db);
  return new Map(rows.map(({ start, answers }) => [start, answers]));
}
