import { type Problem, problem } from '@cairn/kernel/problem';
import type { Instant, ZoneName } from '@cairn/kernel/time';
import {
  type Frame,
  later,
  overlaps,
  type Room,
  type Stretch,
  slotsOf,
  type TimeOfDay,
} from '../frame/frame-rules.ts';
import type { PlacedSession, TimetableContent } from '../release/content-schema.ts';

/** A moment on the wall of the summit. */
export interface WallNow {
  readonly date: string;
  readonly time: TimeOfDay;
}

/** What decides what is free: the frame as it is now, the release that holds, and what is open. */
export interface OpenSpace {
  readonly frame: Frame;
  readonly released: Pick<TimetableContent, 'blocks' | 'sessions'>;
  readonly open: readonly PlacedSession[];
  readonly now: WallNow;
}

/** Where and when something can be: a room, and a stretch of a day. */
export interface Place extends Stretch {
  readonly roomId: string;
}

/** The wall clock of a zone at a moment. */
export function wallNow(instant: Instant, zone: ZoneName): WallNow {
  const wall = instant.toZonedDateTimeISO(zone);
  return {
    date: wall.toPlainDate().toString(),
    time: wall.toPlainTime().toString({ smallestUnit: 'minute' }),
  };
}

/** What is the same for all places of a space. */
interface Ground extends OpenSpace {
  readonly slots: ReadonlySet<string>;
  readonly blocks: readonly (Stretch & { readonly title: string })[];
  readonly rooms: ReadonlyMap<string, Room>;
}

const groundOf = (space: OpenSpace): Ground => ({
  ...space,
  slots: new Set(slotsOf(space.frame).map(({ key }) => key)),
  blocks: blocksOf(space),
  rooms: new Map(space.frame.rooms.map((room) => [room.id, room])),
});

/**
 * Why nobody can put anything there, in a sentence; undefined where it is free. `except` is a session
 * that may be in its own way: the one that is moved.
 */
export const refusalOf = (space: OpenSpace, place: Place, except?: string): Problem | undefined =>
  refusalAt(groundOf(space), place, except);

function refusalAt(ground: Ground, place: Place, except: string | undefined): Problem | undefined {
  const { frame, released, open, slots, blocks, rooms } = ground;
  const room = rooms.get(place.roomId);
  if (room === undefined) {
    return problem('no-such-room', 'There is no such room any more; take another one.');
  }
  const block = blocks.find((each) => overlaps(each, place));
  if (block !== undefined) {
    return problem(
      'beside-a-block',
      `“${block.title}” is from ${block.starts} to ${block.ends}, and nothing runs beside it; take another time.`,
    );
  }
  const day = frame.days.find(({ date }) => date === place.date);
  if (day === undefined || place.ends > day.ends || !slots.has(`${place.date}T${place.starts}`)) {
    return problem(
      'outside-the-days',
      'No session can be then; take one of the times that are listed as free.',
    );
  }
  if (isOver(ground, place)) {
    return problem('over-already', 'This time is over already; take a later one.');
  }
  const closed = frame.closures.find(
    (each) => each.roomId === place.roomId && overlaps(each, place),
  );
  if (closed !== undefined) {
    return problem(
      'room-closed',
      `${room.name} is closed from ${closed.starts} to ${closed.ends}; take another room or time.`,
    );
  }
  const other = [released.sessions, open]
    .flatMap((sessions) =>
      sessions.filter((each) => each.id !== except && isIn(each, room.id) && overlaps(each, place)),
    )
    .at(0);
  if (other === undefined) return undefined;
  const where = other.roomId === room.id ? `in ${room.name}` : 'for everybody';
  return problem(
    'place-taken',
    `“${other.title}” is ${where} from ${other.starts} to ${other.ends}; take another room or time.`,
  );
}

/** Whether a stretch is over, or began longer ago than a slot lasts. */
const isOver = ({ frame, now }: OpenSpace, { date, starts }: Stretch): boolean =>
  date < now.date || (date === now.date && later(starts, frame.slotMinutes) <= now.time);

/** Whether a session is in a room, or for everybody, wherever they are. */
const isIn = ({ kind, roomId }: PlacedSession, asked: string): boolean =>
  roomId === asked || kind === 'plenary';

/** Blocks of the frame as it is now, and of the release that people have read; each once. */
function blocksOf({
  frame,
  released,
}: Pick<OpenSpace, 'frame' | 'released'>): (Stretch & { readonly title: string })[] {
  const known = new Set<string>();
  return [...frame.blocks, ...released.blocks]
    .filter(({ date, starts, ends, title }) => {
      const key = `${date} ${starts} ${ends} ${title}`;
      return !known.has(key) && known.add(key);
    })
    .toSorted((one, other) =>
      `${one.date}${one.starts}`.localeCompare(`${other.date}${other.starts}`),
    );
}

/** What somebody needs of a place. */
export interface Need {
  readonly minutes: number;
  /** Places that the room must have; any room where null. */
  readonly size: number | null;
  /** Features that the room must have. */
  readonly needs: readonly string[];
}

/** Whether a room does for what somebody needs. A room of unknown capacity fits everybody. */
const fits = (
  { capacity, features }: Pick<Room, 'capacity' | 'features'>,
  { size, needs }: Omit<Need, 'minutes'>,
): boolean =>
  (size === null || capacity === null || capacity >= size) &&
  needs.every((need) => features.includes(need));

/** All free places for what somebody needs, by day and start, quiet rooms last. */
export function freePlaces(space: OpenSpace, need: Need, date?: string, except?: string): Place[] {
  const ground = groundOf(space);
  const rooms = space.frame.rooms
    .filter((room) => fits(room, need))
    .toSorted((one, other) => Number(isQuiet(one)) - Number(isQuiet(other)));
  return slotsOf(space.frame)
    .filter((slot) => date === undefined || slot.date === date)
    .flatMap((slot) =>
      rooms.map(({ id }) => ({
        date: slot.date,
        starts: slot.starts,
        ends: later(slot.starts, need.minutes),
        roomId: id,
      })),
    )
    .filter((place) => refusalAt(ground, place, except) === undefined);
}

export const isQuiet = ({ features }: Pick<Room, 'features'>): boolean =>
  features.includes('quiet');

/** The day to begin with: today, or the next on which something is free; else the last one. */
export function firstDay(space: OpenSpace, need: Need): string | undefined {
  const [next] = freePlaces(space, need);
  return next?.date ?? space.frame.days.at(-1)?.date;
}

/** How long something in open space can be: each number of slots that some stretch of work holds. */
export function lengthsOf(frame: Frame): number[] {
  const slots = slotsOf(frame);
  let longest = 0;
  let run = 0;
  let end = '';
  for (const { date, starts, ends } of slots) {
    run = end === `${date}${starts}` ? run + 1 : 1;
    end = `${date}${ends}`;
    longest = Math.max(longest, run);
  }
  return Array.from({ length: longest }, (_, index) => (index + 1) * frame.slotMinutes);
}

/** The sessions in which somebody is expected at that time, besides one. */
export const expectedElsewhere = (
  sessions: readonly PlacedSession[],
  personId: string,
  stretch: Stretch,
  except?: string,
): PlacedSession[] =>
  sessions.filter(
    (session) =>
      session.id !== except && session.people.includes(personId) && overlaps(session, stretch),
  );
