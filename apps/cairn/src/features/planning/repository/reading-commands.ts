import { sql } from 'kysely';
import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { WrittenCommit } from '../../../platform/git/import-stream.ts';
import type { FileChange, Oid, Repository, TreeFile } from '../../../platform/git/repository.ts';
import { readPlanDocument } from '../documents/document-rules.ts';
import { kindOfPath } from '../documents/kind-rules.ts';
import { MAIN_PROJECTIONS } from '../projections.ts';
import type { DocumentChange, PlanServices } from './main-commands.ts';

/** Files above this are kept in Git and not read as text of the plan. */
const LARGEST_DOCUMENT = 1024 * 1024;

/** Brings `plan_document`, and what is made of it, up to what a commit says. */
export async function readMain(
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
  await followMain(tx, services, actor, summitId, [
    ...(await read(repository, changed)),
    ...known.filter(({ path }) => !there.has(path)).map(({ path }) => gone(path)),
  ]);
}

/** A change of main with the name that Git has for what a document says now. */
export interface BlobChange extends DocumentChange {
  readonly blob: Oid | undefined;
}

/** What becomes of main's documents by files that a commit wrote on it: those that say something else now. */
export async function changesOf(
  tx: Tx,
  summitId: string,
  files: readonly FileChange[],
  { blobs }: WrittenCommit,
): Promise<BlobChange[]> {
  const paths = [...new Set(files.map(({ path }) => path))];
  const { rows: known } = await sql<{ path: string; blob: string }>`
    select path, blob from plan_document where summit_id = ${summitId} and exists (
      select from unnest(${paths}::text[]) as written
      where path = written or starts_with(path, written || '/') or starts_with(written, path || '/'))
    `.execute(tx);
  const were = new Map(known.map(({ path, blob }) => [path, blob]));
  const changed = [...new Map(files.map((file) => [file.path, file])).values()]
    .filter(({ path }) => kindOfPath(path) !== undefined && were.get(path) !== blobs.get(path))
    .map(({ path, content }) => {
      const blob = blobs.get(path);
      const source = content?.toWellFormed();
      const isDocument =
        blob !== undefined && source !== undefined && Buffer.byteLength(source) <= LARGEST_DOCUMENT;
      return isDocument
        ? { path, blob, source, document: readPlanDocument(path, source) }
        : gone(path);
    });
  // A file takes the place of a folder of its name and all in it, and a folder that of a file.
  const replaced = known.filter(({ path: was }) =>
    files.some(
      ({ path, content }) =>
        was.startsWith(`${path}/`) || (content !== null && path.startsWith(`${was}/`)),
    ),
  );
  return [
    ...changed,
    ...replaced.map(({ path }) => gone(path)).filter(({ path }) => !paths.includes(path)),
  ];
}

const gone = (path: string): BlobChange => ({
  path,
  blob: undefined,
  source: undefined,
  document: undefined,
});

/** Writes down what documents say that have changed on main, and lets all follow that is made of them. */
export async function followMain(
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  summitId: string,
  changes: readonly BlobChange[],
): Promise<void> {
  const left = changes.flatMap(({ path, blob }) => (blob === undefined ? [path] : []));
  if (left.length > 0) {
    await tx
      .deleteFrom('planDocument')
      .where('summitId', '=', summitId)
      .where('path', 'in', left)
      .execute();
  }
  const rows = changes.flatMap(({ path, document, source, blob }) =>
    document === undefined || source === undefined || blob === undefined
      ? []
      : [
          {
            summitId,
            path,
            kind: document.kind,
            title: document.title.replaceAll('\0', ''),
            source: source.replaceAll('\0', ''),
            front: document.front === null ? null : JSON.stringify(document.front),
            blob,
            problems: JSON.stringify(document.problems),
            changedAt: actor.now,
          },
        ],
  );
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    await tx
      .insertInto('planDocument')
      .values(rows.slice(at, at + ROWS_AT_ONCE))
      .onConflict((conflict) =>
        conflict.columns(['summitId', 'path']).doUpdateSet((eb) => ({
          kind: eb.ref('excluded.kind'),
          title: eb.ref('excluded.title'),
          source: eb.ref('excluded.source'),
          front: eb.ref('excluded.front'),
          blob: eb.ref('excluded.blob'),
          problems: eb.ref('excluded.problems'),
          changedAt: eb.ref('excluded.changedAt'),
        })),
      )
      .execute();
  }
  for (const project of MAIN_PROJECTIONS) await project(tx, services, actor, summitId, changes);
}

/** So many documents are written by one statement. */
const ROWS_AT_ONCE = 50;

const isReadable = ({ path, size, mode }: TreeFile): boolean =>
  mode.startsWith('100') && size <= LARGEST_DOCUMENT && kindOfPath(path) !== undefined;

async function read(repository: Repository, files: readonly TreeFile[]): Promise<BlobChange[]> {
  const contents = await repository.blobs(files.map(({ oid }) => oid));
  return files.map(({ path, oid }) => {
    const source = contents.get(oid)?.toString('utf8') ?? '';
    return { path, source, blob: oid, document: readPlanDocument(path, source) };
  });
}
