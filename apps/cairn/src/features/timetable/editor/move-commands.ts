import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';
import type { Summit } from '../../summits/queries.ts';
import { draftOf } from '../drafts/draft-queries.ts';
import type { Move } from '../drafts/draft-schema.ts';
import { changesBetween } from '../drafts/places-rules.ts';
import { placeSessions } from '../drafts/step-commands.ts';
import { timetableFacts } from '../solving/facts-queries.ts';
import { wordsOf } from './editor-rules.ts';
import { readPlaceKey } from './place-key-rules.ts';

interface TypedMove {
  readonly draftId: string;
  readonly session: string;
  /** The key of a place; empty to take the session out. */
  readonly to: string;
  /** The revision that the mover had before them. */
  readonly seen: number;
  /** The session that goes to where this one was. */
  readonly swap: string | undefined;
}

/** What a move came to, in sentences: where the session is now, and what that means for whom. */
export interface Moved {
  readonly revision: number;
  readonly said: readonly string[];
}

/**
 * Moves a session of a draft as the editor asks for it, or lets two change places, and says what
 * that changed. Event `draft.changed`, of `placeSessions`.
 */
export async function moveInDraft(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  summit: Pick<Summit, 'id' | 'definition'>,
  { draftId, session: id, to, seen, swap }: TypedMove,
): Promise<Result<Moved, Problem>> {
  const [facts, draft] = await Promise.all([
    timetableFacts(tx, summit, organiser),
    draftOf(tx, summit.id, draftId),
  ]);
  const session = facts?.sessions.find((each) => each.id === id);
  if (facts === undefined || draft === undefined || session === undefined) {
    return fail(problem('gone', 'This session is not there any more; load the page again.'));
  }
  const { frame } = facts;
  const place = to === '' ? null : readPlaceKey(to, frame.rooms);
  if (place === undefined) {
    const sentence = 'There is no such place; choose a day, a time and a room of the timetable.';
    return fail(problem('no-place', sentence, { path: 'when' }));
  }
  const from = draft.placements.find(({ sessionId }) => sessionId === id);
  const moves: Move[] = [{ sessionId: id, to: place }];
  if (swap !== undefined) {
    if (from === undefined) {
      return fail(problem('no-swap', 'What has no place cannot change places; move one of them.'));
    }
    const { date, starts, roomId } = from;
    moves.push({ sessionId: swap, to: { date, starts, roomId } });
  }
  const placed = await placeSessions(tx, actor, organiser, { draftId, seen, moves });
  if (!placed.ok) return placed;
  const after = (await draftOf(tx, summit.id, draftId))?.placements ?? [];
  const { breaks, costs, gains } = changesBetween(facts, draft.placements, after);
  const where =
    place === null
      ? `“${session.title}” is out of the timetable.`
      : `“${session.title}” is now on ${wordsOf(frame).place(place, session)}.`;
  const other = facts.sessions.find((each) => each.id === swap);
  return ok({
    revision: placed.value.revision,
    said: [
      other === undefined ? where : `${where} It changed places with “${other.title}”.`,
      ...breaks.map((sentence) => `Conflict: ${sentence}`),
      ...costs,
      ...gains,
    ],
  });
}
