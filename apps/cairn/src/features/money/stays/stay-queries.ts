import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import { coming } from '../../people/invitations/participation-queries.ts';
import type { Organiser, Self, Treasurer } from '../../people/rights.ts';
import type { HostedStay, OwnStay, Stay } from './stay-rules.ts';

const common = sql`
  coming.person_id as "personId", stay.person_id is not null as "hasSaid",
  coalesce(stay.from_city, '') as "fromCity", stay.from_country as "fromCountry",
  stay.from_airport as "fromAirport",
  case when presence.person_id is null then stay.arrives_on else presence.arrives_on end as "arrivesOn",
  case when presence.person_id is null then stay.leaves_on else presence.leaves_on end as "leavesOn",
  coalesce(presence.is_remote, false) as "isRemote",
  coalesce(stay.extra_reason, '') as "extraReason", stay.extra_paid_by as "extraPaidBy",
  coalesce(stay.extra_state, 'none') as "extraState", coalesce(stay.extra_answer, '') as "extraAnswer",
  coalesce(stay.extra_nights, '{}') as "extraNights", coalesce(stay.room, 'shared') as room,
  coalesce(stay.single_state, 'none') as "singleState", coalesce(stay.revision, 0) as revision`;
const hosting = sql`
  coalesce(stay.single_reason, '') as "singleReason", coalesce(stay.single_answer, '') as "singleAnswer",
  coalesce(stay.shares_with, 'anyone') as "sharesWith", coalesce(stay.note, '') as note`;

/** Days are those of the presence, wherever they were said: what holds in the timetable holds for rooms. */
const tables = (summitId: string) => sql`
  (select person_id from ${coming(summitId)} as people) as coming
  join person on person.id = coming.person_id and person.erased_at is null
  left join stay on stay.summit_id = ${summitId} and stay.person_id = coming.person_id
  left join presence on presence.summit_id = ${summitId} and presence.person_id = coming.person_id`;

/** The stays of all who come and said something of them or of their days, by name. */
export async function staysOf(db: Reader, right: Organiser | Treasurer): Promise<readonly Stay[]> {
  const { rows } = await sql<Stay>`
    select ${common} from ${tables(right.summitId)}
    where stay.person_id is not null or presence.person_id is not null
    order by person.name, person.id`.execute(db);
  return rows;
}

/** The stays of all who come, those who said nothing among them, by name. */
export async function hostedStays(
  db: Reader,
  organiser: Organiser,
): Promise<readonly HostedStay[]> {
  const { rows } = await sql<HostedStay>`
    select ${common}, ${hosting}, person.name from ${tables(organiser.summitId)}
    order by person.name, person.id`.execute(db);
  return rows;
}

/** One's own stay; undefined where one does not come, or said nothing yet. */
export async function ownStay(db: Reader, self: Self): Promise<OwnStay | undefined> {
  const { rows } = await sql<OwnStay>`
    select ${common}, ${hosting}, coalesce(stay.habits, '{}') as habits
    from ${tables(self.summitId)}
    where coming.person_id = ${self.personId}
      and (stay.person_id is not null or presence.person_id is not null)`.execute(db);
  return rows[0];
}
