import { expectZone, type Instant, instantOf, Temporal, type ZoneName } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { fillFacts } from '../../summits/facts.ts';
import type { SummitDefinition } from '../../summits/schema.ts';

/** One parallel part of a planning meeting. */
export interface MeetingTrack {
  readonly key: string;
  readonly title: string;
  readonly topics: readonly string[];
  /** The lead as the definition names them; a lead who is a person of the summit is in `TrackLead`. */
  readonly leadName: string | undefined;
  /** Its own room, where it does not meet in the meeting's. */
  readonly link: string | undefined;
}

/** One planning meeting of the series, with its facts filled in. */
export interface Meeting {
  readonly key: string;
  readonly title: string;
  /** The month while the time is open: exactly one of `month` and `starts` is there. */
  readonly month: Temporal.PlainYearMonth | undefined;
  /** The time on the wall of the summit's zone, once it is fixed. */
  readonly starts: Temporal.PlainDateTime | undefined;
  readonly zone: ZoneName;
  /** The length in minutes. */
  readonly minutes: number;
  readonly begins: Instant | undefined;
  readonly ends: Instant | undefined;
  readonly link: string | undefined;
  readonly recording: string | undefined;
  readonly tracks: readonly MeetingTrack[];
}

/** The planning meetings of a summit, in the order of its definition. */
export function meetingsOf({
  definition,
}: {
  readonly definition: SummitDefinition;
}): readonly Meeting[] {
  const zone = expectZone(definition.zone);
  const { minutes, list } = definition.planning_meetings;
  return list.map(({ key, title, month, starts, link, recording, tracks }) => {
    const local = starts === undefined ? undefined : Temporal.PlainDateTime.from(starts);
    const begins = local && instantOf({ local, zone });
    return {
      key,
      title: fillFacts(title, definition),
      month: month === undefined ? undefined : Temporal.PlainYearMonth.from(month),
      starts: local,
      zone,
      minutes,
      begins,
      ends: begins?.add({ minutes }),
      link,
      recording,
      tracks: tracks.map((track) => ({
        key: track.key,
        title: fillFacts(track.title, definition),
        topics: track.topics.map((topic) => fillFacts(topic, definition)),
        leadName: track.lead,
        link: track.link,
      })),
    };
  });
}

/** The meeting with a key. */
export const meetingNamed = (
  summit: { readonly definition: SummitDefinition },
  key: string,
): Meeting | undefined => meetingsOf(summit).find((meeting) => meeting.key === key);

/** Those to come or under way, soonest first, then those whose time is open by month; then the past, latest first. */
export function inOrderOfNeed(meetings: readonly Meeting[], now: Instant): readonly Meeting[] {
  const at = (meeting: Meeting): number => startOrMonth(meeting).epochMilliseconds;
  const isPast = (meeting: Meeting) => isOver(meeting, now);
  return [
    ...meetings.filter((meeting) => !isPast(meeting)).sort((a, b) => at(a) - at(b)),
    ...meetings.filter(isPast).sort((a, b) => at(b) - at(a)),
  ];
}

/** When a meeting begins, or when its month does. */
export function startOrMonth({ begins, month, zone }: Meeting): Instant {
  if (begins !== undefined) return begins;
  // The schema gives every meeting either a start or a month.
  const first = (month as Temporal.PlainYearMonth).toPlainDate({ day: 1 });
  return first.toZonedDateTime(zone).toInstant();
}

/** Whether a meeting has ended; one without a time is over when its month is. */
export function isOver(meeting: Meeting, now: Instant): boolean {
  const { ends, month, zone } = meeting;
  const over =
    ends ?? month?.add({ months: 1 }).toPlainDate({ day: 1 }).toZonedDateTime(zone).toInstant();
  return over !== undefined && Temporal.Instant.compare(over, now) <= 0;
}

/** The next meeting with a time that has not ended. */
export const nextMeeting = (meetings: readonly Meeting[], now: Instant): Meeting | undefined =>
  inOrderOfNeed(meetings, now).find(
    (meeting) => meeting.begins !== undefined && !isOver(meeting, now),
  );

/** How far away a meeting is, in plain words: “begins in 2 days”, “has begun”, “ended 3 hours ago”. */
export function distanceWords({ begins, ends }: Meeting, now: Instant): string | undefined {
  if (begins === undefined || ends === undefined) return undefined;
  if (Temporal.Instant.compare(now, begins) < 0) return `begins in ${spanWords(now, begins)}`;
  if (Temporal.Instant.compare(now, ends) < 0) return 'has begun';
  return `ended ${spanWords(ends, now)} ago`;
}

/** A span in its largest fitting unit, rounded down. */
function spanWords(from: Instant, until: Instant): string {
  const minutes = Math.floor((until.epochMilliseconds - from.epochMilliseconds) / 60_000);
  if (minutes < 1) return 'less than a minute';
  if (minutes < 60) return counted(minutes, 'minute');
  if (minutes < 48 * 60) return counted(Math.floor(minutes / 60), 'hour');
  return counted(Math.floor(minutes / 1440), 'day');
}
