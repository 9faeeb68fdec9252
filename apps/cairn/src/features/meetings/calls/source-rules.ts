import { isGroup } from '@cairn/formats/plain-data';
import { formatYaml } from '@cairn/formats/yaml-document';
import { type CallEvent, type ReadCalendar, readCallCalendar } from '@cairn/formats/yaml2ics';
import { updateCallCalendar } from '@cairn/formats/yaml2ics-writing';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { ZoneName } from '@cairn/kernel/time';
import { type CallContent, contentOf, storable } from './call-rules.ts';

/** Nobody holds more calls than this in one file; more would be a program gone wrong. */
const MOST_CALLS = 200;

/** The file of a calendar, read. */
export interface CallSource extends ReadCalendar {
  readonly text: string;
  /** The calendar's name. */
  readonly name: string;
  readonly calls: readonly CallContent[];
  /** Names of events that could not be read: what was told of them stays as it is. */
  readonly unread: ReadonlySet<string>;
}

/** Reads a calendar's file; what is no calendar at all is refused, what is wrong in it is listed. */
export function readCallSource(text: string, file: string): Result<CallSource, Problem[]> {
  const read = readCallCalendar(text, file);
  if (!read.ok) return read;
  const { calendar, document } = read.value;
  if (calendar.events.length > MOST_CALLS) {
    const sentence = `This calendar has ${calendar.events.length} events, more than the ${MOST_CALLS} that one may have; split it into several.`;
    return fail([problem('too-many-calls', sentence, document.placeOf(['events']))]);
  }
  const events = calendar.events.filter((event) => oddity(event) === undefined);
  const odd = calendar.events.flatMap((event) => {
    const sentence = oddity(event);
    const place = document.placeOf(['events', event.index ?? 0]);
    return sentence === undefined ? [] : [problem('no-call', sentence, place)];
  });
  const source = {
    ...read.value,
    calendar: { ...calendar, events },
    problems: [...read.value.problems, ...odd],
  };
  return ok({
    ...source,
    text,
    name: storable(calendar.name),
    calls: events.map(contentOf),
    unread: unreadNames(source),
  });
}

/** Longer than any gathering; without a bound a length could reach past the end of all calendars. */
const LONGEST_MINUTES = 31 * 24 * 60;

/** Before, zones were minutes and seconds from UTC, which calendars cannot say; after, nobody plans. */
const YEARS = { from: 1990, to: 2999 } as const;

/** A rule with a number is counted from its first time whenever somebody looks: hourly for a year. */
const MOST_TIMES = 10_000;

/** Why something that a calendar can say is no call that people can join; nothing where it is one. */
function oddity({ recurrence }: CallEvent): string | undefined {
  const { start, minutes, rule, also } = recurrence;
  if ([start.local, ...also].some(({ year }) => year < YEARS.from || year > YEARS.to)) {
    return `A call begins in a year from ${YEARS.from} to ${YEARS.to}; mend the days in “begin” and “also_on”.`;
  }
  const [, count] = /COUNT=(\d+)/.exec(rule ?? '') ?? [];
  if (Number(count ?? 0) > MOST_TIMES) {
    return `This repeats more than ${MOST_TIMES.toLocaleString('en-GB')} times; write UNTIL with its last day, or leave COUNT out.`;
  }
  if (!Number.isInteger(minutes) || minutes > LONGEST_MINUTES) {
    return 'A call takes a whole number of minutes, and at most 31 days; mend its duration or its end.';
  }
  return rule !== undefined && /FREQ=(SECONDLY|MINUTELY)|BY(SECOND|MINUTE)=[^;]*,/.test(rule)
    ? 'This happens every few minutes or seconds, which is no call; write FREQ=HOURLY at most.'
    : undefined;
}

function unreadNames({ calendar, document }: ReadCalendar): ReadonlySet<string> {
  const rows = isGroup(document.value) ? document.value['events'] : undefined;
  const read = new Set(calendar.events.map(({ index }) => index));
  const unread = (Array.isArray(rows) ? rows : []).filter((_, index) => !read.has(index));
  return new Set(
    unread.flatMap((row: unknown) => {
      const name = isGroup(row) ? (row['summary'] ?? row['name']) : undefined;
      return typeof name === 'string' ? [storable(name.trim())] : [];
    }),
  );
}

/** The file of a calendar that has no calls yet. */
export const emptySource = (name: string, zone: ZoneName): string =>
  formatYaml({ name, timezone: zone, events: [] });

/**
 * The file with one event put in place of another, or added at its end; comments and what is not
 * understood stay.
 *
 * @param position of the event among those that were read
 */
export function withEvent(
  source: CallSource,
  position: number | undefined,
  event: CallEvent,
): string {
  const { events } = source.calendar;
  const at = position === undefined ? undefined : events[position];
  if (at === undefined) {
    return updateCallCalendar(source, { ...source.calendar, events: [...events, event] });
  }
  const kept = at.index === undefined ? event : { ...event, index: at.index };
  return updateCallCalendar(source, {
    ...source.calendar,
    events: events.map((each) => (each === at ? kept : each)),
  });
}

/** The file without one event. */
export const withoutEvent = (source: CallSource, position: number): string =>
  updateCallCalendar(source, {
    ...source.calendar,
    events: source.calendar.events.filter((_, index) => index !== position),
  });
