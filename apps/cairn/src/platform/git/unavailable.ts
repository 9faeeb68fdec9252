import { existsSync } from 'node:fs';

/** The oldest Git whose `merge-tree` merges without a working copy, and that streams large files. */
export const OLDEST_GIT = [2, 38] as const;

/**
 * Git cannot work here for a reason that whoever operates the machine can mend: it is not installed,
 * the disk is full, the repository is not where it was. The sentence may be shown to anybody.
 */
export class GitUnavailable extends Error {
  readonly code: 'no-git' | 'old-git' | 'disk-full' | 'no-repository';
  constructor(code: GitUnavailable['code'], sentence: string) {
    super(sentence);
    this.code = code;
  }
}

const NEEDED = OLDEST_GIT.join('.');

export const noGit = (): GitUnavailable =>
  new GitUnavailable(
    'no-git',
    `Git is not installed on the machine that Cairn runs on; plans need git ${NEEDED} or newer, in the PATH of Cairn.`,
  );

export const oldGit = (found: string): GitUnavailable =>
  new GitUnavailable(
    'old-git',
    `Git ${found} on the machine that Cairn runs on is too old; plans need git ${NEEDED} or newer.`,
  );

export const diskFull = (): GitUnavailable =>
  new GitUnavailable(
    'disk-full',
    'The disk of the machine that Cairn runs on is full, so nothing was changed; whoever operates it has to free some room.',
  );

const noRepository = (): GitUnavailable =>
  new GitUnavailable(
    'no-repository',
    'The repository of this plan is not in the data directory; whoever operates Cairn has to put back the folder “git” of the same backup as the database.',
  );

/** Why Git could not be started in a directory: it or the directory is not there; undefined for anything else. */
export function whyNotStarted(error: unknown, directory: string): GitUnavailable | undefined {
  const code: unknown = Object(error)['code'];
  if (code === 'ENOSPC') return diskFull();
  if (code !== 'ENOENT') return undefined;
  return existsSync(directory) ? noGit() : noRepository();
}

/** Whether what Git said means that the disk is full. */
export const saysDiskFull = (said: string): boolean =>
  /no space left on device|disk quota exceeded/i.test(said);
