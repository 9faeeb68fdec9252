import type { Instant } from '@cairn/kernel/time';
import type { MeetingValues } from '@cairn/timetable/meeting-model';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import { availabilitiesOf } from '../../dates/availability/availability-queries.ts';
import { organiserBusyTimes } from '../../dates/availability/busy-queries.ts';
import type { Organiser, Self } from '../../people/rights.ts';
import type { KnownPerson } from './problem-rules.ts';
import type { FoundTimes } from './proposal-rules.ts';
import type { SaidTrack, TrackLevel } from './track-rules.ts';
import type { TimeWishes } from './wishes-rules.ts';

/** Somebody of whom it is not known when they can. */
export interface UnknownPerson {
  readonly id: string;
  readonly name: string;
}

/** Those for whom times are sought. */
export interface AskedPeople {
  readonly known: readonly KnownPerson[];
  /** They count as unknown, never as able. */
  readonly unknown: readonly UnknownPerson[];
}

/** The stretch in which busy times can matter: from a month ago to two years ahead. */
const around = (now: Instant) => ({
  from: now.subtract({ hours: 24 * 31 }),
  until: now.add({ hours: 24 * 731 }),
});

/** Who is to be in the calls, with what they said of their week, of their calendars and of the tracks. */
export async function askedPeople(
  db: Reader,
  organiser: Organiser,
  whom: TimeWishes['whom'],
  now: Instant,
): Promise<AskedPeople> {
  const { summitId } = organiser;
  const { rows } = await sql<UnknownPerson>`
    select person.id, person.name from person
    where person.erased_at is null and (
      exists (select from seat where summit_id = ${summitId} and person_id = person.id)
      or (${whom} = 'invited' and exists (
        select from invitation where summit_id = ${summitId} and person_id = person.id
          and state in ('sent', 'opened', 'unsure', 'accepted')
      ))
    )
    order by lower(person.name), person.id`.execute(db);
  const weeks = await availabilitiesOf(db, organiser);
  const busy = await organiserBusyTimes(db, organiser, around(now));
  const interest = await interestsIn(db, organiser);
  const known: KnownPerson[] = [];
  const unknown: UnknownPerson[] = [];
  for (const { id, name } of rows) {
    const week = weeks.get(id);
    if (week === undefined) {
      unknown.push({ id, name });
      continue;
    }
    const { zone, cells } = week;
    const levels = Object.fromEntries(
      (interest.get(id) ?? []).map(({ track, level }) => [track, level]),
    );
    known.push({ id, name, zone, cells, busy: busy.get(id) ?? [], interest: levels });
  }
  return { known, unknown };
}

/** What everybody wants of the tracks, by person. */
async function interestsIn(
  db: Reader,
  { summitId }: Organiser,
): Promise<ReadonlyMap<string, readonly SaidTrack[]>> {
  const rows = await db
    .selectFrom('trackInterest')
    .select(['personId', 'track', 'level', 'why'])
    .where('summitId', '=', summitId)
    .orderBy('personId')
    .execute();
  const found = new Map<string, SaidTrack[]>();
  for (const { personId, ...said } of rows) {
    found.set(personId, [...(found.get(personId) ?? []), said]);
  }
  return found;
}

/** What somebody wants of the tracks. */
export const ownTracks = (db: Reader, { summitId, personId }: Self): Promise<SaidTrack[]> =>
  db
    .selectFrom('trackInterest')
    .select(['track', 'level', 'why'])
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .orderBy('track')
    .execute();

/** Who would lead which track, by the key of the track. */
export async function willingLeads(
  db: Reader,
  organiser: Organiser,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const leads = new Map<string, string[]>();
  for (const [personId, said] of await interestsIn(db, organiser)) {
    for (const { track, level } of said) {
      if (level === ('lead' satisfies TrackLevel)) {
        leads.set(track, [...(leads.get(track) ?? []), personId]);
      }
    }
  }
  return leads;
}

export const SEARCH_STATES = ['queued', 'running', 'done', 'failed', 'cancelled'] as const;
export type SearchState = (typeof SEARCH_STATES)[number];

/** How far a search is. */
export interface SearchProgress {
  readonly iterations: number;
  readonly phase: string;
  /** How many can make enough calls with the best times so far. */
  readonly enough: number;
}

/** What a search found, as it is stored. */
export interface SearchResult {
  /** Absent when the calls cannot be in this order at all. */
  readonly found?: FoundTimes;
  readonly values?: MeetingValues;
  readonly bound?: MeetingValues;
  readonly isOptimal: boolean;
  readonly provenLevels: number;
  readonly iterations: number;
  /** How many people had said when they can; and what they had said, as a short name. */
  readonly known: number;
  readonly fingerprint: string;
  /** How many can make enough, and how many could with the best fixed time of the month. */
  readonly keeping?: number;
  readonly fixed?: { readonly words: string; readonly keeping: number };
}

/** A search for times. */
export interface TimeSearch {
  readonly id: string;
  readonly wishes: TimeWishes;
  readonly state: SearchState;
  readonly progress: SearchProgress | undefined;
  readonly result: SearchResult | undefined;
  readonly createdAt: Instant;
  readonly finishedAt: Instant | undefined;
  readonly applied: FoundTimes | undefined;
  readonly appliedAt: Instant | undefined;
}

const COLUMNS = [
  'id',
  'wishes',
  'state',
  'progress',
  'result',
  'createdAt',
  'finishedAt',
  'applied',
  'appliedAt',
] as const;

/** Rows were written by this room in these shapes, so reading them back is a cast. */
const asSearch = (row: {
  id: string;
  wishes: unknown;
  state: SearchState;
  progress: unknown;
  result: unknown;
  createdAt: Instant;
  finishedAt: Instant | null;
  applied: unknown;
  appliedAt: Instant | null;
}): TimeSearch => ({
  id: row.id,
  wishes: row.wishes as TimeWishes,
  state: row.state,
  progress: (row.progress ?? undefined) as SearchProgress | undefined,
  result: (row.result ?? undefined) as SearchResult | undefined,
  createdAt: row.createdAt,
  finishedAt: row.finishedAt ?? undefined,
  applied: (row.applied ?? undefined) as FoundTimes | undefined,
  appliedAt: row.appliedAt ?? undefined,
});

/** The searches of a summit, newest first. */
export async function timeSearches(
  db: Reader,
  { summitId }: Organiser,
  limit = 20,
): Promise<TimeSearch[]> {
  const rows = await db
    .selectFrom('timeSearch')
    .select(COLUMNS)
    .where('summitId', '=', summitId)
    .orderBy('createdAt', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(asSearch);
}

/** One search of a summit. */
export async function timeSearch(
  db: Reader,
  { summitId }: Organiser,
  id: string,
): Promise<TimeSearch | undefined> {
  const row = await db
    .selectFrom('timeSearch')
    .select(COLUMNS)
    .where('summitId', '=', summitId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && asSearch(row);
}

/** The wishes and times that were put in force last, if any were. Holds nothing of any one person. */
export async function lastApplied(
  db: Reader,
  summitId: string,
): Promise<{ readonly wishes: TimeWishes; readonly applied: FoundTimes } | undefined> {
  const row = await db
    .selectFrom('timeSearch')
    .select(['wishes', 'applied'])
    .where('summitId', '=', summitId)
    .where('applied', 'is not', null)
    .orderBy('appliedAt', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && { wishes: row.wishes as TimeWishes, applied: row.applied as FoundTimes };
}

/** Whose row is a search's: for the job, which acts for the organiser who asked. */
export async function searchForJob(
  db: Reader,
  id: string,
): Promise<
  (TimeSearch & { readonly summitId: string; readonly createdBy: string | null }) | undefined
> {
  const row = await db
    .selectFrom('timeSearch')
    .select([...COLUMNS, 'summitId', 'createdBy'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row && { ...asSearch(row), summitId: row.summitId, createdBy: row.createdBy };
}
