import type { CalendarEntry, EntryTime } from '@cairn/formats/calendar-entry';
import { formatIcal } from '@cairn/formats/ical';
import { expectZone, Temporal } from '@cairn/kernel/time';
import type { KeptEntry, StoredTime } from './calendar-rules.ts';

/** What names a feed. */
export interface FeedFrame {
  readonly name: string;
  /** Names the feed for its life (RFC 5545 §3.7.3): the summit's id. */
  readonly id: string;
}

/** Programs are asked to look again after so many minutes; they choose for themselves. */
const REFRESH_MINUTES = 60;

/** The iCalendar text of a feed. */
export const feedText = ({ name, id }: FeedFrame, entries: readonly CalendarEntry[]): string =>
  formatIcal({
    prodId: `-//Cairn//summit ${id}//EN`,
    name,
    refresh: REFRESH_MINUTES,
    color: 'royalblue',
    entries,
  });

/** A summit's entry for readers: everybody, or those who take part and may know where to meet. */
export function feedEntry(
  { uid, sequence, status, lastModified, content }: KeptEntry,
  { page, isForParticipants }: { readonly page: string; readonly isForParticipants: boolean },
): CalendarEntry {
  const { summary, location, description, categories, busy } = content;
  const link = isForParticipants ? content.link : undefined;
  const place = location ?? link;
  const words = [description, link && `Join: ${link}`].filter((line) => line !== undefined);
  return {
    uid,
    sequence,
    status,
    lastModified,
    summary,
    time: entryTime(content.time),
    ...(place === undefined ? {} : { location: place }),
    ...(words.length === 0 ? {} : { description: words.join('\n') }),
    url: link ?? page,
    categories,
    busy,
  };
}

const entryTime = (time: StoredTime): EntryTime => {
  switch (time.kind) {
    case 'days':
      return {
        kind: 'days',
        from: Temporal.PlainDate.from(time.from),
        to: Temporal.PlainDate.from(time.to),
      };
    case 'wall': {
      const local = Temporal.PlainDateTime.from(time.local);
      return {
        kind: 'wall',
        start: { local, zone: expectZone(time.zone) },
        minutes: time.minutes,
      };
    }
    case 'month':
      return { kind: 'month', month: Temporal.PlainYearMonth.from(time.month) };
    default:
      return time satisfies never;
  }
};
