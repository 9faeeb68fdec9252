import { type Instant, instantOf, Temporal, type ZoneName } from '@cairn/kernel/time';
import { minutesOf, type TimeOfDay } from './frame-rules.ts';

/** The moment of a time of day in the summit's zone; `24:00` is the midnight after. */
export function momentAt(date: string, time: TimeOfDay, zone: ZoneName): Instant {
  const minutes = minutesOf(time);
  const local = Temporal.PlainDate.from(date)
    .add({ days: Math.floor(minutes / 1440) })
    .toPlainDateTime({ hour: Math.floor((minutes % 1440) / 60), minute: minutes % 60 });
  return instantOf({ local, zone });
}
