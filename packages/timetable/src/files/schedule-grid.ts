import type { Slot } from '../sessions/model.ts';
import type { JsonReader } from './json-reader.ts';
import type { ScheduleDocument } from './schedule-events.ts';
import { MOST } from './sizes.ts';

/** The slots in which the times of a schedule lie. */
export interface ScheduleGrid {
  readonly slots: readonly Slot[];
  /** Minutes of a slot. */
  readonly step: number;
  /** The keys of the slots by when they start. */
  readonly keys: ReadonlyMap<number, string>;
  /** The keys of those in which anything starts. */
  readonly begun: readonly string[];
}

const DAYS = 'schedule.conference.days';
const NO_GRID: ScheduleGrid = { slots: [], step: 1, keys: new Map(), begun: [] };

/** The coarsest grid that holds all starts and ends, without the times at which nothing runs. */
export function gridOf(reader: JsonReader, { events, days }: ScheduleDocument): ScheduleGrid {
  if (reader.problems.length > 0) return NO_GRID;
  const first = Math.min(...events.map(({ start }) => start));
  const step = events.reduce(
    (common, { start, minutes }) => divisor(divisor(common, start - first), minutes),
    0,
  );
  const covered = events.reduce((sum, { minutes }) => sum + minutes / Math.max(1, step), 0);
  const tooFine = (): void => {
    const sentence = `All times are multiples of ${step} minutes and of nothing longer, which makes more slots than are read; round what is odd.`;
    reader.refuse('too-large', DAYS, sentence);
  };
  if (events.length === 0) reader.refuse('no-events', DAYS, 'There is no event in this schedule.');
  else if (covered > MOST.slots * 100) tooFine();
  if (reader.problems.length > 0) return NO_GRID;

  const dayOf = new Map<number, number>();
  for (const { start, minutes, day } of events) {
    for (let at = start; at < start + minutes; at += step) {
      dayOf.set(at, Math.min(day, dayOf.get(at) ?? day));
    }
  }
  const starts = [...dayOf.keys()].sort((one, other) => one - other);
  if (starts.length > MOST.slots) tooFine();
  const dayAt = (start: number): number => dayOf.get(start) ?? 0;
  if (
    starts.some((start, index) => index > 0 && dayAt(start) < dayAt(starts[index - 1] ?? start))
  ) {
    const sentence = 'A day begins before the one before it has ended; write days in order.';
    reader.refuse('days-overlap', DAYS, sentence);
  }
  const keys = new Map<number, string>();
  const taken = new Set<string>();
  for (const start of starts) {
    const local = localTime(start, days[dayAt(start)]?.offset ?? 0);
    // A clock that is put back shows some times twice.
    const key = taken.has(local) ? `${local} again` : local;
    taken.add(key);
    keys.set(start, key);
  }
  const keyAt = (start: number): string => keys.get(start) ?? '';
  return {
    slots: starts.map((start) => ({
      key: keyAt(start),
      day: days[dayAt(start)]?.date ?? '',
      start,
      end: start + step,
    })),
    step,
    keys,
    begun: [...new Set(events.map(({ start }) => start))]
      .sort((one, other) => one - other)
      .map(keyAt),
  };
}

/** `2026-05-18 09:00` on a clock that is so many minutes ahead of Greenwich. */
export const localTime = (minute: number, offset: number): string =>
  new Date((minute + offset) * 60_000).toISOString().slice(0, 16).replace('T', ' ');

/** The greatest common divisor (Euclid). */
function divisor(one: number, other: number): number {
  let [large, small] = [Math.abs(one), Math.abs(other)];
  while (small > 0) [large, small] = [small, large % small];
  return large;
}
