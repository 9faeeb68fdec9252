import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import type { Self } from '../../people/rights.ts';
import { type CurrentGroup, currentGroups } from '../groups/current-queries.ts';
import { type CurrentTimetable, currentTimetable } from '../release/current-queries.ts';
import { type AgendaEntry, type AgendaFacts, agendaOf } from './agenda-rules.ts';

/** What is known of everybody who may have an agenda, for the timetable that holds. */
export interface AgendaWorld {
  readonly current: CurrentTimetable;
  readonly factsOf: (personId: string) => AgendaFacts;
}

/**
 * The timetable that holds, and what agendas follow from; undefined while none was released. With a
 * person only their own marks and needs are read. For those who come.
 */
export async function agendaWorld(
  db: Reader,
  summitId: string,
  personId?: string,
): Promise<AgendaWorld | undefined> {
  const current = await currentTimetable(db, summitId);
  if (current === undefined) return undefined;
  const groups = new Map<string, readonly CurrentGroup[]>();
  for (const { date } of current.content.days) {
    groups.set(date, await currentGroups(db, summitId, date));
  }
  const [marks, needs] = await Promise.all([
    marksOf(db, summitId, personId),
    needsOf(db, summitId, personId),
  ]);
  return {
    current,
    factsOf: (id) => ({
      personId: id,
      groupOn: (date) => {
        const held = groups.get(date) ?? [];
        if (held.length === 0) return undefined;
        return held.find(({ people }) => people.includes(id))?.key ?? null;
      },
      neededIn: new Set(needs.filter((each) => each.personId === id).map((each) => each.sessionId)),
      marks: new Map(
        marks.filter((each) => each.personId === id).map((each) => [each.sessionId, each.goes]),
      ),
    }),
  };
}

const marksOf = (db: Reader, summitId: string, personId?: string) =>
  db
    .selectFrom('agendaMark')
    .innerJoin('timetableSession', 'timetableSession.id', 'agendaMark.sessionId')
    .select(['agendaMark.sessionId', 'agendaMark.personId', 'agendaMark.goes'])
    .where('timetableSession.summitId', '=', summitId)
    .$if(personId !== undefined, (query) => query.where('agendaMark.personId', '=', personId ?? ''))
    .execute();

const needsOf = (db: Reader, summitId: string, personId?: string) =>
  db
    .selectFrom('sessionPerson')
    .innerJoin('timetableSession', 'timetableSession.id', 'sessionPerson.sessionId')
    .select(['sessionPerson.sessionId', 'sessionPerson.personId'])
    .where('timetableSession.summitId', '=', summitId)
    .where('sessionPerson.part', '=', 'needed')
    .$if(personId !== undefined, (query) =>
      query.where('sessionPerson.personId', '=', personId ?? ''),
    )
    .execute();

/** Somebody's own agenda of the timetable that holds. */
export interface OwnAgenda {
  readonly current: CurrentTimetable;
  /** In order of day and time. */
  readonly entries: readonly AgendaEntry[];
}

/** One's own agenda; undefined while no timetable was released. */
export async function ownAgenda(
  db: Reader,
  { summitId, personId }: Self,
): Promise<OwnAgenda | undefined> {
  const world = await agendaWorld(db, summitId, personId);
  if (world === undefined) return undefined;
  const { current, factsOf } = world;
  return { current, entries: agendaOf(current.sessions, factsOf(personId)) };
}

/** A session of somebody's own agenda; undefined where it is not in it. */
export async function ownEntry(
  db: Reader,
  summitId: string,
  personId: string | undefined,
  sessionId: string,
): Promise<AgendaEntry | undefined> {
  const world = personId === undefined ? undefined : await agendaWorld(db, summitId, personId);
  if (world === undefined || personId === undefined) return undefined;
  const entries = agendaOf(world.current.sessions, world.factsOf(personId));
  return entries.find(({ session }) => session.id === sessionId);
}

/**
 * Says by itself whether groups are still those that they were: the moments at which they were set, and
 * how often each was changed.
 */
export async function groupsStamp(db: Reader, summitId: string): Promise<string> {
  const { rows } = await sql<{ stamp: string }>`
    select coalesce(md5(string_agg(id::text || revision::text || state, ',' order by id)), '') as stamp
    from grouping where summit_id = ${summitId} and state = 'set'`.execute(db);
  return rows[0]?.stamp ?? '';
}
