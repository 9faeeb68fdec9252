/**
 * Moments and lengths as calendars of calls write them: YAML's timestamps
 * (https://yaml.org/type/timestamp.html), which our reader leaves as text, and groups of units.
 */
import { Temporal } from '@cairn/kernel/time';

/** A moment as it is written: a day, or a time on a clock, with an offset from UTC or without. */
export type WrittenMoment =
  | { readonly kind: 'day'; readonly local: Temporal.PlainDateTime }
  | {
      readonly kind: 'time';
      readonly local: Temporal.PlainDateTime;
      /** Minutes east of UTC. */
      readonly offset?: number;
    };

const TIMESTAMP =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt]|[ \t]+)(\d\d?):(\d\d)(?::(\d\d)(?:\.\d*)?)?(?:[ \t]*(Z|([+-])(\d\d?)(?::?(\d\d))?))?)?$/;

/** Reads a timestamp; undefined where the text is none, or names a day or time that does not exist. */
export function readMoment(value: unknown): WrittenMoment | undefined {
  const parts = typeof value === 'string' ? TIMESTAMP.exec(value.trim()) : null;
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second, zulu, sign, hours, minutes] = parts;
  try {
    const local = Temporal.PlainDateTime.from(
      {
        year: Number(year),
        month: Number(month),
        day: Number(day),
        hour: Number(hour ?? 0),
        minute: Number(minute ?? 0),
        second: Number(second ?? 0),
      },
      { overflow: 'reject' },
    );
    if (hour === undefined) return { kind: 'day', local };
    if (zulu === undefined) return { kind: 'time', local };
    const offset = Number(hours ?? 0) * 60 + Number(minutes ?? 0);
    return offset > 14 * 60
      ? undefined
      : { kind: 'time', local, offset: sign === '-' ? -offset : offset };
  } catch {
    return undefined;
  }
}

/** `2026-02-09 14:00:00`, which YAML's own timestamps are. */
export const formatTime = (local: Temporal.PlainDateTime): string =>
  local.toString({ smallestUnit: 'second' }).replace('T', ' ');

/** Minutes of each unit that a length may have. */
const UNITS: Readonly<Record<string, number>> = {
  weeks: 10_080,
  days: 1440,
  hours: 60,
  minutes: 1,
  seconds: 1 / 60,
};

export const UNIT_NAMES: readonly string[] = Object.keys(UNITS);

/** A group of units (`{ hours: 1, minutes: 30 }`) in whole minutes; undefined where it is none. */
export function readLength(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  let minutes = 0;
  for (const [unit, count] of Object.entries(value)) {
    const length = Object.hasOwn(UNITS, unit) ? UNITS[unit] : undefined;
    if (length === undefined || typeof count !== 'number' || !(count >= 0)) return undefined;
    minutes += count * length;
  }
  return Number.isSafeInteger(Math.round(minutes)) ? Math.round(minutes) : undefined;
}
