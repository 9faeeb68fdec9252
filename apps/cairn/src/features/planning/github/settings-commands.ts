import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';
import { noPlan } from '../threads/thread-commands.ts';
import { queueReading } from './due-commands.ts';
import { githubOf } from './settings-queries.ts';

export interface ChosenRepository {
  readonly owner: string;
  readonly name: string;
  readonly topicLabel: string;
}

/**
 * Keeps a plan in step with a repository from now on, beginning with all that is there. Event
 * `github.connected`.
 */
export async function connectGithub(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  { owner, name, topicLabel }: ChosenRepository,
): Promise<Result<void, Problem>> {
  const plan = await tx
    .selectFrom('planRepository')
    .select('summitId')
    .where('summitId', '=', summitId)
    .forUpdate()
    .executeTakeFirst();
  if (plan === undefined) return fail(noPlan());
  const known = await githubOf(tx, summitId);
  const isSame =
    known?.owner.toLowerCase() === owner.toLowerCase() &&
    known.name.toLowerCase() === name.toLowerCase();
  if (known !== undefined && !isSame) {
    const sentence = `${known.owner}/${known.name} is connected; disconnect it first.`;
    return fail(problem('connected-already', sentence, { path: 'repository' }));
  }
  await tx
    .insertInto('githubSettings')
    .values({
      summitId,
      owner,
      name,
      topicLabel,
      repositoryId: null,
      defaultBranch: null,
      connectedAt: actor.now,
      connectedBy: actor.personId ?? null,
      trouble: null,
      reachedAt: null,
      lastDeliveryAt: null,
      rateLimit: null,
      rateLeft: null,
      rateResetsAt: null,
      limitedUntil: null,
      mainSent: null,
    })
    .onConflict((conflict) => conflict.column('summitId').doUpdateSet({ topicLabel }))
    .execute();
  if (!isSame) await recordEvent(tx, actor, { kind: 'github.connected', summitId });
  else if (known?.topicLabel !== topicLabel) {
    await recordEvent(tx, actor, { kind: 'github.set', summitId });
  }
  await queueReading(tx, summitId);
  return ok(undefined);
}

/**
 * Reads everything again, from the first issue on: harmless, and the way to take in what says nothing
 * when it changes, such as reactions. Event `github.reread`.
 */
export async function rereadGithub(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
): Promise<Result<void, Problem>> {
  if ((await githubOf(tx, summitId)) === undefined) return fail(notConnected());
  await tx.deleteFrom('githubReading').where('summitId', '=', summitId).execute();
  await tx
    .updateTable('githubDelivery')
    .set({ state: 'waiting', tries: 0 })
    .where('summitId', '=', summitId)
    .where('state', '=', 'failed')
    .where('payload', 'is not', null)
    .execute();
  await recordEvent(tx, actor, { kind: 'github.reread', summitId });
  await queueReading(tx, summitId);
  return ok(undefined);
}

/** Goes on without GitHub: all that came from it stays. Event `github.disconnected`. */
export async function disconnectGithub(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
): Promise<Result<void, Problem>> {
  if ((await githubOf(tx, summitId)) === undefined) return fail(notConnected());
  await tx.deleteFrom('githubDue').where('summitId', '=', summitId).execute();
  await tx.deleteFrom('githubReading').where('summitId', '=', summitId).execute();
  await tx.deleteFrom('githubOut').where('summitId', '=', summitId).execute();
  await tx
    .updateTable('githubDelivery')
    .set({ state: 'kept', awaits: null, why: 'disconnected', payload: null, settledAt: actor.now })
    .where('summitId', '=', summitId)
    .where('state', 'in', ['waiting', 'early'])
    .execute();
  await tx.deleteFrom('githubSettings').where('summitId', '=', summitId).execute();
  await recordEvent(tx, actor, { kind: 'github.disconnected', summitId });
  return ok(undefined);
}

const notConnected = (): Problem =>
  problem('not-connected', 'No repository is connected; open the page again.');
