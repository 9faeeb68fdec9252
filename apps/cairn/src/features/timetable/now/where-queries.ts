import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import { coming } from '../../people/invitations/participation-queries.ts';
import { agendaWorld } from '../agenda/agenda-queries.ts';
import { agendaOf, goesTo } from '../agenda/agenda-rules.ts';
import { presenceOf } from '../presence/presence-queries.ts';
import type { Whereabouts } from './where-rules.ts';

/** Everybody who comes, by name, with the sessions that they go to. For those who come. */
export async function whereabouts(db: Reader, summitId: string): Promise<Whereabouts[]> {
  const world = await agendaWorld(db, summitId);
  if (world === undefined) return [];
  const [people, presence] = await Promise.all([
    db
      .selectFrom('person')
      .select(['id', 'name'])
      .where('erasedAt', 'is', null)
      .where(sql<boolean>`id in ${coming(summitId)}`)
      .orderBy('name')
      .orderBy('id')
      .execute(),
    presenceOf(db, summitId),
  ]);
  return people.map(({ id, name }) => ({
    id,
    name,
    own: goesTo(agendaOf(world.current.sessions, world.factsOf(id))),
    presence: presence.get(id),
  }));
}
