import type { BlockKind } from '../apps/cairn/src/features/timetable/frame/frame-rules.ts';
import type {
  Entry,
  NowDay,
  NowTimetable,
} from '../apps/cairn/src/features/timetable/now/now-rules.ts';

/** Examples stand in UTC, so that a local time is the moment. */
const moment = (date: string, time: string): number => Date.parse(`${date}T${time}:00Z`);

let number = 0;
const basic = (date: string, starts: string, ends: string) => {
  number += 1;
  return {
    id: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    date,
    starts,
    ends,
    from: moment(date, starts),
    until: moment(date, ends),
    place: '',
    group: null,
  };
};

/** A session in a room. */
export const entry = (
  date: string,
  starts: string,
  ends: string,
  room: string,
  title: string,
): Entry => ({ ...basic(date, starts, ends), kind: 'work', block: null, title, room });

/** A block of the frame. */
export const block = (date: string, starts: string, ends: string, kind: BlockKind): Entry => ({
  ...basic(date, starts, ends),
  kind: 'block',
  block: kind,
  title: kind,
  room: null,
});

/** A whole day. */
export const day = (date: string): NowDay => ({
  date,
  from: moment(date, '00:00'),
  until: moment(date, '00:00') + 86_400_000,
});

/** A timetable of these parts, its entries in order. */
export const timetableOf = ({
  entries,
  ...parts
}: Pick<NowTimetable, 'days' | 'rooms' | 'entries'> & Partial<NowTimetable>): NowTimetable => ({
  stamp: 'example',
  zone: 'UTC',
  version: 1,
  closed: [],
  groups: '',
  ...parts,
  entries: entries.toSorted(
    (one, other) =>
      one.from - other.from || one.until - other.until || one.id.localeCompare(other.id),
  ),
});
