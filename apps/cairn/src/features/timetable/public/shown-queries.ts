import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';

/**
 * The names of people as a reader may know them: all of them for those who take part; for the public
 * only of those who let themselves be named on the summit's public list.
 */
export async function shownNames(
  db: Reader,
  summitId: string,
  people: Iterable<string>,
  isMember: boolean,
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(people)];
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: string; name: string }>`
    select person.id, person.name from person
    where person.id = any(${ids}::uuid[]) and person.erased_at is null and person.name <> ''
      and (${isMember} or exists (
        select from listing
        join seat on seat.summit_id = listing.summit_id and seat.person_id = listing.person_id
        where listing.summit_id = ${summitId} and listing.person_id = person.id
          and 'name' = any(listing.fields)
      ))
    order by person.name, person.id`.execute(db);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Where people join from afar what is in a room, as it is today; for those who come. */
export async function roomLink(
  db: Reader,
  summitId: string,
  roomId: string | null,
): Promise<string | undefined> {
  if (roomId === null) return undefined;
  const room = await db
    .selectFrom('timetableRoom')
    .select('link')
    .where('summitId', '=', summitId)
    .where('id', '=', roomId)
    .where('removedAt', 'is', null)
    .executeTakeFirst();
  return room?.link ?? undefined;
}
