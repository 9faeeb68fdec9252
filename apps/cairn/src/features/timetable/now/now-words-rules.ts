import { counted } from '@cairn/kernel/words';
import type { Entry } from './now-rules.ts';

/**
 * Times in words, for server and browser alike. Clocks are those of a zone by its IANA name; Temporal is
 * left out, because the browser would have to fetch it.
 */

const clocks = new Map<string, Intl.DateTimeFormat>();

/** What a clock in a zone shows at a moment, as `09:30`. */
export function clockIn(moment: number, zone: string): string {
  let clock = clocks.get(zone);
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    if (clocks.size < 500) clocks.set(zone, clock);
  }
  return clock.format(moment);
}

const weekday = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  timeZone: 'UTC',
});

/** An ISO day as `Mon 22 May`. */
export const shortDayWords = (date: string): string =>
  weekday.format(Date.parse(date)).replace(',', '');

/** The zone's name for a reader: `America/Los Angeles`. */
export const zoneWords = (zone: string): string => zone.replaceAll('_', ' ');

/** From when until when, by the clocks of the place; and by the reader's, where those differ. */
export interface SpanWords {
  readonly there: string;
  readonly here: string | undefined;
}

/** When an entry is, for a reader in a zone. */
export function spanWords(
  { starts, ends, from, until }: Pick<Entry, 'starts' | 'ends' | 'from' | 'until'>,
  reader: string,
): SpanWords {
  const here = `${clockIn(from, reader)}–${clockIn(until, reader)}`;
  const there = `${starts}–${ends}`;
  const isSame =
    clockIn(from, reader) === starts && clockIn(until, reader) === ends.replace('24:', '00:');
  return { there, here: isSame ? undefined : here };
}

const MINUTE = 60_000;

/** A length of time, at least a minute: `25 minutes`, `2 hours`, `3 days`. */
export function lengthWords(milliseconds: number): string {
  const minutes = Math.max(1, Math.ceil(milliseconds / MINUTE));
  if (minutes < 60) return counted(minutes, 'minute');
  const hours = Math.round(minutes / 60);
  if (minutes < 120 && minutes % 60 !== 0) {
    return `${counted(1, 'hour')} ${counted(minutes - 60, 'minute')}`;
  }
  return hours < 48 ? counted(hours, 'hour') : counted(Math.round(hours / 24), 'day');
}

/** How old something is: `less than a minute`, `25 minutes`, `1 hour`, `2 days`. */
export function ageWords(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / MINUTE);
  if (minutes < 1) return 'less than a minute';
  if (minutes < 60) return counted(minutes, 'minute');
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? counted(hours, 'hour') : counted(Math.floor(hours / 24), 'day');
}
