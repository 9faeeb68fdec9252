import type { Instant } from '@cairn/kernel/time';
import type { Reader } from '../../../platform/db/database.ts';
import type { Summit } from '../../summits/queries.ts';
import { frameOf } from '../frame/frame-queries.ts';
import { currentTimetable } from '../release/current-queries.ts';
import { type Need, type OpenSpace, wallNow } from './space-rules.ts';

/**
 * The free space of a summit at a moment; undefined while it has no days, or no timetable was released
 * yet: what is free is not known before.
 */
export async function openSpaceOf(
  db: Reader,
  summit: Pick<Summit, 'id' | 'definition'>,
  now: Instant,
): Promise<OpenSpace | undefined> {
  const frame = await frameOf(db, summit);
  if (frame === undefined) return undefined;
  const current = await currentTimetable(db, summit.id);
  if (current === undefined) return undefined;
  const { content, sessions } = current;
  const released = new Set(content.sessions.map(({ id }) => id));
  return {
    frame,
    released: content,
    open: sessions.filter(({ id }) => !released.has(id)),
    now: wallNow(now, frame.zone),
  };
}

/** Somebody, for others who take part. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/**
 * Who said that they go to sessions of open space, besides those who put them there; by session and
 * name. For those who come.
 */
export async function goersOf(
  db: Reader,
  sessionIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Named[]>> {
  if (sessionIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('agendaMark')
    .innerJoin('person', 'person.id', 'agendaMark.personId')
    .select(['agendaMark.sessionId', 'person.id', 'person.name'])
    .where('agendaMark.sessionId', 'in', sessionIds)
    .where('agendaMark.goes', '=', true)
    .where('person.erasedAt', 'is', null)
    .orderBy('person.name')
    .execute();
  return Map.groupBy(rows, ({ sessionId }) => sessionId);
}

/** The names of people, by their ids; whoever was erased has none. For those who come. */
export async function namesOf(
  db: Reader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('person')
    .select(['id', 'name'])
    .where('id', 'in', ids)
    .where('erasedAt', 'is', null)
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** What a session needs of a place. */
export async function needOf(db: Reader, sessionId: string): Promise<Need> {
  return db
    .selectFrom('timetableSession')
    .select(['minutes', 'size', 'needs'])
    .where('id', '=', sessionId)
    .executeTakeFirstOrThrow();
}

/** A session of open space as it stands, or stood last, with its room. */
export const claimedSession = (db: Reader, sessionId: string) =>
  db
    .selectFrom('openSession')
    .innerJoin('timetableSession', 'timetableSession.id', 'openSession.sessionId')
    .innerJoin('timetableRoom', 'timetableRoom.id', 'openSession.roomId')
    .select(['timetableSession.title', 'timetableSession.minutes', 'openSession.date'])
    .select(['openSession.starts', 'openSession.claimedBy', 'timetableRoom.name as room'])
    .where('openSession.sessionId', '=', sessionId)
    .executeTakeFirst();
