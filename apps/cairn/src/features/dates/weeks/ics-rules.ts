import type { CalendarEntry } from '@cairn/formats/calendar-entry';
import { parseIcal } from '@cairn/formats/ical-reading';
import { occurrences } from '@cairn/formats/recurrence';
import type { Problem } from '@cairn/kernel/problem';
import { ok, type Result } from '@cairn/kernel/result';
import {
  dateIn,
  daysBetween,
  instantOf,
  type PlainDate,
  startOfDay,
  type ZoneName,
} from '@cairn/kernel/time';

/** Days that an entry of a calendar takes, under its title. */
export interface EntryDays {
  readonly title: string;
  readonly from: PlainDate;
  readonly until: PlainDate;
}

/** What of a calendar touches a range of days, and what of it was not understood. */
export interface CalendarDays {
  readonly found: readonly EntryDays[];
  readonly unread: readonly { readonly raw: string; readonly problem: Problem }[];
}

/**
 * Reads the days of a calendar's entries, as days at the summit's place. Entries that were cancelled,
 * and those outside the range, count for nothing; with `wholeDays` neither do those with a clock time.
 */
export function calendarDays(
  text: string,
  file: string,
  range: { readonly from: PlainDate; readonly until: PlainDate },
  { zone, wholeDays }: { readonly zone: ZoneName; readonly wholeDays: boolean },
): Result<CalendarDays, Problem> {
  const read = parseIcal(text, file);
  if (!read.ok) return read;
  const found = read.value.entries.flatMap((entry): EntryDays[] => {
    if (entry.status === 'CANCELLED') return [];
    if (wholeDays && entry.time.kind === 'wall') return [];
    const words = entry.summary.replace(/\s+/g, ' ').trim().slice(0, 200);
    const title = words === '' ? 'Untitled entry' : words;
    return timesOf(entry, range, zone).flatMap((days) => {
      const touches =
        daysBetween(range.from, days.until) >= 0 && daysBetween(days.from, range.until) >= 0;
      return touches ? [{ title, ...days }] : [];
    });
  });
  return ok({ found, unread: read.value.unread });
}

/** How often one entry may touch the range; a week holds only seven days of it. */
const MOST_TIMES = 1000;

/** The days of an entry, as often as it happens around the range. */
function timesOf(
  entry: CalendarEntry,
  range: { readonly from: PlainDate; readonly until: PlainDate },
  zone: ZoneName,
): { from: PlainDate; until: PlainDate }[] {
  const once = daysOf(entry, zone);
  const { repeats, time } = entry;
  if (repeats === undefined || time.kind === 'month') return [once];
  const recurrence =
    time.kind === 'wall'
      ? { ...repeats, start: time.start, minutes: time.minutes }
      : {
          ...repeats,
          start: { local: time.from.toPlainDateTime(), zone },
          minutes: (daysBetween(time.from, time.to) + 1) * DAY_MINUTES,
        };
  const between = {
    from: startOfDay(range.from.subtract({ days: 1 }), zone),
    until: startOfDay(range.until.add({ days: 2 }), zone),
  };
  const length = daysBetween(once.from, once.until);
  return occurrences(recurrence, between, MOST_TIMES).map(({ local, begins }) => {
    const from = time.kind === 'wall' ? dateIn(begins, zone) : local.toPlainDate();
    return { from, until: from.add({ days: length }) };
  });
}

const DAY_MINUTES = 1440;

function daysOf({ time }: CalendarEntry, zone: ZoneName): { from: PlainDate; until: PlainDate } {
  switch (time.kind) {
    case 'days':
      return { from: time.from, until: time.to };
    case 'month':
      return {
        from: time.month.toPlainDate({ day: 1 }),
        until: time.month.toPlainDate({ day: time.month.daysInMonth }),
      };
    case 'wall': {
      const begins = instantOf(time.start);
      // What ends at midnight takes nothing of the day that begins then.
      const ends = begins.add({ minutes: Math.max(0, time.minutes) });
      const last = time.minutes > 0 ? ends.subtract({ seconds: 1 }) : ends;
      return { from: dateIn(begins, zone), until: dateIn(last, zone) };
    }
    default:
      return time satisfies never;
  }
}
