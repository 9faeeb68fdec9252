/**
 * What is public of a timetable, as one list: sessions and blocks with their places in words. XML, JSON,
 * CSV and iCalendar are made of it, so they say the same.
 */
import { plainLine } from '@cairn/formats/frab-plain';
import type { ZoneName } from '@cairn/kernel/time';
import { momentAt } from '../../timetable/frame/moment-rules.ts';
import type {
  PlacedSession,
  ReleasedBlock,
  ReleasedRoom,
  TimetableContent,
} from '../../timetable/release/content-schema.ts';

/** Something that is in a timetable, for everybody to read. */
export interface ProgrammeItem {
  readonly id: string;
  /** Of sessions and of blocks, as the timetable calls them. */
  readonly kind: PlacedSession['kind'] | ReleasedBlock['kind'];
  readonly isBlock: boolean;
  readonly title: string;
  readonly text: string;
  readonly track: string;
  readonly groupKey: string | null;
  /** ISO day, `HH:MM` on the summit's clock; the end of a day may be `24:00`. */
  readonly date: string;
  readonly starts: string;
  readonly ends: string;
  /** The key of its room; null where it has none, or is elsewhere. */
  readonly roomKey: string | null;
  /** Where, in words; empty where nobody knows yet. */
  readonly place: string;
  readonly leads: readonly string[];
  readonly people: readonly string[];
}

type Rooms = ReadonlyMap<string, Pick<ReleasedRoom, 'key' | 'name'>>;

/** Rooms by id. Two of one name get their keys behind it, because files know rooms by their names. */
export function roomsById(rooms: readonly Pick<ReleasedRoom, 'id' | 'key' | 'name'>[]): Rooms {
  const counts = Map.groupBy(rooms, ({ name }) => plainLine(name));
  const taken = new Set<string>();
  return new Map(
    rooms.map(({ id, key, name: called }) => {
      const isOnly = counts.get(plainLine(called))?.length === 1;
      let name = isOnly ? plainLine(called) : `${plainLine(called)} (${key})`;
      // Another room may be called just so.
      while (taken.has(name)) name = `${name} (${key})`;
      taken.add(name);
      return [id, { key, name }];
    }),
  );
}

/** A session with its place in words. */
function sessionItem(session: PlacedSession, rooms: Rooms): ProgrammeItem {
  const { id, kind, title, text, track, groupKey, date, starts, ends, leads, people } = session;
  const room = rooms.get(session.roomId ?? '');
  return {
    ...{ id, kind, title, text, track, groupKey, date, starts, ends, leads, people },
    isBlock: false,
    roomKey: room?.key ?? null,
    place: room?.name ?? '',
  };
}

function blockItem(block: ReleasedBlock, rooms: Rooms): ProgrammeItem {
  const { id, kind, title, date, starts, ends } = block;
  const room = rooms.get(block.roomId ?? '');
  const meal = block.isProvided ? 'Provided.' : 'Each finds a restaurant.';
  return {
    ...{ id, kind, title, date, starts, ends },
    isBlock: true,
    text: [block.text, ...(kind === 'meal' ? [meal] : [])].filter(Boolean).join('\n'),
    track: '',
    groupKey: null,
    roomKey: room?.key ?? null,
    place: room?.name ?? block.place,
    leads: [],
    people: [],
  };
}

/** What is public of a timetable. */
export interface Programme {
  readonly zone: string;
  readonly slotMinutes: number;
  /** ISO days, in order. */
  readonly days: readonly string[];
  readonly rooms: readonly ReleasedRoom[];
  /** By day and time. */
  readonly items: readonly ProgrammeItem[];
}

/**
 * Everything that a release says; with the sessions that hold now, and the rooms that came after the
 * release, where they are given.
 */
export function programmeOf(
  content: TimetableContent,
  sessions: readonly PlacedSession[] = content.sessions,
  moreRooms: readonly ReleasedRoom[] = [],
): Programme {
  const { zone, slotMinutes } = content;
  const rooms = [...content.rooms, ...moreRooms];
  const named = roomsById(rooms);
  const items = [
    ...content.blocks.map((block) => blockItem(block, named)),
    ...sessions.map((session) => sessionItem(session, named)),
  ];
  return {
    ...{ zone, slotMinutes, rooms },
    days: content.days.map(({ date }) => date),
    items: items.sort(
      (one, other) =>
        one.date.localeCompare(other.date) ||
        one.starts.localeCompare(other.starts) ||
        Number(other.isBlock) - Number(one.isBlock) ||
        one.place.localeCompare(other.place) ||
        one.id.localeCompare(other.id),
    ),
  };
}

/** Minutes that really pass, also on a day on which the clocks change. */
export function lastingMinutes(
  { date, starts, ends }: Pick<ProgrammeItem, 'date' | 'starts' | 'ends'>,
  zone: ZoneName,
): number {
  const [from, until] = [momentAt(date, starts, zone), momentAt(date, ends, zone)];
  return Math.max(1, Math.round(until.since(from).total('minutes')));
}
