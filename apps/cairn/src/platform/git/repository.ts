import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Instant } from '@cairn/kernel/time';
import { type ChangingCommit, type WrittenCommit, writeCommit } from './import-stream.ts';
import { runGit } from './run.ts';

/** The name of a Git object: forty hexadecimal digits. */
export type Oid = string;

/** A file of a commit. */
export interface TreeFile {
  readonly path: string;
  readonly oid: Oid;
  /** In bytes. */
  readonly size: number;
  /** `100644`, `100755`, `120000` for a symbolic link, `160000` for a submodule. */
  readonly mode: string;
}

/** Who made a change, as Git shows it. */
export interface Signature {
  readonly name: string;
  readonly email: string;
  readonly at: Instant;
}

/** One file of a new commit; null takes it away. */
export interface FileChange {
  readonly path: string;
  readonly content: string | null;
}

export interface NewCommit {
  readonly parents: readonly Oid[];
  /** A whole tree instead of changes to the first parent's. */
  readonly tree?: Oid;
  readonly changes?: readonly FileChange[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}

/** A bare repository on this machine. Everything in it goes through the machine's `git`. */
export class Repository {
  readonly directory: string;
  /** What every call of Git is given besides. */
  readonly env: Readonly<Record<string, string>>;

  /** With the environment of a push, what is pushed can be read before it is accepted. */
  constructor(directory: string, env: Readonly<Record<string, string>> = {}) {
    this.directory = directory;
    this.env = env;
  }

  async exists(): Promise<boolean> {
    return stat(join(this.directory, 'HEAD')).then(
      () => true,
      () => false,
    );
  }

  /**
   * Makes an empty repository if there is none; harmless when two do it at once. It is made beside and
   * renamed, so that one that is there is whole.
   */
  async create(): Promise<void> {
    if (await this.exists()) return;
    const making = `${this.directory}.${randomUUID()}`;
    await mkdir(dirname(this.directory), { recursive: true, mode: 0o700 });
    await mkdir(making, { mode: 0o700 });
    // Without the machine's template, which may bring hooks and settings of its own.
    await runGit(making, ['init', '--quiet', '--bare', '--template=', '--initial-branch=main']);
    await writeFile(join(making, 'config'), CONFIGURATION);
    try {
      await rename(making, this.directory);
    } catch (error) {
      await rm(making, { recursive: true, force: true });
      if (!(await this.exists())) throw error;
    }
  }

  /** Takes the repository away for ever. */
  async remove(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }

  /** The commit, or other object, that a name leads to; undefined if it leads nowhere. */
  async resolve(name: string): Promise<Oid | undefined> {
    const { status, output } = await runGit(
      this.directory,
      ['rev-parse', '--verify', '--quiet', '--end-of-options', name],
      { answers: [1, 128], env: this.env },
    );
    return status === 0 ? output.toString('utf8').trim() : undefined;
  }

  /** Refs below a prefix, with what they point to. */
  async refs(prefix: string): Promise<ReadonlyMap<string, Oid>> {
    const { output } = await runGit(this.directory, [
      'for-each-ref',
      '--format=%(refname) %(objectname)',
      prefix,
    ]);
    return new Map(
      lines(output).map((line) => {
        const space = line.indexOf(' ');
        return [line.slice(0, space), line.slice(space + 1)];
      }),
    );
  }

  /** All files of a commit, sorted by path as Git sorts them. */
  async files(commit: Oid): Promise<TreeFile[]> {
    const { output } = await runGit(this.directory, ['ls-tree', '-r', '-z', '--long', commit], {
      env: this.env,
    });
    return output
      .toString('utf8')
      .split('\0')
      .filter((line) => line !== '')
      .map((line) => {
        const [facts = '', path = ''] = splitOnce(line, '\t');
        const [mode = '', , oid = '', size = ''] = facts.split(/ +/);
        return { path, oid, mode, size: size === '-' ? 0 : Number(size) };
      });
  }

  /** The contents of objects, by name, as bytes; those that are not there are left out. */
  async blobs(oids: readonly Oid[]): Promise<ReadonlyMap<Oid, Buffer>> {
    if (oids.length === 0) return new Map();
    const { output } = await runGit(this.directory, ['cat-file', '--batch'], {
      input: `${oids.join('\n')}\n`,
      env: this.env,
    });
    const found = new Map<Oid, Buffer>();
    let at = 0;
    while (at < output.length) {
      const end = output.indexOf(0x0a, at);
      const [oid = '', , size] = output.toString('utf8', at, end).split(' ');
      at = end + 1;
      if (size === undefined) continue; // "<name> missing"
      found.set(oid, output.subarray(at, at + Number(size)));
      at += Number(size) + 1;
    }
    return found;
  }

  /** The text of one file in a commit; undefined if there is none. */
  async textAt(commit: Oid, path: string): Promise<string | undefined> {
    const oid = await this.resolve(`${commit}:${path}`);
    if (oid === undefined) return undefined;
    return (await this.blobs([oid])).get(oid)?.toString('utf8');
  }

  /** Writes a commit without pointing anything to it, and gives its name. */
  async commit({ tree, changes, ...commit }: NewCommit): Promise<Oid> {
    if (tree === undefined) return (await this.write({ ...commit, changes: changes ?? [] })).commit;
    const { parents, author, committer, message } = commit;
    const { output } = await runGit(
      this.directory,
      ['commit-tree', tree, ...parents.flatMap((parent) => ['-p', parent])],
      {
        input: message,
        env: { ...signatureEnv('AUTHOR', author), ...signatureEnv('COMMITTER', committer) },
      },
    );
    return output.toString('utf8').trim();
  }

  /** The same for changes to the first parent's files, and tells what became of them. */
  write(commit: ChangingCommit): Promise<WrittenCommit> {
    return writeCommit(this.directory, commit);
  }

  /**
   * Points a ref to a commit, or takes it away. With `expected` only if it points there now
   * (`''` for nowhere); says whether it did.
   */
  async pointRef(ref: string, to: Oid | null, expected?: Oid | ''): Promise<boolean> {
    const was = expected === undefined ? [] : [expected === '' ? NOWHERE : expected];
    const args = to === null ? ['update-ref', '-d', ref, ...was] : ['update-ref', ref, to, ...was];
    const { status } = await runGit(this.directory, args, { answers: [1, 128] });
    return status === 0;
  }

  /** The best common ancestor of two commits; undefined if they have no history in common. */
  async mergeBase(one: Oid, other: Oid): Promise<Oid | undefined> {
    const { status, output } = await runGit(this.directory, ['merge-base', one, other], {
      answers: [1],
      env: this.env,
    });
    return status === 0 ? output.toString('utf8').trim() : undefined;
  }
}

const NOWHERE = '0'.repeat(40);

/**
 * Nothing is ever thrown away by itself: a commit that a force push left behind is part of the
 * record of a proposal, and one that is written waits for the transaction that points to it.
 */
const CONFIGURATION = `[core]
\trepositoryformatversion = 0
\tfilemode = false
\tbare = true
\tfsync = all
[gc]
\tauto = 0
\tpruneExpire = never
[receive]
\tautogc = false
\tfsckObjects = true
[transfer]
\thideRefs = refs/proposals
`;

const lines = (output: Buffer): string[] =>
  output
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');

const splitOnce = (text: string, sign: string): [string, string] => {
  const at = text.indexOf(sign);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + sign.length)];
};

const signatureEnv = (
  who: 'AUTHOR' | 'COMMITTER',
  { name, email, at }: Signature,
): Record<string, string> => ({
  [`GIT_${who}_NAME`]: name,
  [`GIT_${who}_EMAIL`]: email,
  // Cairn's own acts have no zone of their own; UTC says so.
  [`GIT_${who}_DATE`]: `${Math.floor(at.epochMilliseconds / 1000)} +0000`,
});
