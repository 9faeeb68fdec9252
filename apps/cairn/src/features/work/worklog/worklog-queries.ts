import type { Instant } from '@cairn/kernel/time';
import type { Reader } from '../../../platform/db/database.ts';
import type { Organiser, Self } from '../../people/rights.ts';
import { currentGroups } from '../../timetable/groups/current-queries.ts';
import { currentTimetable } from '../../timetable/release/current-queries.ts';
import {
  isEmpty,
  keyOf,
  type WorklogPlace,
  type WorklogSubject,
  type WorklogWords,
} from './worklog-rules.ts';

/** An entry as it stands. */
export interface WorklogEntry extends WorklogWords {
  readonly id: string;
  readonly date: string;
  readonly place: WorklogPlace;
  readonly revision: number;
  readonly writtenAt: Instant;
  /** Everybody who wrote in it, by name; whoever was erased is left out. */
  readonly writers: readonly string[];
}

/**
 * What has an entry on a day: the groups that hold then, by their order, and after them the sessions
 * that are no group's, in open space and otherwise, by time. Plenaries have none.
 */
export async function worklogSubjects(
  db: Reader,
  { summitId }: Self | Organiser,
  date: string,
): Promise<WorklogSubject[]> {
  const [groups, current] = await Promise.all([
    currentGroups(db, summitId, date),
    currentTimetable(db, summitId),
  ]);
  const sessions = (current?.sessions ?? []).filter(
    (session) => session.date === date && session.kind !== 'plenary' && session.groupKey === null,
  );
  return [
    ...groups.map(
      ({ key, title, topicNumber, people }): WorklogSubject => ({
        place: { groupKey: key, sessionId: null },
        kind: 'group',
        ...{ title, topicNumber, people, starts: undefined },
      }),
    ),
    ...sessions.map(
      ({ id, kind, title, topicNumber, people, starts }): WorklogSubject => ({
        place: { groupKey: null, sessionId: id },
        kind: kind === 'open' ? 'open' : 'session',
        ...{ title, topicNumber, people, starts },
      }),
    ),
  ];
}

/** What was written on a day, in no order. */
export async function entriesOf(
  db: Reader,
  { summitId }: Self | Organiser,
  date: string,
): Promise<WorklogEntry[]> {
  const rows = await db
    .selectFrom('worklogEntry')
    .select(['id', 'date', 'groupKey', 'sessionId', 'did', 'links', 'blocked', 'next'])
    .select(['revision', 'writtenAt'])
    .where('summitId', '=', summitId)
    .where('date', '=', date)
    .execute();
  return withWriters(db, rows);
}

/** The last entries of groups before a day, with what they said comes next; by group's key. */
export async function earlierEntries(
  db: Reader,
  { summitId }: Self | Organiser,
  date: string,
): Promise<ReadonlyMap<string, WorklogEntry>> {
  const rows = await db
    .selectFrom('worklogEntry')
    .distinctOn('groupKey')
    .select(['id', 'date', 'groupKey', 'sessionId', 'did', 'links', 'blocked', 'next'])
    .select(['revision', 'writtenAt'])
    .where('summitId', '=', summitId)
    .where('date', '<', date)
    .where('groupKey', 'is not', null)
    .orderBy('groupKey')
    .orderBy('date', 'desc')
    .execute();
  const entries = await withWriters(db, rows);
  return new Map(entries.map((entry) => [entry.place.groupKey ?? '', entry]));
}

type Row = Omit<WorklogEntry, 'place' | 'writers'> & {
  readonly groupKey: string | null;
  readonly sessionId: string | null;
};

async function withWriters(db: Reader, rows: readonly Row[]): Promise<WorklogEntry[]> {
  if (rows.length === 0) return [];
  const written = await db
    .selectFrom('worklogRevision')
    .innerJoin('person', 'person.id', 'worklogRevision.byPerson')
    .select(['worklogRevision.entryId', 'person.name'])
    .select((eb) => eb.fn.min('worklogRevision.revision').as('first'))
    .where(
      'worklogRevision.entryId',
      'in',
      rows.map(({ id }) => id),
    )
    .where('person.erasedAt', 'is', null)
    .groupBy(['worklogRevision.entryId', 'person.id', 'person.name'])
    .orderBy('first')
    .execute();
  return rows.flatMap(({ groupKey, sessionId, ...row }) => {
    const place: WorklogPlace | undefined =
      groupKey !== null
        ? { groupKey, sessionId: null }
        : sessionId === null
          ? undefined
          : { groupKey: null, sessionId };
    const writers = written.filter(({ entryId }) => entryId === row.id).map(({ name }) => name);
    return place === undefined ? [] : [{ ...row, place, writers }];
  });
}

/**
 * What an entry is about that has no subject on its day any more: a group that was dropped, a session
 * that was withdrawn. By the titles that they had.
 */
async function formerSubjects(
  db: Reader,
  { summitId }: Self | Organiser,
  entries: readonly Pick<WorklogEntry, 'place'>[],
): Promise<WorklogSubject[]> {
  const keys = entries.flatMap(({ place }) => place.groupKey ?? []);
  const ids = entries.flatMap(({ place }) => place.sessionId ?? []);
  const [groups, sessions] = await Promise.all([
    keys.length === 0
      ? []
      : db
          .selectFrom('workGroup')
          .innerJoin('grouping', 'grouping.id', 'workGroup.groupingId')
          .distinctOn('workGroup.key')
          .select(['workGroup.key', 'workGroup.title', 'workGroup.topicNumber'])
          .where('grouping.summitId', '=', summitId)
          .where('grouping.state', '!=', 'draft')
          .where('workGroup.key', 'in', keys)
          .orderBy('workGroup.key')
          .orderBy('grouping.setAt', 'desc')
          .execute(),
    ids.length === 0
      ? []
      : db
          .selectFrom('timetableSession')
          .select(['id', 'title', 'topicNumber'])
          .where('id', 'in', ids)
          .execute(),
  ]);
  const titles = new Map(groups.map((group) => [group.key, group]));
  return [
    ...keys.map(
      (key): WorklogSubject => ({
        place: { groupKey: key, sessionId: null },
        kind: 'group',
        title: titles.get(key)?.title ?? key,
        topicNumber: titles.get(key)?.topicNumber ?? null,
        ...{ people: [], starts: undefined },
      }),
    ),
    ...sessions.map(
      ({ id, title, topicNumber }): WorklogSubject => ({
        place: { groupKey: null, sessionId: id },
        ...{ kind: 'session', title, topicNumber, people: [], starts: undefined },
      }),
    ),
  ];
}

/** A subject of a day, with what was written of it. */
export interface WorklogPart {
  readonly subject: WorklogSubject;
  readonly entry: WorklogEntry | undefined;
  /** The last entry of the same group before this day, with what it said comes next. */
  readonly earlier: WorklogEntry | undefined;
}

/** A day’s worklog: every subject, then what was written of those that are gone. For those who come. */
export async function worklogOf(
  db: Reader,
  right: Self | Organiser,
  date: string,
): Promise<WorklogPart[]> {
  const [subjects, entries, earlier] = await Promise.all([
    worklogSubjects(db, right, date),
    entriesOf(db, right, date),
    earlierEntries(db, right, date),
  ]);
  const known = new Set(subjects.map(({ place }) => keyOf(place)));
  const former = await formerSubjects(
    db,
    right,
    entries.filter((entry) => !known.has(keyOf(entry.place)) && !isEmpty(entry)),
  );
  return [...subjects, ...former].map((subject) => ({
    subject,
    entry: entries.find(({ place }) => keyOf(place) === keyOf(subject.place)),
    earlier: earlier.get(subject.place.groupKey ?? ''),
  }));
}
