import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../platform/db/command.ts';
import type { Tx } from '../../platform/db/database.ts';
import type { Organiser } from '../people/rights.ts';
import { openCarried } from './carried-queries.ts';
import { stillCarried } from './carried-rules.ts';
import type { SummitDefinition } from './schema.ts';

/** Settles what a new definition no longer says as it was copied. Part of saving; returns how many. */
export async function settleChanged(
  tx: Tx,
  actor: Actor,
  summitId: string,
  definition: SummitDefinition,
): Promise<number> {
  const open = await openCarried(tx, summitId);
  const still = new Set(stillCarried(open, definition).map(({ path }) => path));
  const changed = open.map(({ path }) => path).filter((path) => !still.has(path));
  return settle(tx, actor, summitId, changed, 'changed');
}

/** Confirms carried values as true of this edition too. Those that are settled already are passed over. */
export async function confirmCarried(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  paths: readonly string[],
): Promise<Result<number, Problem>> {
  const confirmed = await settle(tx, actor, summitId, paths, 'confirmed');
  if (confirmed === 0) {
    return fail(
      problem('nothing-to-confirm', 'These values are settled already; load the list again.'),
    );
  }
  await recordEvent(tx, actor, {
    kind: 'summit.carried_confirmed',
    summitId,
    data: { confirmed },
  });
  return ok(confirmed);
}

async function settle(
  tx: Tx,
  actor: Actor,
  summitId: string,
  paths: readonly string[],
  how: 'confirmed' | 'changed',
): Promise<number> {
  if (paths.length === 0) return 0;
  const { numUpdatedRows } = await tx
    .updateTable('carriedValue')
    .set({ settledAt: actor.now, settledBy: actor.personId ?? null, settledHow: how })
    .where('summitId', '=', summitId)
    .where('path', 'in', [...paths])
    .where('settledAt', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}
