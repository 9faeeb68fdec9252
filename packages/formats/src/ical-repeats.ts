/** RRULE, EXDATE and RDATE of an entry (RFC 5545 §3.8.5). */
import { instantOf, Temporal, type WallTime, type ZoneName } from '@cairn/kernel/time';
import type { CalendarEntry, EntryTime } from './calendar-entry.ts';
import {
  dateProperty,
  instantProperty,
  type JcalProperty,
  localProperty,
  ruleProperty,
} from './jcal.ts';
import { DAY, plainDateTime } from './local-time.ts';
import { lastOccurrence } from './recurrence.ts';
import { parseRule, type RuleEnd } from './recurrence-rule.ts';
import type { CalendarZone, Span } from './vtimezone.ts';

/** So long is the clock described for what repeats without an end, from its start or last change. */
const ENDLESS_YEARS = 10;

/** A rule that cannot be followed is left out, for nobody else could follow it either. */
export function repeatProperties(
  { time, repeats }: CalendarEntry,
  zones: ReadonlyMap<ZoneName, CalendarZone>,
): JcalProperty[] {
  if (!repeats || time.kind === 'month') return [];
  const rule = ruleText(repeats.rule, time);
  const on = (name: string) => (local: Temporal.PlainDateTime) =>
    dayOrTime(name, local, time, zones);
  return [
    ...(rule === undefined ? [] : [ruleProperty(rule)]),
    // Each by itself: not every program reads several in one line.
    ...repeats.except.map(on('exdate')),
    ...repeats.also.map(on('rdate')),
  ];
}

function dayOrTime(
  name: string,
  local: Temporal.PlainDateTime,
  time: Exclude<EntryTime, { kind: 'month' }>,
  zones: ReadonlyMap<ZoneName, CalendarZone>,
): JcalProperty {
  if (time.kind === 'days') return dateProperty(name, local.toPlainDate());
  const { zone } = time.start;
  const described = zones.get(zone);
  return described
    ? localProperty(name, local, described.tzid)
    : instantProperty(name, instantOf({ local, zone }));
}

/** The rule with its UNTIL as the standard wants it: a day beside days, otherwise in UTC. */
function ruleText(
  rule: string | undefined,
  time: Exclude<EntryTime, { kind: 'month' }>,
): string | undefined {
  const read = rule === undefined ? undefined : parseRule(rule);
  if (rule === undefined || !read?.ok) return undefined;
  const { until } = read.value;
  const parts = rule.trim().toUpperCase().split(';');
  return parts
    .filter((part) => part !== '')
    .map((part) => (until && part.startsWith('UNTIL=') ? `UNTIL=${endText(until, time)}` : part))
    .join(';');
}

function endText(until: RuleEnd, time: Exclude<EntryTime, { kind: 'month' }>): string {
  const local =
    until.kind === 'day' ? plainDateTime((until.day + 1) * DAY - 1) : plainDateTime(until.seconds);
  if (time.kind === 'days') return local.toPlainDate().toString().replaceAll('-', '');
  const moment =
    until.kind === 'utc'
      ? local.toZonedDateTime('UTC').toInstant()
      : instantOf({ local, zone: time.start.zone });
  return moment.toString({ smallestUnit: 'second' }).replace(/[-:]/g, '');
}

/** From the first time to the end of the last, if the entry repeats. */
export function coveredSpan(
  { repeats, lastModified }: CalendarEntry,
  { start, minutes }: { readonly start: WallTime; readonly minutes: number },
): Span | undefined {
  if (!repeats) return undefined;
  const moments = [start.local, ...repeats.also].map((local) =>
    instantOf({ local, zone: start.zone }),
  );
  const from = moments.toSorted(Temporal.Instant.compare)[0] ?? instantOf(start);
  const last = lastOccurrence({ start, minutes, ...repeats });
  const until = typeof last === 'string' ? undefined : instantOf({ local: last, zone: start.zone });
  if (until) return { from, until: later(until, from).add({ minutes }) };
  const known = later(from, lastModified).toZonedDateTimeISO(start.zone);
  return { from, until: known.add({ years: ENDLESS_YEARS }).toInstant() };
}

const later = (a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant =>
  Temporal.Instant.compare(a, b) < 0 ? b : a;
