import type { Picture } from '@cairn/formats/picture';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';
import type { MapSaid } from './map-schema.ts';

/** Adds a map with its cleaned picture. Event `map.added`. */
export async function addMap(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  said: MapSaid,
  { bytes, ...picture }: Picture,
): Promise<Result<{ readonly id: string }, Problem>> {
  const { id } = await tx
    .insertInto('venueMap')
    .values({ summitId, ...said, ...picture, content: bytes, addedAt: actor.now })
    .returning('id')
    .executeTakeFirstOrThrow();
  await recordEvent(tx, actor, { kind: 'map.added', summitId, data: { map: id } });
  return ok({ id });
}

/**
 * Says anew what a map shows. With another picture it is another map to browsers, which keep pictures for
 * ever: it gets a new id. Event `map.changed`.
 */
export async function changeMap(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  id: string,
  said: MapSaid,
  picture?: Picture,
): Promise<Result<{ readonly id: string }, Problem>> {
  const drawn = picture && { ...said, ...asColumns(picture) };
  const changed = await tx
    .updateTable('venueMap')
    .set((eb) => ({
      ...(drawn ?? said),
      ...(drawn ? { id: eb.fn<string>('gen_random_uuid') } : {}),
    }))
    .where('summitId', '=', summitId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst();
  if (changed === undefined) return fail(gone());
  await recordEvent(tx, actor, { kind: 'map.changed', summitId, data: { map: changed.id } });
  return ok(changed);
}

/** Removes a map. Event `map.removed`. */
export async function removeMap(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  id: string,
): Promise<Result<void, Problem>> {
  const removed = await tx
    .deleteFrom('venueMap')
    .where('summitId', '=', summitId)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst();
  if (removed === undefined) return fail(gone());
  await recordEvent(tx, actor, { kind: 'map.removed', summitId, data: { map: id } });
  return ok(undefined);
}

const asColumns = ({ bytes, ...picture }: Picture) => ({ ...picture, content: bytes });

const gone = () => problem('no-such-map', 'This map is not there any more; look at the list.');
