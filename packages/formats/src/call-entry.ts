import type { Instant } from '@cairn/kernel/time';
import type { CalendarEntry } from './calendar-entry.ts';
import type { CallEvent } from './yaml2ics.ts';

/**
 * A call of a community's calendar as calendar programs take it: with its rule, so that it stays on
 * its wall clock. What identifies it and when it changed is not in the file, and the caller's to say.
 */
export function callEntry(
  { summary, description, location, url, recurrence, isAllDay }: CallEvent,
  known: { readonly uid: string; readonly sequence: number; readonly lastModified: Instant },
): CalendarEntry {
  const { start, minutes, rule, except, also } = recurrence;
  const from = start.local.toPlainDate();
  const repeats = rule !== undefined || except.length > 0 || also.length > 0;
  return {
    ...known,
    status: 'CONFIRMED',
    summary,
    ...(description === undefined ? {} : { description }),
    ...(location === undefined ? {} : { location }),
    ...(url === undefined ? {} : { url }),
    time: isAllDay
      ? { kind: 'days', from, to: from.add({ days: Math.max(0, Math.round(minutes / 1440) - 1) }) }
      : { kind: 'wall', start, minutes },
    ...(repeats ? { repeats: { ...(rule === undefined ? {} : { rule }), except, also } } : {}),
  };
}
