import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileChange, NewCommit, Oid, Signature } from './repository.ts';
import { runGit } from './run.ts';

/** A commit that was written, and what Git calls what is in it. */
export interface WrittenCommit {
  readonly commit: Oid;
  readonly tree: Oid;
  /** The first parent's tree: the same as `tree` where the commit changes nothing. */
  readonly treeBefore: Oid | undefined;
  /** What its changes left there, by path; those that are gone are left out. */
  readonly blobs: ReadonlyMap<string, Oid>;
}

/** What Git calls a tree without files; asked for one, `fast-import` says that it is missing. */
const NO_FILES = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** A commit that changes files of its first parent. */
export type ChangingCommit = Omit<NewCommit, 'tree' | 'changes'> & {
  readonly changes: readonly FileChange[];
};

/** Never there: what is written below it is forgotten in the same breath. */
const NAMELESS = 'refs/cairn/new';

/**
 * Writes a commit with one process, `git fast-import`, however many files change, and points nothing
 * to it. Throws `GitFailed` as `runGit` does.
 */
export async function writeCommit(
  directory: string,
  change: ChangingCommit,
): Promise<WrittenCommit> {
  const { output } = await runGit(directory, ['fast-import', '--quiet', '--done'], {
    input: importStream(change),
  }).catch(async (error: unknown) => {
    await forgetCrash(directory);
    throw error;
  });
  const [commit = '', ...listed] = output.toString('utf8').trimEnd().split('\n');
  const oids = listed.map((line) => /^\d{6} [a-z]+ ([0-9a-f]{40})\t/.exec(line)?.[1]);
  const isFirst = change.parents.length === 0;
  const [tree = NO_FILES, before = NO_FILES] = oids;
  const files = oids.slice(isFirst ? 1 : 2);
  if (!/^[0-9a-f]{40}$/.test(commit) || files.length !== change.changes.length) {
    throw new Error('git fast-import did not say what it wrote');
  }
  return {
    commit,
    tree,
    treeBefore: isFirst ? undefined : before,
    blobs: new Map(
      change.changes.flatMap(({ path }, index) => {
        const oid = files[index];
        return oid === undefined ? [] : [[path, oid] as const];
      }),
    ),
  };
}

/**
 * What `git fast-import` reads. Whatever people write is counted, quoted or cleaned, so that none of it
 * is taken for a command.
 */
function importStream({ parents, changes, author, committer, message }: ChangingCommit): Buffer {
  const parts: (string | Buffer)[] = [];
  const say = (line: string): number => parts.push(`${line}\n`);
  const hand = (text: string): void => {
    const bytes = Buffer.from(text, 'utf8');
    say(`data ${bytes.length}`);
    parts.push(bytes, '\n');
  };
  say(`commit ${NAMELESS}`);
  say('mark :1');
  say(`author ${signed(author)}`);
  say(`committer ${signed(committer)}`);
  hand(message);
  for (const [index, parent] of parents.entries()) {
    say(`${index === 0 ? 'from' : 'merge'} ${oidIn(parent)}`);
  }
  for (const { path, content } of changes) {
    if (content === null) say(`D ${quoted(path)}`);
    else {
      say(`M 100644 inline ${quoted(path)}`);
      hand(content);
    }
  }
  // Without a commit to stand at, the name is never written.
  say(`\nreset ${NAMELESS}\n`);
  say('get-mark :1');
  say('ls :1 ""');
  const [first] = parents;
  if (first !== undefined) say(`ls ${oidIn(first)} ""`);
  for (const { path } of changes) say(`ls :1 ${quoted(path)}`);
  say('done');
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
}

/** Names as `git commit` cleans them: without what ends a name, and without signs around it that are none. */
const clean = (name: string): string =>
  name
    .replace(/[\n<>\0]/g, '')
    .replace(/^[\p{Cc} .,:;"'\\]+/u, '')
    .replace(/[\p{Cc} .,:;"'\\]+$/u, '');

// Cairn's own acts have no zone of their own; UTC says so.
const signed = ({ name, email, at }: Signature): string =>
  `${clean(name) || clean(email)} <${clean(email)}> ${Math.floor(at.epochMilliseconds / 1000)} +0000`;

function oidIn(name: Oid): Oid {
  if (!/^[0-9a-f]{40}$/.test(name)) throw new Error('a parent is no name of a commit');
  return name;
}

/** Paths were looked at where they came in; one that Git would refuse to check out never gets here. */
function quoted(path: string): string {
  const isPath = path
    .split('/')
    .every((part) => !['', '.', '..', '.git'].includes(part.toLowerCase()) && !/\0/.test(part));
  if (!isPath) throw new Error('a path of a change is none that Git keeps');
  const escaped = path.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n');
  return `"${escaped}"`;
}

/** What Git writes down when it gives up holds what people wrote, and is of no use to anybody. */
async function forgetCrash(directory: string): Promise<void> {
  const names = await readdir(directory).catch(() => []);
  for (const name of names.filter((each) => each.startsWith('fast_import_crash_'))) {
    await rm(join(directory, name), { force: true });
  }
}
