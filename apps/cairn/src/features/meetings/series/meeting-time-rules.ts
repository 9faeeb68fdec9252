import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import {
  formatDate,
  type Instant,
  instantOf,
  type PlainDate,
  parseDate,
  Temporal,
  type ZoneName,
} from '@cairn/kernel/time';

const WALL = /^(\d{4}-\d{2}-\d{2})[T ]([01]\d|2[0-3]):([0-5]\d)(?::00)?$/;

/** What a time is checked against. */
export interface TimeLimits {
  readonly zone: ZoneName;
  readonly now: Instant;
  /** The first day of the summit: planning is over when it begins. */
  readonly summitStarts: PlainDate;
  /** The meeting has taken place, so that its time may lie in the past. */
  readonly hasTakenPlace?: boolean;
}

/**
 * Reads the time of a meeting on the wall of the summit's zone, such as `2023-02-27T09:00`. Refuses
 * a time that the clocks leap over (daylight saving), one that is past, and one in or after the summit.
 */
export function parseMeetingTime(
  text: string,
  { zone, now, summitStarts, hasTakenPlace = false }: TimeLimits,
): Result<Temporal.PlainDateTime, Problem> {
  const refuse = (code: string, sentence: string) =>
    fail(problem(code, sentence, { path: 'starts' }));
  const parts = WALL.exec(text.trim());
  const date = parts === null ? undefined : parseDate(parts[1] ?? '');
  if (parts === null || date === undefined) {
    return refuse('not-a-time', 'Write a day and a time, such as 2023-02-27T09:00.');
  }
  if (!date.ok) return refuse(date.error.code, date.error.sentence);
  const local = date.value.toPlainDateTime({ hour: Number(parts[2]), minute: Number(parts[3]) });
  const begins = instantOf({ local, zone });
  const shown = begins.toZonedDateTimeISO(zone).toPlainDateTime();
  if (!shown.equals(local)) {
    const time = shown.toPlainTime().toString({ smallestUnit: 'minute' });
    const sentence = `On ${formatDate(local.toPlainDate())} the clocks of ${zone} leap over ${parts[2]}:${parts[3]}; write ${time} or another time.`;
    return refuse('in-a-gap', sentence);
  }
  if (!hasTakenPlace && Temporal.Instant.compare(begins, now) < 0) {
    const sentence =
      'This time is past; write one to come, or say below that the meeting has taken place.';
    return refuse('in-the-past', sentence);
  }
  if (Temporal.PlainDate.compare(local.toPlainDate(), summitStarts) >= 0) {
    const sentence = `The summit starts on ${formatDate(summitStarts)}; a planning meeting comes before it.`;
    return refuse('not-before-the-summit', sentence);
  }
  return ok(local);
}

/** A local time as the definition writes it. */
export const asWritten = (local: Temporal.PlainDateTime): string =>
  local.toString({ smallestUnit: 'minute' });
