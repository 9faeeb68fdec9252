import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';
import { lodgingsOf } from './lodging-queries.ts';

export interface HouseInput {
  readonly name: string;
  readonly address: string;
  readonly link: string | null;
  readonly text: string;
}

export interface RoomInput {
  readonly beds: number;
  readonly isAccessible: boolean;
  readonly nightMinor: number | null;
  readonly currency: string | null;
}

const GONE = problem('no-lodging', 'There is no such house or room any more; open the page anew.');

/** Adds a house, or changes one. Event `lodging.saved`. */
export async function saveHouse(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  houseId: string | undefined,
  house: HouseInput,
): Promise<Result<string, Problem>> {
  const { summitId } = organiser;
  const row =
    houseId === undefined
      ? await tx
          .insertInto('lodging')
          .values({
            ...house,
            ...{ summitId, removedAt: null },
            position: (await lodgingsOf(tx, organiser)).length,
          })
          .returning('id')
          .executeTakeFirst()
      : await tx
          .updateTable('lodging')
          .set(house)
          .where('id', '=', houseId)
          .where('summitId', '=', summitId)
          .where('removedAt', 'is', null)
          .returning('id')
          .executeTakeFirst();
  if (row === undefined) return fail(GONE);
  await recordEvent(tx, actor, { kind: 'lodging.saved', summitId, data: { lodging: row.id } });
  return ok(row.id);
}

/** Adds rooms that are alike, each by its name. Event `lodging.rooms_added` with their number. */
export async function addRooms(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  houseId: string,
  names: readonly string[],
  room: RoomInput,
): Promise<Result<void, Problem>> {
  const house = (await lodgingsOf(tx, organiser)).find(({ id }) => id === houseId);
  if (house === undefined) return fail(GONE);
  const known = new Set(house.rooms.map(({ name }) => name));
  const twice = names.find((name, index) => known.has(name) || names.indexOf(name) < index);
  if (twice !== undefined) {
    const sentence = `There would be two rooms called “${twice}”; give each a name of its own.`;
    return fail(problem('same-name', sentence, { path: 'names' }));
  }
  await tx
    .insertInto('lodgingRoom')
    .values(
      names.map((name, index) => ({
        ...room,
        ...{ lodgingId: houseId, name, position: house.rooms.length + index, removedAt: null },
      })),
    )
    .execute();
  await recordEvent(tx, actor, {
    kind: 'lodging.rooms_added',
    summitId: organiser.summitId,
    data: { lodging: houseId, rooms: names.length },
  });
  return ok(undefined);
}

/** Changes a room. Event `lodging.room_saved`. */
export async function saveRoom(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  roomId: string,
  room: RoomInput & { readonly name: string },
): Promise<Result<void, Problem>> {
  const houses = await lodgingsOf(tx, organiser);
  const house = houses.find(({ rooms }) => rooms.some(({ id }) => id === roomId));
  if (house === undefined) return fail(GONE);
  if (house.rooms.some(({ id, name }) => id !== roomId && name === room.name)) {
    const sentence = `There is a room called “${room.name}” already; choose another name.`;
    return fail(problem('same-name', sentence, { path: 'name' }));
  }
  await tx.updateTable('lodgingRoom').set(room).where('id', '=', roomId).execute();
  await recordEvent(tx, actor, {
    kind: 'lodging.room_saved',
    summitId: organiser.summitId,
    data: { room: roomId },
  });
  return ok(undefined);
}

/** Takes a house, or one room, off the list; refused while somebody was told to sleep there. */
export async function removeLodging(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  what: { readonly kind: 'house' | 'room'; readonly id: string },
): Promise<Result<void, Problem>> {
  const houses = await lodgingsOf(tx, organiser);
  const rooms =
    what.kind === 'house'
      ? houses.find(({ id }) => id === what.id)?.rooms
      : houses.flatMap((house) => house.rooms).filter(({ id }) => id === what.id);
  if (rooms === undefined || (what.kind === 'room' && rooms.length === 0)) return fail(GONE);
  const ids = rooms.map(({ id }) => id);
  if (ids.length > 0) {
    const told = await tx
      .selectFrom('roomingPlace')
      .innerJoin('rooming', 'rooming.id', 'roomingPlace.roomingId')
      .select('personId')
      .where('roomId', 'in', ids)
      .where('rooming.state', '=', 'set')
      .executeTakeFirst();
    if (told !== undefined) {
      const sentence =
        'Somebody was told that they sleep there. Give them another room and set it; then remove this one.';
      return fail(problem('room-in-use', sentence));
    }
    const drafts = tx
      .selectFrom('rooming')
      .select('id')
      .where('summitId', '=', organiser.summitId)
      .where('state', '=', 'draft');
    await tx
      .updateTable('roomingPlace')
      .set({ roomId: null, isKept: false })
      .where('roomId', 'in', ids)
      .where('roomingId', 'in', drafts)
      .execute();
    await tx
      .updateTable('lodgingRoom')
      .set({ removedAt: actor.now })
      .where('id', 'in', ids)
      .execute();
  }
  if (what.kind === 'house') {
    await tx
      .updateTable('lodging')
      .set({ removedAt: actor.now })
      .where('id', '=', what.id)
      .execute();
  }
  await recordEvent(tx, actor, {
    kind: 'lodging.removed',
    summitId: organiser.summitId,
    data: { [what.kind]: what.id },
  });
  return ok(undefined);
}
