import type { ZoneName } from '@cairn/kernel/time';
import { instantOfMinute } from './availability-slots.ts';
import { columnsOf } from './meeting-columns.ts';
import { chosenAt } from './meeting-first-times.ts';
import { compareTimes, type TimeValues, timeValuesOf } from './meeting-last-call.ts';
import { gapOf, type MeetingTimes, type MeetingTimesProblem, startOf } from './meeting-model.ts';
import { placeTracks } from './meeting-placement.ts';

/** Which of the weekdays of a month: the first to the fourth, or the last. */
export type Ordinal = 1 | 2 | 3 | 4 | 'last';

/** “The second Tuesday of the month at 15:00”, on one zone's clock. */
export interface FixedTime {
  readonly ordinal: Ordinal;
  /** 1 is Monday. */
  readonly weekday: number;
  readonly minuteOfDay: number;
  readonly zone: ZoneName;
}

/** A fixed time and what it comes to. */
export interface FixedTimes extends MeetingTimes {
  readonly fixed: FixedTime;
}

/**
 * The best that fixing one time a month can do, which is how calls are usually planned: every
 * weekday of the month and time of day in a zone is tried. Undefined when no such time has a slot
 * for every call. Found times are never worse, because these are among those that were searched.
 */
export function bestFixedTime(
  problem: MeetingTimesProblem,
  zone: ZoneName,
): FixedTimes | undefined {
  const columns = columnsOf(problem);
  let best: { fixed: FixedTime; times: readonly number[]; values: TimeValues } | undefined;
  for (const { fixed, times } of fixedTimes(problem, zone)) {
    const { values } = chosenAt(columns, times);
    if (best === undefined || compareTimes(values, best.values) < 0)
      best = { fixed, times, values };
  }
  return best === undefined ? undefined : { fixed: best.fixed, ...judgeTimes(problem, best.times) };
}

/** Given times, such as an organiser's own, with the tracks placed as well as they can be. */
export function judgeTimes(problem: MeetingTimesProblem, times: readonly number[]): MeetingTimes {
  const columns = columnsOf(problem);
  const values = timeValuesOf(columns, chosenAt(columns, times).chosen);
  const { placement, unplaced, interest } = placeTracks(problem, times);
  return { times, placement, values: { ...values, unplaced, interest } };
}

/** How many people (not their weight) can make as many calls as they should. */
export const countKeeping = (
  { people, required }: MeetingTimesProblem,
  times: readonly number[],
): number =>
  people.filter(({ can }) => times.filter((slot) => can[slot]).length >= required).length;

function* fixedTimes(
  problem: MeetingTimesProblem,
  zone: ZoneName,
): Iterable<{ readonly fixed: FixedTime; readonly times: readonly number[] }> {
  const found = new Map<string, { readonly fixed: FixedTime; readonly times: number[] }>();
  const gap = gapOf(problem);
  for (const [meeting, { candidates }] of problem.meetings.entries()) {
    const sorted = [...new Set(candidates)].sort(
      (a, b) => startOf(problem, a) - startOf(problem, b) || a - b,
    );
    for (const slot of sorted) {
      for (const fixed of fixedTimesAt(startOf(problem, slot), zone)) {
        const key = `${fixed.ordinal} ${fixed.weekday} ${fixed.minuteOfDay}`;
        const so = found.get(key) ?? { fixed, times: [] };
        const before = so.times.at(-1);
        // The first of a window that spans several months, and no call left out.
        if (so.times.length !== meeting) continue;
        if (before !== undefined && startOf(problem, slot) - startOf(problem, before) < gap)
          continue;
        so.times.push(slot);
        found.set(key, so);
      }
    }
  }
  for (const each of found.values()) if (each.times.length === problem.meetings.length) yield each;
}

/** The fixed times that a moment is at: the fourth Tuesday may be the last one, too. */
function fixedTimesAt(start: number, zone: ZoneName): FixedTime[] {
  const { day, daysInMonth, dayOfWeek, hour, minute } =
    instantOfMinute(start).toZonedDateTimeISO(zone);
  const at = { weekday: dayOfWeek, minuteOfDay: hour * 60 + minute, zone };
  const nth = ORDINALS[Math.floor((day - 1) / 7)];
  const isLast = day + 7 > daysInMonth;
  return [
    ...(nth === undefined ? [] : [{ ordinal: nth, ...at }]),
    ...(isLast ? [{ ordinal: 'last' as const, ...at }] : []),
  ];
}

const ORDINALS: readonly Ordinal[] = [1, 2, 3, 4];
