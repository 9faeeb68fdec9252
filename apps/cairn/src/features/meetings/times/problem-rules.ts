import type { ZoneName } from '@cairn/kernel/time';
import {
  canOver,
  type LocalSlots,
  localSlots,
  painOver,
  withoutBusy,
} from '@cairn/timetable/availability-slots';
import type { MeetingTimesProblem, Track } from '@cairn/timetable/meeting-model';
import type { SociableHours } from '@cairn/timetable/meeting-pain';
import type { BusySpan } from '../../dates/availability/busy-rules.ts';
import type { SummitDefinition } from '../../summits/schema.ts';
import type { TrackLevel } from './track-rules.ts';
import { minuteOfWall, possibleStarts, type TimeWishes } from './wishes-rules.ts';

/** Somebody who has said when they can. */
export interface KnownPerson {
  readonly id: string;
  readonly name: string;
  readonly zone: ZoneName;
  /** 168 characters; see the availability's `hours-rules.ts`. */
  readonly cells: string;
  readonly busy: readonly BusySpan[];
  /** By the key of the track. */
  readonly interest: Readonly<Record<string, TrackLevel>>;
}

/** One of the calls of a problem. */
export interface Call {
  readonly key: string;
  readonly title: string;
  /** It keeps the time that it has. */
  readonly isFixed: boolean;
}

/** The problem as the search takes it, with whom and what its indices mean. */
export interface TimesProblem {
  readonly problem: MeetingTimesProblem;
  readonly calls: readonly Call[];
  readonly people: readonly KnownPerson[];
  readonly tracks: readonly { readonly key: string; readonly title: string }[];
}

const INTEREST: Record<TrackLevel, number> = { lead: 3, work: 2, learn: 1 };

/** A call two hours early by the clock is still “seven days later” when daylight saving ends between. */
const CLOCK_CHANGE = 120;
const DAY_MINUTES = 24 * 60;

/** Sociable hours in the minutes that the search counts in. */
const sociableMinutes = ({ sociable }: TimeWishes): SociableHours => ({
  from: sociable.from * 60,
  until: sociable.until * 60,
});

/**
 * Makes the problem of a search out of wishes and of what people have said. Only those who have said
 * something are in it. `extra` allows calls further starts, such as one that an organiser tries.
 */
export function problemFor(
  wishes: TimeWishes,
  definition: SummitDefinition,
  zone: ZoneName,
  people: readonly KnownPerson[],
  extra: ReadonlyMap<string, number> = new Map(),
): TimesProblem {
  const { minutes, list, tracks } = definition.planning_meetings;
  const titleOf = (key: string): string => list.find((each) => each.key === key)?.title ?? key;
  const calls = [
    ...wishes.calls.map(({ key, from, until }) => ({
      key,
      isFixed: false,
      starts: [
        ...possibleStarts({ from, until, weekdays: wishes.weekdays, step: wishes.step }, zone),
        ...(extra.has(key) ? [extra.get(key) ?? 0] : []),
      ],
    })),
    ...wishes.fixed.map(({ key, starts }) => ({
      key,
      isFixed: true,
      starts: [minuteOfWall(starts, definition)],
    })),
  ].sort((one, other) => middle(one.starts) - middle(other.starts));
  const starts = [...new Set(calls.flatMap((call) => call.starts))].sort((a, b) => a - b);
  const slotOf = new Map(starts.map((start, slot) => [start, slot]));
  const ordered = people.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const indexOf = new Map(ordered.map(({ id }, index) => [id, index]));
  const open = calls.flatMap(({ isFixed }, index) => (isFixed ? [] : [index]));
  const zones = new Map<ZoneName, { local: LocalSlots; pain: Uint8Array }>();
  const sociable = sociableMinutes(wishes);
  const inZone = (name: ZoneName) => {
    const known = zones.get(name);
    if (known !== undefined) return known;
    const local = localSlots(name, starts, minutes);
    const made = { local, pain: painOver(local, sociable) };
    zones.set(name, made);
    return made;
  };
  const needed = new Set(wishes.needed);
  return {
    calls: calls.map(({ key, isFixed }) => ({ key, isFixed, title: titleOf(key) })),
    people: ordered,
    tracks: wishes.tracks.map(({ key }) => ({
      key,
      title: tracks.find((track) => track.key === key)?.title ?? key,
    })),
    problem: {
      required: Math.min(wishes.required, calls.length),
      minutes,
      minGapMinutes: Math.max(minutes, wishes.minGapDays * DAY_MINUTES - CLOCK_CHANGE),
      meetings: calls.map((call) => ({
        key: call.key,
        candidates: [...new Set(call.starts)].map((start) => slotOf.get(start) ?? 0).sort(byNumber),
      })),
      slots: starts.map((start) => ({ start })),
      people: ordered.map((person) => {
        const { local, pain } = inZone(person.zone);
        return {
          id: person.id,
          isNeeded: needed.has(person.id),
          can: withoutBusy(canOver(person.cells, local), starts, minutes, person.busy),
          pain,
          interest: wishes.tracks.map(({ key }) => {
            const level = person.interest[key];
            return level === undefined ? 0 : INTEREST[level];
          }),
        };
      }),
      tracks: wishes.tracks.map(({ key, lead, least, most }): Track => {
        const leads = lead === undefined ? undefined : indexOf.get(lead);
        return {
          key,
          ...(leads === undefined ? {} : { lead: leads }),
          meetings: open,
          times: { least: Math.min(least, open.length), most: Math.min(most, open.length) },
        };
      }),
      parallel: wishes.parallel,
    },
  };
}

const byNumber = (one: number, other: number): number => one - other;

/** Where a window lies, to put calls in order; those without any start come last. */
const middle = (starts: readonly number[]): number =>
  starts.length === 0 ? Number.POSITIVE_INFINITY : ((starts[0] ?? 0) + (starts.at(-1) ?? 0)) / 2;

/**
 * A short name of what was known when a search ran: another one means that somebody has said
 * something else since. FNV-1a over everything that the search looked at.
 */
export function fingerprintOf({ problem }: TimesProblem): string {
  let hash = 0x811c9dc5;
  const mix = (value: number): void => {
    hash = Math.imul(hash ^ (value & 0xff), 0x01000193);
  };
  const number = (value: number): void => {
    for (let shift = 0; shift < 32; shift += 8) mix(value >> shift);
  };
  for (const { start } of problem.slots) number(start);
  for (const { id, can, interest } of problem.people) {
    for (const letter of id) mix(letter.charCodeAt(0));
    can.forEach(mix);
    interest.forEach(mix);
  }
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** How many can in each hour of a week that begins on a Monday, in a zone; busy times left aside. */
export function weekCounts(
  people: readonly Pick<KnownPerson, 'zone' | 'cells'>[],
  monday: number,
): number[] {
  const starts = Array.from({ length: 168 }, (_, hour) => monday + hour * 60);
  const counts = new Array<number>(starts.length).fill(0);
  const zones = new Map<ZoneName, LocalSlots>();
  for (const { zone, cells } of people) {
    const local = zones.get(zone) ?? localSlots(zone, starts, 60);
    zones.set(zone, local);
    for (const [hour, level] of canOver(cells, local).entries()) {
      if (level > 0) counts[hour] = (counts[hour] ?? 0) + 1;
    }
  }
  return counts;
}
