import type { BlockKind } from '../frame/frame-rules.ts';

/**
 * What is now and what is next. The same functions say it on the server and in a browser that has
 * lost the network, so they know nothing of databases, zones or Temporal: moments are milliseconds
 * since 1970, and times of day are what the clocks at the place show.
 */

/** Something with a time: a session, or a block of the frame. */
export interface Entry {
  /** The session's or block's id. */
  readonly id: string;
  readonly kind: 'work' | 'plenary' | 'open' | 'block';
  /** Which kind of block. */
  readonly block: BlockKind | null;
  readonly title: string;
  /** ISO day and times of day at the place. */
  readonly date: string;
  readonly starts: string;
  readonly ends: string;
  /** The same as moments, in milliseconds. */
  readonly from: number;
  readonly until: number;
  /** The key of its room. */
  readonly room: string | null;
  /** Where in words, for a block that is in none of the rooms. */
  readonly place: string;
  /** Whose session it is, by the key of the group. */
  readonly group: string | null;
}

export interface NowRoom {
  readonly key: string;
  readonly name: string;
}

/** A day from its first to its last minute, on the calendar of the place. */
export interface NowDay {
  readonly date: string;
  readonly from: number;
  readonly until: number;
}

/** A timetable as everybody may know it, with all that is needed to say what is now. */
export interface NowTimetable {
  /** Says by itself whether two are the same. */
  readonly stamp: string;
  /** The zone of the place. */
  readonly zone: string;
  readonly version: number;
  readonly days: readonly NowDay[];
  readonly rooms: readonly NowRoom[];
  /** By start, end, room and title. */
  readonly entries: readonly Entry[];
  /** When rooms cannot be used. Why is not said. */
  readonly closed: readonly {
    readonly room: string;
    readonly from: number;
    readonly until: number;
  }[];
  /** Changes when groups were set anew: whoever has an agenda asks for it again. */
  readonly groups: string;
}

/** What runs at a moment, and what comes next: everything of the earliest start after it. */
export interface NowAndNext {
  readonly now: readonly Entry[];
  readonly next: readonly Entry[];
}

/** What happens in a room. */
export interface RoomNow {
  readonly room: NowRoom;
  readonly now: Entry | undefined;
  /** The next session or block that day. */
  readonly next: Entry | undefined;
  /** The next session there that day. */
  readonly nextSession: Entry | undefined;
  /** It cannot be used at present, until then. */
  readonly closedUntil: number | undefined;
}

export const isBlock = ({ kind }: Entry): boolean => kind === 'block';

/** Whether an entry runs at a moment: from its start up to, and not at, its end. */
export const runs = ({ from, until }: Pick<Entry, 'from' | 'until'>, at: number): boolean =>
  from <= at && at < until;

/** Of entries in order: those that run, and those that begin next, on whatever day. */
export function nowAndNext(entries: readonly Entry[], at: number): NowAndNext {
  const coming = entries.filter(({ from }) => from > at);
  const first = Math.min(...coming.map(({ from }) => from));
  return {
    now: entries.filter((entry) => runs(entry, at)),
    next: coming.filter(({ from }) => from === first),
  };
}

/** The day of the timetable that it is at a moment; undefined before, between and after its days. */
export const dayAt = ({ days }: Pick<NowTimetable, 'days'>, at: number): NowDay | undefined =>
  days.find((day) => runs(day, at));

/**
 * The day that people ask about at a moment: this one, else the next one that comes; after the last
 * one none.
 */
export const dayAsked = (timetable: Pick<NowTimetable, 'days'>, at: number): NowDay | undefined =>
  timetable.days.find(({ until }) => at < until);

/** The entries of a day. */
export const entriesOn = (
  { entries }: Pick<NowTimetable, 'entries'>,
  date: string | undefined,
): Entry[] => entries.filter((entry) => entry.date === date);

/** What concerns a room: what is in it, and what spans all rooms. */
export const entriesOfRoom = ({ entries }: Pick<NowTimetable, 'entries'>, key: string): Entry[] =>
  entries.filter((entry) => entry.room === key || isBlock(entry));

/**
 * What happens in a room, and what comes next there on the same day. Where a block and a session
 * meet, which a timetable should not have, the session is what people look for.
 */
export function roomNow(timetable: NowTimetable, room: NowRoom, at: number): RoomNow {
  const own = entriesOfRoom(timetable, room.key);
  const running = own.filter((entry) => runs(entry, at));
  const date = dayAt(timetable, at)?.date;
  const coming = own.filter((entry) => entry.from > at && entry.date === date);
  const closure = timetable.closed.find((each) => each.room === room.key && runs(each, at));
  return {
    room,
    now: running.find((entry) => !isBlock(entry)) ?? running[0],
    next: coming[0],
    nextSession: coming.find((entry) => !isBlock(entry)),
    closedUntil: closure?.until,
  };
}

/** What happens in each room. */
export const roomsNow = (timetable: NowTimetable, at: number): RoomNow[] =>
  timetable.rooms.map((room) => roomNow(timetable, room, at));

/** What concerns a person: the sessions of their agenda, and what is for all. */
const entriesOfPerson = (
  { entries }: Pick<NowTimetable, 'entries'>,
  own: ReadonlySet<string>,
): Entry[] => entries.filter((entry) => isBlock(entry) || own.has(entry.id));

/**
 * What is now and next for a person. What is next is a session of theirs or a plenary rather than
 * coffee: breaks and free time come along only where nothing else begins with them.
 */
export function personNow(
  timetable: NowTimetable,
  own: ReadonlySet<string>,
  at: number,
): NowAndNext & { readonly afterPause: Entry | undefined } {
  const entries = entriesOfPerson(timetable, own);
  const { now, next } = nowAndNext(entries, at);
  const after = next[0]?.from ?? at;
  const afterPause = next.every(isPause)
    ? entries.find((entry) => entry.from >= after && !isPause(entry))
    : undefined;
  return { now, next, afterPause };
}

/** Time in which nobody is expected anywhere. */
const isPause = ({ block }: Entry): boolean =>
  block === 'break' || block === 'free' || block === 'meal';

/** The next moment at which something of the timetable begins or ends, and so what is now changes. */
export function nextTurn(
  { entries, days, closed }: Pick<NowTimetable, 'entries' | 'days' | 'closed'>,
  at: number,
): number | undefined {
  const turns = [...entries, ...days, ...closed]
    .flatMap(({ from, until }) => [from, until])
    .filter((moment) => moment > at);
  return turns.length === 0 ? undefined : Math.min(...turns);
}
