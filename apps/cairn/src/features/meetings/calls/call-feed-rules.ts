import type { CalendarEntry, EntryTime } from '@cairn/formats/calendar-entry';
import type { KeptCall } from './call-rules.ts';
import { recurrenceOf } from './call-rules.ts';

/**
 * A call for calendar programs: with its rule, so that it stays on its wall clock whatever daylight
 * saving does. Its calendar's name is its category.
 */
export function callEntry(
  { uid, sequence, lastModified, cancelledAt, content }: KeptCall,
  calendarName: string,
  page: string,
): CalendarEntry {
  const { summary, description, location, url } = content;
  const { start, minutes, ...repeats } = recurrenceOf(content);
  const { rule, except, also } = repeats;
  const place = location ?? url;
  const from = start.local.toPlainDate();
  const time: EntryTime = content.isAllDay
    ? { kind: 'days', from, to: from.add({ days: Math.max(0, Math.round(minutes / 1440) - 1) }) }
    : { kind: 'wall', start, minutes };
  return {
    uid,
    sequence,
    lastModified,
    status: cancelledAt === undefined ? 'CONFIRMED' : 'CANCELLED',
    summary,
    ...(description === undefined ? {} : { description }),
    ...(place === undefined ? {} : { location: place }),
    url: url !== undefined && /^https?:/i.test(url) && URL.canParse(url) ? url : page,
    categories: [calendarName],
    time,
    ...(rule === undefined && except.length === 0 && also.length === 0 ? {} : { repeats }),
  };
}
