import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import { unsuitedPeople } from '../../dates/weeks/week-queries.ts';
import { trackLeads } from '../../meetings/series/series-queries.ts';
import type { Summit } from '../../summits/queries.ts';

/** Who is invited to each entry of a summit's calendar, by key; erased people to none. */
export async function invitedPeople(
  db: Reader,
  { id, definition }: Pick<Summit, 'id' | 'definition'>,
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const { rows } = await sql<{ personId: string; sits: boolean; organises: boolean }>`
    with seated as (select person_id from seat where summit_id = ${id}),
    organisers as (select person_id from role where summit_id = ${id} and role = 'organiser'),
    awaited as (
      select person_id from invitation
      where summit_id = ${id} and state in ('sent', 'opened', 'accepted', 'unsure')
    )
    select p.id as person_id,
      exists (select from seated s where s.person_id = p.id) as sits,
      exists (select from organisers o where o.person_id = p.id) as organises
    from person p
    where p.erased_at is null and p.id in (
      select person_id from seated union select person_id from organisers
      union select person_id from awaited
    )
    order by p.name, p.id`.execute(db);
  const unsuited = await unsuitedPeople(db, id);
  const toWeek = rows.filter(({ personId }) => !unsuited.has(personId));
  const toCalls = rows.filter(({ sits, organises }) => sits || organises);
  const leads = await trackLeads(db, id);
  const ids = (people: readonly { readonly personId: string }[]) =>
    new Set(people.map(({ personId }) => personId));
  return new Map([
    ['summit', ids(toWeek)],
    ...definition.planning_meetings.list.map(({ key }) => {
      const ofMeeting = leads.filter(({ meeting }) => meeting === key);
      return [`meeting.${key}`, ids([...toCalls, ...ofMeeting])] as const;
    }),
  ]);
}

/** Somebody who can be written to. */
export interface Addressee {
  readonly personId: string;
  readonly name: string;
  readonly zone: string | null;
  /** Their own choice where they have several. */
  readonly address: string;
}

/** Who of these has an address, by person; whoever is known by a handle only answers on the page. */
export async function addresseesOf(
  db: Reader,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, Addressee>> {
  const { rows } = await sql<Addressee>`
    select distinct on (p.id) p.id as person_id, p.name, p.zone, i.value::text as address
    from person p join person_identity i on i.person_id = p.id and i.kind = 'email'
    where p.id = any(${[...personIds]}) and p.erased_at is null
    order by p.id, i.is_primary desc, i.value`.execute(db);
  return new Map(rows.map((row) => [row.personId, row]));
}
