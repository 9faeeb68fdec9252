import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Oid, Repository } from './repository.ts';
import { runGit } from './run.ts';

/** One side of a file in conflict: its content, and whether it can be run or is a link. */
export interface ConflictSide {
  readonly oid: Oid;
  readonly mode: string;
}

/** A file that both sides changed in ways that do not go together; a side is missing where it has no such file. */
export interface ConflictedFile {
  readonly path: string;
  readonly base: ConflictSide | undefined;
  readonly ours: ConflictSide | undefined;
  readonly theirs: ConflictSide | undefined;
}

export interface TreeMerge {
  /** Merged as far as it goes; files in conflict stand in it with marks. */
  readonly tree: Oid;
  /** By path; none if the merge is clean. */
  readonly conflicts: readonly ConflictedFile[];
}

/**
 * Merges two commits as `git merge` does, renames included, without touching any ref or file:
 * the tree, and what a person has to settle.
 */
export async function mergeTrees(
  repository: Repository,
  ours: Oid,
  theirs: Oid,
): Promise<TreeMerge> {
  const { output } = await runGit(
    repository.directory,
    ['merge-tree', '--write-tree', '-z', '--no-messages', ours, theirs],
    { answers: [1] },
  );
  const [tree = '', ...stages] = output.toString('utf8').split('\0');
  const files = new Map<string, { 1?: ConflictSide; 2?: ConflictSide; 3?: ConflictSide }>();
  for (const entry of stages) {
    const [, mode = '', oid = '', stage = '', path = ''] =
      /^(\d+) ([0-9a-f]+) ([123])\t([\s\S]*)$/.exec(entry) ?? [];
    if (path === '') continue;
    const sides = files.get(path) ?? {};
    sides[Number(stage) as 1 | 2 | 3] = { oid, mode }; // the pattern lets no other digit through
    files.set(path, sides);
  }
  const conflicts = [...files].map(([path, sides]) => ({
    path,
    base: sides[1],
    ours: sides[2],
    theirs: sides[3],
  }));
  return { tree: tree.trim(), conflicts: conflicts.sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

/** What becomes of one path of a tree: text, content that is there already, or nothing. */
export interface TreeEntry {
  readonly path: string;
  readonly content: string | ConflictSide | null;
}

/** A tree like another one but for some paths. */
export async function treeWith(
  repository: Repository,
  tree: Oid,
  entries: readonly TreeEntry[],
): Promise<Oid> {
  const index = join(repository.directory, `index.${randomUUID()}`);
  const env = { GIT_INDEX_FILE: index };
  const git = (args: readonly string[], input?: string) =>
    runGit(repository.directory, args, { env, ...(input === undefined ? {} : { input }) });
  try {
    await git(['read-tree', tree]);
    const lines: string[] = [];
    for (const { path, content } of entries) {
      if (content === null) lines.push(`0 ${'0'.repeat(40)}\t${path}`);
      else if (typeof content === 'string') {
        const { output } = await git(['hash-object', '-w', '--stdin'], content);
        lines.push(`100644 ${output.toString('utf8').trim()}\t${path}`);
      } else lines.push(`${content.mode} ${content.oid}\t${path}`);
    }
    await git(['update-index', '-z', '--index-info'], lines.map((line) => `${line}\0`).join(''));
    return (await git(['write-tree'])).output.toString('utf8').trim();
  } finally {
    await rm(index, { force: true });
    await rm(`${index}.lock`, { force: true });
  }
}
