import { Temporal, type ZoneName } from '@cairn/kernel/time';

/** A moment, in milliseconds, with the day and time of day that clocks in a zone show then. */
export function localMoment(at: number, zone: ZoneName) {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  return {
    at,
    date: local.toPlainDate().toString(),
    time: local.toPlainTime().toString({ smallestUnit: 'minute' }),
  };
}
