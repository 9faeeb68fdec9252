import type { Entry, NowTimetable } from './now-rules.ts';

/** What became of a timetable: the small parts whole, and of the entries only those that changed. */
export interface TimetableChange extends Omit<NowTimetable, 'entries'> {
  /** New or changed, in no particular order. */
  readonly entries: readonly Entry[];
  /** Ids of those that are no longer there. */
  readonly gone: readonly string[];
}

/** What is to be told to somebody who has one state so that they have the other. */
export function changeBetween(before: NowTimetable, now: NowTimetable): TimetableChange {
  const known = new Map(before.entries.map((entry) => [entry.id, JSON.stringify(entry)]));
  const there = new Set(now.entries.map(({ id }) => id));
  return {
    ...now,
    entries: now.entries.filter((entry) => known.get(entry.id) !== JSON.stringify(entry)),
    gone: [...known.keys()].filter((id) => !there.has(id)),
  };
}

/** The state after a change. */
export function changed(
  before: NowTimetable,
  { gone, entries, ...parts }: TimetableChange,
): NowTimetable {
  const left = new Set([...gone, ...entries.map(({ id }) => id)]);
  const all = [...before.entries.filter(({ id }) => !left.has(id)), ...entries];
  return { ...parts, entries: all.sort(inOrder) };
}

/** The order of entries: by start, end, room, title and id. */
export const inOrder = (one: Entry, other: Entry): number =>
  one.from - other.from ||
  one.until - other.until ||
  compare(one.room ?? '', other.room ?? '') ||
  compare(one.title, other.title) ||
  compare(one.id, other.id);

/** By code points, so that server and browser never order differently. */
const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
