import { type Instant, Temporal } from '@cairn/kernel/time';
import type { Oid, Repository } from './repository.ts';
import { runGit } from './run.ts';

/** A commit as its history tells it. */
export interface CommitTold {
  readonly oid: Oid;
  readonly parents: readonly Oid[];
  /** As whoever made it wrote it; anybody can write anything here. */
  readonly author: string;
  readonly authoredAt: Instant;
  readonly committedAt: Instant;
  /** The first line of its message. */
  readonly subject: string;
  /** The rest of its message. */
  readonly body: string;
}

interface Part {
  /** Only commits that changed this file, or something below this folder. */
  readonly path?: string | undefined;
  readonly skip?: number;
  readonly most: number;
}

const FORMAT = ['%H', '%P', '%an', '%at', '%ct', '%s', '%b'].join('%x00');

/**
 * Commits that lead to one, newest first: main's own, with what was merged told as one.
 *
 *     await historyOf(repository, plan.head, { path: 'topics/sparse.md', most: 50 })
 */
export async function historyOf(
  repository: Repository,
  head: Oid,
  { path, skip = 0, most }: Part,
): Promise<CommitTold[]> {
  const { output } = await runGit(
    repository.directory,
    [
      'log',
      '-z',
      '--first-parent',
      `--format=tformat:${FORMAT}`,
      `--max-count=${most}`,
      `--skip=${skip}`,
      '--end-of-options',
      head,
      '--',
      ...(path === undefined ? [] : [path]),
    ],
    // A path is a name here, never a pattern.
    { env: { GIT_LITERAL_PATHSPECS: '1' } },
  );
  return commitsIn(output.toString('utf8'));
}

/** One commit, if it is one of those that lead to `head`; undefined for any other, also one that is there. */
export async function commitWithin(
  repository: Repository,
  head: Oid,
  oid: Oid,
): Promise<CommitTold | undefined> {
  const commit = await repository.resolve(`${oid}^{commit}`);
  if (commit === undefined) return undefined;
  const { status } = await runGit(
    repository.directory,
    ['merge-base', '--is-ancestor', commit, head],
    { answers: [1] },
  );
  if (status !== 0) return undefined;
  const { output } = await runGit(repository.directory, [
    'log',
    '-z',
    `--format=tformat:${FORMAT}`,
    '--max-count=1',
    commit,
    '--',
  ]);
  return commitsIn(output.toString('utf8'))[0];
}

/** Fields with a NUL between them, and a NUL behind each commit. A message holds none. */
function commitsIn(text: string): CommitTold[] {
  const fields = text.split('\0');
  const commits: CommitTold[] = [];
  for (let at = 0; at + 7 <= fields.length; at += 7) {
    const [oid = '', parents = '', author = '', authored, committed, subject = '', body = ''] =
      fields.slice(at, at + 7);
    commits.push({
      oid,
      parents: parents.split(' ').filter((parent) => parent !== ''),
      author,
      authoredAt: moment(authored),
      committedAt: moment(committed),
      subject,
      body: body.trim(),
    });
  }
  return commits;
}

/** Whoever makes a commit may say any time, also one that no calendar has. */
function moment(seconds: string | undefined): Instant {
  const said = Number(seconds);
  const isPossible = Number.isSafeInteger(said) && Math.abs(said) < 8.64e12;
  return Temporal.Instant.fromEpochMilliseconds(isPossible ? said * 1000 : 0);
}

/** The commit with nothing in it, to compare a first one with. */
export const EMPTY_TREE: Oid = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
