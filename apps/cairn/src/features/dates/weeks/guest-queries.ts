import type { Instant } from '@cairn/kernel/time';
import type { WeekAnswer } from '@cairn/timetable/week-ranking';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import { hashSecret } from '../../../platform/http/secret.ts';
import type { PeopleFilter } from '../../people/persons/person-filter.ts';
import { type PersonRow, peopleOf } from '../../people/persons/person-queries.ts';
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
  const said = await db
    .selectFrom('weekAnswer')
    .select(['personId', 'start', 'answer', 'note'])
    .where('summitId', '=', summitId)
    .execute();
  const answers = new Map<string, Record<string, WeekAnswer>>();
  const notes = new Map<string, Record<string, string>>();
  for (const { personId, start, answer, note } of said) {
    if (answer !== null) entryOf(answers, personId)[start] = answer;
    if (note !== '') entryOf(notes, personId)[start] = note;
  }
  return rows.map((row) => ({
    ...row,
    zone: row.zone ?? undefined,
    askedAt: row.askedAt ?? undefined,
    openedAt: row.openedAt ?? undefined,
    answeredAt: row.answeredAt ?? undefined,
    remindedAt: row.remindedAt ?? undefined,
    disownedAt: row.disownedAt ?? undefined,
    answers: answers.get(row.personId) ?? {},
    notes: notes.get(row.personId) ?? {},
  }));
}

function entryOf<T>(map: Map<string, Record<string, T>>, key: string): Record<string, T> {
  const known = map.get(key) ?? {};
  map.set(key, known);
  return known;
}

/** Invitations of those whom a poll asks when nobody says otherwise: everybody who may still come. */
const OUT: readonly (string | null)[] = ['withdrawn', 'declined'];

const EVERYBODY: PeopleFilter = {
  q: '',
  community: '',
  state: '',
  sort: 'name',
  order: 'ascending',
  page: 1,
};

/** People of the summit who are not asked, in the order of their names; those who cannot come left out. */
export async function peopleNotAsked(db: Reader, organiser: Organiser): Promise<PersonRow[]> {
  const asked = await db
    .selectFrom('weekGuest')
    .select('personId')
    .where('summitId', '=', organiser.summitId)
    .where('withdrawnAt', 'is', null)
    .execute();
  const known = new Set(asked.map(({ personId }) => personId));
  const people = await peopleOf(db, organiser, EVERYBODY, { limit: null, offset: 0 });
  return people.filter(({ personId, state }) => !known.has(personId) && !OUT.includes(state));
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
