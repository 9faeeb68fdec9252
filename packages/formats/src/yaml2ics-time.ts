import { parseZone, type Temporal, type WallTime, type ZoneName } from '@cairn/kernel/time';
import type { Path } from './schema-fault.ts';
import { readLength, readMoment, UNIT_NAMES, type WrittenMoment } from './yaml2ics-moment.ts';
import { quoted, type Told } from './yaml2ics-told.ts';

/** When an event is, and how long. */
export interface EventSpan {
  readonly start: WallTime;
  readonly minutes: number;
  readonly isAllDay: boolean;
}

/** Zones that an event may be in, the nearest first. */
interface Zones {
  readonly own: ZoneName | undefined;
  readonly file: ZoneName | undefined;
}

const UTC = 'UTC' as ZoneName; // known to every machine
const DAY_MINUTES = 1440;

/** Reads `begin` with `end` or `duration`; what is wrong is told, and the answer undefined. */
export function readTime(
  event: Readonly<Record<string, unknown>>,
  zones: Zones,
  path: Path,
  told: Told,
): EventSpan | undefined {
  const written = event['begin'];
  if (written === undefined) {
    const sentence = 'This event does not say when; write begin: 2026-02-09 14:00:00.';
    return told.problem(path, 'no-begin', sentence);
  }
  const begin = readMoment(written);
  if (begin === undefined) {
    return told.problem([...path, 'begin'], 'bad-begin', notAMoment(written));
  }
  const repeats = [event['repeat'], event['ics']].some((each) => each !== undefined);
  const zone = zoneOf(begin, zones, repeats, [...path, 'begin'], told);
  if (zone === undefined) return undefined;
  const start = { local: begin.local, zone };
  if (event['end'] === undefined && event['duration'] === undefined) {
    // As yaml2ics has it: without a length an event is a whole day, whatever hour it begins.
    const midnight = begin.local.toPlainDate().toPlainDateTime();
    return { start: { local: midnight, zone }, minutes: DAY_MINUTES, isAllDay: true };
  }
  const minutes = minutesOf(event, begin, zone, path, told);
  if (minutes === undefined) return undefined;
  return { start, minutes, isAllDay: begin.kind === 'day' && minutes % DAY_MINUTES === 0 };
}

const notAMoment = (written: unknown): string =>
  `“${quoted(written)}” is no moment; write a day and a time such as 2026-02-09 14:00:00.`;

function zoneOf(
  begin: WrittenMoment,
  zones: Zones,
  repeats: boolean,
  path: Path,
  told: Told,
): ZoneName | undefined {
  if (begin.kind === 'day' || begin.offset === undefined) {
    const named = zones.own ?? zones.file;
    if (named === undefined && begin.kind === 'time') {
      const sentence =
        'This time names no zone and is taken for UTC, while yaml2ics leaves it to the clock of each reader; write timezone: with a name such as Europe/Berlin.';
      told.note(path, 'no-zone', sentence);
    }
    return named ?? UTC;
  }
  const { offset } = begin;
  if (offset % 60 !== 0) {
    const sentence =
      'An offset of half an hour belongs to no zone that a calendar can name; write timezone: with a name such as Asia/Kolkata, and the time without its offset.';
    return told.problem(path, 'half-hour-offset', sentence);
  }
  const sentence =
    'This time has a fixed offset, so on wall clocks the call moves by an hour with daylight saving; write it without the offset, and timezone: with a name such as Europe/Berlin.';
  // What happens once is at that moment, whatever becomes of the clock.
  if (repeats) told.note(path, 'fixed-offset', sentence);
  if (offset === 0) return UTC;
  // Their signs are those of POSIX: Etc/GMT+4 is four hours behind.
  const named = parseZone(`Etc/GMT${offset < 0 ? '+' : '-'}${Math.abs(offset / 60)}`);
  return named.ok ? named.value : told.problem(path, named.error.code, named.error.sentence);
}

function minutesOf(
  event: Readonly<Record<string, unknown>>,
  begin: WrittenMoment,
  zone: ZoneName,
  path: Path,
  told: Told,
): number | undefined {
  const { end, duration } = event;
  if (duration !== undefined) {
    const minutes = readLength(duration);
    if (minutes !== undefined) return minutes;
    const sentence = `This is no length; write duration: { minutes: 60 }, with ${UNIT_NAMES.join(', ')}.`;
    return told.problem([...path, 'duration'], 'bad-duration', sentence);
  }
  const written = readMoment(end);
  if (written === undefined) {
    return told.problem([...path, 'end'], 'bad-end', notAMoment(end));
  }
  const minutes = minutesBetween(begin, written, zone);
  if (minutes >= 0) return minutes;
  const sentence = 'This event ends before it begins; swap them or mend one of them.';
  return told.problem([...path, 'end'], 'ends-before', sentence);
}

/** Between two times on a clock what that clock shows; with an offset, what has passed. */
function minutesBetween(begin: WrittenMoment, end: WrittenMoment, zone: ZoneName): number {
  const offsetOf = (moment: WrittenMoment) => (moment.kind === 'time' ? moment.offset : undefined);
  const [from, to] = [offsetOf(begin), offsetOf(end)];
  if (from === undefined && to === undefined) {
    return begin.local.until(end.local).total('minutes');
  }
  const instant = ({ local }: WrittenMoment, offset: number | undefined): Temporal.Instant =>
    offset === undefined
      ? local.toZonedDateTime(zone).toInstant()
      : local.toZonedDateTime('UTC').toInstant().subtract({ minutes: offset });
  return instant(begin, from).until(instant(end, to)).total('minutes');
}
