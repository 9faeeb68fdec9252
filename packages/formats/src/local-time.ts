/**
 * Local time as one number: seconds since 1970-01-01T00:00 on the wall clock, no zone meant. A
 * recurrence is computed in it, for a rule is about what the clock shows (RFC 5545 §3.3.10), and
 * ten thousand entries of a calendar are too many for objects.
 */
import { Temporal } from '@cairn/kernel/time';

/** Seconds since 1970-01-01T00:00, as the clock on the wall counts them. */
export type LocalSeconds = number;

export const DAY = 86_400;

export interface CivilDay {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
}

/** Days since 1970-01-01 in the proleptic Gregorian calendar. `month` may lie outside 1 to 12. */
export function dayNumber(year: number, month: number, day: number): number {
  // Years from March, so that the leap day is the last one.
  const months = year * 12 + (month - 3);
  const y = Math.floor(months / 12);
  const m = months - y * 12;
  const leaps = Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
  return y * 365 + leaps + Math.floor((153 * m + 2) / 5) + day - 1 - 719_468;
}

/** The day with this number. */
export function civilDay(number: number): CivilDay {
  const days = number + 719_468;
  const era = Math.floor(days / 146_097);
  const ofEra = days - era * 146_097;
  const y = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) /
      365,
  );
  const ofYear = ofEra - (365 * y + Math.floor(y / 4) - Math.floor(y / 100));
  const m = Math.floor((5 * ofYear + 2) / 153);
  const month = m < 10 ? m + 3 : m - 9;
  return {
    year: y + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: ofYear - Math.floor((153 * m + 2) / 5) + 1,
  };
}

/** ISO: Monday is 1, Sunday 7. */
export const weekdayOf = (number: number): number => ((((number + 3) % 7) + 7) % 7) + 1;

export const daysInMonth = (year: number, month: number): number =>
  dayNumber(year, month + 1, 1) - dayNumber(year, month, 1);

/** Fractions of a second are dropped: iCalendar has none. */
export const localSeconds = (local: Temporal.PlainDateTime): LocalSeconds =>
  dayNumber(local.year, local.month, local.day) * DAY +
  local.hour * 3600 +
  local.minute * 60 +
  local.second;

export function plainDateTime(local: LocalSeconds): Temporal.PlainDateTime {
  const number = Math.floor(local / DAY);
  const second = local - number * DAY;
  return Temporal.PlainDateTime.from({
    ...civilDay(number),
    hour: Math.floor(second / 3600),
    minute: Math.floor(second / 60) % 60,
    second: second % 60,
  });
}
