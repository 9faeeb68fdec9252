import { type Frame, minutesOf, timeAt } from '../frame/frame-rules.ts';
import type { CurrentGroup } from '../groups/current-queries.ts';
import type { Session } from '../sessions/session-rules.ts';
import { expectedPeople } from '../solving/facts-rules.ts';
import type { PlacedSession, TimetableContent } from './content-schema.ts';

/** What a release is made of, besides the places of a draft. */
export interface ContentFacts {
  readonly frame: Frame;
  readonly sessions: readonly Session[];
  /** The groups that hold on a day, by day. */
  readonly groups: ReadonlyMap<string, readonly CurrentGroup[]>;
}

/** Where a draft puts a session. */
export interface DraftPlace {
  readonly sessionId: string;
  readonly date: string;
  readonly starts: string;
  readonly roomId: string | null;
}

/**
 * What a release of these places says: the frame as it is now, and every session that has a place. A
 * session that was removed is left out, and a room that was removed is no room any more.
 */
export function contentOf(
  { frame, sessions, groups }: ContentFacts,
  { placements }: { readonly placements: readonly DraftPlace[] },
): TimetableContent {
  const places = new Map(placements.map((place) => [place.sessionId, place]));
  const rooms = new Set(frame.rooms.map(({ id }) => id));
  const roomThatIs = (id: string | null): string | null =>
    id !== null && rooms.has(id) ? id : null;
  const placed = sessions.flatMap((session): PlacedSession[] => {
    const place = places.get(session.id);
    // What somebody puts into free space is seen at once, and belongs to no release.
    if (place === undefined || session.kind === 'open') return [];
    const { id, kind, title, text, topicNumber, groupKey, track } = session;
    const { date, starts } = place;
    const { leads, people } = expectedPeople({ groups }, session, date);
    return [
      {
        ...{ id, kind, title, text, topicNumber, groupKey, track, date, starts },
        ends: endOf(starts, session.minutes, frame.slotMinutes),
        roomId: roomThatIs(place.roomId),
        leads: [...leads],
        people: [...people].sort(),
      },
    ];
  });
  return {
    slotMinutes: frame.slotMinutes,
    zone: frame.zone,
    days: frame.days.map(({ date, starts, ends }) => ({ date, starts, ends })),
    rooms: frame.rooms.map(({ id, key, name, capacity, features, directions }) => ({
      ...{ id, key, name, capacity, directions },
      features: [...features],
    })),
    blocks: frame.blocks.map((block) => ({ ...block, roomId: roomThatIs(block.roomId) })),
    sessions: placed.sort(inOrder(frame.rooms.map(({ id }) => id))),
  };
}

/** When a session ends: a length that is no multiple of a slot is rounded up, and no day is longer than itself. */
function endOf(starts: string, minutes: number, slotMinutes: number): string {
  const lasts = Math.ceil(minutes / slotMinutes) * slotMinutes;
  return timeAt(Math.min(minutesOf(starts) + lasts, 24 * 60));
}

/** By day and time, then rooms as people see them, then title. */
const inOrder =
  (rooms: readonly string[]) =>
  (one: PlacedSession, other: PlacedSession): number =>
    one.date.localeCompare(other.date) ||
    one.starts.localeCompare(other.starts) ||
    rooms.indexOf(one.roomId ?? '') - rooms.indexOf(other.roomId ?? '') ||
    one.title.localeCompare(other.title) ||
    one.id.localeCompare(other.id);
