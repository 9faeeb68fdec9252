import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../platform/db/command.ts';
import type { Tx } from '../../platform/db/database.ts';
import type { Organiser } from '../people/rights.ts';
import { lockSummit } from '../summits/queries.ts';

/** Which step of which phase, by their keys, and whether it is done. */
export interface Tick {
  readonly phase: string;
  readonly step: string;
  readonly done: boolean;
}

/** Ticks a step of the plan as done, or takes the tick away. Twice is the same as once. */
export async function tickStep(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  { phase, step, done }: Tick,
): Promise<Result<void, Problem>> {
  const { definition } = await lockSummit(tx, summitId);
  const isPlanned = definition.phases.some(
    ({ key, steps }) => key === phase && steps.some((each) => each.key === step),
  );
  if (!isPlanned) {
    return fail(
      problem('no-such-step', 'This step is no longer in the plan; load the page again.'),
    );
  }
  const changed = done
    ? await tx
        .insertInto('stepDone')
        .values({ summitId, phase, step, doneAt: actor.now, doneBy: actor.personId ?? null })
        .onConflict((conflict) => conflict.doNothing())
        .returning('step')
        .execute()
    : await tx
        .deleteFrom('stepDone')
        .where('summitId', '=', summitId)
        .where('phase', '=', phase)
        .where('step', '=', step)
        .returning('step')
        .execute();
  if (changed.length === 0) return ok(undefined);
  await recordEvent(tx, actor, {
    kind: done ? 'plan.step_done' : 'plan.step_reopened',
    summitId,
    data: { phase, step },
  });
  return ok(undefined);
}
