import {
  expectZone,
  formatDate,
  type Instant,
  type PlainDate,
  startOfDay,
  Temporal,
} from '@cairn/kernel/time';
import { summitDays } from '../../summits/facts.ts';
import type { SummitDefinition } from '../../summits/schema.ts';
import { folded } from './evidence-people-rules.ts';
import { meetingStarts } from './obligation-calendar.ts';
import { ARRIVAL, daySubject, meetingSubject } from './obligation-rules.ts';

/** Something that an organiser can tick somebody off for: a planning meeting, the arrival, a day. */
export interface Occasion {
  readonly kind: 'attendance' | 'presence';
  readonly subject: string;
  readonly label: string;
  /** The label where space is short: a day without its year. */
  readonly brief: string;
  /** The day on the summit's wall; undefined for a meeting of which only the month is known. */
  readonly date: PlainDate | undefined;
  /** When it begins; undefined for a meeting of which only the month is known. */
  readonly begins: Instant | undefined;
  /** Whether it has begun, so that there is something to record. An open date may be today. */
  readonly hasBegun: boolean;
}

/** Everything that can be recorded by hand, in the order in which it happens. */
export function occasionsOf(definition: SummitDefinition, now: Instant): Occasion[] {
  const zone = expectZone(definition.zone);
  const { arrival, start, days } = summitDays(definition);
  const hasBegun = (begins: Instant | undefined) =>
    begins === undefined || Temporal.Instant.compare(begins, now) <= 0;
  const day = (date: PlainDate, subject: string, label: string): Occasion => {
    const begins = startOfDay(date, zone);
    const brief = subject === ARRIVAL ? label : label.replace(` ${date.year}`, '');
    return { kind: 'presence', subject, label, brief, date, begins, hasBegun: hasBegun(begins) };
  };
  const meetings = definition.planning_meetings.list.map((meeting): Occasion => {
    const begins = meetingStarts(meeting, zone);
    return {
      kind: 'attendance',
      subject: meetingSubject(meeting.key),
      label: meeting.title,
      brief: meeting.title,
      date: begins?.toZonedDateTimeISO(zone).toPlainDate(),
      begins,
      hasBegun: hasBegun(begins),
    };
  });
  const dates = Array.from({ length: days }, (_, index) => start.add({ days: index }));
  return [
    ...meetings,
    day(arrival, ARRIVAL, 'Arrival'),
    ...dates.map((date) => day(date, daySubject(date), formatDate(date))),
  ];
}

/** The occasion that a cell of a table means: its key, its title, or its day. */
export function occasionNamed(
  occasions: readonly Occasion[],
  written: string,
): Occasion | undefined {
  const wanted = folded(written);
  const names = ({ subject, label, date }: Occasion): string[] =>
    [
      subject,
      subject.replace(/^\w+:/, ''),
      label,
      ...(date === undefined ? [] : [String(date)]),
    ].map(folded);
  return occasions.find((occasion) => names(occasion).includes(wanted));
}
