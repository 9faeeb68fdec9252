import { expectOk } from '@cairn/kernel/result';
import {
  expectZone,
  formatDate,
  type Instant,
  instantOf,
  type PlainDate,
  parseDate,
  startOfDay,
  Temporal,
  type ZoneName,
} from '@cairn/kernel/time';
import { summitDays } from '../../summits/facts.ts';
import type { PlanningMeeting, SummitDefinition } from '../../summits/schema.ts';
import {
  ARRIVAL,
  daySubject,
  type EarlierRule,
  meetingSubject,
  type ObligationCalendar,
} from './obligation-rules.ts';

/**
 * When each thing that a promise can be judged by is over, on the summit's own wall.
 *
 * A meeting of which only the month is known is over when the month is, or when the summit starts
 * if that is earlier. `recorded` holds the subjects that have been recorded for at least one person;
 * without it a meeting long past would look missed by everybody until somebody types in who came.
 */
export function obligationCalendar(
  definition: SummitDefinition,
  recorded: ReadonlySet<string>,
  earlierRules: readonly EarlierRule[] = [],
): ObligationCalendar {
  const zone = expectZone(definition.zone);
  const { arrival, start, end, days } = summitDays(definition);
  const starts = startOfDay(start, zone);
  const ends = endOfDay(end, zone);
  const dates = Array.from({ length: days }, (_, index) => start.add({ days: index }));
  return {
    meetings: definition.planning_meetings.list.map((meeting) => ({
      key: meeting.key,
      title: meeting.title,
      over: earlier(meetingOver(meeting, definition.planning_meetings.minutes, zone), starts),
      isRecorded: recorded.has(meetingSubject(meeting.key)),
    })),
    arrival: {
      over: endOfDay(arrival, zone),
      isRecorded: recorded.has(ARRIVAL) || dates.some((date) => recorded.has(daySubject(date))),
    },
    days: dates.map((date) => ({
      subject: daySubject(date),
      name: formatDate(date),
      over: endOfDay(date, zone),
      isRecorded: recorded.has(daySubject(date)),
    })),
    planOpens: startOfDay(expectOk(parseDate(definition.announced)), zone),
    planFrozen: starts,
    followUpOpens: ends,
    followUpOver: oncePerNumber((months) => endOfDay(end.add({ months }), zone)),
    earlierRules,
  };
}

/**
 * The rules that another one has replaced, out of the rule of each revision in their order. A rule
 * that stayed the same over several revisions is one.
 */
export function rulesReplaced(
  revisions: readonly {
    readonly obligation: string;
    readonly meetings: number;
    readonly at: Instant;
  }[],
): EarlierRule[] {
  const inForce = new Map<string, { readonly meetings: number; readonly at: Instant }>();
  const replaced: EarlierRule[] = [];
  for (const { obligation, meetings, at } of revisions) {
    const before = inForce.get(obligation);
    if (before?.meetings === meetings) continue;
    if (before !== undefined) {
      replaced.push({ obligation, meetings: before.meetings, from: before.at, until: at });
    }
    inForce.set(obligation, { meetings, at });
  }
  return replaced;
}

/** Remembers the answers: everybody's promise asks for the same months. */
function oncePerNumber(answer: (count: number) => Instant): (count: number) => Instant {
  const answers = new Map<number, Instant>();
  return (count) => {
    const found = answers.get(count) ?? answer(count);
    answers.set(count, found);
    return found;
  };
}

/** When a planning meeting begins; undefined while only its month is known. */
export function meetingStarts(
  { starts }: Pick<PlanningMeeting, 'starts'>,
  zone: ZoneName,
): Instant | undefined {
  if (starts === undefined) return undefined;
  return instantOf({ local: Temporal.PlainDateTime.from(starts), zone });
}

function meetingOver(meeting: PlanningMeeting, minutes: number, zone: ZoneName): Instant {
  const begins = meetingStarts(meeting, zone);
  if (begins !== undefined) return begins.add({ minutes });
  // The schema gives every meeting either a start or a month.
  const month = Temporal.PlainYearMonth.from(meeting.month ?? '');
  return startOfDay(month.add({ months: 1 }).toPlainDate({ day: 1 }), zone);
}

/** The instant at which a day is over: when the next one begins, which daylight saving may move. */
const endOfDay = (date: PlainDate, zone: ZoneName): Instant =>
  startOfDay(date.add({ days: 1 }), zone);

const earlier = (a: Instant, b: Instant): Instant => (Temporal.Instant.compare(a, b) < 0 ? a : b);
