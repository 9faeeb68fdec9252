/**
 * Things that happen again: a start on a wall clock, a rule (RFC 5545 §3.3.10), days taken out and
 * days added. What the clock on the wall shows never moves; the moment does, with daylight saving.
 */
import {
  type Instant,
  instantOf,
  Temporal,
  type WallTime,
  type ZoneName,
} from '@cairn/kernel/time';
import { DAY, type LocalSeconds, localSeconds, plainDateTime } from './local-time.ts';
import { type Effort, ruleTimes } from './recurrence-expansion.ts';
import { parseRule, type Rule } from './recurrence-rule.ts';

/** When a thing happens beside its start. */
export interface Repeats {
  /** The value of an RRULE (without `RRULE:`). One that `checkRule` refuses is not followed. */
  readonly rule?: string;
  /** Taken out (EXDATE), on the wall clock of the start. */
  readonly except: readonly Temporal.PlainDateTime[];
  /** Added (RDATE), on the wall clock of the start. */
  readonly also: readonly Temporal.PlainDateTime[];
}

export interface Recurrence extends Repeats {
  /** The first time, whether or not the rule says so (RFC 5545 §3.8.5.3); counts towards COUNT. */
  readonly start: WallTime;
  readonly minutes: number;
}

export interface Occurrence {
  /** What the clock shows; in an hour that is skipped, what the rule says. */
  readonly local: Temporal.PlainDateTime;
  readonly zone: ZoneName;
  readonly begins: Instant;
  readonly ends: Instant;
}

/** The Gregorian calendar repeats after so many years, so a rule that has not matched never will. */
const REACH_YEARS = 400;

/** Days and times looked at for one answer; a few tenths of a second. */
const MOST_EFFORT = 2_000_000;

/**
 * What happens at any time between two moments (what has begun before `from` and still runs is
 * among it; what begins at `until` is not), in order of time, at most so many. A rule is followed
 * for 400 years from its start.
 */
export function occurrences(
  recurrence: Recurrence,
  between: { readonly from: Instant; readonly until: Instant },
  most: number,
): Occurrence[] {
  const { zone } = recurrence.start;
  const length = Temporal.Duration.from({ minutes: recurrence.minutes });
  const found: Occurrence[] = [];
  // Two days more on each side than the widest difference of a wall clock from UTC.
  const from =
    Math.floor(between.from.epochMilliseconds / 1000) - recurrence.minutes * 60 - 2 * DAY;
  const until = Math.ceil(between.until.epochMilliseconds / 1000) + 2 * DAY;
  for (const time of localTimes(recurrence, from, until, { left: MOST_EFFORT })) {
    if (found.length >= most) break;
    const local = plainDateTime(time);
    const begins = instantOf({ local, zone });
    const ends = begins.add(length);
    if (Temporal.Instant.compare(begins, between.until) >= 0) continue;
    if (Temporal.Instant.compare(ends, between.from) < 0) continue;
    if (ends.equals(between.from) && recurrence.minutes > 0) continue;
    // An hour that is skipped and the hour after it are one moment.
    if (found.at(-1)?.begins.equals(begins)) continue;
    found.push({ local, zone, begins, ends });
  }
  return found;
}

/**
 * The last time, on the wall clock of the start. `never ends` also where the end lies more than
 * 400 years after the start.
 */
export function lastOccurrence(
  recurrence: Recurrence,
): Temporal.PlainDateTime | 'never ends' | 'never happens' {
  const rule = ruleOf(recurrence);
  if (rule && rule.count === undefined && rule.until === undefined) {
    // A rule that matches nothing but its start has an end all the same.
    const again = [...firstTimes(recurrence, recurrence.also.length + 2)];
    if (again.length > recurrence.also.length + 1) return 'never ends';
  }
  if (rule?.until && endOf(rule) > reachOf(recurrence)) return 'never ends';
  const last =
    rule?.until && rule.count === undefined ? lastBefore(recurrence, rule) : lastOf(recurrence);
  return last === undefined ? 'never happens' : plainDateTime(last);
}

const REACH = REACH_YEARS * 366 * DAY;

const reachOf = ({ start }: Recurrence): LocalSeconds => localSeconds(start.local) + REACH;

function* firstTimes(recurrence: Recurrence, most: number): Generator<LocalSeconds> {
  let count = 0;
  const all = localTimes(recurrence, Number.NEGATIVE_INFINITY, reachOf(recurrence), {
    left: MOST_EFFORT,
  });
  for (const time of all) {
    if (count++ >= most) return;
    yield time;
  }
}

/** Goes through all; for a rule with COUNT, or none. */
function lastOf(recurrence: Recurrence): LocalSeconds | undefined {
  let last: LocalSeconds | undefined;
  for (const time of firstTimes(recurrence, Number.POSITIVE_INFINITY)) last = time;
  return last;
}

/** Looks back from the end in ever longer stretches; for a rule with UNTIL. */
function lastBefore(recurrence: Recurrence, rule: Rule): LocalSeconds | undefined {
  const start = localSeconds(recurrence.start.local);
  const latest = Math.max(start, ...recurrence.also.map(localSeconds), endOf(rule) + 2 * DAY);
  for (let stretch = 400 * DAY; ; stretch *= 8) {
    let last: LocalSeconds | undefined;
    const from = Math.max(start, latest - stretch);
    const earliest = Math.min(from, ...recurrence.also.map(localSeconds));
    const all = localTimes(recurrence, from === start ? earliest : from, latest, {
      left: MOST_EFFORT,
    });
    for (const time of all) last = time;
    if (last !== undefined || from === start) return last;
  }
}

function endOf({ until }: Rule): number {
  if (!until) return Number.NEGATIVE_INFINITY;
  return until.kind === 'day' ? (until.day + 1) * DAY : until.seconds;
}

function ruleOf({ rule }: Repeats): Rule | undefined {
  const read = rule === undefined ? undefined : parseRule(rule);
  return read?.ok ? read.value : undefined;
}

/** Whether a time of the rule is not after its UNTIL. */
function isAllowed(rule: Rule, zone: ZoneName): (local: LocalSeconds) => boolean {
  const { until } = rule;
  if (!until) return () => true;
  if (until.kind === 'day') return (local) => Math.floor(local / DAY) <= until.day;
  if (until.kind === 'local') return (local) => local <= until.seconds;
  // The last local time that is not after a moment; in the hour that comes twice, its first pass.
  const moment = Temporal.Instant.fromEpochMilliseconds(until.seconds * 1000);
  const shown = localSeconds(moment.toZonedDateTimeISO(zone).toPlainDateTime());
  return (local) => {
    if (Math.abs(local - shown) > DAY) return local < shown;
    const at = instantOf({ local: plainDateTime(local), zone });
    return Temporal.Instant.compare(at, moment) <= 0;
  };
}

/** Everything that happens from one local time to another, without what is taken out, in order. */
function* localTimes(
  recurrence: Recurrence,
  from: LocalSeconds,
  until: LocalSeconds,
  effort: Effort,
): Generator<LocalSeconds, void, undefined> {
  const start = localSeconds(recurrence.start.local);
  const except = new Set(recurrence.except.map(localSeconds));
  const also = [...new Set(recurrence.also.map(localSeconds))]
    .filter((time) => time >= from && time <= until)
    .sort((a, b) => a - b);
  const rule = ruleOf(recurrence);
  const reach = { from, until: Math.min(until, start + REACH), effort };
  const times = rule
    ? ruleTimes(rule, start, reach)
    : [start].filter((t) => t >= from && t <= until);
  const allowed = rule ? isAllowed(rule, recurrence.start.zone) : () => true;
  let next = 0;
  let last: LocalSeconds | undefined;
  for (const time of times) {
    if (time !== start && !allowed(time)) break;
    for (; next < also.length && (also[next] ?? 0) < time; next++) {
      const added = also[next] ?? 0;
      if (added !== last && !except.has(added)) yield added;
    }
    if (also[next] === time) next++;
    last = time;
    if (!except.has(time)) yield time;
  }
  for (const added of also.slice(next)) if (!except.has(added)) yield added;
}
