import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Organiser } from '../rights.ts';
import { belonging } from './evidence-queries.ts';

/** A promise to waive, and why. */
export interface NewExcuse {
  readonly personId: string;
  /** The key of the obligation. */
  readonly obligation: string;
  readonly reason: string;
}

/**
 * Waives one promise of one person. The reason is shown to that person, together with who gave it.
 * A promise that is excused already stays excused as it is: withdraw that excuse first to change it.
 */
export async function excusePromise(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  { personId, obligation, reason }: NewExcuse,
): Promise<Result<{ readonly id: string }, Problem>> {
  const { summitId, personId: by } = organiser;
  if (by === undefined) {
    const sentence = 'An excuse is given by somebody, by name; sign in, or use a token of yours.';
    return fail(problem('needs-a-person', sentence));
  }
  const person = await tx
    .selectFrom('person')
    .select('erasedAt')
    .where('id', '=', personId)
    .forKeyShare()
    .executeTakeFirst();
  const known = await belonging(tx, organiser, [personId]);
  if (person === undefined || person.erasedAt !== null || !known.has(personId)) {
    return fail(problem('no-such-person', 'This person is not part of this summit any more.'));
  }
  const added = await tx
    .insertInto('excuse')
    .values({
      summitId,
      personId,
      obligation,
      reason,
      byPerson: by,
      at: actor.now,
      withdrawnAt: null,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['summitId', 'personId', 'obligation'])
        .where('withdrawnAt', 'is', null)
        .doNothing(),
    )
    .returning('id')
    .executeTakeFirst();
  if (added === undefined) {
    return fail(
      problem(
        'already-excused',
        'This promise has been excused already; withdraw that excuse before you give another.',
        { path: 'reason' },
      ),
    );
  }
  await recordEvent(tx, actor, {
    kind: 'promise.excused',
    summitId,
    personId,
    data: { excuse: added.id, obligation },
  });
  return ok({ id: added.id });
}

/** Takes an excuse back: the promise is judged by its evidence again. Twice is as good as once. */
export async function withdrawExcuse(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  excuseId: string,
): Promise<Result<{ readonly wasStanding: boolean }, Problem>> {
  const withdrawn = await tx
    .updateTable('excuse')
    .set({ withdrawnAt: actor.now })
    .where('id', '=', excuseId)
    .where('summitId', '=', summitId)
    .where('withdrawnAt', 'is', null)
    .returning(['personId', 'obligation'])
    .executeTakeFirst();
  if (withdrawn === undefined) return ok({ wasStanding: false });
  await recordEvent(tx, actor, {
    kind: 'promise.excuse_withdrawn',
    summitId,
    personId: withdrawn.personId,
    data: { excuse: excuseId, obligation: withdrawn.obligation },
  });
  return ok({ wasStanding: true });
}
