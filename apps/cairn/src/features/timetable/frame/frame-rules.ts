import type { ZoneName } from '@cairn/kernel/time';

/** A time of day in the summit's zone, `HH:MM`; the end of a day may be `24:00`. They compare as text. */
export type TimeOfDay = string;

/** A stretch of a day: from the start up to, and not with, the end. */
export interface Stretch {
  /** ISO day. */
  readonly date: string;
  readonly starts: TimeOfDay;
  readonly ends: TimeOfDay;
}

export type FrameDay = Stretch;

export const BLOCK_KINDS = ['plenary', 'check_in', 'closing', 'meal', 'break', 'free'] as const;
export type BlockKind = (typeof BLOCK_KINDS)[number];
/** Whether everybody goes to blocks of a kind; meals, breaks and free time are as one likes. */
export const isForAll = (kind: BlockKind): boolean =>
  kind === 'plenary' || kind === 'check_in' || kind === 'closing';
export type Meal = 'breakfast' | 'lunch' | 'dinner';

/** What spans all rooms, and beside which nothing else runs. */
export interface Block extends Stretch {
  readonly id: string;
  readonly kind: BlockKind;
  readonly title: string;
  /** Which meal, for `meal`. */
  readonly meal: Meal | null;
  /** A meal that is provided; otherwise each finds a restaurant. */
  readonly isProvided: boolean;
  readonly roomId: string | null;
  /** Where in words, where it is in none of the rooms. */
  readonly place: string;
  readonly text: string;
}

export interface Room {
  readonly id: string;
  /** In addresses and feeds, for ever. */
  readonly key: string;
  readonly name: string;
  /** Places; unknown where null, which fits everybody. */
  readonly capacity: number | null;
  /** Equipment, among it `quiet` and `video` (people can join from afar). */
  readonly features: readonly string[];
  readonly directions: string;
  /** Where people join from afar; for those who come only. */
  readonly link: string | null;
}

/** When a room cannot be used. */
export interface Closure extends Stretch {
  readonly id: string;
  readonly roomId: string;
  readonly reason: string;
}

/** What the days of a summit are cut into: everything of a timetable but its sessions. */
export interface Frame {
  readonly zone: ZoneName;
  readonly slotMinutes: number;
  /** How long a session is that says nothing else. */
  readonly sessionMinutes: number;
  readonly revision: number;
  /** In order. */
  readonly days: readonly FrameDay[];
  /** In order of day and time. */
  readonly blocks: readonly Block[];
  /** In the order in which people see them. */
  readonly rooms: readonly Room[];
  readonly closures: readonly Closure[];
}

/** A piece of a day in which sessions can be. */
export interface Slot extends Stretch {
  /** `2023-05-22T09:30`. */
  readonly key: string;
}

/** Minutes since midnight of a time of day. */
export const minutesOf = (time: TimeOfDay): number =>
  Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** The time of day so many minutes after midnight, up to `24:00`. */
export function timeAt(minutes: number): TimeOfDay {
  const pair = (value: number): string => String(value).padStart(2, '0');
  return `${pair(Math.floor(minutes / 60))}:${pair(minutes % 60)}`;
}

/** The time of day so many minutes later. */
export const later = (time: TimeOfDay, minutes: number): TimeOfDay =>
  timeAt(minutesOf(time) + minutes);

/** Whether two stretches share time. */
export const overlaps = (one: Stretch, other: Stretch): boolean =>
  one.date === other.date && one.starts < other.ends && other.starts < one.ends;

/** Blocks that are the same on other days: same kind, title and times. */
export const alikeBlocks = <B extends Block>(blocks: readonly B[], to: Block): B[] =>
  blocks.filter(
    ({ id, date, kind, title, starts, ends }) =>
      id !== to.id &&
      date !== to.date &&
      kind === to.kind &&
      title === to.title &&
      starts === to.starts &&
      ends === to.ends,
  );

/** A day without its blocks: the stretches in which there is work, in order. */
export function workOf({ days, blocks }: Pick<Frame, 'days' | 'blocks'>, date: string): Stretch[] {
  const day = days.find((each) => each.date === date);
  if (day === undefined) return [];
  const work: Stretch[] = [];
  let starts = day.starts;
  const taken = blocks
    .filter((block) => block.date === date)
    .toSorted((one, other) => one.starts.localeCompare(other.starts));
  for (const block of taken) {
    if (block.starts > starts) {
      work.push({ date, starts, ends: block.starts < day.ends ? block.starts : day.ends });
    }
    if (block.ends > starts) starts = block.ends;
  }
  if (starts < day.ends) work.push({ date, starts, ends: day.ends });
  return work.filter(({ starts: from, ends }) => from < ends);
}

/**
 * The slots of a frame, in order: each stretch of work cut into pieces of `slotMinutes`. What is left
 * over at the end of a stretch is no slot.
 */
export function slotsOf(frame: Pick<Frame, 'days' | 'blocks' | 'slotMinutes'>): Slot[] {
  const { slotMinutes } = frame;
  return frame.days.flatMap(({ date }) =>
    workOf(frame, date).flatMap(({ starts, ends }) => {
      const [from, until] = [minutesOf(starts), minutesOf(ends)];
      return Array.from({ length: Math.floor((until - from) / slotMinutes) }, (_, index) => {
        const start = timeAt(from + index * slotMinutes);
        return { key: `${date}T${start}`, date, starts: start, ends: later(start, slotMinutes) };
      });
    }),
  );
}
