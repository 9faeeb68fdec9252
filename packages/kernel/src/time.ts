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
  const known = /^[A-Za-z]/.test(text) && isKnownZone(text);
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

const knownZones = new Map<string, boolean>();

// Asking the formatter costs more than reading a page's worth of dates; the answer never changes.
function isKnownZone(text: string): boolean {
  const known = knownZones.get(text) ?? canBeFormatted(text);
  if (knownZones.size < 1000) knownZones.set(text, known);
  return known;
}

function canBeFormatted(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
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
  dayNumber(to) - dayNumber(from);

/** Days since 1970-01-01. Counted and not measured with a `Duration`, which costs a hundred times as much to make. */
const dayNumber = ({ year, month, day }: PlainDate): number =>
  new Date(0).setUTCFullYear(year, month - 1, day) / 86_400_000;

const LONG = { day: 'numeric', month: 'long', year: 'numeric' } as const;
const longDay = dayFormat(LONG);
const longDayOfYear = dayFormat({ day: 'numeric', month: 'long' });
const monthOfDay = dayFormat({ month: 'long' });
const shortDay = dayFormat({ ...LONG, weekday: 'short', month: 'short' });

/** Made once: a formatter costs more to make than a page of dates to write. */
function dayFormat(options: Intl.DateTimeFormatOptions): (date: PlainDate) => string {
  const formatter = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' });
  // A date alone, read as ECMAScript's date-time string, is midnight in UTC.
  return (date) => formatter.format(Date.parse(date.toString()));
}

/** A reader-facing day: `Mon 22 May 2023`. */
export const formatDate = (date: PlainDate): string => shortDay(date).replace(',', '');

/** A reader-facing month, without its year: `February`. */
export const formatMonth = (month: Temporal.PlainYearMonth): string =>
  monthOfDay(month.toPlainDate({ day: 1 }));

/** A reader-facing span of days, shortest unambiguous form: `22–26 May 2023`. */
export function formatDateSpan(from: PlainDate, to: PlainDate): string {
  if (from.equals(to)) return longDay(from);
  if (from.year !== to.year) return `${longDay(from)} – ${longDay(to)}`;
  if (from.month !== to.month) return `${longDayOfYear(from)} – ${longDay(to)}`;
  return `${from.day}–${longDay(to)}`;
}

/** A reader-facing moment in the reader's zone, with the zone named: `Mon 27 Feb 2023, 09:00 PST`. */
export function formatInstant(instant: Instant, zone: ZoneName): string {
  const zoned = instant.toZonedDateTimeISO(zone);
  const time = zoned.toPlainTime().toString({ smallestUnit: 'minute' });
  return `${formatDate(zoned.toPlainDate())}, ${time} ${zoneAbbreviation(instant, zone)}`;
}

/** Each English knows the abbreviations of its own part of the world, and writes GMT-8 for the rest. */
const ENGLISHES = ['en-US', 'en-GB', 'en-AU', 'en-IN', 'en-ZA'];

/** How a zone is called at a moment: `PST`, `CEST`, `IST`; where no English has a name, `GMT+5:45`. */
function zoneAbbreviation(instant: Instant, zone: ZoneName): string {
  let first: string | undefined;
  for (const locale of ENGLISHES) {
    const name = nameIn(locale, instant, zone);
    if (!/^GMT[+-]/.test(name)) return name;
    first ??= name;
  }
  return first ?? zone;
}

const nameIn = (locale: string, instant: Instant, timeZone: ZoneName): string =>
  formatterFor(locale, timeZone)
    .formatToParts(instant.epochMilliseconds)
    .find(({ type }) => type === 'timeZoneName')?.value ?? '';

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterFor(locale: string, timeZone: ZoneName): Intl.DateTimeFormat {
  const key = `${locale} ${timeZone}`;
  const kept = formatters.get(key);
  if (kept !== undefined) return kept;
  const made = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'short' });
  if (formatters.size < 2000) formatters.set(key, made);
  return made;
}
