import { Temporal } from '@cairn/kernel/time';
import type { Oid, Repository, Signature } from './repository.ts';
import { runGit } from './run.ts';

/** A commit as people read it. */
export interface CommitStory {
  readonly oid: Oid;
  readonly parents: readonly Oid[];
  readonly author: Signature;
  readonly subject: string;
  /** What its message says after the subject; trailers included. */
  readonly body: string;
}

const FIELDS = ['%H', '%P', '%an', '%ae', '%at', '%B'] as const;

/**
 * The commits that `to` has and `from` has not, newest first; of one commit alone with `most: 1` and
 * no `from`.
 */
export async function commitsSince(
  repository: Repository,
  from: Oid | undefined,
  to: Oid,
  most = 500,
): Promise<CommitStory[]> {
  const { output } = await runGit(repository.directory, [
    'log',
    '-z',
    `--max-count=${most}`,
    `--format=${FIELDS.join('%x01')}`,
    to,
    ...(from === undefined ? [] : [`^${from}`]),
    '--',
  ]);
  return output
    .toString('utf8')
    .split('\0')
    .filter((entry) => entry !== '')
    .map((entry) => {
      const [oid = '', parents = '', name = '', email = '', at = '0', ...message] =
        entry.split('\u0001');
      const [subject = '', ...rest] = message.join('\u0001').trim().split('\n');
      return {
        oid,
        parents: parents.split(' ').filter((parent) => parent !== ''),
        author: { name, email, at: Temporal.Instant.fromEpochMilliseconds(Number(at) * 1000) },
        subject: subject.trim(),
        body: rest.join('\n').trim(),
      };
    });
}

/** Whether one commit is in the history of another one, or is it. */
export async function isAncestor(repository: Repository, one: Oid, of: Oid): Promise<boolean> {
  const { status } = await runGit(repository.directory, ['merge-base', '--is-ancestor', one, of], {
    answers: [1],
  });
  return status === 0;
}
