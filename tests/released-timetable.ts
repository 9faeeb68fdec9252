import { Temporal } from '@cairn/kernel/time';
import type { TimetableContent } from '../apps/cairn/src/features/timetable/release/content-schema.ts';
import type { Db } from '../apps/cairn/src/platform/db/database.ts';

/** A room of a timetable that tests have released. */
export interface GivenRoom {
  readonly key: string;
  readonly name: string;
}

/** A session of it: when, in which room by its key, and whose. */
export interface GivenSession {
  readonly title: string;
  readonly date: string;
  readonly starts: string;
  readonly ends: string;
  readonly room?: string;
  readonly kind?: 'work' | 'plenary';
  readonly group?: string;
  readonly leads?: readonly string[];
  readonly people?: readonly string[];
}

export interface GivenBlock
  extends Pick<TimetableContent['blocks'][number], 'date' | 'starts' | 'ends' | 'kind' | 'title'> {
  readonly meal?: 'breakfast' | 'lunch' | 'dinner';
}

export interface GivenTimetable {
  readonly zone: string;
  readonly days: readonly string[];
  readonly rooms: readonly GivenRoom[];
  readonly blocks?: readonly GivenBlock[];
  readonly sessions: readonly GivenSession[];
}

/**
 * Stores a timetable as released, past the commands: for tests of what shows one. Its frame is stored
 * too. Returns the ids of rooms by key, and of sessions by title; a second call is the next version, in
 * which sessions and rooms that were there before are the same ones.
 */
export async function storeRelease(
  db: Db,
  summitId: string,
  { zone, days, rooms, blocks = [], sessions }: GivenTimetable,
): Promise<{
  readonly rooms: ReadonlyMap<string, string>;
  readonly sessions: ReadonlyMap<string, string>;
}> {
  const now = Temporal.Instant.from('2023-05-01T00:00:00Z');
  await db
    .insertInto('timetableFrame')
    .values({ summitId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  for (const date of days) {
    await db
      .insertInto('timetableDay')
      .values({ summitId, date, starts: '09:00', ends: '17:30' })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  const roomIds = new Map<string, string>();
  for (const [position, { key, name }] of rooms.entries()) {
    const { id } = await db
      .insertInto('timetableRoom')
      .values({ summitId, key, name, position, removedAt: null, capacity: null, link: null })
      .onConflict((conflict) => conflict.columns(['summitId', 'key']).doUpdateSet({ name }))
      .returning('id')
      .executeTakeFirstOrThrow();
    roomIds.set(key, id);
  }
  const sessionIds = new Map<string, string>();
  for (const { title, kind = 'work', group = null } of sessions) {
    const known = await db
      .selectFrom('timetableSession')
      .select('id')
      .where('summitId', '=', summitId)
      .where('title', '=', title)
      .executeTakeFirst();
    const { id } =
      known ??
      (await db
        .insertInto('timetableSession')
        .values({
          ...{ summitId, kind, title, text: '', topicNumber: null, groupKey: group, minutes: 90 },
          ...{ size: null, createdAt: now, createdBy: null, removedAt: null },
        })
        .returning('id')
        .executeTakeFirstOrThrow());
    sessionIds.set(title, id);
  }
  const content: TimetableContent = {
    slotMinutes: 30,
    zone,
    days: days.map((date) => ({ date, starts: '09:00', ends: '17:30' })),
    rooms: rooms.map(({ key, name }) => ({
      ...{ id: roomIds.get(key) ?? '', key, name },
      ...{ capacity: null, features: [], directions: '' },
    })),
    blocks: blocks.map((block, index) => ({
      id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
      ...{ meal: null, isProvided: true, roomId: null, place: '', text: '', ...block },
    })),
    sessions: sessions.map(
      ({ room, kind = 'work', group = null, leads = [], people = [], ...own }) => ({
        ...own,
        id: sessionIds.get(own.title) ?? '',
        kind,
        ...{ text: '', topicNumber: null, groupKey: group, track: '' },
        roomId: room === undefined ? null : (roomIds.get(room) ?? null),
        leads: [...leads],
        people: [...leads, ...people],
      }),
    ),
  };
  const { last } = await db
    .selectFrom('timetableRelease')
    .select(({ fn }) => fn.max('version').as('last'))
    .where('summitId', '=', summitId)
    .executeTakeFirstOrThrow();
  await db
    .insertInto('timetableRelease')
    .values({
      ...{ summitId, version: Number(last ?? 0) + 1, name: 'As it is', draftId: null },
      ...{ content: JSON.stringify(content), releasedAt: now, releasedBy: null },
    })
    .execute();
  return { rooms: roomIds, sessions: sessionIds };
}
