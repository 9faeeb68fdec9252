import { type Instant, Temporal } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import { PROPOSED_SETTINGS } from '../../meetings/attendance/attendance-settings-rules.ts';
import type { Summit } from '../../summits/queries.ts';
import type { Obligation } from '../../summits/schema.ts';
import { lastAcceptance } from '../agreement/agreement-queries.ts';
import { agreementOf } from '../agreement/agreement-rules.ts';
import type { Organiser, Self } from '../rights.ts';
import { belonging } from './evidence-queries.ts';
import { agreedWith } from './obligation-agreed.ts';
import {
  type BoardRow,
  type JudgedPromise,
  judgeEveryone,
  judgePromises,
} from './obligation-board.ts';
import { obligationCalendar, rulesReplaced } from './obligation-calendar.ts';
import type {
  EarlierRule,
  Evidence,
  EvidenceKind,
  Excuse,
  Excuses,
  ObligationCalendar,
} from './obligation-rules.ts';

/**
 * Everybody who takes part in a summit, with each promise judged, in the order of need. A handful of
 * queries whatever the number of people; the judging is done in memory.
 */
export async function promiseBoard(
  db: Reader,
  { summitId }: Organiser,
  summit: Summit,
  now: Instant,
): Promise<BoardRow[]> {
  const evidence = await evidenceByPerson(db, summitId);
  return judged(db, summit, await bound(db, summitId), evidence, now);
}

/**
 * The promises of people who let the public see them, by person. Give it only those who consented:
 * it asks for no right because their consent is one.
 */
export async function judgedFor(
  db: Reader,
  summit: Summit,
  consenting: readonly string[],
  now: Instant,
): Promise<ReadonlyMap<string, readonly JudgedPromise[]>> {
  if (consenting.length === 0) return new Map();
  const rows = await judged(
    db,
    summit,
    await bound(db, summit.id, consenting),
    await evidenceByPerson(db, summit.id, consenting),
    now,
  );
  return new Map(rows.map(({ personId, promises }) => [personId, promises]));
}

async function judged(
  db: Reader,
  summit: Summit,
  people: Awaited<ReturnType<typeof bound>>,
  evidence: ReadonlyMap<string, readonly Evidence[]>,
  now: Instant,
): Promise<BoardRow[]> {
  const versions = await agreementVersions(db, summit.id);
  const excuses = await excusesByPerson(db, summit.id);
  return judgeEveryone(
    people.map(({ personId, name, seat, version }) => ({
      personId,
      name,
      seat: seat ?? undefined,
      accepted: version === null ? undefined : versions.get(version),
      evidence: evidence.get(personId) ?? [],
      excuses: excuses.get(personId) ?? new Map(),
    })),
    agreementOf(summit.definition).obligations,
    await calendarOf(db, summit, now),
    now,
  );
}

/** A fact with where it came from. */
export interface RecordedFact extends Evidence {
  readonly id: string;
  readonly source: string;
  readonly recordedBy: string | undefined;
}

/** An excuse with its id and its moment: from a whole promise, or from one occasion. */
export interface GivenExcuse extends Excuse {
  readonly id: string;
  readonly obligation: string | null;
  readonly occasion: string | null;
  readonly at: Instant;
}

/** Everything about one person's promises. */
export interface PersonPromises {
  readonly personId: string;
  readonly name: string;
  readonly acceptedVersion: number | undefined;
  readonly acceptedAt: Instant | undefined;
  readonly promises: readonly JudgedPromise[];
  readonly dropped: readonly Obligation[];
  readonly unpromised: readonly Obligation[];
  readonly facts: readonly RecordedFact[];
  readonly excuses: readonly GivenExcuse[];
}

/** One person's own promises. */
export const ownPromises = (
  db: Reader,
  { personId }: Self,
  summit: Summit,
  now: Instant,
): Promise<PersonPromises | undefined> => promisesOf(db, summit, personId, now);

/** The promises of anybody in the summit, for its organisers; undefined when they are not in it. */
export async function promisesOfPerson(
  db: Reader,
  organiser: Organiser,
  summit: Summit,
  personId: string,
  now: Instant,
): Promise<PersonPromises | undefined> {
  const known = await belonging(db, organiser, [personId]);
  return known.has(personId) ? promisesOf(db, summit, personId, now) : undefined;
}

async function promisesOf(
  db: Reader,
  summit: Summit,
  personId: string,
  now: Instant,
): Promise<PersonPromises | undefined> {
  const person = await db
    .selectFrom('person')
    .select('name')
    .where('id', '=', personId)
    .executeTakeFirst();
  if (person === undefined) return undefined;
  const accepted = await lastAcceptance(db, summit.id, personId);
  const facts = await factsOf(db, summit.id, personId);
  const excuses = await excusesOf(db, summit.id, personId);
  const agreed = agreedWith(agreementOf(summit.definition).obligations, accepted?.obligations);
  const calendar = await calendarOf(db, summit, now);
  const waived = new Map(
    excuses.map((excuse) => [excuse.obligation ?? excuse.occasion ?? '', excuse]),
  );
  return {
    personId,
    name: person.name,
    acceptedVersion: accepted?.version,
    acceptedAt: accepted?.acceptedAt,
    promises: judgePromises(agreed.promised, facts, waived, calendar, now),
    dropped: agreed.dropped,
    unpromised: agreed.unpromised,
    facts,
    excuses,
  };
}

/** The obligations of each published version of the agreement. */
async function agreementVersions(
  db: Reader,
  summitId: string,
): Promise<ReadonlyMap<number, readonly Obligation[]>> {
  const rows = await db
    .selectFrom('agreementVersion')
    .select(['version', 'obligations'])
    .where('summitId', '=', summitId)
    .execute();
  // Written from a validated definition.
  return new Map(rows.map((row) => [row.version, row.obligations as Obligation[]]));
}

/**
 * Whoever holds a seat or accepted their invitation, with the version they accepted last; of all, or
 * of these people only.
 */
async function bound(db: Reader, summitId: string, only?: readonly string[]) {
  const isAsked = sql`(${only === undefined} or person_id = any(${[...(only ?? [])]}::uuid[]))`;
  const { rows } = await sql<{
    personId: string;
    name: string;
    seat: number | null;
    version: number | null;
  }>`
    with part as (
      select person_id from seat where summit_id = ${summitId} and ${isAsked}
      union
      select person_id from invitation
      where summit_id = ${summitId} and state = 'accepted' and ${isAsked}
    ), accepted as (
      select person_id, max(version) as version
      from agreement_acceptance where summit_id = ${summitId} and ${isAsked} group by person_id
    )
    select person.id as person_id, person.name, seat.number as seat, accepted.version
    from part
    join person on person.id = part.person_id and person.erased_at is null
    left join seat on seat.summit_id = ${summitId} and seat.person_id = part.person_id
    left join accepted on accepted.person_id = part.person_id`.execute(db);
  return rows;
}

async function evidenceByPerson(
  db: Reader,
  summitId: string,
  only?: readonly string[],
): Promise<ReadonlyMap<string, readonly Evidence[]>> {
  // One row and one JSON text per person: taking 35,000 rows apart would cost more than judging them.
  const { rows } = await sql<{ personId: string; facts: [EvidenceKind, string, number][] }>`
    select person_id,
      json_agg(json_build_array(kind, subject, floor(extract(epoch from at) * 1000))) as facts
    from evidence
    where summit_id = ${summitId} and withdrawn_at is null
      and (${only === undefined} or person_id = any(${[...(only ?? [])]}::uuid[]))
    group by person_id`.execute(db);
  return new Map(
    rows.map(({ personId, facts }) => [
      personId,
      facts.map(([kind, subject, ms]) => ({
        kind,
        subject,
        at: Temporal.Instant.fromEpochMilliseconds(ms),
      })),
    ]),
  );
}

async function excusesByPerson(
  db: Reader,
  summitId: string,
): Promise<ReadonlyMap<string, Excuses>> {
  const rows = await db
    .selectFrom('excuse')
    .innerJoin('person as by', 'by.id', 'excuse.byPerson')
    .select(['excuse.personId', 'excuse.obligation', 'excuse.occasion'])
    .select(['excuse.reason', 'by.name as by'])
    .where('excuse.summitId', '=', summitId)
    .where('excuse.withdrawnAt', 'is', null)
    .execute();
  const byPerson = new Map<string, Map<string, Excuse>>();
  for (const { personId, obligation, occasion, reason, by } of rows) {
    const excuses = byPerson.get(personId) ?? new Map<string, Excuse>();
    byPerson.set(personId, excuses.set(obligation ?? occasion ?? '', { reason, by }));
  }
  return byPerson;
}

async function factsOf(db: Reader, summitId: string, personId: string): Promise<RecordedFact[]> {
  const rows = await db
    .selectFrom('evidence')
    .leftJoin('person as recorder', 'recorder.id', 'evidence.recordedBy')
    .select([
      'evidence.id',
      'evidence.kind',
      'evidence.subject',
      'evidence.at',
      'evidence.source',
      'recorder.name as recordedBy',
    ])
    .where('evidence.summitId', '=', summitId)
    .where('evidence.personId', '=', personId)
    .where('evidence.withdrawnAt', 'is', null)
    .orderBy('evidence.at')
    .orderBy('evidence.subject')
    .execute();
  return rows.map((row) => ({ ...row, recordedBy: row.recordedBy ?? undefined }));
}

const excusesOf = (db: Reader, summitId: string, personId: string): Promise<GivenExcuse[]> =>
  db
    .selectFrom('excuse')
    .innerJoin('person as by', 'by.id', 'excuse.byPerson')
    .select(['excuse.id', 'excuse.obligation', 'excuse.occasion', 'excuse.reason', 'excuse.at'])
    .select('by.name as by')
    .where('excuse.summitId', '=', summitId)
    .where('excuse.personId', '=', personId)
    .where('excuse.withdrawnAt', 'is', null)
    .execute();

/** What promises are judged against in a summit at a moment. */
const calendarOf = async (db: Reader, summit: Summit, now: Instant): Promise<ObligationCalendar> =>
  obligationCalendar(
    summit.definition,
    await recordedSubjects(db, summit, now),
    await earlierRules(db, summit, now),
  );

/**
 * What has been recorded for at least one person, so that a gap means absence. That somebody watched
 * the recording says nothing of the others; that somebody checked in does so only once nobody can any more.
 */
async function recordedSubjects(
  db: Reader,
  { id, definition }: Summit,
  now: Instant,
): Promise<ReadonlySet<string>> {
  const { minutes } = definition.planning_meetings;
  const { rows } = await sql<{ subject: string }>`
    select distinct subject from evidence
    left join meeting_settings on meeting_settings.summit_id = evidence.summit_id
    where evidence.summit_id = ${id} and kind in ('attendance', 'presence') and withdrawn_at is null
      and source <> 'recording'
      and (source <> 'self' or at + make_interval(mins =>
        ${minutes}::int + coalesce(check_in_after, ${PROPOSED_SETTINGS.checkInAfter}::int)) <= ${now})`.execute(
    db,
  );
  return new Set(rows.map(({ subject }) => subject));
}

/**
 * The rules about meetings that were changed while the summit runs, with when each was in force. Asked
 * about a definition that is not stored, as a preview does, the stored rule is one of them.
 */
async function earlierRules(
  db: Reader,
  { id, definition }: Summit,
  now: Instant,
): Promise<EarlierRule[]> {
  const { rows } = await sql<{ obligation: string; meetings: number; at: Instant }>`
    select o->>'key' as obligation, (o->'rule'->>'meetings')::int as meetings, at
    from summit_revision, jsonb_array_elements(definition->'agreement'->'obligations') as o
    where summit_id = ${id} and o->'rule'->>'kind' = 'attend'
    order by revision`.execute(db);
  const asked = definition.agreement.obligations.flatMap(({ key, rule }) =>
    rule.kind === 'attend' ? [{ obligation: key, meetings: rule.meetings, at: now }] : [],
  );
  return rulesReplaced([...rows, ...asked]);
}
