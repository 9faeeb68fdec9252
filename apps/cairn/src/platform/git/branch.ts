import { createHash } from 'node:crypto';
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

/**
 * A sign of what changes from one commit to another: the lines that go and come, file by file, and
 * not where in the file they stand. The same change made to another state of main has the same sign.
 */
export async function changeSign(repository: Repository, from: Oid, to: Oid): Promise<string> {
  const { output } = await runGit(repository.directory, [
    'diff',
    '--unified=0',
    '--full-index',
    '--no-color',
    '--no-ext-diff',
    '--no-textconv',
    '--no-renames',
    from,
    to,
    '--',
  ]);
  const hash = createHash('sha256');
  let index = '';
  for (const line of output.toString('latin1').split('\n')) {
    if (line.startsWith('@@ ')) hash.update('@@\n');
    else if (line.startsWith('index ')) index = line;
    // What is no text shows no lines; its contents are told apart by their names.
    else hash.update(line.startsWith('Binary files ') ? `${index}\n` : `${line}\n`);
  }
  return hash.digest('hex').slice(0, 40);
}
