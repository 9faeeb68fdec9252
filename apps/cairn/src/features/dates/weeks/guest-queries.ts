import type { Instant } from '@cairn/kernel/time';
import type { WeekAnswer } from '@cairn/timetable/week-ranking';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import { hashSecret } from '../../../platform/http/secret.ts';
import type { Organiser, Self } from '../../people/rights.ts';
import {
  countAnswers,
  type GivenAnswers,
  type GuestFacts,
  type SaidOfWeek,
  type WeekCounts,
} from './answer-rules.ts';
import { type Poll, showsCounts } from './poll-rules.ts';
import type { Week } from './week-rules.ts';

/** Somebody who is asked, as organisers see them. */
export interface Guest extends GuestFacts {
  readonly personId: string;
  readonly name: string;
  readonly zone: string | undefined;
  /** Whether a mail can reach them. */
  readonly hasAddress: boolean;
  readonly communities: readonly string[];
  readonly isNeeded: boolean;
  readonly weight: number;
  readonly remark: string;
  readonly askedAt: Instant | undefined;
  readonly openedAt: Instant | undefined;
  readonly answeredAt: Instant | undefined;
  readonly remindedAt: Instant | undefined;
  readonly disownedAt: Instant | undefined;
  /** By the first day of the week; those to weeks that are not offered among them. */
  readonly answers: Readonly<Record<string, WeekAnswer>>;
  readonly notes: Readonly<Record<string, string>>;
}

interface GuestRow {
  personId: string;
  name: string;
  zone: string | null;
  hasAddress: boolean;
  communities: string[];
  isNeeded: boolean;
  weight: number;
  remark: string;
  askedAt: Instant | null;
  openedAt: Instant | null;
  answeredAt: Instant | null;
  remindedAt: Instant | null;
  disownedAt: Instant | null;
}

/** Everybody who is asked, with what they answered; takes the proof, because no peer may see it. */
export async function guestsOf(db: Reader, { summitId }: Organiser): Promise<Guest[]> {
  const { rows } = await sql<GuestRow>`
    select g.person_id, p.name, p.zone, g.is_needed, g.weight, g.remark, g.asked_at, g.opened_at,
      g.answered_at, g.reminded_at, g.disowned_at,
      exists (
        select from person_identity i where i.person_id = p.id and i.kind = 'email'
      ) as has_address,
      array(
        select community from person_community c
        where c.person_id = p.id and c.summit_id = ${summitId} order by community
      ) as communities
    from week_guest g join person p on p.id = g.person_id
    where g.summit_id = ${summitId} and g.withdrawn_at is null and p.erased_at is null
    order by lower(p.name), p.id`.execute(db);
  const said = await answersByPerson(db, summitId);
  return rows.map((row) => ({
    ...row,
    zone: row.zone ?? undefined,
    askedAt: row.askedAt ?? undefined,
    openedAt: row.openedAt ?? undefined,
    answeredAt: row.answeredAt ?? undefined,
    remindedAt: row.remindedAt ?? undefined,
    disownedAt: row.disownedAt ?? undefined,
    answers: said.get(row.personId)?.answers ?? {},
    notes: said.get(row.personId)?.notes ?? {},
  }));
}

interface SaidByPerson {
  readonly personId: string;
  readonly answers: Readonly<Record<string, WeekAnswer>> | null;
  readonly notes: Readonly<Record<string, string>> | null;
}

/** What each person said, as one row a person: a poll of thousands has a hundred thousand answers. */
async function answersByPerson(
  db: Reader,
  summitId: string,
): Promise<ReadonlyMap<string, SaidByPerson>> {
  const { rows } = await sql<SaidByPerson>`
    select person_id,
      jsonb_object_agg(start, answer) filter (where answer is not null) as answers,
      jsonb_object_agg(start, note) filter (where note <> '') as notes
    from week_answer where summit_id = ${summitId} group by person_id`.execute(db);
  return new Map(rows.map((row) => [row.personId, row]));
}

function entryOf<T>(map: Map<string, Record<string, T>>, key: string): Record<string, T> {
  const known = map.get(key) ?? {};
  map.set(key, known);
  return known;
}

/** Somebody of the summit who is not asked. */
export interface OtherPerson {
  readonly personId: string;
  readonly name: string;
  readonly communities: readonly string[];
}

/** People of the summit who are not asked, by name; those who declined or were withdrawn left out. */
export async function peopleNotAsked(db: Reader, { summitId }: Organiser): Promise<OtherPerson[]> {
  const { rows } = await sql<OtherPerson>`
    select p.id as person_id, p.name,
      array(
        select community from person_community c
        where c.person_id = p.id and c.summit_id = ${summitId} order by community
      ) as communities
    from person p
    left join invitation v on v.person_id = p.id and v.summit_id = ${summitId}
    where p.erased_at is null and coalesce(v.state, '') not in ('declined', 'withdrawn')
      and p.id in (
        select person_id from invitation where summit_id = ${summitId}
        union select person_id from role where summit_id = ${summitId}
        union select person_id from person_community where summit_id = ${summitId}
      )
      and p.id not in (
        select person_id from week_guest where summit_id = ${summitId} and withdrawn_at is null
      )
    order by lower(p.name), p.id`.execute(db);
  return rows;
}

/** One's own part in a poll: whether one is asked, and what one said. */
export interface OwnPart extends GivenAnswers {
  readonly answeredAt: Instant | undefined;
}

/** What somebody answered themselves; undefined for somebody who is not asked. */
export async function ownPart(
  db: Reader,
  { summitId, personId }: Self,
): Promise<OwnPart | undefined> {
  const guest = await db
    .selectFrom('weekGuest')
    .select(['remark', 'answeredAt'])
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .where('withdrawnAt', 'is', null)
    .executeTakeFirst();
  if (guest === undefined) return undefined;
  const rows = await db
    .selectFrom('weekAnswer')
    .select(['start', 'answer', 'note'])
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .orderBy('start')
    .execute();
  return {
    remark: guest.remark,
    answeredAt: guest.answeredAt ?? undefined,
    weeks: new Map(
      rows.map(({ start, answer, note }): [string, SaidOfWeek] => [
        start,
        { answer: answer ?? undefined, note },
      ]),
    ),
  };
}

/** How a poll's answers are spread, without names: what may be shown to those who were asked. */
export async function countsForGuests(
  db: Reader,
  poll: Poll,
  weeks: readonly Week[],
): Promise<ReadonlyMap<string, WeekCounts> | undefined> {
  if (!showsCounts(poll)) return undefined;
  const { rows } = await sql<{ personId: string; start: string | null; answer: WeekAnswer | null }>`
    select g.person_id, a.start, a.answer
    from week_guest g join person p on p.id = g.person_id and p.erased_at is null
    left join week_answer a on a.summit_id = g.summit_id and a.person_id = g.person_id
    where g.summit_id = ${poll.summitId} and g.withdrawn_at is null`.execute(db);
  const people = new Map<string, Record<string, WeekAnswer>>();
  for (const { personId, start, answer } of rows) {
    const said = entryOf(people, personId);
    if (start !== null && answer !== null) said[start] = answer;
  }
  return countAnswers(
    weeks,
    [...people.values()].map((answers) => ({ answers })),
  );
}

/** How many were asked and how many of them answered at least one week of these. */
export async function answeredCount(
  db: Reader,
  summitId: string,
  weeks: readonly Week[],
): Promise<{ readonly asked: number; readonly answered: number }> {
  const days = weeks.map(({ id }) => id);
  const { rows } = await sql<{ asked: number; answered: number }>`
    select count(*)::int as asked,
      (count(*) filter (where exists (
        select from week_answer a
        where a.summit_id = g.summit_id and a.person_id = g.person_id
          and a.answer is not null and a.start = any(${days}::date[])
      )))::int as answered
    from week_guest g join person p on p.id = g.person_id and p.erased_at is null
    where g.summit_id = ${summitId} and g.withdrawn_at is null`.execute(db);
  return rows[0] ?? { asked: 0, answered: 0 };
}

/** What a mailed link stands for. */
export interface LinkedGuest {
  readonly linkId: string;
  readonly summitId: string;
  readonly personId: string;
  readonly name: string;
  readonly isRevoked: boolean;
  /** Still among those who are asked. */
  readonly isAsked: boolean;
}

/** Who is behind the secret of a link; undefined for a secret that never was one. */
export async function guestBehindLink(
  db: Reader,
  secret: string,
): Promise<LinkedGuest | undefined> {
  const row = await db
    .selectFrom('weekLink')
    .innerJoin('person', 'person.id', 'weekLink.personId')
    .leftJoin('weekGuest', (join) =>
      join
        .onRef('weekGuest.summitId', '=', 'weekLink.summitId')
        .onRef('weekGuest.personId', '=', 'weekLink.personId')
        .on('weekGuest.withdrawnAt', 'is', null),
    )
    .select([
      'weekLink.id as linkId',
      'weekLink.summitId',
      'weekLink.personId',
      'weekLink.revokedAt',
      'weekGuest.personId as asked',
      'person.name',
    ])
    .where('weekLink.tokenHash', '=', hashSecret(secret))
    .where('person.erasedAt', 'is', null)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { revokedAt, asked, ...rest } = row;
  return { ...rest, isRevoked: revokedAt !== null, isAsked: asked !== null };
}

/** How many links of each person still open the poll. */
export async function linkCounts(
  db: Reader,
  { summitId }: Organiser,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ personId: string; links: number }>`
    select person_id, count(*)::int as links from week_link
    where summit_id = ${summitId} and revoked_at is null group by person_id`.execute(db);
  return new Map(rows.map(({ personId, links }) => [personId, links]));
}

/** The zones of those who are asked, as far as they have said. */
export async function guestZones(
  db: Reader,
  { summitId }: Organiser,
): Promise<(string | undefined)[]> {
  const rows = await db
    .selectFrom('weekGuest')
    .innerJoin('person', 'person.id', 'weekGuest.personId')
    .select('person.zone')
    .where('weekGuest.summitId', '=', summitId)
    .where('weekGuest.withdrawnAt', 'is', null)
    .execute();
  return rows.map(({ zone }) => zone ?? undefined);
}

/** How many answers each week has, by its first day; those to weeks that are not offered, too. */
export async function answerTotals(
  db: Reader,
  summitId: string,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ start: string; answers: number }>`
    select start, count(*)::int as answers from week_answer
    where summit_id = ${summitId} and answer is not null group by start`.execute(db);
  return new Map(rows.map(({ start, answers }) => [start, answers]));
}

/**
 * Those of some people who are still asked, and of whom no event of a kind tells since a moment: a job
 * that is repeated writes to nobody twice.
 */
export async function recipientsAmong(
  db: Reader,
  summitId: string,
  personIds: readonly string[],
  { kind, since }: { readonly kind: string; readonly since: Instant },
): Promise<Pick<Guest, 'personId' | 'name' | 'zone'>[]> {
  const { rows } = await sql<{ personId: string; name: string; zone: string | null }>`
    select g.person_id, p.name, p.zone
    from week_guest g join person p on p.id = g.person_id and p.erased_at is null
    where g.summit_id = ${summitId} and g.person_id = any(${personIds}::uuid[])
      and g.withdrawn_at is null
      and not exists (
        select from event e
        where e.summit_id = g.summit_id and e.person_id = g.person_id
          and e.kind = ${kind} and e.at >= ${since}
      )
    order by lower(p.name), p.id
    for update of g`.execute(db);
  return rows.map(({ zone, ...person }) => ({ ...person, zone: zone ?? undefined }));
}
