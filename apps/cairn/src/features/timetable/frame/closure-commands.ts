import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { publish } from '../../../platform/live/publish.ts';
import type { Organiser } from '../../people/rights.ts';
import { changeFrame } from './change-commands.ts';
import { closuresAfter, type Moment } from './closure-rules.ts';
import type { Stretch } from './frame-rules.ts';
import { goneRoom } from './room-commands.ts';

/** A room that cannot be used for some stretches. */
export interface ClosedRoom {
  readonly roomId: string;
  /** Of several days perhaps; `closedFrom` gives those from a moment on. */
  readonly stretches: readonly Stretch[];
  /** For organisers only. */
  readonly reason: string;
}

/** More closures than a room can have. */
const MOST_CLOSURES = 500;

/** Closes a room; nothing is moved by it. Event `frame.room_closed`; open pages hear of it. */
export const closeRoom = (
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  { roomId, stretches, reason }: ClosedRoom,
): Promise<Result<{ readonly ids: readonly string[] }, Problem>> =>
  changeFrame(tx, actor, organiser, async ({ rooms, closures }) => {
    const { summitId } = organiser;
    if (rooms.every(({ id }) => id !== roomId)) return goneRoom();
    if (stretches.length === 0) {
      return fail(problem('no-stretch', 'Say when the room is closed.', { path: 'date' }));
    }
    if (closures.length + stretches.length > MOST_CLOSURES) {
      return fail(problem('too-many-closures', 'The rooms are closed often enough; remove some.'));
    }
    const rows = await tx
      .insertInto('roomClosure')
      .values(stretches.map((stretch) => ({ ...stretch, roomId, reason })))
      .returning('id')
      .execute();
    const ids = rows.map(({ id }) => id);
    await publish(tx, `timetable:${summitId}`, { closure: roomId });
    return ok({
      value: { ids },
      event: { kind: 'frame.room_closed', data: { room: roomId, closures: ids } },
    });
  });

/** One closure that was a mistake, or all that is left of a room's closures from a moment on. */
export type Reopening =
  | { readonly closureId: string }
  | { readonly roomId: string; readonly from: Moment };

/** Opens a room again. Event `frame.room_reopened`; open pages hear of it. */
export const reopenRoom = (
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  reopening: Reopening,
): Promise<Result<void, Problem>> =>
  changeFrame(tx, actor, organiser, async ({ closures }) => {
    const { summitId } = organiser;
    const { gone, cut } = closuresAfter(closures, reopening);
    const roomId = [...gone, ...cut][0]?.roomId;
    if (roomId === undefined) {
      return fail(problem('not-closed', 'This room is open; there is nothing to open again.'));
    }
    if (gone.length > 0) {
      const ids = gone.map(({ id }) => id);
      await tx.deleteFrom('roomClosure').where('id', 'in', ids).execute();
    }
    for (const { id, ends } of cut) {
      await tx.updateTable('roomClosure').set({ ends }).where('id', '=', id).execute();
    }
    await publish(tx, `timetable:${summitId}`, { closure: roomId });
    return ok({ value: undefined, event: { kind: 'frame.room_reopened', data: { room: roomId } } });
  });
