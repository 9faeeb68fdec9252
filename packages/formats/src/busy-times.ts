/**
 * When a calendar says that somebody is busy, and nothing else of it: no title, place or person
 * leaves this file.
 */
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Instant, Temporal, type ZoneName } from '@cairn/kernel/time';
import { CalendarClocks, SharedClocks } from './busy-clocks.ts';
import { addEvent, type Replaced, readPeriod, takesTime, type Window } from './busy-events.ts';
import { BusyIntervals } from './busy-intervals.ts';
import { type IcalComponent, propertyOf, readIcalText } from './ical-text.ts';
import type { Effort } from './recurrence-expansion.ts';

export interface BusyTimes {
  /** In order, put together where they meet, and cut to the time asked for. */
  readonly busy: readonly { readonly from: Instant; readonly until: Instant }[];
  /** How many events the calendar has, whether or not they take up time. */
  readonly events: number;
  /** What was not understood, each with its line. */
  readonly skipped: readonly Problem[];
}

/** In UTF-16 units, which for a calendar is about its size. */
const LONGEST = 10 * 1024 * 1024;

/** Days and times looked at for one file; a second or two. */
const MOST_EFFORT = 20_000_000;

/** What following the rules of one calendar may take. */
export const busyEffort = (): Effort => ({ left: MOST_EFFORT });

/**
 * Reads an iCalendar file (RFC 5545) for the time that it takes up between two moments: events,
 * those that repeat, and free-busy lists. Free are events that are cancelled or that their program
 * marks as free; tentative ones are busy. Fails with one sentence if the text is no calendar.
 *
 * @param zone the zone of days, and of times that name none
 * @param effort what following rules may take, for a caller who reads a calendar in pieces; is used up
 */
export function readBusyTimes(
  text: string,
  {
    from,
    until,
    zone,
    file,
    effort = busyEffort(),
  }: {
    readonly from: Instant;
    readonly until: Instant;
    readonly zone: ZoneName;
    readonly file?: string;
    readonly effort?: Effort;
  },
): Result<BusyTimes, Problem> {
  const place = file === undefined ? {} : { file };
  if (text.length > LONGEST) {
    const sentence =
      'This calendar is larger than 10 MB; export fewer years, or one calendar only.';
    return fail(problem('too-long', sentence, place));
  }
  const calendars = readIcalText(text, file);
  if (!calendars.ok) return calendars;
  const window: Window = {
    from: Math.floor(from.epochMilliseconds / 1000),
    until: Math.ceil(until.epochMilliseconds / 1000),
  };
  const busy = new BusyIntervals(window.from, window.until);
  const skipped: Problem[] = [];
  const shared = new SharedClocks(window.from, window.until);
  let events = 0;
  for (const calendar of calendars.value) {
    const clocks = new CalendarClocks(calendar, zone, shared);
    const found = calendar.components.filter(({ name }) => name === 'VEVENT');
    events += found.length;
    const replaced = replacedTimes(found, clocks);
    for (const event of found) {
      skipped.push(...badLines(event));
      if (!takesTime(event)) continue;
      const own = propertyOf(event, 'RECURRENCE-ID') ? undefined : replaced.get(uidOf(event));
      const added = addEvent(event, clocks, { window, replaced: own ?? NONE, effort }, busy);
      if (!added.ok) skipped.push(added.error);
    }
    addFreeBusy(calendar, clocks, busy, skipped);
  }
  return ok({
    busy: busy
      .merged()
      .map(([begins, ends]) => ({ from: momentOf(begins), until: momentOf(ends) })),
    events,
    skipped: skipped
      .sort((a, b) => (a.place.line ?? 0) - (b.place.line ?? 0))
      .map((each) => ({ ...each, place: { ...place, ...each.place } })),
  });
}

const NONE: Replaced = { moments: new Set(), days: new Set() };

const momentOf = (seconds: number): Instant =>
  Temporal.Instant.fromEpochMilliseconds(seconds * 1000);

const uidOf = (event: IcalComponent): string => propertyOf(event, 'UID')?.value ?? '';

/** An entry of its own for one time of a series stands instead of it (RFC 5545 §3.8.4.4). */
function replacedTimes(
  events: readonly IcalComponent[],
  clocks: CalendarClocks,
): ReadonlyMap<string, Replaced> {
  const replaced = new Map<string, { moments: Set<number>; days: Set<number> }>();
  for (const event of events) {
    const recurrence = propertyOf(event, 'RECURRENCE-ID');
    if (!recurrence) continue;
    const uid = uidOf(event);
    const known = replaced.get(uid) ?? { moments: new Set(), days: new Set() };
    replaced.set(uid, known);
    for (const { at, day } of clocks.momentsOf(recurrence)) {
      known.moments.add(at);
      if (day !== undefined) known.days.add(day);
    }
  }
  return replaced;
}

/** What a reader of one's calendar would like to know was passed over. */
function badLines(event: IcalComponent): Problem[] {
  const problems: Problem[] = [];
  if (event.badLine !== undefined) {
    const sentence = 'This line of an event is no iCalendar and was passed over.';
    problems.push(problem('bad-line', sentence, { line: event.badLine }));
  }
  const rule = propertyOf(event, 'EXRULE');
  if (rule) {
    const sentence =
      'A rule of exceptions (EXRULE) is not followed, so what it takes out counts as busy.';
    problems.push(problem('exception-rule', sentence, { line: rule.line }));
  }
  const range = propertyOf(event, 'RECURRENCE-ID');
  if (range?.parameters.has('RANGE')) {
    const sentence = 'A change of this and all later times is followed for this time only.';
    problems.push(problem('later-times', sentence, { line: range.line }));
  }
  return problems;
}

/** RFC 5545 §3.6.4: what is not free is busy, in one way or another. */
function addFreeBusy(
  calendar: IcalComponent,
  clocks: CalendarClocks,
  busy: BusyIntervals,
  skipped: Problem[],
): void {
  for (const component of calendar.components) {
    if (component.name !== 'VFREEBUSY') continue;
    for (const property of component.properties) {
      if (property.name !== 'FREEBUSY') continue;
      if (property.parameters.get('FBTYPE')?.toUpperCase() === 'FREE') continue;
      for (const value of property.value.split(',')) {
        const period = value.includes('/') ? readPeriod(property, value, clocks, 0) : undefined;
        if (period) busy.add(period.begins, period.ends);
        else {
          const sentence = 'This busy time has no beginning and end that can be read.';
          skipped.push(problem('bad-time', sentence, { line: property.line }));
        }
      }
    }
  }
}
