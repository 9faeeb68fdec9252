import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { CalendarClocks } from './busy-clocks.ts';
import type { BusyIntervals } from './busy-intervals.ts';
import { type IcalComponent, type IcalProperty, propertyOf } from './ical-text.ts';
import { type IcalTime, readDuration, readTime } from './ical-values.ts';
import { DAY, type LocalSeconds } from './local-time.ts';
import { type Effort, ruleTimes } from './recurrence-expansion.ts';
import { parseRule, type Rule } from './recurrence-rule.ts';
import { localAt, utcSeconds, type ZoneClock } from './zone-clock.ts';

/** Between these moments (seconds since 1970) a calendar is read. */
export interface Window {
  readonly from: number;
  readonly until: number;
}

/** Moments and days at which a series does not happen, because another entry says so. */
export interface Replaced {
  readonly moments: ReadonlySet<number>;
  readonly days: ReadonlySet<number>;
}

/** When an event happens first. */
interface First {
  readonly local: LocalSeconds;
  readonly clock: ZoneClock;
  /** Seconds; of whole days as the clock shows them, otherwise as they pass. */
  readonly length: number;
  readonly isDays: boolean;
}

/** One event may take a tenth of what a file may, and have so many times. */
const MOST_EFFORT = 2_000_000;
const MOST_TIMES = 100_000;

/** RFC 5545 §3.8.2.7; Outlook says it in its own way, too. A tentative event takes up time. */
export function takesTime(event: IcalComponent): boolean {
  const value = (name: string) => (propertyOf(event, name)?.value ?? '').trim().toUpperCase();
  return (
    value('STATUS') !== 'CANCELLED' &&
    value('TRANSP') !== 'TRANSPARENT' &&
    !['FREE', 'WORKINGELSEWHERE'].includes(value('X-MICROSOFT-CDO-BUSYSTATUS'))
  );
}

/** Adds all times of an event to the intervals; a problem says why it could not be read. */
export function addEvent(
  event: IcalComponent,
  clocks: CalendarClocks,
  { window, replaced, effort }: { window: Window; replaced: Replaced; effort: Effort },
  busy: BusyIntervals,
): Result<void, Problem> {
  const first = readFirst(event, clocks);
  if (!first.ok) return first;
  const { local, clock, length, isDays } = first.value;
  const rules = readRules(event);
  const except = exceptions(event, clocks, replaced);
  const endOf = (begins: number, time: LocalSeconds) =>
    isDays ? utcSeconds(clock, time + length) : begins + length;
  const add = (time: LocalSeconds) => {
    const begins = utcSeconds(clock, time);
    const day = Math.floor(time / DAY);
    if (!except.moments.has(begins) && !except.days.has(day)) busy.add(begins, endOf(begins, time));
  };
  addDates(event, clocks, except, length, busy);
  // Of an event whose rule cannot be followed, its first time at least is known.
  if (!rules.ok || rules.value.length === 0) {
    add(local);
    return rules.ok ? ok(undefined) : rules;
  }
  const reach = {
    from: localAt(clock, window.from) - length - 2 * DAY,
    until: localAt(clock, window.until) + 2 * DAY,
  };
  for (const rule of rules.value) {
    const own: Effort = { left: Math.min(MOST_EFFORT, effort.left) };
    const before = own.left;
    let count = 0;
    for (const time of ruleTimes(rule, local, { ...reach, effort: own })) {
      if (time !== local && !isWithin(rule, clock, time)) break;
      if (count++ > MOST_TIMES) break;
      add(time);
    }
    effort.left -= before - Math.max(0, own.left) + count;
    if (own.left < 0 || count > MOST_TIMES) {
      const sentence =
        'This event repeats too often to be followed; only its first times count as busy.';
      return bad('repeats-too-often', sentence, propertyOf(event, 'RRULE') ?? event);
    }
  }
  return ok(undefined);
}

const bad = (code: string, sentence: string, { line }: { readonly line: number }) =>
  fail(problem(code, sentence, { line }));

function isWithin({ until }: Rule, clock: ZoneClock, time: LocalSeconds): boolean {
  if (!until) return true;
  if (until.kind === 'utc') return utcSeconds(clock, time) <= until.seconds;
  return until.kind === 'local' ? time <= until.seconds : Math.floor(time / DAY) <= until.day;
}

function readFirst(event: IcalComponent, clocks: CalendarClocks): Result<First, Problem> {
  const property = propertyOf(event, 'DTSTART');
  const start = property && readTime(property.value);
  if (!property) return bad('no-start', 'This event has no start, so it does not count.', event);
  if (!start) {
    return bad(
      'bad-time',
      `“${cut(property.value)}” is no time, so this event does not count.`,
      property,
    );
  }
  const clock = clocks.clockOf(property, start);
  if (!clock) return unknownZone(property);
  const begins = utcSeconds(clock, start.local);
  const length = readLength(event, clocks, start, begins);
  if (!length.ok) return length;
  return ok({ local: start.local, clock, length: length.value, isDays: start.isDate });
}

function readLength(
  event: IcalComponent,
  clocks: CalendarClocks,
  start: IcalTime,
  begins: number,
): Result<number, Problem> {
  const end = propertyOf(event, 'DTEND');
  const duration = propertyOf(event, 'DURATION');
  // A day without an end is a day, a time without one takes none (RFC 5545 §3.6.1).
  if (!end && !duration) return ok(start.isDate ? DAY : 0);
  const time = end && readTime(end.value);
  const seconds = end ? undefined : readDuration(duration?.value ?? '');
  if (end && time) {
    const clock = clocks.clockOf(end, time);
    if (!clock) return unknownZone(end);
    const length =
      start.isDate && time.isDate
        ? time.local - start.local
        : utcSeconds(clock, time.local) - begins;
    if (length >= 0) return ok(start.isDate ? Math.max(DAY, length) : length);
    return bad('ends-before-start', 'This event ends before it begins, so it does not count.', end);
  }
  if (seconds !== undefined && seconds >= 0) return ok(seconds);
  const wrong = end ?? duration ?? event;
  return bad('bad-time', 'This event has no end that can be read, so it does not count.', wrong);
}

function unknownZone(property: IcalProperty): Result<never, Problem> {
  const name = cut(property.parameters.get('TZID') ?? '');
  const sentence = `“${name}” is no time zone that is known or described in this calendar, so this event does not count.`;
  return bad('unknown-zone', sentence, property);
}

/** What comes from outside is shown in part: a sentence is no place for a page of text. */
const cut = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

function readRules(event: IcalComponent): Result<Rule[], Problem> {
  const rules: Rule[] = [];
  for (const property of event.properties) {
    if (property.name !== 'RRULE') continue;
    const rule = parseRule(property.value);
    if (!rule.ok)
      return bad('bad-rule', `Only the first time counts: ${rule.error.sentence}`, property);
    rules.push(rule.value);
  }
  return ok(rules);
}

function exceptions(event: IcalComponent, clocks: CalendarClocks, replaced: Replaced): Replaced {
  const listed = event.properties
    .filter(({ name }) => name === 'EXDATE')
    .flatMap((property) => clocks.momentsOf(property));
  if (listed.length === 0) return replaced;
  return {
    moments: new Set([...replaced.moments, ...listed.map(({ at }) => at)]),
    days: new Set([
      ...replaced.days,
      ...listed.flatMap(({ day }) => (day === undefined ? [] : [day])),
    ]),
  };
}

/** RDATE: times, days, or periods with their own length (RFC 5545 §3.8.5.2). */
function addDates(
  event: IcalComponent,
  clocks: CalendarClocks,
  except: Replaced,
  length: number,
  busy: BusyIntervals,
): void {
  for (const property of event.properties) {
    if (property.name !== 'RDATE') continue;
    for (const value of property.value.split(',')) {
      const period = readPeriod(property, value, clocks, length);
      if (period && !except.moments.has(period.begins)) busy.add(period.begins, period.ends);
    }
  }
}

/** `start`, `start/end` or `start/duration`, in seconds since 1970 (RFC 5545 §3.3.9). */
export function readPeriod(
  property: IcalProperty,
  value: string,
  clocks: CalendarClocks,
  length: number,
): { readonly begins: number; readonly ends: number } | undefined {
  const [from = '', to] = value.split('/');
  const start = readTime(from);
  const clock = start && clocks.clockOf(property, start);
  if (!clock) return undefined;
  const begins = utcSeconds(clock, start.local);
  if (to === undefined) {
    return {
      begins,
      ends: start.isDate ? utcSeconds(clock, start.local + length) : begins + length,
    };
  }
  const end = readTime(to);
  const endClock = end && clocks.clockOf(property, end);
  if (end && endClock) return { begins, ends: utcSeconds(endClock, end.local) };
  const seconds = readDuration(to);
  return seconds === undefined ? undefined : { begins, ends: begins + seconds };
}
