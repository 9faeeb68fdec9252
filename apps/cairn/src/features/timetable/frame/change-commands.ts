import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, type EventFacts, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';
import { summitById } from '../../summits/queries.ts';
import { frameOf } from './frame-queries.ts';
import type { Frame } from './frame-rules.ts';

/** What a change of the frame gives back, and what its event says. */
interface Changed<T> {
  readonly value: T;
  readonly event: Pick<EventFacts, 'kind' | 'data'>;
}

/**
 * One change of a frame: nobody else changes it meanwhile, its revision rises, one event is recorded.
 * Refused with `no-frame` before the frame was begun.
 */
export async function changeFrame<T>(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  change: (frame: Frame) => Promise<Result<Changed<T>, Problem>>,
): Promise<Result<T, Problem>> {
  const begun = await tx
    .updateTable('timetableFrame')
    .set((eb) => ({ revision: eb('revision', '+', 1) }))
    .where('summitId', '=', summitId)
    .returning('revision')
    .executeTakeFirst();
  const frame = begun && (await frameOf(tx, await summitById(tx, summitId)));
  if (frame === undefined) {
    return fail(problem('no-frame', 'The timetable has no days yet; begin it first.'));
  }
  const changed = await change(frame);
  if (!changed.ok) return changed;
  const { value, event } = changed.value;
  const data = { ...event.data, revision: frame.revision };
  await recordEvent(tx, actor, { kind: event.kind, summitId, data });
  return ok(value);
}
