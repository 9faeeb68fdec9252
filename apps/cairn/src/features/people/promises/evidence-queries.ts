import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import { isShownTo } from '../persons/shown-identities.ts';
import type { Organiser } from '../rights.ts';
import { markValue } from './evidence-marks.ts';
import type { KnownPerson } from './evidence-people-rules.ts';

/**
 * Everybody about whom a fact can be recorded in a summit: asked, seated, waiting, helping, or with
 * evidence already. An organiser cannot ask through here whether an address is known elsewhere.
 */
const peopleOf = (summitId: string) => sql`(
  select person_id from invitation where summit_id = ${summitId}
  union select person_id from seat where summit_id = ${summitId}
  union select person_id from role where summit_id = ${summitId}
  union select person_id from evidence where summit_id = ${summitId}
)`;

/** One row of the grid. */
export interface GridPerson {
  readonly personId: string;
  readonly name: string;
}

/** One page of the people of a summit by name, and how many there are in all. */
export async function gridPeople(
  db: Reader,
  { summitId }: Organiser,
  { name, page, size }: { readonly name: string; readonly page: number; readonly size: number },
): Promise<{ readonly people: GridPerson[]; readonly count: number }> {
  const wanted = `%${name.trim().replace(/[\\%_]/g, '\\$&')}%`;
  const { rows } = await sql<GridPerson & { count: number }>`
    select id as person_id, name, count(*) over () as count from person
    where id in ${peopleOf(summitId)} and erased_at is null and name ilike ${wanted}
    order by lower(name), id limit ${size} offset ${(page - 1) * size}`.execute(db);
  return { people: rows, count: rows[0]?.count ?? 0 };
}

/** The boxes that are ticked for these people. */
export async function tickedMarks(
  db: Reader,
  { summitId }: Organiser,
  people: readonly GridPerson[],
): Promise<ReadonlySet<string>> {
  if (people.length === 0) return new Set();
  const rows = await db
    .selectFrom('evidence')
    .select(['personId', 'subject'])
    .where('summitId', '=', summitId)
    .where('kind', 'in', ['attendance', 'presence'])
    .where('withdrawnAt', 'is', null)
    .where(
      'personId',
      'in',
      people.map(({ personId }) => personId),
    )
    .execute();
  return new Set(rows.map((row) => markValue(row.personId, row)));
}

/** The people of a summit with all that its organisers know them by, for reading a table of names. */
export async function knownPeople(db: Reader, { summitId }: Organiser): Promise<KnownPerson[]> {
  const { rows } = await sql<KnownPerson>`
    select person.id as person_id, person.name,
      coalesce(array_agg(i.value::text) filter (where i.kind = 'email'), '{}') as emails,
      coalesce(array_agg(i.value::text) filter (where i.kind = 'github'), '{}') as handles
    from person
    left join person_identity i on i.person_id = person.id and ${isShownTo(summitId)}
    where person.id in ${peopleOf(summitId)} and person.erased_at is null
    group by person.id, person.name`.execute(db);
  return rows;
}

/** Which of these people belong to the summit. */
export async function belonging(
  db: Reader,
  { summitId }: Organiser,
  personIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (personIds.length === 0) return new Set();
  const { rows } = await sql<{ personId: string }>`
    select person_id from ${peopleOf(summitId)} as part
    where person_id = any(${[...personIds]}::uuid[])`.execute(db);
  return new Set(rows.map(({ personId }) => personId));
}
