import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';
import { queueSending } from './due-commands.ts';

/** Whether GitHub is told what happens here. What was on its way is forgotten when it no longer is. Event `github.sends`. */
export async function setSending(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  sends: boolean,
): Promise<Result<void, Problem>> {
  const changed = await tx
    .updateTable('githubSettings')
    .set({ sends })
    .where('summitId', '=', summitId)
    .returning('summitId')
    .executeTakeFirst();
  if (changed === undefined) return fail(notConnected());
  if (!sends) await tx.deleteFrom('githubOut').where('summitId', '=', summitId).execute();
  await recordEvent(tx, actor, { kind: 'github.sends', summitId, data: { sends } });
  return ok(undefined);
}

/** Tries at once what GitHub did not take. Event `github.retried`. */
export async function retrySending(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
): Promise<Result<void, Problem>> {
  await tx
    .updateTable('githubOut')
    .set({ notBefore: null })
    .where('summitId', '=', summitId)
    .execute();
  await queueSending(tx, summitId);
  await recordEvent(tx, actor, { kind: 'github.retried', summitId });
  return ok(undefined);
}

const notConnected = (): Problem =>
  problem('not-connected', 'This plan is not kept in step with GitHub; name its repository first.');
