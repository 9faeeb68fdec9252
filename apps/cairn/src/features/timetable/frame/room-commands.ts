import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { counted, listed } from '@cairn/kernel/words';
import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';
import { keyFrom, unusedKey } from '../../summits/key-rules.ts';
import { changeFrame } from './change-commands.ts';
import type { Room } from './frame-rules.ts';
import { stretchWords } from './frame-words-rules.ts';

/** More rooms than any venue lends. */
const MOST_ROOMS = 200;

/** What a room is to be; its key is made from its first name and stays. */
export interface SavedRoom extends Omit<Room, 'id' | 'key'> {
  readonly id?: string | undefined;
}

/** Saves a room. Event `frame.room_saved`. Refused where another one has its name. */
export const saveRoom = (
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  { id, ...room }: SavedRoom,
): Promise<Result<{ readonly id: string; readonly key: string }, Problem>> =>
  changeFrame(tx, actor, organiser, async ({ rooms }) => {
    const { summitId } = organiser;
    const known = rooms.find((each) => each.id === id);
    if (id !== undefined && known === undefined) return goneRoom();
    const same = rooms.find((each) => each.id !== id && isSameName(each.name, room.name));
    if (same !== undefined) {
      const sentence = `There is a room “${same.name}” already; give this one another name.`;
      return fail(problem('room-twice', sentence, { path: 'name' }));
    }
    const values = { ...room, features: [...new Set(room.features)] };
    if (known !== undefined) {
      await tx.updateTable('timetableRoom').set(values).where('id', '=', known.id).execute();
      return ok(saved(known));
    }
    if (rooms.length >= MOST_ROOMS) {
      const sentence = `A timetable has at most ${counted(MOST_ROOMS, 'room')}.`;
      return fail(problem('too-many-rooms', sentence));
    }
    // Those that were removed keep their keys: their addresses were given to people.
    const before = await tx
      .selectFrom('timetableRoom')
      .select(['key', 'position'])
      .where('summitId', '=', summitId)
      .execute();
    const key = unusedKey(keyFrom(room.name), new Set(before.map((each) => each.key)));
    const position = Math.max(0, ...before.map((each) => each.position + 1));
    const added = await tx
      .insertInto('timetableRoom')
      .values({ ...values, summitId, key, position, removedAt: null })
      .returning(['id', 'key'])
      .executeTakeFirstOrThrow();
    return ok(saved(added));
  });

const saved = ({ id, key }: Pick<Room, 'id' | 'key'>) => ({
  value: { id, key },
  event: { kind: 'frame.room_saved', data: { room: id } },
});

const isSameName = (one: string, other: string): boolean =>
  one.localeCompare(other, 'en', { sensitivity: 'accent' }) === 0;

/** Moves a room one place up or down in the order in which people see them. Event `frame.room_moved`. */
export const moveRoom = (
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  { id, by }: { readonly id: string; readonly by: -1 | 1 },
): Promise<Result<void, Problem>> =>
  changeFrame(tx, actor, organiser, async ({ rooms }) => {
    const at = rooms.findIndex((room) => room.id === id);
    if (at < 0) return goneRoom();
    const order = rooms.filter((room) => room.id !== id).map((room) => room.id);
    order.splice(Math.max(0, at + by), 0, id);
    for (const [position, room] of order.entries()) {
      await tx.updateTable('timetableRoom').set({ position }).where('id', '=', room).execute();
    }
    return ok({ value: undefined, event: { kind: 'frame.room_moved', data: { room: id } } });
  });

/**
 * Removes a room; what was released keeps it. Event `frame.room_removed`. Refused while a block is
 * in it.
 */
export const removeRoom = (
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  { id }: { readonly id: string },
): Promise<Result<void, Problem>> =>
  changeFrame(tx, actor, organiser, async ({ rooms, blocks }) => {
    const room = rooms.find((each) => each.id === id);
    if (room === undefined) return goneRoom();
    const inIt = blocks.filter(({ roomId }) => roomId === id);
    if (inIt.length > 0) {
      const what = listed(inIt.map((block) => `${block.title} (${stretchWords(block)})`));
      const sentence = `In “${room.name}” there is ${what}; give it another place first.`;
      return fail(problem('room-in-use', sentence));
    }
    await tx
      .updateTable('timetableRoom')
      .set({ removedAt: actor.now })
      .where('id', '=', id)
      .execute();
    return ok({ value: undefined, event: { kind: 'frame.room_removed', data: { room: id } } });
  });

export const goneRoom = () =>
  fail(problem('no-room', 'This room is gone; look at the rooms again.', { path: 'room' }));
