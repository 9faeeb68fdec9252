import {
  expectZone,
  type Instant,
  instantOf,
  type PlainDate,
  parseDate,
  startOfDay,
  Temporal,
  type ZoneName,
} from '@cairn/kernel/time';
import { summitDays } from '../../summits/facts.ts';
import type { SummitDefinition } from '../../summits/schema.ts';
import { isOver, type Meeting } from '../series/series-rules.ts';

/** What an organiser wishes of the times of calls. Plain JSON: it is stored with the search. */
export interface TimeWishes {
  /** The calls to find times for, each on one of these days (both included) of the summit's zone. */
  readonly calls: readonly {
    readonly key: string;
    readonly from: string;
    readonly until: string;
  }[];
  /** Calls to come that keep their time, and are counted all the same. */
  readonly fixed: readonly { readonly key: string; readonly starts: string }[];
  /** Minutes from one possible start to the next. */
  readonly step: number;
  /** ISO weekdays of the summit's zone on which a call may begin. */
  readonly weekdays: readonly number[];
  /** Hours of everybody's own clock that are sociable; `until` at or before `from` is past midnight. */
  readonly sociable: { readonly from: number; readonly until: number };
  /** Days from one call to the next at least. */
  readonly minGapDays: number;
  /** How many of the calls everybody should make. */
  readonly required: number;
  readonly whom: 'seated' | 'invited';
  /** Ids of people without whom it does not do. */
  readonly needed: readonly string[];
  readonly tracks: readonly WishedTrack[];
  readonly parallel: { readonly least: number; readonly most: number };
  readonly effort: Effort;
  readonly seed: number;
}

export interface WishedTrack {
  readonly key: string;
  /** The id of whoever leads it. */
  readonly lead?: string;
  /** In how many of the calls it is to take place. */
  readonly least: number;
  readonly most: number;
}

export const EFFORTS = ['quick', 'thorough'] as const;
export type Effort = (typeof EFFORTS)[number];

/** How many columns a search looks at: some seconds, or a minute or two. */
export const BUDGETS: Record<Effort, number> = { quick: 5_000_000, thorough: 100_000_000 };

/** Hours of the day that are sociable, as long as no organiser says otherwise. */
export const DEFAULT_SOCIABLE = { from: 8, until: 21 } as const;

/** A year of days: no window is longer, and no gap. */
export const MOST_DAYS = 366;

/** The meetings whose time can still be found: open ones, and those to come. */
export const findable = (meetings: readonly Meeting[], now: Instant): readonly Meeting[] =>
  meetings.filter((meeting) => !isOver(meeting, now) && !hasBegun(meeting, now));

const hasBegun = ({ begins }: Meeting, now: Instant): boolean =>
  begins !== undefined && Temporal.Instant.compare(begins, now) <= 0;

/**
 * The days on which a meeting could be: its month, or the month of the time it has; not before
 * tomorrow, and before the summit starts.
 */
export function usualWindow(
  { month, starts, zone }: Meeting,
  definition: SummitDefinition,
  now: Instant,
): { readonly from: PlainDate; readonly until: PlainDate } {
  const of = month ?? starts?.toPlainDate().toPlainYearMonth();
  const tomorrow = now.toZonedDateTimeISO(zone).toPlainDate().add({ days: 1 });
  const lastDay = summitDays(definition).start.subtract({ days: 1 });
  const first = of?.toPlainDate({ day: 1 }) ?? tomorrow;
  const last = first.add({ months: 1 }).subtract({ days: 1 });
  return {
    from: Temporal.PlainDate.compare(first, tomorrow) < 0 ? tomorrow : first,
    until: Temporal.PlainDate.compare(last, lastDay) > 0 ? lastDay : last,
  };
}

/** How many meetings the promise asks for, at most as many as there are here. */
export function usualRequired(definition: SummitDefinition, calls: number): number {
  const asked = definition.agreement.obligations.flatMap(({ rule }) =>
    rule.kind === 'attend' ? [rule.meetings] : [],
  );
  return Math.max(1, Math.min(calls, ...(asked.length === 0 ? [1] : [Math.max(...asked)])));
}

/** What the form begins with: every open meeting in its month, working days, and the promise's number. */
export function usualWishes(
  definition: SummitDefinition,
  meetings: readonly Meeting[],
  {
    now,
    seated,
    leads,
  }: { now: Instant; seated: number; leads: ReadonlyMap<string, readonly string[]> },
): TimeWishes {
  const possible = findable(meetings, now);
  const open = possible.filter(({ begins }) => begins === undefined);
  const calls = open.map((meeting) => {
    const { from, until } = usualWindow(meeting, definition, now);
    return { key: meeting.key, from: from.toString(), until: until.toString() };
  });
  const fixed = fixedAmong(
    possible,
    open.map(({ key }) => key),
  );
  const count = calls.length + fixed.length;
  const { tracks, parallel_tracks: span } = definition.planning_meetings;
  return {
    calls,
    fixed,
    step: 60,
    weekdays: [1, 2, 3, 4, 5],
    sociable: DEFAULT_SOCIABLE,
    minGapDays: 7,
    required: usualRequired(definition, count),
    whom: seated > 0 ? 'seated' : 'invited',
    needed: [],
    tracks: tracks.map(({ key }) => {
      const willing = leads.get(key) ?? [];
      const [lead] = willing;
      // Among several it is the organiser who chooses.
      const led = willing.length === 1 && lead !== undefined ? { lead } : {};
      return { key, ...led, least: Math.min(1, count), most: Math.max(1, count) };
    }),
    parallel: span ?? { least: Math.min(1, tracks.length), most: Math.max(1, tracks.length) },
    effort: 'quick',
    seed: 1,
  };
}

/** Meetings to come that have a time and are not to be moved. */
export const fixedAmong = (
  possible: readonly Meeting[],
  moved: readonly string[],
): { key: string; starts: string }[] =>
  possible.flatMap(({ key, starts }) =>
    starts === undefined || moved.includes(key)
      ? []
      : [{ key, starts: starts.toString({ smallestUnit: 'minute' }) }],
  );

const DAY_MINUTES = 24 * 60;

/**
 * Every start on the wall of a zone, from the first to the last day, on some weekdays, a step apart
 * from midnight on; in minutes since 1970. Times that the clocks leap over are left out, of those
 * that come twice the first is taken.
 */
export function possibleStarts(
  {
    from,
    until,
    weekdays,
    step,
  }: {
    readonly from: string;
    readonly until: string;
    readonly weekdays: readonly number[];
    readonly step: number;
  },
  zone: ZoneName,
): number[] {
  const [first, last] = [parseDate(from), parseDate(until)];
  if (!first.ok || !last.ok) return [];
  const starts: number[] = [];
  const limit = first.value.add({ days: MOST_DAYS });
  const end = Temporal.PlainDate.compare(last.value, limit) > 0 ? limit : last.value;
  for (
    let day = first.value;
    Temporal.PlainDate.compare(day, end) <= 0;
    day = day.add({ days: 1 })
  ) {
    if (weekdays.includes(day.dayOfWeek)) starts.push(...startsOn(day, step, zone));
  }
  return starts;
}

function startsOn(day: PlainDate, step: number, zone: ZoneName): number[] {
  const midnight = minuteOf(startOfDay(day, zone));
  const isPlain = minuteOf(startOfDay(day.add({ days: 1 }), zone)) - midnight === DAY_MINUTES;
  const starts: number[] = [];
  for (let minute = 0; minute < DAY_MINUTES; minute += step) {
    if (isPlain) {
      starts.push(midnight + minute);
      continue;
    }
    const local = day.toPlainDateTime({ hour: Math.floor(minute / 60), minute: minute % 60 });
    const begins = instantOf({ local, zone });
    if (begins.toZonedDateTimeISO(zone).toPlainDateTime().equals(local)) {
      starts.push(minuteOf(begins));
    }
  }
  return starts;
}

const minuteOf = (instant: Instant): number => Math.floor(instant.epochMilliseconds / 60_000);

/** A time on the wall of the summit, as minutes since 1970. */
export const minuteOfWall = (starts: string, definition: SummitDefinition): number =>
  minuteOf(
    instantOf({
      local: Temporal.PlainDateTime.from(starts),
      zone: expectZone(definition.zone),
    }),
  );

/** Minutes since 1970 as a time on the wall of the summit, as its definition writes it. */
export const wallOfMinute = (minute: number, zone: ZoneName): string =>
  Temporal.Instant.fromEpochMilliseconds(minute * 60_000)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'minute' });
