import { Temporal } from 'temporal-polyfill';
import type { Branded } from './id.ts';
import { type Problem, problem } from './problem.ts';
import { fail, ok, type Result } from './result.ts';

export { Temporal };

/** A moment, as milliseconds since 1970-01-01T00:00Z. A past fact is stored as this. */
export type Instant = Temporal.Instant;
/** A day on the calendar, without a zone. */
export type PlainDate = Temporal.PlainDate;
/** The name of an IANA time zone that this machine knows, e.g. `America/Los_Angeles`. */
export type ZoneName = Branded<string, 'ZoneName'>;

/** A future appointment: what the clock on the wall shows, and on which wall (never an offset). */
export interface WallTime {
  readonly local: Temporal.PlainDateTime;
  readonly zone: ZoneName;
}

/** Reads an IANA zone name. Offsets such as `+02:00` are refused: they forget daylight saving. */
export function parseZone(text: string): Result<ZoneName, Problem> {
  const known = /^[A-Za-z]/.test(text) && canonicalZone(text) !== undefined;
  return known
    ? ok(text as ZoneName)
    : fail(
        problem(
          'unknown-zone',
          `“${text}” is no time zone that this machine knows; write an IANA name such as America/Los_Angeles or Europe/Berlin.`,
        ),
      );
}

/** A zone name that was validated before; throws on any other. */
export function expectZone(text: string): ZoneName {
  const parsed = parseZone(text);
  if (parsed.ok) return parsed.value;
  throw new Error(parsed.error.sentence);
}

function canonicalZone(text: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** Reads `2023-05-22`. Days that no calendar has (2023-02-30) are refused. */
export function parseDate(text: string): Result<PlainDate, Problem> {
  try {
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) {
      return ok(Temporal.PlainDate.from(text, { overflow: 'reject' }));
    }
  } catch {
    // Falls through: the sentence below covers both a wrong shape and a wrong day.
  }
  return fail(
    problem(
      'not-a-date',
      `“${text}” is not a day; write year-month-day with two digits each, such as 2023-05-22.`,
    ),
  );
}

/** The instant of a wall time. In a gap the later side is taken, in an overlap the earlier (RFC 5545 §3.3.5). */
export const instantOf = (wall: WallTime): Instant =>
  wall.local.toZonedDateTime(wall.zone, { disambiguation: 'compatible' }).toInstant();

/** The calendar day that an instant falls on in a zone. */
export const dateIn = (instant: Instant, zone: ZoneName): PlainDate =>
  instant.toZonedDateTimeISO(zone).toPlainDate();

/** The instant at which a day begins in a zone. */
export const startOfDay = (date: PlainDate, zone: ZoneName): Instant =>
  date.toZonedDateTime(zone).toInstant();

/** Whole days from one date to another; negative when `to` is earlier. */
export const daysBetween = (from: PlainDate, to: PlainDate): number =>
  from.until(to, { largestUnit: 'day' }).days;

/** A reader-facing day: `Mon 22 May 2023`. */
export const formatDate = (date: PlainDate): string =>
  date
    .toLocaleString('en-GB', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })
    .replace(',', '');

/** A reader-facing span of days, shortest unambiguous form: `22–26 May 2023`. */
export function formatDateSpan(from: PlainDate, to: PlainDate): string {
  const day = (d: PlainDate, o: Intl.DateTimeFormatOptions) => d.toLocaleString('en-GB', o);
  const long = { day: 'numeric', month: 'long', year: 'numeric' } as const;
  if (from.equals(to)) return day(from, long);
  if (from.year !== to.year) return `${day(from, long)} – ${day(to, long)}`;
  if (from.month !== to.month)
    return `${day(from, { day: 'numeric', month: 'long' })} – ${day(to, long)}`;
  return `${from.day}–${day(to, long)}`;
}

/** A reader-facing moment in the reader's zone, with the zone named: `Mon 27 Feb 2023, 09:00 PST`. */
export function formatInstant(instant: Instant, zone: ZoneName): string {
  const zoned = instant.toZonedDateTimeISO(zone);
  const time = zoned.toLocaleString('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  });
  return `${formatDate(zoned.toPlainDate())}, ${time}`;
}
