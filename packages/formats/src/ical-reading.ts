import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Instant, instantOf, parseZone, Temporal, type ZoneName } from '@cairn/kernel/time';
import ICAL from 'ical.js';
import {
  type Calendar,
  type CalendarEntry,
  ENTRY_STATUSES,
  type EntryStatus,
  type EntryTime,
} from './calendar-entry.ts';

/** A calendar that was read, and what of it was not understood. */
export interface ReadCalendar extends Calendar {
  readonly unread: readonly UnreadEntry[];
}

export interface UnreadEntry {
  /** The entry's iCalendar text. */
  readonly raw: string;
  readonly problem: Problem;
}

/** In UTF-16 units; a year of a busy group's calendar has about 500,000. */
const LARGEST = 8 * 1024 * 1024;

/**
 * Reads iCalendar text. Entries that this model cannot hold (recurring ones, times without a zone)
 * are listed in `unread` with the reason; fails only if the text is no calendar.
 */
export function parseIcal(text: string, file?: string): Result<ReadCalendar, Problem> {
  const place = file === undefined ? {} : { file };
  if (text.length > LARGEST) {
    return fail(
      problem('too-long', 'This calendar is larger than 8 MB; export fewer years.', place),
    );
  }
  const root = readComponent(text);
  if (root?.name !== 'vcalendar') {
    const sentence =
      'This is not an iCalendar file; export the calendar as .ics, it begins with BEGIN:VCALENDAR.';
    return fail(problem('not-a-calendar', sentence, place));
  }
  const entries: CalendarEntry[] = [];
  const unread: UnreadEntry[] = [];
  for (const event of root.getAllSubcomponents('vevent')) {
    const read = readEvent(event, root);
    if (read.ok) entries.push(read.value);
    else unread.push({ raw: event.toString(), problem: { ...read.error, place } });
  }
  const color = textOf(root, 'color');
  const method = textOf(root, 'method');
  return ok({
    prodId: textOf(root, 'prodid') ?? '',
    name: textOf(root, 'name') ?? textOf(root, 'x-wr-calname') ?? '',
    ...refreshOf(root),
    ...(color === undefined ? {} : { color }),
    ...(method === 'PUBLISH' || method === 'REQUEST' || method === 'CANCEL' ? { method } : {}),
    entries,
    unread,
  });
}

/** The first calendar of the text; the library throws on lines that are not iCalendar. */
function readComponent(text: string): ICAL.Component | undefined {
  try {
    const parsed: unknown = ICAL.parse(text.replace(/^\ufeff/, ''));
    const first: unknown = Array.isArray(parsed) && Array.isArray(parsed[0]) ? parsed[0] : parsed;
    return Array.isArray(first) ? new ICAL.Component(first) : undefined;
  } catch {
    return undefined;
  }
}

function refreshOf(root: ICAL.Component): { refresh?: number } {
  const value = root.getFirstPropertyValue('refresh-interval');
  return value instanceof ICAL.Duration ? { refresh: value.toSeconds() / 60 } : {};
}

function readEvent(event: ICAL.Component, root: ICAL.Component): Result<CalendarEntry, Problem> {
  const recurring = ['rrule', 'rdate', 'exrule', 'recurrence-id'].find((name) =>
    event.hasProperty(name),
  );
  if (recurring) {
    const sentence = 'This entry repeats; enter each of its dates as an entry of its own.';
    return fail(problem('recurring-entry', sentence));
  }
  const uid = textOf(event, 'uid');
  if (!uid) {
    const sentence = 'This entry has no UID, so it could not be recognised later; export it again.';
    return fail(problem('no-uid', sentence));
  }
  const time = readTime(event, root);
  if (!time.ok) return time;
  const status = textOf(event, 'status') ?? '';
  const transparency = textOf(event, 'transp');
  const created = momentOf(event, 'created');
  const categories = event
    .getAllProperties('categories')
    .flatMap((property) => property.getValues().map(String));
  return ok({
    uid,
    sequence: Math.trunc(Number(textOf(event, 'sequence') ?? 0)) || 0,
    status: isStatus(status) ? status : 'CONFIRMED',
    lastModified:
      momentOf(event, 'last-modified') ??
      momentOf(event, 'dtstamp') ??
      Temporal.Instant.fromEpochMilliseconds(0),
    ...(created ? { created } : {}),
    summary: textOf(event, 'summary') ?? '',
    ...optionalText(event, 'description'),
    ...optionalText(event, 'location'),
    ...optionalText(event, 'url'),
    ...(categories.length > 0 ? { categories } : {}),
    time: time.value,
    ...(transparency === undefined ? {} : { busy: transparency !== 'TRANSPARENT' }),
  });
}

const isStatus = (text: string): text is EntryStatus =>
  ENTRY_STATUSES.some((status) => status === text);

function textOf(component: ICAL.Component, name: string): string | undefined {
  const property = component.getFirstProperty(name);
  const value: unknown = property?.getFirstValue();
  if (value === null || value === undefined) return undefined;
  // Properties that the library does not know (NAME, X-...) come as they stand in the file.
  return property?.type === 'unknown' ? unescapeText(String(value)) : String(value);
}

/** RFC 5545 §3.3.11. */
const unescapeText = (text: string): string =>
  text.replace(/\\([\\;,nN])/g, (_, sign: string) => (sign.toLowerCase() === 'n' ? '\n' : sign));

function optionalText<Name extends 'description' | 'location' | 'url'>(
  event: ICAL.Component,
  name: Name,
): { [key in Name]?: string } {
  const text = textOf(event, name);
  // A computed key widens to an index signature; the object has this one key.
  return (text === undefined ? {} : { [name]: text }) as { [key in Name]?: string };
}

function momentOf(event: ICAL.Component, name: string): Instant | undefined {
  const value: unknown = event.getFirstPropertyValue(name);
  return value instanceof ICAL.Time && !value.isDate
    ? plainDateTime(value).toZonedDateTime('UTC').toInstant()
    : undefined;
}

const plainDateTime = ({ year, month, day, hour, minute, second }: ICAL.Time) =>
  Temporal.PlainDateTime.from({ year, month, day, hour, minute, second });

function readTime(event: ICAL.Component, root: ICAL.Component): Result<EntryTime, Problem> {
  const start: unknown = event.getFirstPropertyValue('dtstart');
  if (!(start instanceof ICAL.Time)) {
    return fail(problem('no-start', 'This entry has no start; give it one and export again.'));
  }
  const end: unknown = event.getFirstPropertyValue('dtend');
  const length: unknown = event.getFirstPropertyValue('duration');
  const seconds = length instanceof ICAL.Duration ? length.toSeconds() : 0;
  if (start.isDate) {
    const from = plainDateTime(start).toPlainDate();
    const after =
      end instanceof ICAL.Time
        ? plainDateTime(end).toPlainDate()
        : from.add({ days: Math.max(1, Math.ceil(seconds / 86_400)) });
    if (textOf(event, 'x-cairn-precision') === 'MONTH') {
      return ok({ kind: 'month', month: from.toPlainYearMonth() });
    }
    const to = after.subtract({ days: 1 });
    return ok({ kind: 'days', from, to: Temporal.PlainDate.compare(to, from) < 0 ? from : to });
  }
  const zone = zoneOf(event, 'dtstart', start, root);
  if (!zone.ok) return zone;
  const local = plainDateTime(start);
  const begins = instantOf({ local, zone: zone.value });
  const endZone = end instanceof ICAL.Time ? zoneOf(event, 'dtend', end, root) : zone;
  if (!endZone.ok) return endZone;
  const ends =
    end instanceof ICAL.Time
      ? instantOf({ local: plainDateTime(end), zone: endZone.value })
      : begins.add({ seconds });
  const minutes = Math.max(0, Math.round(begins.until(ends).total('minutes')));
  return ok({ kind: 'wall', start: { local, zone: zone.value }, minutes });
}

function zoneOf(
  event: ICAL.Component,
  name: 'dtstart' | 'dtend',
  time: ICAL.Time,
  root: ICAL.Component,
): Result<ZoneName, Problem> {
  if (time.zone === ICAL.Timezone.utcTimezone) return parseZone('UTC');
  const tzid = event.getFirstProperty(name)?.getFirstParameter('tzid');
  if (!tzid) {
    const sentence = 'This entry has a time without a time zone; give it one and export again.';
    return fail(problem('no-zone', sentence));
  }
  const named = parseZone(tzid);
  if (named.ok) return named;
  // Some programs name zones in their own way and say the IANA name beside it.
  const description = root
    .getAllSubcomponents('vtimezone')
    .find((component) => textOf(component, 'tzid') === tzid);
  return parseZone((description && textOf(description, 'x-lic-location')) ?? tzid);
}
