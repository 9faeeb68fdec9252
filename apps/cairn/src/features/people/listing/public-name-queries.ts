import type { Reader } from '../../../platform/db/database.ts';

/**
 * The names of those of these people who let the public see them, by id: they have a seat and chose it.
 * Names of others are not even read.
 */
export async function publicNames(
  db: Reader,
  summitId: string,
  personIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (personIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('listing')
    .innerJoin('seat', (join) =>
      join
        .onRef('seat.summitId', '=', 'listing.summitId')
        .onRef('seat.personId', '=', 'listing.personId'),
    )
    .innerJoin('person', 'person.id', 'listing.personId')
    .select(['person.id', 'person.name'])
    .where('listing.summitId', '=', summitId)
    .where('person.id', 'in', [...new Set(personIds)])
    .where('person.erasedAt', 'is', null)
    .where((eb) => eb(eb.val('name'), '=', eb.fn.any('listing.fields')))
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}
