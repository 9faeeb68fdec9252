import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { FileChange, Oid, Repository, TreeFile } from '../../../platform/git/repository.ts';
import type { Services } from '../../../platform/http/env.ts';
import { type PlanDocument, readPlanDocument } from '../documents/document-rules.ts';
import { kindOfPath } from '../documents/kind-rules.ts';
import { MAIN_PROJECTIONS } from '../projections.ts';
import { noPlan } from '../threads/thread-commands.ts';
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

/** Files above this are kept in Git and not read as text of the plan. */
const LARGEST_DOCUMENT = 1024 * 1024;

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
  const head = await repository.commit({
    parents: [],
    changes: files,
    author: cairn,
    committer: cairn,
    message: 'Begin the plan\n',
  });
  await tx
    .insertInto('planRepository')
    .values({ summitId, head, foundedAt: actor.now, movedAt: actor.now })
    .execute();
  await recordEvent(tx, actor, { kind: 'plan.founded', summitId, data: { commit: head } });
  await readMain(tx, services, actor, summitId, head);
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
  const commit = await repository.commit({
    parents: [head],
    changes,
    author,
    committer: cairnSignature(services.url, actor.now),
    message: message.endsWith('\n') ? message : `${message}\n`,
  });
  const [before, after] = await Promise.all([
    repository.resolve(`${head}^{tree}`),
    repository.resolve(`${commit}^{tree}`),
  ]);
  if (before === after) return ok({ commit: head });
  return advanceMain(tx, services, actor, summitId, commit);
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
  const moved = await tx
    .updateTable('planRepository')
    .set({ head: commit, movedAt: actor.now })
    .where('summitId', '=', summitId)
    .returning('head')
    .executeTakeFirst();
  if (moved === undefined) return fail(noPlan());
  await recordEvent(tx, actor, { kind: 'plan.moved', summitId, data: { commit } });
  await readMain(tx, services, actor, summitId, commit);
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

/** Brings `plan_document`, and what is made of it, up to what a commit says. */
async function readMain(
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  summitId: string,
  commit: Oid,
): Promise<void> {
  const repository = services.git.plan(summitId);
  const [files, known] = await Promise.all([
    repository.files(commit),
    tx
      .selectFrom('planDocument')
      .select(['path', 'blob'])
      .where('summitId', '=', summitId)
      .execute(),
  ]);
  const readable = files.filter(isReadable);
  const blobs = new Map(known.map(({ path, blob }) => [path, blob]));
  const changed = readable.filter(({ path, oid }) => blobs.get(path) !== oid);
  const there = new Set(readable.map(({ path }) => path));
  const gone = known.filter(({ path }) => !there.has(path)).map(({ path }) => path);
  const changes = [
    ...(await read(repository, changed)),
    ...gone.map((path) => ({ path, document: undefined, source: undefined })),
  ];
  if (gone.length > 0) {
    await tx
      .deleteFrom('planDocument')
      .where('summitId', '=', summitId)
      .where('path', 'in', gone)
      .execute();
  }
  const oids = new Map(changed.map(({ path, oid }) => [path, oid]));
  for (const { path, document, source } of changes) {
    if (document === undefined || source === undefined) continue;
    const row = {
      kind: document.kind,
      title: document.title.replaceAll('\0', ''),
      source: source.replaceAll('\0', ''),
      front: document.front === null ? null : JSON.stringify(document.front),
      blob: oids.get(path) ?? '',
      problems: JSON.stringify(document.problems),
      changedAt: actor.now,
    };
    await tx
      .insertInto('planDocument')
      .values({ summitId, path, ...row })
      .onConflict((conflict) => conflict.columns(['summitId', 'path']).doUpdateSet(row))
      .execute();
  }
  for (const project of MAIN_PROJECTIONS) await project(tx, services, actor, summitId, changes);
}

const isReadable = ({ path, size, mode }: TreeFile): boolean =>
  mode.startsWith('100') && size <= LARGEST_DOCUMENT && kindOfPath(path) !== undefined;

async function read(repository: Repository, files: readonly TreeFile[]): Promise<DocumentChange[]> {
  const contents = await repository.blobs(files.map(({ oid }) => oid));
  return files.map(({ path, oid }) => {
    const source = contents.get(oid)?.toString('utf8') ?? '';
    return { path, source, document: readPlanDocument(path, source) };
  });
}

/** What to say where main moved on while somebody looked at it. */
export const mainMoved = (): Problem =>
  problem('main-moved', 'The plan was changed meanwhile; look at it as it is now, and try again.');
