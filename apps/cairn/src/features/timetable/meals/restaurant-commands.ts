import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';
import type { Restaurant } from './table-queries.ts';

export type SaidRestaurant = Omit<Restaurant, 'id' | 'diets'> & { readonly diets: string[] };

const GONE = problem('no-restaurant', 'This restaurant is not in the list any more.');

/** Adds a restaurant nearby. Event `restaurant.added`. */
export async function addRestaurant(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  said: SaidRestaurant,
): Promise<Result<string, Problem>> {
  const { id } = await tx
    .insertInto('restaurant')
    .values({ summitId, ...said, removedAt: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  await recordEvent(tx, actor, {
    kind: 'restaurant.added',
    summitId,
    data: { restaurant: id, seats: said.seats },
  });
  return ok(id);
}

/** Says a restaurant anew. Tables that were proposed there stay until they are proposed again. Event `restaurant.changed`. */
export async function changeRestaurant(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  { id, ...said }: SaidRestaurant & { readonly id: string },
): Promise<Result<undefined, Problem>> {
  const { numUpdatedRows } = await tx
    .updateTable('restaurant')
    .set(said)
    .where('id', '=', id)
    .where('summitId', '=', summitId)
    .where('removedAt', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return fail(GONE);
  const data = { restaurant: id, seats: said.seats };
  await recordEvent(tx, actor, { kind: 'restaurant.changed', summitId, data });
  return ok(undefined);
}

/** Takes a restaurant off the list; tables that are there keep its name. Event `restaurant.removed`. */
export async function removeRestaurant(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  id: string,
): Promise<Result<undefined, Problem>> {
  const { numUpdatedRows } = await tx
    .updateTable('restaurant')
    .set({ removedAt: actor.now })
    .where('id', '=', id)
    .where('summitId', '=', summitId)
    .where('removedAt', 'is', null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return fail(GONE);
  const data = { restaurant: id };
  await recordEvent(tx, actor, { kind: 'restaurant.removed', summitId, data });
  return ok(undefined);
}
