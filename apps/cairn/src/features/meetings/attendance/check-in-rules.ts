import { type Instant, Temporal } from '@cairn/kernel/time';
import type { Meeting } from '../series/series-rules.ts';
import type { MeetingSettings } from './attendance-settings-rules.ts';

/** When people check themselves in. */
export interface CheckInWindow {
  readonly opens: Instant;
  readonly closes: Instant;
}

/** The window of a meeting; undefined while its time is open. */
export function checkInWindow(
  { begins, ends }: Pick<Meeting, 'begins' | 'ends'>,
  { checkInBefore, checkInAfter }: Pick<MeetingSettings, 'checkInBefore' | 'checkInAfter'>,
): CheckInWindow | undefined {
  if (begins === undefined || ends === undefined) return undefined;
  return {
    opens: begins.subtract({ minutes: checkInBefore }),
    closes: ends.add({ minutes: checkInAfter }),
  };
}

/** Whether people may check themselves in: not yet, now, or no longer. Both ends belong to the window. */
export function checkInState(
  window: CheckInWindow | undefined,
  now: Instant,
): 'no_time' | 'early' | 'open' | 'late' {
  if (window === undefined) return 'no_time';
  if (Temporal.Instant.compare(now, window.opens) < 0) return 'early';
  return Temporal.Instant.compare(now, window.closes) <= 0 ? 'open' : 'late';
}
