/** How entries and their changes are said, on pages and in mails. */
import {
  expectZone,
  formatDateSpan,
  formatInstant,
  formatMonth,
  instantOf,
  Temporal,
  type ZoneName,
} from '@cairn/kernel/time';
import { type EntryContent, placeOf, type StoredTime } from '../calendar-rules.ts';
import { isAnswerTo } from './invite-rules.ts';

/** When an entry is, to a reader in this zone, the zone named: `Mon 27 Feb 2023, 09:00 PST`. */
export function timeWords(time: StoredTime, zone: ZoneName): string {
  switch (time.kind) {
    case 'wall':
      return formatInstant(
        instantOf({
          local: Temporal.PlainDateTime.from(time.local),
          zone: expectZone(time.zone),
        }),
        zone,
      );
    case 'days':
      return formatDateSpan(Temporal.PlainDate.from(time.from), Temporal.PlainDate.from(time.to));
    case 'month': {
      const month = Temporal.PlainYearMonth.from(time.month);
      return `some time in ${formatMonth(month)} ${month.year}`;
    }
    default:
      return time satisfies never;
  }
}

/** One thing about an entry that is no longer as somebody was told. */
export interface ContentChange {
  readonly what: 'When' | 'Where' | 'Title';
  readonly before: string;
  readonly now: string;
}

/** What changed between two tellings of an entry, of what people plan by. */
export function contentChanges(
  before: EntryContent,
  now: EntryContent,
  zone: ZoneName,
): ContentChange[] {
  const changes: ContentChange[] = [];
  if (!isAnswerTo(before.time, now.time)) {
    const times = [before, now].map((content) => spanWords(content.time, zone));
    changes.push({ what: 'When', before: times[0] ?? '', now: times[1] ?? '' });
  }
  const places = [before, now].map((content) => placeOf(content) ?? 'not said yet');
  if (places[0] !== places[1]) {
    changes.push({ what: 'Where', before: places[0] ?? '', now: places[1] ?? '' });
  }
  if (before.summary !== now.summary) {
    changes.push({ what: 'Title', before: before.summary, now: now.summary });
  }
  return changes;
}

/** When and how long. */
export const spanWords = (time: StoredTime, zone: ZoneName): string =>
  time.kind === 'wall'
    ? `${timeWords(time, zone)}, ${time.minutes} minutes`
    : timeWords(time, zone);
