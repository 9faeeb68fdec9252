import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import {
  dateIn,
  daysBetween,
  expectZone,
  formatDate,
  formatDateSpan,
  type Instant,
  type PlainDate,
  parseDate,
  startOfDay,
} from '@cairn/kernel/time';
import type { WindowRange } from '@cairn/timetable/week-windows';
import type { SummitDefinition } from '../../summits/schema.ts';

/** The life of a week poll. One that was given up, or has chosen, can be taken up again. */
export type PollState = 'draft' | 'open' | 'closed' | 'chosen' | 'abandoned';

/** What a candidate week is made of, whatever day it is. */
export type PollRange = Omit<WindowRange, 'today'>;

/** A summit's week poll. */
export interface Poll extends PollRange {
  readonly summitId: string;
  readonly state: PollState;
  /** What the organisers tell those whom they ask. */
  readonly intro: string;
  /** The last day for answers, in the summit's zone. */
  readonly closesOn: PlainDate | undefined;
  /** How many days before that the silent are reminded. */
  readonly remindDays: readonly number[];
  readonly hideUntilClosed: boolean;
  /** The currency of the weeks' extra costs. */
  readonly currency: string | undefined;
  readonly chosenStart: PlainDate | undefined;
  readonly openedAt: Instant | undefined;
  readonly closedAt: Instant | undefined;
  readonly chosenAt: Instant | undefined;
}

/** The day it is at the place of the summit. */
export const todayAt = (definition: SummitDefinition, now: Instant): PlainDate =>
  dateIn(now, expectZone(definition.zone));

/** When the last day for answers is over, at the place of the summit. */
export const closingOf = (closesOn: PlainDate, definition: SummitDefinition): Instant =>
  startOfDay(closesOn.add({ days: 1 }), expectZone(definition.zone));

/** Whether answers are taken: the poll is open and its last day is not over, swept or not. */
export const takesAnswers = (poll: Poll, today: PlainDate): boolean =>
  poll.state === 'open' && (poll.closesOn === undefined || daysBetween(today, poll.closesOn) >= 0);

/**
 * The day from which the lead time is counted when weeks are offered: the last day for answers,
 * because no week is chosen before. It stands still once the poll runs, or weeks that people were
 * asked about would drop out from one day to the next.
 */
export function leadCountsFrom(poll: Poll, today: PlainDate): PlainDate {
  const { closesOn, state } = poll;
  if (closesOn === undefined) return today;
  return state === 'draft' && daysBetween(today, closesOn) < 0 ? today : closesOn;
}

/** The day whose lead time a ranking tells: the day of the choice once there is one, else today. */
export const rankedOn = (poll: Poll, definition: SummitDefinition, now: Instant): PlainDate =>
  todayAt(definition, poll.chosenAt ?? now);

/** Whether the counts of a poll may be shown to those who were asked; names never are. */
export const showsCounts = (poll: Poll): boolean =>
  !poll.hideUntilClosed || poll.state === 'closed' || poll.state === 'chosen';

/** What a poll begins with: the summit's own window, length, arrival and lead time. */
export function rangeFromDefinition({ dates }: SummitDefinition): PollRange {
  const day = (text: string): PlainDate => expectDay(text);
  const [arrival, start, end, departure] = [
    day(dates.arrival),
    day(dates.start),
    day(dates.end),
    day(dates.departure),
  ];
  const window = dates.window ?? { from: dates.start, until: dates.end };
  return {
    from: day(window.from),
    until: day(window.until),
    days: daysBetween(start, end) + 1,
    weekday: start.dayOfWeek,
    arrivalDays: Math.max(0, daysBetween(arrival, start)),
    departureDays: Math.max(0, daysBetween(end, departure)),
    leadMonths: dates.lead_months ?? 0,
  };
}

/** A day that was validated before; throws on any other. */
export function expectDay(text: string): PlainDate {
  const parsed = parseDate(text);
  if (parsed.ok) return parsed.value;
  throw new Error(parsed.error.sentence);
}

/** Longest range for which weeks are made, in days; a poll over more is not one that people answer. */
const LONGEST_RANGE = 1100;

/** Why no weeks can be made of a range; told at the field to change. */
export function checkRange(range: PollRange): Result<void, Problem> {
  const length = daysBetween(range.from, range.until) + 1;
  if (length < 1) {
    return fail(
      problem('range-backwards', 'The last day lies before the first; swap them.', {
        path: 'until',
      }),
    );
  }
  if (length > LONGEST_RANGE) {
    return fail(
      problem(
        'range-too-long',
        'These are more than three years; nobody can answer for so many weeks.',
        { path: 'until' },
      ),
    );
  }
  if (length < range.days) {
    return fail(
      problem(
        'range-too-short',
        `From ${formatDateSpan(range.from, range.until)} there is no room for ${range.days} days; widen the range.`,
        { path: 'until' },
      ),
    );
  }
  return ok(undefined);
}

const ACTIONS = {
  open: {
    from: ['draft'],
    to: 'open',
    refused: 'This poll is open or over already; load the page again.',
  },
  close: {
    from: ['open'],
    to: 'closed',
    refused: 'This poll is not open, so it cannot be closed; load the page again.',
  },
  reopen: {
    from: ['closed', 'open'],
    to: 'open',
    refused: 'Only a poll that was closed can be opened again.',
  },
  abandon: {
    from: ['draft', 'open', 'closed'],
    to: 'abandoned',
    refused: 'A poll that has chosen a week, or was given up, cannot be given up.',
  },
  resume: {
    from: ['abandoned'],
    to: 'draft',
    refused: 'This poll was not given up.',
  },
  unchoose: {
    from: ['chosen'],
    to: 'closed',
    refused: 'No week is chosen, so none can be taken back.',
  },
} as const satisfies Record<string, { from: readonly PollState[]; to: PollState; refused: string }>;

/** What organisers do with a poll as a whole. Choosing a week is told apart, because it changes more. */
export type PollAction = keyof typeof ACTIONS;

/** The state after an action, or why it cannot happen. */
export function nextPollState(state: PollState, action: PollAction): Result<PollState, Problem> {
  const { from, to, refused } = ACTIONS[action];
  return (from as readonly PollState[]).includes(state)
    ? ok(to)
    : fail(problem(`poll-${state}`, refused));
}

/** Whether range, blackouts, weeks and people may still change. */
export const mayBeEdited = (state: PollState): boolean =>
  state === 'draft' || state === 'open' || state === 'closed';

/** Whether the links of a poll open nothing any more: the summit is archived, or its weeks are over. */
export function linkHasExpired(
  poll: Poll,
  { state, definition }: { readonly state: string; readonly definition: SummitDefinition },
  now: Instant,
): boolean {
  return state === 'archived' || daysBetween(poll.until, todayAt(definition, now)) > 0;
}

/** The days of a chosen week, as the poll counts them. */
export const chosenDays = (
  { days, arrivalDays, departureDays }: Poll,
  start: PlainDate,
): { arrival: PlainDate; start: PlainDate; end: PlainDate; departure: PlainDate } => {
  const end = start.add({ days: days - 1 });
  return {
    arrival: start.subtract({ days: arrivalDays }),
    start,
    end,
    departure: end.add({ days: departureDays }),
  };
};

/** Without a last day a poll would never close. */
export const NEEDS_DEADLINE = problem(
  'no-deadline',
  'Write the last day for answers; without it the poll would never close.',
  { path: 'closes_on' },
);

/** Why a day cannot be the last one for answers: it is over where the summit is. */
export function wrongDeadline(
  closesOn: PlainDate | undefined,
  today: PlainDate,
): Problem | undefined {
  if (closesOn === undefined || daysBetween(today, closesOn) >= 0) return undefined;
  return problem(
    'deadline-past',
    `${formatDate(closesOn)} is over at the summit’s place, where it is ${formatDate(today)}; take a later day.`,
    { path: 'closes_on' },
  );
}

/** Answers taken for so long would leave no week with the lead time; what people said would be out of sight. */
export const leavesNoWeek = (closesOn: PlainDate): Problem =>
  problem(
    'no-weeks',
    `With answers until ${formatDate(closesOn)} no week keeps its lead time: take an earlier day, or first shorten the lead time or offer weeks all the same, under “Weeks and days”.`,
    { path: 'closes_on' },
  );
