import type { Oid, Repository } from './repository.ts';
import { runGit } from './run.ts';

/** A file that differs between two commits. */
export interface ChangedFile {
  readonly status: 'added' | 'removed' | 'changed' | 'renamed';
  /** Where it is now; where it was, if it is gone. */
  readonly path: string;
  /** Where it was before; the same unless it was renamed. */
  readonly oldPath: string;
  /** Its content before and now, as Git names it; undefined where it was or is not there. */
  readonly oldBlob: Oid | undefined;
  readonly newBlob: Oid | undefined;
  /** In bytes; 0 where there is none. */
  readonly oldSize: number;
  readonly newSize: number;
  /** Lines that came and went; undefined for what is no text, or too large to count. */
  readonly added: number | undefined;
  readonly removed: number | undefined;
  /** Whether it is more, or less, than a plain file: a program, a symbolic link, a submodule. */
  readonly modes: readonly [old: string, now: string];
}

/**
 * Files above this are not compared line by line: Git then calls them binary, and a page that shows
 * them would be of no use.
 */
export const LARGEST_COMPARED = 1024 * 1024;

/** Between so many new and gone files renames are looked for; with more, only exact ones are found. */
const MOST_RENAMES = 400;

/**
 * What differs between two commits, by path, with renames found as Git finds them.
 *
 *     const files = await changesBetween(repository, version.base, version.head);
 */
export async function changesBetween(
  repository: Repository,
  from: Oid,
  to: Oid,
): Promise<ChangedFile[]> {
  const { output } = await runGit(repository.directory, [
    '-c',
    `core.bigFileThreshold=${LARGEST_COMPARED}`,
    'diff-tree',
    '-r',
    '-z',
    '--raw',
    '--numstat',
    '--no-abbrev',
    '--no-ext-diff',
    '--no-textconv',
    '-M',
    `-l${MOST_RENAMES}`,
    '--end-of-options',
    from,
    to,
  ]);
  const fields = output.toString('utf8').split('\0');
  const counts = new Map<string, Counts>();
  const entries: RawEntry[] = [];
  let at = 0;
  const next = (): string => fields[at++] ?? '';
  while (at < fields.length - 1) {
    const field = next();
    if (field.startsWith(':')) entries.push(readRaw(field, next));
    else readCounts(field, next, counts);
  }
  const sizes = await sizesOf(
    repository,
    entries.flatMap(({ oldBlob, newBlob }) => [oldBlob, newBlob]),
  );
  const sizeOf = (oid: Oid | undefined): number =>
    (oid === undefined ? undefined : sizes.get(oid)) ?? 0;
  return entries.map((entry) => ({
    ...entry,
    oldSize: sizeOf(entry.oldBlob),
    newSize: sizeOf(entry.newBlob),
    added: counts.get(entry.path)?.added,
    removed: counts.get(entry.path)?.removed,
  }));
}

type RawEntry = Omit<ChangedFile, 'oldSize' | 'newSize' | 'added' | 'removed'>;

interface Counts {
  readonly added: number | undefined;
  readonly removed: number | undefined;
}

const STATUSES: Readonly<Record<string, ChangedFile['status']>> = {
  A: 'added',
  D: 'removed',
  R: 'renamed',
};

/** `:100644 100644 <oid> <oid> R086`, then one path, or two for a rename. */
function readRaw(field: string, next: () => string): RawEntry {
  const [oldMode = '', newMode = '', oldOid = '', newOid = '', letter = ''] = field
    .slice(1)
    .split(' ');
  const status = STATUSES[letter.charAt(0)] ?? 'changed';
  const oldPath = next();
  const path = status === 'renamed' ? next() : oldPath;
  return {
    status,
    path,
    oldPath,
    oldBlob: blobOf(oldOid, oldMode),
    newBlob: blobOf(newOid, newMode),
    modes: [oldMode, newMode],
  };
}

/** A submodule is a commit of another repository, which is not here. */
const blobOf = (oid: string, mode: string): Oid | undefined =>
  /^0+$/.test(oid) || mode === '160000' ? undefined : oid;

/** `3<tab>1<tab>path`; for a rename the path is empty, and both follow. `-` stands for no text. */
function readCounts(field: string, next: () => string, counts: Map<string, Counts>): void {
  const [added = '', removed = '', ...rest] = field.split('\t');
  let path = rest.join('\t');
  if (path === '') {
    next();
    path = next();
  }
  const read = (count: string): number | undefined => (count === '-' ? undefined : Number(count));
  counts.set(path, { added: read(added), removed: read(removed) });
}

async function sizesOf(
  repository: Repository,
  oids: readonly (Oid | undefined)[],
): Promise<ReadonlyMap<Oid, number>> {
  const wanted = [...new Set(oids)].filter((oid) => oid !== undefined);
  if (wanted.length === 0) return new Map();
  const { output } = await runGit(
    repository.directory,
    ['cat-file', '--batch-check=%(objectname) %(objectsize)'],
    { input: `${wanted.join('\n')}\n` },
  );
  return new Map(
    output
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const [oid = '', size = ''] = line.split(' ');
        return [oid, Number(size) || 0];
      }),
  );
}

/** The content of a file, and its size in bytes. */
export interface Blob {
  readonly oid: Oid;
  readonly size: number;
}

/** The content of one file of a commit; undefined where there is no such file. */
export async function blobAt(
  repository: Repository,
  commit: Oid,
  path: string,
): Promise<Blob | undefined> {
  // No path is empty, and what holds NUL cannot even be asked for.
  if (path === '' || path.includes('\0')) return undefined;
  const { status, output } = await runGit(
    repository.directory,
    ['--literal-pathspecs', 'ls-tree', '-z', '--long', commit, '--', path],
    { answers: [128] },
  );
  const [facts = '', name] = output.toString('utf8').split('\0')[0]?.split('\t') ?? [];
  const [, type, oid = '', size] = facts.split(/ +/);
  return status === 0 && type === 'blob' && name === path ? { oid, size: Number(size) } : undefined;
}
