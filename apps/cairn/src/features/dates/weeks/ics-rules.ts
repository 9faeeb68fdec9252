import { busyEffort, readBusyTimes } from '@cairn/formats/busy-times';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { dateIn, type PlainDate, startOfDay, type ZoneName } from '@cairn/kernel/time';

/** Days that an entry of a calendar takes, under its title. */
export interface EntryDays {
  readonly title: string;
  readonly from: PlainDate;
  readonly until: PlainDate;
}

/** An entry that was not understood, as iCalendar text, and why. */
export interface UnreadEntry {
  readonly raw: string;
  readonly problem: Problem;
}

/** What of a calendar touches a range of days, and what of it was not understood. */
export interface CalendarDays {
  readonly found: readonly EntryDays[];
  readonly unread: readonly UnreadEntry[];
}

interface Days {
  readonly from: PlainDate;
  readonly until: PlainDate;
}

/** How a calendar is read. */
interface Reading {
  /** The summit's place: of days, and of times that name no zone. */
  readonly zone: ZoneName;
  /** Leaves out entries with a clock time. */
  readonly wholeDays: boolean;
}

/** In UTF-16 units; the days of conferences are far less. */
const LARGEST = 8 * 1024 * 1024;
const MOST_ENTRIES = 5000;
/** A zone with all its changes since 1970 is a tenth of it. It is read again with each entry. */
const LONGEST_ZONE = 20_000;

/**
 * Reads the days of a calendar's entries, as days at the summit's place; an entry that repeats takes
 * each of its days. Entries that were cancelled, and those outside the range, count for nothing. An
 * entry that is broken spoils no other.
 */
export function calendarDays(
  text: string,
  file: string,
  range: Days,
  reading: Reading,
): Result<CalendarDays, Problem> {
  // No text of the database's can hold NUL; it is shown as HTML shows it.
  const lines = text.replace(/\r?\n[ \t]/g, '').replaceAll('\0', '\uFFFD');
  if (text.length > LARGEST || !/^\s*BEGIN:VCALENDAR/i.test(lines)) {
    const sentence =
      'This is no calendar file, or one larger than 8 MB; export the calendar as .ics, it begins with BEGIN:VCALENDAR.';
    return fail(problem('not-a-calendar', sentence, { file }));
  }
  const zones = partsOf(lines, 'VTIMEZONE').filter(({ length }) => length <= LONGEST_ZONE);
  const entries = partsOf(lines, 'VEVENT');
  if (entries.length > MOST_ENTRIES) {
    const sentence = `This calendar has ${entries.length.toLocaleString('en-GB')} entries, more than the ${MOST_ENTRIES.toLocaleString('en-GB')} that are read; export fewer years.`;
    return fail(problem('too-many-entries', sentence, { file }));
  }
  const whole = { ...reading, effort: busyEffort() };
  const found: EntryDays[] = [];
  const unread: UnreadEntry[] = [];
  for (const raw of entries) {
    const days = entryDays(raw, zones, range, whole);
    if (days.ok) found.push(...days.value);
    else unread.push({ raw, problem: days.error });
  }
  return ok({ found, unread });
}

/** The parts of a calendar by their name, each from its first line to its last; one without an end ends all. */
function partsOf(lines: string, name: string): string[] {
  const parts: string[] = [];
  const begin = new RegExp(`^BEGIN:${name}\\r?$`, 'gm');
  const end = new RegExp(`^END:${name}`, 'gm');
  for (let found = begin.exec(lines); found !== null; found = begin.exec(lines)) {
    end.lastIndex = begin.lastIndex;
    if (end.exec(lines) === null) break;
    parts.push(lines.slice(found.index, end.lastIndex));
    begin.lastIndex = end.lastIndex;
  }
  return parts;
}

/** The days of one entry, read as busy times are, by the calendar's own zones. */
function entryDays(
  raw: string,
  zones: readonly string[],
  range: Days,
  { zone, wholeDays, effort }: Reading & { readonly effort: ReturnType<typeof busyEffort> },
): Result<EntryDays[], Problem> {
  if (wholeDays && !/^DTSTART;(?:[^:\r\n]*;)?VALUE=DATE[;:]/im.test(raw)) return ok([]);
  // Calendars of conferences mark their days as free; here they count all the same.
  const counted = raw.replace(/^(TRANSP|X-MICROSOFT-CDO-BUSYSTATUS)[:;].*\r?\n/gim, '');
  const named = /TZID=/i.test(raw) ? zones : [];
  const calendar = ['BEGIN:VCALENDAR', 'VERSION:2.0', ...named, counted, 'END:VCALENDAR', ''];
  const read = readBusyTimes(calendar.join('\r\n'), {
    from: startOfDay(range.from, zone),
    until: startOfDay(range.until.add({ days: 1 }), zone),
    zone,
    effort,
  });
  if (!read.ok) return read;
  const [skipped] = read.value.skipped;
  // Its line is one of the entry, not of the file.
  if (skipped !== undefined) return fail(problem(skipped.code, skipped.sentence));
  const title = titleOf(raw);
  return ok(
    read.value.busy.map(({ from, until }) => ({
      title,
      from: dateIn(from, zone),
      // What ends at midnight takes nothing of the day that begins then.
      until: dateIn(until.subtract({ seconds: 1 }), zone),
    })),
  );
}

/** The title of an entry, on one line and without the escapes of RFC 5545 §3.3.11. */
function titleOf(raw: string): string {
  const words = (/^SUMMARY(?:;[^:\r\n]*)?:(.*)$/im.exec(raw)?.[1] ?? '')
    .replace(/\\[nN]/g, ' ')
    .replace(/\\([\\;,])/g, '$1')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 200);
  return words === '' ? 'Untitled entry' : words;
}
