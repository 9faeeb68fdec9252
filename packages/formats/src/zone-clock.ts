/**
 * A zone's clock as a table of its changes, for calendars with tens of thousands of times: asking
 * Temporal for each would take many seconds. The meaning is that of the kernel's `instantOf`.
 */
import { Temporal, type ZoneName } from '@cairn/kernel/time';
import type { LocalSeconds } from './local-time.ts';

/** From this moment on the clock is so many seconds ahead of UTC. */
export interface ClockChange {
  /** Seconds since 1970 in UTC; of the first, minus infinity. */
  readonly at: number;
  readonly offset: number;
}

/** In order, and at least one. */
export type ZoneClock = readonly ClockChange[];

export const UTC_CLOCK: ZoneClock = [{ at: Number.NEGATIVE_INFINITY, offset: 0 }];

/** More than a zone changes its clock in two centuries. */
const MOST_CHANGES = 1000;

/** The zone's clock, right from a moment to another (both in seconds since 1970). */
export function zoneClock(zone: ZoneName, from: number, until: number): ZoneClock {
  const at = (seconds: number) =>
    Temporal.Instant.fromEpochMilliseconds(Math.floor(seconds) * 1000).toZonedDateTimeISO(zone);
  let before = at(from);
  const changes: ClockChange[] = [{ at: Number.NEGATIVE_INFINITY, offset: offsetOf(before) }];
  while (changes.length < MOST_CHANGES) {
    const change = before.getTimeZoneTransition('next');
    if (!change || change.epochMilliseconds > until * 1000) break;
    changes.push({ at: change.epochMilliseconds / 1000, offset: offsetOf(change) });
    before = change;
  }
  return changes;
}

const offsetOf = (moment: Temporal.ZonedDateTime): number =>
  Math.round(moment.offsetNanoseconds / 1e9);

/**
 * The moment of a local time, in seconds since 1970. In a gap the later side is taken, in an
 * overlap the earlier (RFC 5545 §3.3.5).
 */
export function utcSeconds(clock: ZoneClock, local: LocalSeconds): number {
  // The first stretch that ends after this time on its own clock.
  const index = firstWhere(clock.length - 1, (at) => {
    const [own, next] = [clock[at], clock[at + 1]];
    return own !== undefined && next !== undefined && local < next.at + own.offset;
  });
  const stretch = clock[index];
  if (!stretch) return local;
  const isSkipped = local < stretch.at + stretch.offset;
  return local - (isSkipped ? (clock[index - 1] ?? stretch) : stretch).offset;
}

/** What the clock shows at a moment. */
export function localAt(clock: ZoneClock, seconds: number): LocalSeconds {
  const next = firstWhere(clock.length, (at) => (clock[at]?.at ?? 0) > seconds);
  return seconds + (clock[Math.max(0, next - 1)]?.offset ?? 0);
}

/** The first index that is so, where all after it are so too; `length` if none is. */
function firstWhere(length: number, isSo: (index: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isSo(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
