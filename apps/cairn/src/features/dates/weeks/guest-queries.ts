import type { Instant } from '@cairn/kernel/time';
import type { WeekAnswer } from '@cairn/timetable/week-ranking';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';
import type { GuestFacts } from './answer-rules.ts';

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
