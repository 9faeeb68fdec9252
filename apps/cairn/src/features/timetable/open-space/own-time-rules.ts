import { formatInstant, type ZoneName } from '@cairn/kernel/time';
import { momentAt } from '../frame/moment-rules.ts';

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
  const moment = momentAt(date, time, place);
  const [there, here] = [place, reader].map((zone) =>
    moment.toZonedDateTimeISO(zone).toPlainDateTime().toString(),
  );
  return here === there ? undefined : formatInstant(moment, reader);
}
