import { formatInstant, instantOf, Temporal, type ZoneName } from '@cairn/kernel/time';

/**
 * A time at the place as the reader's own clock shows it, with its zone; undefined where both clocks
 * show the same.
 */
export function ownTime(
  date: string,
  time: string,
  place: ZoneName,
  reader: ZoneName,
): string | undefined {
  const midnight = Temporal.PlainDate.from(date).toPlainDateTime();
  const local = midnight.add({
    hours: Number(time.slice(0, 2)),
    minutes: Number(time.slice(3, 5)),
  });
  const instant = instantOf({ local, zone: place });
  const here = instant.toZonedDateTimeISO(reader).toPlainDateTime();
  return Temporal.PlainDateTime.compare(here, local) === 0
    ? undefined
    : formatInstant(instant, reader);
}
