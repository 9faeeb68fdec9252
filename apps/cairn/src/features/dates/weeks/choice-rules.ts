import { isGroup } from '@cairn/formats/plain-data';
import { formatPath } from '@cairn/formats/schema-fault';
import { type Problem, problem } from '@cairn/kernel/problem';
import { daysBetween, formatMonth, type PlainDate, Temporal } from '@cairn/kernel/time';
import { fillFacts, summitDays } from '../../summits/facts.ts';
import { validSummitSchema } from '../../summits/rules.ts';
import type { SummitDefinition } from '../../summits/schema.ts';
import { ifDatesMove, type MovedStep, type PlanFacts } from '../plan-rules.ts';
import { expectDay, type PollRange } from './poll-rules.ts';

/** What changes in a definition's days; what is left out stays. Days are ISO. */
export interface DefinitionDays {
  readonly status: 'tentative' | 'confirmed';
  readonly arrival?: string;
  readonly start?: string;
  readonly end?: string;
  readonly departure?: string;
  /** Given where the chosen days lie outside the window of the definition. */
  readonly window?: { readonly from: string; readonly until: string };
  /** Nights of lodging, given where they would contradict arrival and departure. */
  readonly nights?: number;
}

/** The parts of a summit file's value that other days change. */
export function dayChange(
  value: Readonly<Record<string, unknown>>,
  { nights, ...days }: DefinitionDays,
): Record<string, unknown> {
  const lodging = nights === undefined ? {} : { lodging: { ...grouped(value['lodging']), nights } };
  return { dates: { ...grouped(value['dates']), ...days }, ...lodging };
}

const grouped = (value: unknown): Readonly<Record<string, unknown>> =>
  isGroup(value) ? value : {};

/** The days that a definition would have, were a week of the poll chosen. */
export function daysOfChoice(
  definition: SummitDefinition,
  range: PollRange,
  start: PlainDate,
): DefinitionDays {
  const end = start.add({ days: range.days - 1 });
  const arrival = start.subtract({ days: range.arrivalDays });
  const departure = end.add({ days: range.departureDays });
  const { window } = definition.dates;
  const isOutside =
    window !== undefined &&
    (daysBetween(expectDay(window.from), start) < 0 ||
      daysBetween(end, expectDay(window.until)) < 0);
  const nights = daysBetween(arrival, departure);
  return {
    status: 'confirmed',
    arrival: arrival.toString(),
    start: start.toString(),
    end: end.toString(),
    departure: departure.toString(),
    ...(isOutside
      ? { window: { from: range.from.toString(), until: range.until.toString() } }
      : {}),
    ...(definition.lodging === undefined || definition.lodging.nights === nights ? {} : { nights }),
  };
}

/** A planning meeting that lies too late for the chosen week, or whose month does. */
export interface LateMeeting {
  readonly key: string;
  readonly title: string;
  readonly words: string;
}

/** What choosing a week changes; told before it is done. */
export interface ChoiceOutlook {
  readonly days: DefinitionDays;
  readonly before: {
    readonly arrival: PlainDate;
    readonly start: PlainDate;
    readonly end: PlainDate;
    readonly departure: PlainDate;
  };
  /** Each step of the phase plan with its day now and then. */
  readonly steps: readonly MovedStep[];
  /** Planning meetings for which only a month is known that is not over before the summit begins. */
  readonly lateMonths: readonly LateMeeting[];
  readonly nights: { readonly before: number; readonly after: number } | undefined;
  /** What must be mended in the definition first, or the choice would contradict it. */
  readonly problems: readonly Problem[];
}

/** Looks at what choosing a week would change, and at what stands against it. */
export function outlookOf(
  definition: SummitDefinition,
  range: PollRange,
  start: PlainDate,
  plan: PlanFacts,
): ChoiceOutlook {
  const days = daysOfChoice(definition, range, start);
  const would = { ...definition, ...dayChange(definition, days) };
  const checked = validSummitSchema.safeParse(would);
  const before = summitDays(definition);
  return {
    days,
    before,
    steps: ifDatesMove(lasting(definition, range), start, plan).map((step) => ({
      ...step,
      title: fillFacts(step.title, definition),
    })),
    lateMonths: definition.planning_meetings.list.flatMap((meeting): LateMeeting[] => {
      if (meeting.month === undefined) return [];
      const month = Temporal.PlainYearMonth.from(meeting.month);
      if (daysBetween(month.toPlainDate({ day: 1 }), start) > 0) return [];
      return [
        {
          key: meeting.key,
          title: fillFacts(meeting.title, definition),
          words: `${formatMonth(month)} ${month.year}`,
        },
      ];
    }),
    nights:
      days.nights === undefined || definition.lodging === undefined
        ? undefined
        : { before: definition.lodging.nights, after: days.nights },
    problems: checked.success
      ? []
      : checked.error.issues.map((issue) =>
          problem('contradiction', asSentence(issue.message), {
            path: formatPath(
              issue.path.map((step) => (typeof step === 'number' ? step : String(step))),
            ),
          }),
        ),
  };
}

/** The definition with its length as the poll has it, so that what is due after the end is counted right. */
const lasting = (definition: SummitDefinition, { days }: PollRange): SummitDefinition => {
  const { start } = summitDays(definition);
  const end = start.add({ days: days - 1 }).toString();
  return { ...definition, dates: { ...definition.dates, end } };
};

const asSentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?…]$/.test(text) ? '' : '.'}`;
