import type { Oid, Repository } from './repository.ts';
import { gitLines, runGit } from './run.ts';

/** A file that differs between two commits, as it is in the later one; its mode is `000000` where it is gone. */
export interface ChangedFile {
  readonly path: string;
  readonly mode: string;
  readonly oid: Oid;
}

/** Which files differ between two commits. A renamed one is one that is gone and one that came. */
export async function changedFiles(
  repository: Repository,
  from: Oid,
  to: Oid,
): Promise<ChangedFile[]> {
  const { output } = await runGit(
    repository.directory,
    ['diff-tree', '-r', '-z', '--raw', '--no-renames', '--no-commit-id', from, to],
    { env: repository.env },
  );
  const parts = output.toString('utf8').split('\0');
  const changed: ChangedFile[] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) {
    // ":<mode before> <mode after> <oid before> <oid after> <status>", and the path behind it
    const [, mode = '', , oid = ''] = (parts[at] ?? '').split(' ');
    changed.push({ path: parts[at + 1] ?? '', mode, oid });
  }
  return changed;
}

/** A file that is larger than it may be, anywhere in what is new. */
export interface LargeFile {
  readonly path: string;
  readonly size: number;
}

/**
 * Files above a size in commits that no ref has yet, at most so many. Earlier commits of a push count as
 * well as its last: what was taken out again is in the repository all the same.
 */
export async function largeFiles(
  repository: Repository,
  commits: readonly Oid[],
  largest: number,
  most = 10,
): Promise<LargeFile[]> {
  const found: LargeFile[] = [];
  const calls = [
    ['rev-list', '--objects', ...commits, '--not', '--all'],
    ['cat-file', '--batch-check=%(objecttype) %(objectsize) %(rest)', '--buffer'],
  ];
  for await (const line of gitLines(repository.directory, calls, { env: repository.env })) {
    const [type, size, ...path] = line.split(' ');
    if (type !== 'blob' || Number(size) <= largest) continue;
    found.push({ path: path.join(' '), size: Number(size) });
    if (found.length === most) break;
  }
  return found;
}

/** The paths of all files of a commit. */
export async function pathsOf(repository: Repository, commit: Oid): Promise<string[]> {
  const { output } = await runGit(
    repository.directory,
    ['ls-tree', '-r', '-z', '--name-only', '--full-tree', commit],
    { env: repository.env },
  );
  return output
    .toString('utf8')
    .split('\0')
    .filter((path) => path !== '');
}
