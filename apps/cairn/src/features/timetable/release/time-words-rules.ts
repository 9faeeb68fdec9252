import { formatInstant, type Temporal, type ZoneName } from '@cairn/kernel/time';
import type { Stretch, TimeOfDay } from '../frame/frame-rules.ts';
import { momentAt } from '../frame/moment-rules.ts';

/** A stretch as a reader's clocks show it. */
export interface ReadStretch {
  /** ISO day on which it begins there. */
  readonly date: string;
  readonly starts: TimeOfDay;
  readonly ends: TimeOfDay;
}

/** A stretch of the summit's zone on the clocks of another. */
export function readStretch(stretch: Stretch, zone: ZoneName, reader: ZoneName): ReadStretch {
  if (zone === reader) return stretch;
  const [from, until] = [stretch.starts, stretch.ends].map((time) =>
    momentAt(stretch.date, time, zone).toZonedDateTimeISO(reader),
  );
  const clock = (at: Temporal.ZonedDateTime | undefined): string =>
    at?.toPlainTime().toString({ smallestUnit: 'minute' }) ?? '';
  return {
    date: from?.toPlainDate().toString() ?? stretch.date,
    starts: clock(from),
    ends: clock(until),
  };
}

/** What a zone is called on a day: `PDT`. */
export const zoneWord = (date: string, zone: ZoneName, at: ZoneName): string =>
  formatInstant(momentAt(date, '12:00', at), zone)
    .split(' ')
    .at(-1) ?? zone;

/** `Mon 22 May 2023, 09:30–11:00 PDT`, in the reader's zone. */
export function stretchInWords(stretch: Stretch, zone: ZoneName, reader: ZoneName): string {
  const { starts, ends } = readStretch(stretch, zone, reader);
  const begins = formatInstant(momentAt(stretch.date, stretch.starts, zone), reader);
  return begins.replace(`, ${starts} `, `, ${starts}–${ends} `);
}

/** The same; where the reader's clocks differ, the time at the place stands beside it. */
export function stretchForReader(stretch: Stretch, zone: ZoneName, reader: ZoneName): string {
  const own = stretchInWords(stretch, zone, reader);
  const there = stretchInWords(stretch, zone, zone);
  const differs =
    momentAt(stretch.date, stretch.starts, zone).toZonedDateTimeISO(reader).offset !==
    momentAt(stretch.date, stretch.starts, zone).toZonedDateTimeISO(zone).offset;
  return differs ? `${own} (at the place ${there})` : own;
}
