/** Values of iCalendar properties as numbers; `undefined` for what is none. */
import { DAY, dayNumber, daysInMonth, type LocalSeconds } from './local-time.ts';

export interface IcalTime {
  /** What the clock shows; of a day, its midnight. */
  readonly local: LocalSeconds;
  readonly isDate: boolean;
  readonly isUtc: boolean;
}

/** `20260213`, `20260213T090000` or `20260213T090000Z` (RFC 5545 §3.3.4, §3.3.5). */
export function readTime(value: string): IcalTime | undefined {
  const found = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)?(Z)?)?$/i.exec(value.trim());
  if (!found) return undefined;
  const [year = 0, month = 0, day = 0] = found.slice(1, 4).map(Number);
  const [hour = 0, minute = 0, second = 0] = found.slice(4, 7).map((part) => Number(part ?? 0));
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  if (hour > 24 || minute > 59 || second > 60) return undefined;
  return {
    local: dayNumber(year, month, day) * DAY + hour * 3600 + minute * 60 + Math.min(second, 59),
    isDate: found[4] === undefined,
    isUtc: found[7] !== undefined,
  };
}

/** Seconds of a duration such as `PT1H30M` or `-P1D` (RFC 5545 §3.3.6). */
export function readDuration(value: string): number | undefined {
  const found =
    /^([+-])?P(?:(\d{1,6})W)?(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?$/i.exec(
      value.trim(),
    );
  if (!found) return undefined;
  const [weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = found
    .slice(2)
    .map((part) => Number(part ?? 0));
  const length = (weeks * 7 + days) * DAY + hours * 3600 + minutes * 60 + seconds;
  return found[1] === '-' ? -length : length;
}

/** Seconds ahead of UTC of an offset such as `-0800` (RFC 5545 §3.3.14). */
export function readOffset(value: string): number | undefined {
  const found = /^([+-])(\d\d):?(\d\d):?(\d\d)?$/.exec(value.trim());
  if (!found) return undefined;
  const [hours = 0, minutes = 0, seconds = 0] = found.slice(2).map((part) => Number(part ?? 0));
  return (found[1] === '-' ? -1 : 1) * (hours * 3600 + minutes * 60 + seconds);
}
