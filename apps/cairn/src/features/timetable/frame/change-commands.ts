import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { counted } from '@cairn/kernel/words';
import { type Actor, type EventFacts, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';
import { summitById } from '../../summits/queries.ts';
import { frameOf } from './frame-queries.ts';
import { type Frame, slotsOf } from './frame-rules.ts';

/** What a change of the frame gives back, and what its event says. */
interface Changed<T> {
  readonly value: T;
  readonly event: Pick<EventFacts, 'kind' | 'data'>;
}

/**
 * Slots of all days, times rooms: each is looked at whenever somebody asks where a session can be, and
 * 50,000 take a second. A week of ten-minute slots in a hundred rooms has 38,000.
 */
const MOST_PLACES = 50_000;

const placesIn = (frame: Frame): number => slotsOf(frame).length * frame.rooms.length;

/**
 * One change of a frame: nobody else changes it meanwhile, its revision rises, one event is recorded.
 * Refused with `no-frame` before the frame was begun, and with `too-many-places` where it grows beyond
 * what pages can show.
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
  const summit = await summitById(tx, summitId);
  const frame = begun && (await frameOf(tx, summit));
  if (frame === undefined) {
    return fail(problem('no-frame', 'The timetable has no days yet; begin it first.'));
  }
  const changed = await change(frame);
  if (!changed.ok) return changed;
  const places = placesIn((await frameOf(tx, summit)) ?? frame);
  if (places > Math.max(MOST_PLACES, placesIn(frame))) {
    const sentence = `That makes ${counted(places, 'place')} for sessions (slots of all days, times rooms), and pages can show ${counted(MOST_PLACES, 'place')}; make slots longer, or have fewer days or rooms.`;
    return fail(problem('too-many-places', sentence));
  }
  const { value, event } = changed.value;
  const data = { ...event.data, revision: frame.revision };
  await recordEvent(tx, actor, { kind: event.kind, summitId, data });
  return ok(value);
}
