import type { CalendarEntry } from '@cairn/formats/calendar-entry';
import type { Reader } from '../../../platform/db/database.ts';
import type { Self } from '../../people/rights.ts';
import { callEntry } from './call-feed-rules.ts';
import { subscribedCalendars, toldCalendars } from './call-queries.ts';

/** The calls of the calendars that somebody follows, for their own feeds; `page` is the calls' page in full. */
export async function followedEntries(
  db: Reader,
  self: Self,
  page: string,
): Promise<CalendarEntry[]> {
  const followed = await subscribedCalendars(db, self);
  if (followed.size === 0) return [];
  const calendars = await toldCalendars(db, self.summitId);
  return calendars
    .filter(({ id }) => followed.has(id))
    .flatMap(({ name, calls }) => calls.map((call) => callEntry(call, name, page)));
}
