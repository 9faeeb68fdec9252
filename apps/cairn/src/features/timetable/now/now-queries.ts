import { createHash } from 'node:crypto';
import { expectZone, type ZoneName } from '@cairn/kernel/time';
import type { Reader } from '../../../platform/db/database.ts';
import { groupsStamp } from '../agenda/agenda-queries.ts';
import { momentAt } from '../frame/moment-rules.ts';
import { type CurrentTimetable, currentTimetable } from '../release/current-queries.ts';
import { inOrder } from './change-rules.ts';
import type { Entry, NowDay, NowTimetable } from './now-rules.ts';

/**
 * The timetable that holds, with its moments; undefined while none was released. Public: it names
 * nobody, and says that a room is closed but not why.
 */
export async function nowTimetable(
  db: Reader,
  summitId: string,
): Promise<NowTimetable | undefined> {
  const current = await currentTimetable(db, summitId);
  if (current === undefined) return undefined;
  const [closures, groups] = await Promise.all([
    db
      .selectFrom('roomClosure')
      .innerJoin('timetableRoom', 'timetableRoom.id', 'roomClosure.roomId')
      .select(['timetableRoom.key', 'roomClosure.date', 'roomClosure.starts', 'roomClosure.ends'])
      .where('timetableRoom.summitId', '=', summitId)
      .orderBy('roomClosure.date')
      .orderBy('roomClosure.starts')
      .orderBy('timetableRoom.key')
      .execute(),
    groupsStamp(db, summitId),
  ]);
  const { version } = current;
  const content = await withRoomsOf(db, current);
  const momentOf = moments(expectZone(content.zone));
  const parts = {
    zone: content.zone,
    version,
    days: content.days.map(({ date }): NowDay => {
      return { date, from: momentOf(date, '00:00'), until: momentOf(date, '24:00') };
    }),
    rooms: content.rooms.map(({ key, name }) => ({ key, name })),
    entries: entriesOf({ content, sessions: current.sessions }, momentOf),
    closed: closures
      .filter(({ key }) => content.rooms.some((room) => room.key === key))
      .map(({ key, date, starts, ends }) => ({
        room: key,
        from: momentOf(date, starts),
        until: momentOf(date, ends),
      })),
    groups,
  };
  const stamp = createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 16);
  return { stamp, ...parts };
}

/** What was released, with rooms that are newer and that somebody has put a session into since. */
async function withRoomsOf(
  db: Reader,
  { content, sessions }: CurrentTimetable,
): Promise<
  Pick<CurrentTimetable['content'], 'zone' | 'days' | 'blocks'> & { rooms: PublicRoom[] }
> {
  const known = new Set(content.rooms.map(({ id }) => id));
  const newer = sessions.flatMap(({ roomId }) =>
    roomId === null || known.has(roomId) ? [] : [roomId],
  );
  const rooms =
    newer.length === 0
      ? []
      : await db
          .selectFrom('timetableRoom')
          .select(['id', 'key', 'name'])
          .where('id', 'in', newer)
          .orderBy('position')
          .orderBy('key')
          .execute();
  return { ...content, rooms: [...content.rooms, ...rooms] };
}

type PublicRoom = Pick<CurrentTimetable['content']['rooms'][number], 'id' | 'key' | 'name'>;

/** Moments of local times. A week has few of them, and many sessions begin at the same one. */
function moments(zone: ZoneName): (date: string, time: string) => number {
  const known = new Map<string, number>();
  return (date, time) => {
    const key = `${date}T${time}`;
    const moment = known.get(key) ?? momentAt(date, time, zone).epochMilliseconds;
    known.set(key, moment);
    return moment;
  };
}

function entriesOf(
  {
    content,
    sessions,
  }: Pick<CurrentTimetable, 'sessions'> & {
    readonly content: Awaited<ReturnType<typeof withRoomsOf>>;
  },
  momentOf: (date: string, time: string) => number,
): Entry[] {
  const keys = new Map(content.rooms.map(({ id, key }) => [id, key]));
  const placed = ({ date, starts, ends, roomId }: Timed) => ({
    date,
    starts,
    ends,
    from: momentOf(date, starts),
    until: momentOf(date, ends),
    room: roomId === null ? null : (keys.get(roomId) ?? null),
  });
  const entries = [
    ...content.blocks.map((block): Entry => {
      const { id, kind, title, place } = block;
      return { id, kind: 'block', block: kind, title, place, group: null, ...placed(block) };
    }),
    ...sessions.map((session): Entry => {
      const { id, kind, title, groupKey: group } = session;
      return { id, kind, block: null, title, place: '', group, ...placed(session) };
    }),
  ];
  return entries.sort(inOrder);
}

interface Timed {
  readonly date: string;
  readonly starts: string;
  readonly ends: string;
  readonly roomId: string | null;
}
