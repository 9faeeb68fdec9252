import { type Problem, problem } from '@cairn/kernel/problem';
import { daysBetween, formatDate, type PlainDate } from '@cairn/kernel/time';
import type { WeekAnswer } from '@cairn/timetable/week-ranking';
import { expectDay, type Poll, takesAnswers } from './poll-rules.ts';
import type { Week } from './week-rules.ts';

/** What somebody may say of a week. Saying nothing is none of them. */
export const WEEK_ANSWERS = ['yes', 'if_need_be', 'no'] as const satisfies readonly WeekAnswer[];

export const WEEK_ANSWER_WORDS: Record<WeekAnswer, string> = {
  yes: 'Yes',
  if_need_be: 'If need be',
  no: 'No',
};

/** What somebody said of one week; a note may stand without an answer. */
export interface SaidOfWeek {
  readonly answer: WeekAnswer | undefined;
  readonly note: string;
}

/** What somebody said of all weeks, by the week's first day. */
export interface GivenAnswers {
  readonly weeks: ReadonlyMap<string, SaidOfWeek>;
  /** What they say to all weeks together. */
  readonly remark: string;
}

/** Why a poll takes no answers now; undefined while it does. */
export function whyNoAnswers(poll: Poll, today: PlainDate): Problem | undefined {
  if (takesAnswers(poll, today)) return undefined;
  switch (poll.state) {
    case 'draft':
      return problem('poll-draft', 'This poll is not open yet; the organisers will write to you.');
    case 'open':
    case 'closed': {
      const until =
        poll.closesOn === undefined ? '' : ` Its last day was ${formatDate(poll.closesOn)}.`;
      return problem(
        'poll-closed',
        `This poll is closed, so nothing was saved.${until} If something has changed for you, tell the organisers: they can open it again.`,
      );
    }
    case 'chosen':
      return problem(
        'poll-chosen',
        'The week has been chosen meanwhile, so nothing was saved. If it does not suit you, tell the organisers.',
      );
    case 'abandoned':
      return problem('poll-abandoned', 'The organisers gave this poll up, so nothing was saved.');
    default:
      return poll.state satisfies never;
  }
}

/** What is wrong with answers to these weeks: one sentence for each week that is not offered. */
export function answerProblems(answered: Iterable<string>, weeks: readonly Week[]): Problem[] {
  const byDay = new Map(weeks.map((week) => [week.id, week]));
  const problems: Problem[] = [];
  for (const id of answered) {
    const week = byDay.get(id);
    if (week?.isOffered === true) continue;
    const day = formatDate(expectDay(id));
    problems.push(
      week === undefined
        ? problem(
            'unknown-week',
            `No week of this poll starts on ${day}; answer one of those below.`,
          )
        : problem(
            'week-not-offered',
            `The week from ${day} is no longer offered. What you wrote of it stands below; send the form again without it.`,
          ),
    );
  }
  return problems;
}

/** How the answers to one week are spread. Who said nothing is counted on their own, never as a yes. */
export interface WeekCounts {
  readonly yes: number;
  readonly ifNeedBe: number;
  readonly no: number;
  readonly unanswered: number;
}

/** Counts the answers to each offered week among those who were asked. */
export function countAnswers(
  weeks: readonly Week[],
  people: readonly { readonly answers: Readonly<Record<string, WeekAnswer>> }[],
): Map<string, WeekCounts> {
  return new Map(
    weeks.map(({ id }) => {
      const said = people.map(({ answers }) => answers[id]);
      const count = (wanted: WeekAnswer | undefined) =>
        said.filter((answer) => answer === wanted).length;
      return [
        id,
        {
          yes: count('yes'),
          ifNeedBe: count('if_need_be'),
          no: count('no'),
          unanswered: count(undefined),
        },
      ];
    }),
  );
}

/** Where somebody who is asked stands. */
export type GuestState = 'not-asked' | 'asked' | 'opened' | 'in-part' | 'answered' | 'disowned';

/** What is known of somebody who is asked. */
export interface GuestFacts {
  readonly askedAt: unknown;
  readonly openedAt: unknown;
  readonly disownedAt: unknown;
  readonly answers: Readonly<Record<string, WeekAnswer>>;
}

/** How far somebody has come with their answers to the weeks that are offered now. */
export function guestState(guest: GuestFacts, offeredWeeks: readonly Week[]): GuestState {
  const given = offeredWeeks.filter(({ id }) => guest.answers[id] !== undefined).length;
  if (given > 0) return given === offeredWeeks.length ? 'answered' : 'in-part';
  if (guest.disownedAt !== undefined) return 'disowned';
  if (guest.openedAt !== undefined) return 'opened';
  return guest.askedAt === undefined ? 'not-asked' : 'asked';
}

/** Whether somebody counts as having answered: at least one offered week, and never by silence. */
export const hasAnswered = (guest: GuestFacts, offeredWeeks: readonly Week[]): boolean =>
  offeredWeeks.some(({ id }) => guest.answers[id] !== undefined);

/**
 * The reminder that is due on a day: the latest of the poll's reminder days that has come. Those
 * that were missed are not made up for. Undefined before the first and after the last day.
 */
export function reminderDay(poll: Poll, today: PlainDate): PlainDate | undefined {
  const { closesOn } = poll;
  if (closesOn === undefined || !takesAnswers(poll, today)) return undefined;
  return poll.remindDays
    .map((days) => closesOn.subtract({ days }))
    .filter((day) => daysBetween(day, today) >= 0)
    .sort((a, b) => daysBetween(a, b))
    .at(0);
}
