import { type Instant, Temporal, type ZoneName } from '@cairn/kernel/time';
import { DAY_MINUTES, painOf, type SociableHours, WEEK_MINUTES } from './meeting-pain.ts';

/**
 * From what people say of their week, in hours of their own clock, to what they can at moments that
 * are the same for all. Daylight saving moves the one against the other, so every slot is looked up
 * in the zone as it is on that day.
 *
 * Availability is 168 characters, one for each local hour from Monday 00:00: `0` no, `1` if need be,
 * `2` yes.
 */

/** No, if need be, yes. */
export type Level = 0 | 1 | 2;

const HOURS = 168;
const HALF_HOUR = 30;
/** Offsets of zones in use are multiples of this, and so are the moments at which they change. */
const QUARTER = 15;
/** 1970-01-01, the first of all minutes, was a Thursday. */
const THURSDAY = 3 * DAY_MINUTES;

/** Slots as they fall in one zone: made once for a zone, used for everybody in it. */
export interface LocalSlots {
  /** Hours of the week (0 to 167) that slots touch, one slot after another. */
  readonly hours: Uint8Array;
  /** Where in `hours` each slot begins; one more than slots. */
  readonly hoursFrom: Uint32Array;
  /** Local minutes of the week at the begin, every half hour and the end, one slot after another. */
  readonly moments: Uint16Array;
  readonly momentsFrom: Uint32Array;
}

/**
 * Looks slots up in a zone.
 *
 * @param starts minutes since 1970-01-01T00:00Z
 * @param minutes how long each slot lasts
 */
export function localSlots(zone: ZoneName, starts: readonly number[], minutes: number): LocalSlots {
  const hours: number[] = [];
  const moments: number[] = [];
  const hoursFrom = [0];
  const momentsFrom = [0];
  const offsetAt = offsets(zone);
  const local = (minute: number): number =>
    (((minute + offsetAt(minute) + THURSDAY) % WEEK_MINUTES) + WEEK_MINUTES) % WEEK_MINUTES;
  for (const start of starts) {
    const ends = start + minutes;
    let last = -1;
    for (let at = start; at < ends; at = (Math.floor(at / QUARTER) + 1) * QUARTER) {
      const hour = Math.floor(local(at) / 60);
      if (hour !== last) hours.push(hour);
      last = hour;
    }
    for (let at = start; at < ends; at += HALF_HOUR) moments.push(local(at));
    // The end belongs to the call: its clock is the one of the minute before, also when that skips.
    moments.push((local(ends - 1) + 1) % WEEK_MINUTES);
    hoursFrom.push(hours.length);
    momentsFrom.push(moments.length);
  }
  return {
    hours: Uint8Array.from(hours),
    hoursFrom: Uint32Array.from(hoursFrom),
    moments: Uint16Array.from(moments),
    momentsFrom: Uint32Array.from(momentsFrom),
  };
}

/** What somebody can at each slot: the least of all hours that it touches. */
export function canOver(cells: string, local: LocalSlots): Uint8Array {
  if (!/^[012]{168}$/.test(cells)) throw new Error('availability is 168 characters 0, 1 or 2');
  const levels = new Uint8Array(HOURS);
  for (let hour = 0; hour < HOURS; hour++) levels[hour] = cells.charCodeAt(hour) - 48;
  return overEach(
    local.hours,
    local.hoursFrom,
    (hour, least) => Math.min(least, levels[hour] ?? 0),
    2,
  );
}

/** How unsociable each slot is for somebody: the worst of its begin, its half hours and its end. */
export function painOver(local: LocalSlots, sociable: SociableHours): Uint8Array {
  return overEach(
    local.moments,
    local.momentsFrom,
    (minute, worst) => Math.max(worst, painOf(minute, sociable)),
    0,
  );
}

function overEach(
  values: Uint8Array | Uint16Array,
  from: Uint32Array,
  join: (value: number, before: number) => number,
  first: number,
): Uint8Array {
  const found = new Uint8Array(from.length - 1);
  for (let slot = 0; slot < found.length; slot++) {
    let joined = first;
    for (let at = from[slot] ?? 0; at < (from[slot + 1] ?? 0); at++) {
      joined = join(values[at] ?? 0, joined);
    }
    found[slot] = joined;
  }
  return found;
}

/** Time that is taken; minutes since 1970-01-01T00:00Z, `until` is free again. */
export interface BusyMinutes {
  readonly from: number;
  readonly until: number;
}

/** The same levels, with no where a slot meets something that is already in the calendar. */
export function withoutBusy(
  can: Uint8Array,
  starts: readonly number[],
  minutes: number,
  busy: readonly BusyMinutes[],
): Uint8Array {
  const free = Uint8Array.from(can);
  const sorted = [...busy]
    .filter(({ from, until }) => from < until)
    .sort((a, b) => a.from - b.from);
  const order = starts.map((_, slot) => slot).sort((a, b) => (starts[a] ?? 0) - (starts[b] ?? 0));
  let next = 0;
  let takenUntil = Number.NEGATIVE_INFINITY;
  for (const slot of order) {
    const start = starts[slot] ?? 0;
    // What began before the slot's end; only how long it takes matters from here on.
    for (; (sorted[next]?.from ?? Number.POSITIVE_INFINITY) < start + minutes; next++) {
      takenUntil = Math.max(takenUntil, sorted[next]?.until ?? 0);
    }
    if (takenUntil > start) free[slot] = 0;
  }
  return free;
}

/** What somebody can at one moment; for many moments `localSlots` and `canOver` are faster. */
export function canAt(cells: string, zone: ZoneName, start: Instant, minutes: number): Level {
  return canOver(cells, localSlots(zone, [minuteOf(start)], minutes))[0] as Level; // one of the three
}

/** How unsociable one moment is for somebody in a zone; see `painOver`. */
export const painAt = (
  zone: ZoneName,
  start: Instant,
  minutes: number,
  sociable: SociableHours,
): number => painOver(localSlots(zone, [minuteOf(start)], minutes), sociable)[0] ?? 0;

/** Minutes since 1970-01-01T00:00Z, as slots count. */
export const minuteOf = (instant: Instant): number =>
  Math.floor(instant.epochMilliseconds / 60_000);

/** The moment of a slot. */
export const instantOfMinute = (minute: number): Instant =>
  Temporal.Instant.fromEpochMilliseconds(minute * 60_000);

/** The time between two changes of a zone's clock. */
interface Stretch {
  readonly from: number;
  readonly until: number;
  readonly offset: number;
}

const stretches = new Map<string, Stretch[]>();

/** Minutes by which a zone's clock is ahead of UTC; remembers the stretches that were asked for. */
function offsets(zone: ZoneName): (minute: number) => number {
  const known = stretches.get(zone) ?? [];
  if (stretches.size < 1000) stretches.set(zone, known);
  let last: Stretch | undefined;
  const isIn = (minute: number) => (each: Stretch) => each.from <= minute && minute < each.until;
  return (minute) => {
    if (last === undefined || !isIn(minute)(last)) {
      last = known.find(isIn(minute)) ?? stretchAt(zone, minute);
      if (!known.includes(last)) known.push(last);
    }
    return last.offset;
  };
}

function stretchAt(zone: ZoneName, minute: number): Stretch {
  const at = instantOfMinute(minute).toZonedDateTimeISO(zone);
  // “Previous” is strictly before, and a change in this very minute has happened.
  const before = at.add({ milliseconds: 1 }).getTimeZoneTransition('previous');
  const after = at.getTimeZoneTransition('next');
  return {
    from: before === null ? Number.NEGATIVE_INFINITY : minuteOf(before.toInstant()),
    until: after === null ? Number.POSITIVE_INFINITY : minuteOf(after.toInstant()),
    offset: Math.floor(at.offsetNanoseconds / 60_000_000_000),
  };
}
