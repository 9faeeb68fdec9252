import type { Instant } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import { coming, takingPart } from '../../people/invitations/participation-queries.ts';
import { deedsIn, type PlacedDeed, type Tally, tallies, tallyOf } from './ledger-rules.ts';
import { recordsOf } from './record-queries.ts';
import { ledgerSetting } from './setting-queries.ts';

/** A person of the plan. */
export interface PlanPerson {
  readonly personId: string;
  readonly name: string;
  /** Given when they first write; null until then. */
  readonly handle: string | null;
  readonly comes: boolean;
  /** When they were last invited to a review, because they had done nothing yet. */
  readonly askedAt: Instant | null;
}

/** One row of the ledger. */
export interface LedgerRow extends PlanPerson, Tally {}

/** Everybody who comes or did something in the plan, by name, with what they did. */
export async function ledgerOf(db: Reader, summitId: string): Promise<LedgerRow[]> {
  const [records, { commentWords }] = await Promise.all([
    recordsOf(db, summitId),
    ledgerSetting(db, summitId),
  ]);
  const tallied = tallies(records, commentWords);
  const people = await planPeople(db, summitId, [...tallied.keys()]);
  return people.map((person) => ({ ...person, ...tallyOf(tallied, person.personId) }));
}

const planPeople = async (
  db: Reader,
  summitId: string,
  besides: readonly string[],
): Promise<PlanPerson[]> => {
  const { rows } = await sql<PlanPerson>`
    select p.id as person_id, p.name, h.handle, p.id in ${coming(summitId)} as comes,
      (select max(asked_at) from plan_review_ask a
        where a.summit_id = ${summitId} and a.person_id = p.id) as asked_at
    from person p left join plan_handle h on h.person_id = p.id
    where p.erased_at is null
      and (p.id in ${coming(summitId)} or p.id = any(${[...besides]}::uuid[]))
    order by lower(p.name), p.id`.execute(db);
  return rows;
};

/** Somebody of the plan by handle, or by id where they have none; undefined for whoever has no part in it. */
export async function planPerson(
  db: Reader,
  summitId: string,
  who: string,
): Promise<
  { readonly personId: string; readonly name: string; readonly handle: string | null } | undefined
> {
  const { rows } = await sql<{ personId: string; name: string; handle: string | null }>`
    select p.id as person_id, p.name, h.handle
    from person p left join plan_handle h on h.person_id = p.id
    where (h.handle = ${who} or p.id::text = ${who}) and p.erased_at is null
      and (p.id in ${takingPart(summitId)}
        or exists (select from plan_thread t
          where t.summit_id = ${summitId} and t.author_id = p.id)
        or exists (select from plan_comment c
          where c.summit_id = ${summitId} and c.author_id = p.id))`.execute(db);
  return rows[0];
}

/** What one person did, counted and one by one, the newest first. */
export async function deedsOfPerson(
  db: Reader,
  summitId: string,
  personId: string,
): Promise<{ readonly tally: Tally; readonly deeds: PlacedDeed[] }> {
  const [records, { commentWords }] = await Promise.all([
    recordsOf(db, summitId),
    ledgerSetting(db, summitId),
  ]);
  return {
    tally: tallyOf(tallies(records, commentWords), personId),
    deeds: deedsIn(records).filter((deed) => deed.personId === personId),
  };
}
