import { expectZone, type Instant } from '@cairn/kernel/time';
import type { Reader } from '../../../platform/db/database.ts';
import type { Self } from '../../people/rights.ts';
import type { Summit } from '../../summits/queries.ts';
import { type CalendarSource, summitCalendar } from '../calendar-queries.ts';
import type { KeptEntry } from '../calendar-rules.ts';
import { type AnswerOrNone, answerTo, type KeptAnswer } from './answer-rules.ts';
import { invitedPeople } from './invite-people-queries.ts';
import { ANSWER_COLUMNS, keptAnswer } from './invite-queries.ts';
import { isFixed, isInvitedTo, isOver } from './invite-rules.ts';

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
