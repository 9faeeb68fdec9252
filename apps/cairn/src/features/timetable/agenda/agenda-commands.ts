import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Self } from '../../people/rights.ts';
import { currentTimetable } from '../release/current-queries.ts';

/**
 * Marks in one's own agenda that one goes to a session, does not, or (undefined) says nothing of it.
 * Event `agenda.marked`, where that changed something; tells whether it did.
 */
export async function markSession(
  tx: Tx,
  actor: Actor,
  { summitId, personId }: Self,
  { sessionId, goes }: { readonly sessionId: string; readonly goes: boolean | undefined },
): Promise<Result<{ readonly hasChanged: boolean }, Problem>> {
  const current = await currentTimetable(tx, summitId);
  if (!current?.sessions.some(({ id }) => id === sessionId)) {
    const sentence = 'This session is not in the timetable any more; choose another one.';
    return fail(problem('no-such-session', sentence));
  }
  const changed =
    goes === undefined
      ? await tx
          .deleteFrom('agendaMark')
          .where('sessionId', '=', sessionId)
          .where('personId', '=', personId)
          .returning('sessionId')
          .executeTakeFirst()
      : await tx
          .insertInto('agendaMark')
          .values({ sessionId, personId, goes, markedAt: actor.now })
          .onConflict((conflict) =>
            conflict
              .columns(['sessionId', 'personId'])
              .doUpdateSet({ goes, markedAt: actor.now })
              .where('agendaMark.goes', '!=', goes),
          )
          .returning('sessionId')
          .executeTakeFirst();
  if (changed === undefined) return ok({ hasChanged: false });
  await recordEvent(tx, actor, {
    kind: 'agenda.marked',
    summitId,
    personId,
    data: { session: sessionId, goes: goes ?? null },
  });
  return ok({ hasChanged: true });
}
