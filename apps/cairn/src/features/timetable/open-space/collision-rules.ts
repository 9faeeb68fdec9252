import { overlaps, type Stretch } from '../frame/frame-rules.ts';
import type { PlacedSession } from '../release/content-schema.ts';

/** A session in open space that a timetable leaves no room for. */
export interface Collision {
  readonly session: PlacedSession;
  /** With what, in a sentence that begins with the session’s title. */
  readonly sentence: string;
}

/** When a room cannot be used, as far as a collision is concerned. */
export interface ClosedRoom extends Stretch {
  readonly roomId: string;
}

/** What of a timetable something in open space can collide with: of a release, or as it is now. */
export interface Occupied {
  readonly days: readonly Stretch[];
  readonly blocks: readonly (Stretch & { readonly title: string })[];
  readonly rooms: readonly { readonly id: string; readonly name: string }[];
  readonly sessions: readonly PlacedSession[];
}

/**
 * What of open space a timetable collides with: a session in the same room, a block or something for
 * everybody at the same time, a day that is shorter, a room that is closed or gone. In the order of
 * the sessions, each with the first reason only. For warnings before a release, and after it.
 */
export function collisionsOf(
  content: Occupied,
  open: readonly PlacedSession[],
  closures: readonly ClosedRoom[] = [],
): Collision[] {
  return open.flatMap((session) => {
    const reason = reasonOf(content, session, closures);
    return reason === undefined
      ? []
      : [{ session, sentence: `“${session.title}” in open space ${reason}` }];
  });
}

function reasonOf(
  { blocks, sessions, days, rooms }: Occupied,
  session: PlacedSession,
  closures: readonly ClosedRoom[],
): string | undefined {
  const at = `on ${session.date} from ${session.starts} to ${session.ends}`;
  const room = rooms.find(({ id }) => id === session.roomId);
  if (room === undefined) return `is in a room that is gone, ${at}.`;
  const day = days.find(({ date }) => date === session.date);
  if (day === undefined || session.starts < day.starts || session.ends > day.ends) {
    return `is outside of the day, ${at}.`;
  }
  const block = blocks.find((each) => overlaps(each, session));
  if (block !== undefined) return `is beside “${block.title}”, ${at}.`;
  const other = sessions.find(
    (each) =>
      each.id !== session.id &&
      (each.roomId === session.roomId || each.kind === 'plenary') &&
      overlaps(each, session),
  );
  if (other !== undefined) return `is in ${room.name} where “${other.title}” is, ${at}.`;
  const closed = closures.some((each) => each.roomId === room.id && overlaps(each, session));
  return closed ? `is in ${room.name} while it is closed, ${at}.` : undefined;
}
