import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { FileChange, Oid } from '../../../platform/git/repository.ts';
import type { Services } from '../../../platform/http/env.ts';
import type { PlanDocument } from '../documents/document-rules.ts';
import { noPlan } from '../threads/thread-commands.ts';
import { changesOf, followMain, readMain } from './reading-commands.ts';
import { cairnSignature, signatureOf } from './signature-queries.ts';

/** What commands of the plan need besides the transaction. */
export type PlanServices = Pick<Services, 'git' | 'url'>;

/** A document of main that is new, has changed, or is gone. */
export interface DocumentChange {
  readonly path: string;
  /** What it says now; undefined where it is gone. */
  readonly document: PlanDocument | undefined;
  readonly source: string | undefined;
}

/**
 * What follows in the database from documents of main, in the transaction that moves it: the rows
 * of topics, of decisions. Told what changed, after `plan_document` says it.
 */
export type MainProjection = (
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  summitId: string,
  changes: readonly DocumentChange[],
) => Promise<void>;

/** Makes the repository of a summit with its first commit. A summit that has one keeps it. Event `plan.founded`. */
export async function foundPlan(
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  summitId: string,
  files: readonly FileChange[],
): Promise<Result<void, Problem>> {
  await tx.selectFrom('summit').select('id').where('id', '=', summitId).forUpdate().execute();
  const known = await tx
    .selectFrom('planRepository')
    .select('head')
    .where('summitId', '=', summitId)
    .executeTakeFirst();
  if (known !== undefined) return ok(undefined);
  const repository = services.git.plan(summitId);
  await repository.create();
  const cairn = cairnSignature(services.url, actor.now);
  const written = await repository.write({
    parents: [],
    changes: files,
    author: cairn,
    committer: cairn,
    message: 'Begin the plan\n',
  });
  const head = written.commit;
  await tx
    .insertInto('planRepository')
    .values({ summitId, head, foundedAt: actor.now, movedAt: actor.now })
    .execute();
  await recordEvent(tx, actor, { kind: 'plan.founded', summitId, data: { commit: head } });
  const changes = await changesOf(tx, summitId, files, written);
  await followMain(tx, services, actor, summitId, changes);
  return ok(undefined);
}

export interface MainChange {
  readonly changes: readonly FileChange[];
  /** The first line says what; a blank line and the reason may follow. */
  readonly message: string;
  /** Whose work it is; the actor's unless said. Cairn's own where there is no person. */
  readonly authorId?: string;
}

/**
 * Commits changes to main in the name of a person, at once: what a form may change without a review.
 * Nothing is committed if the files say that already. Event `plan.moved`.
 *
 * Like every move of main it holds the plan's row until the transaction ends, so that changes follow
 * one another.
 */
export async function commitToMain(
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  summitId: string,
  { changes, message, authorId = actor.personId }: MainChange,
): Promise<Result<{ readonly commit: Oid }, Problem>> {
  const head = await lockMain(tx, summitId);
  if (head === undefined) return fail(noPlan());
  const repository = services.git.plan(summitId);
  const author =
    authorId === undefined
      ? cairnSignature(services.url, actor.now)
      : await signatureOf(tx, services.url, authorId, actor.now);
  const written = await repository.write({
    parents: [head],
    changes,
    author,
    committer: cairnSignature(services.url, actor.now),
    message: message.endsWith('\n') ? message : `${message}\n`,
  });
  const { commit, tree, treeBefore } = written;
  if (tree === treeBefore) return ok({ commit: head });
  const moved = await moveMain(tx, actor, summitId, commit);
  if (!moved.ok) return moved;
  // What a form wrote is known, so nothing has to be read from Git again.
  const changed = await changesOf(tx, summitId, changes, written);
  await followMain(tx, services, actor, summitId, changed);
  return moved;
}

/**
 * Moves main to a commit that is made already, such as a merge, and reads what it says. The commit
 * must descend from main's present one; the caller has locked main and seen to that.
 */
export async function advanceMain(
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  summitId: string,
  commit: Oid,
): Promise<Result<{ readonly commit: Oid }, Problem>> {
  const moved = await moveMain(tx, actor, summitId, commit);
  if (moved.ok) await readMain(tx, services, actor, summitId, commit);
  return moved;
}

async function moveMain(
  tx: Tx,
  actor: Actor,
  summitId: string,
  commit: Oid,
): Promise<Result<{ readonly commit: Oid }, Problem>> {
  const moved = await tx
    .updateTable('planRepository')
    .set({ head: commit, movedAt: actor.now })
    .where('summitId', '=', summitId)
    .returning('head')
    .executeTakeFirst();
  if (moved === undefined) return fail(noPlan());
  await recordEvent(tx, actor, { kind: 'plan.moved', summitId, data: { commit } });
  return ok({ commit });
}

/** Holds main for this transaction alone; the commit at which it stands, or nothing where there is no plan. */
export async function lockMain(tx: Tx, summitId: string): Promise<Oid | undefined> {
  const row = await tx
    .selectFrom('planRepository')
    .select('head')
    .where('summitId', '=', summitId)
    .forUpdate()
    .executeTakeFirst();
  return row?.head;
}

/** What to say where main moved on while somebody looked at it. */
export const mainMoved = (): Problem =>
  problem('main-moved', 'The plan was changed meanwhile; look at it as it is now, and try again.');
