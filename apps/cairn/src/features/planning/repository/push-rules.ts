import { type Problem, problem } from '@cairn/kernel/problem';
import { kindOfPath } from '../documents/kind-rules.ts';

/** As many branches as one push may move; more are a mistake, such as a mirror of something else. */
export const MOST_BRANCHES = 20;

const LONGEST_BRANCH = 100;
const HEADS = 'refs/heads/';

/** The name of a branch by its ref; undefined for any other ref. */
export const branchOf = (ref: string): string | undefined =>
  ref.startsWith(HEADS) ? ref.slice(HEADS.length) : undefined;

/** The command that pushes what one has as a branch of one's own. */
export const pushCommand = (handle: string): string => `git push origin HEAD:${handle}/my-change`;

/** Why a ref may not be pushed, whoever pushes it; undefined where it may. */
export function refRefusal(ref: string, handle: string): Problem | undefined {
  const branch = branchOf(ref);
  const instead = `push a branch instead: ${pushCommand(handle)}`;
  if (branch === undefined) {
    const sentence = ref.startsWith('refs/tags/')
      ? `The tag ${shown(ref.slice('refs/tags/'.length))} was not taken: tags of a plan are made when its work plan is frozen; ${instead}`
      : `${shown(ref)} was not taken: a plan takes branches only; ${instead}`;
    return problem('not-a-branch', sentence);
  }
  if (branch === 'main') {
    const sentence = `Nobody pushes to main, which changes by proposals that were reviewed; ${instead}`;
    return problem('main-is-protected', sentence);
  }
  // What names no branch elsewhere names none here: an option, a commit, HEAD, or signs that nobody sees.
  const isOdd =
    /^-|^HEAD$|^[0-9a-f]{40}$|^main\/|^refs\//.test(branch) || /[\p{C}\ufffd\\]/u.test(branch);
  if (isOdd) {
    return problem('branch-name', `${shown(branch)} is no name for a branch here; ${instead}`);
  }
  if (branch.length > LONGEST_BRANCH) {
    const sentence = `A branch’s name has at most ${LONGEST_BRANCH} signs, and ${shown(branch)} has ${branch.length}; ${instead}`;
    return problem('branch-name', sentence);
  }
  return undefined;
}

/** Why so many branches at once are refused. */
export const tooManyBranches = (count: number): Problem =>
  problem(
    'too-many-branches',
    `This push would move ${count} branches, and at most ${MOST_BRANCHES} are taken at once; push those that you mean by their names.`,
  );

/**
 * Why a branch may not be begun with Git: under these names come those from GitHub, and somebody who was
 * there first would have their pull request for their own, or keep it from coming. Undefined where it may.
 */
export function reservedBranch(branch: string, handle: string): Problem | undefined {
  if (!/^github(\/|$)|^main-on-github(\/|$)/i.test(branch)) return undefined;
  const sentence = `Branches named as ${shown(branch)} come from GitHub; push one of your own: ${pushCommand(handle)}`;
  return problem('branch-reserved', sentence);
}

/** That a branch belongs to somebody else's proposal. */
export const othersBranch = (branch: string, number: number, handle: string): Problem =>
  problem(
    'branch-of-others',
    `The branch ${branch} is that of #${number}, which is somebody else’s; say what you would change in a review, or push a branch of your own: ${pushCommand(handle)}`,
  );

/** A name as it may be repeated to its sender: no signs that steer a terminal, and not without end. */
const shown = (name: string): string => `“${name.replace(/\p{C}/gu, '\ufffd').slice(0, 200)}”`;

/** A file that a push changes. */
export interface PushedFile {
  readonly path: string;
  readonly mode: string;
  /** Its bytes, where they are looked at: of documents, and of symbolic links. */
  readonly content: Uint8Array | undefined;
}

/** What is kept as text, and no longer than what is read into the plan. */
const LARGEST_TEXT = 1024 * 1024;

/** Whether the content of a file is looked at. */
export const isLookedAt = ({ path, mode }: Pick<PushedFile, 'path' | 'mode'>): boolean =>
  mode === '120000' || (mode.startsWith('100') && kindOfPath(path) !== undefined);

/** What is wrong with a file itself, before it is read as a document. */
export function fileProblem({ path, mode, content }: PushedFile): Problem | undefined {
  const place = { file: path.replace(/\p{C}/gu, '\ufffd').slice(0, 300) };
  const named = pathProblem(path);
  if (named !== undefined) return problem('path', named, place);
  if (mode === '160000') {
    return problem('submodule', 'A plan holds no submodules; take it out, and link to it.', place);
  }
  if (content === undefined) return undefined;
  if (mode === '120000') {
    return staysInside(path, decoded(content) ?? '/')
      ? undefined
      : problem(
          'link-leaves',
          'This symbolic link leads out of the plan; put the file itself here, or link to it in the text.',
          place,
        );
  }
  if (content.length > LARGEST_TEXT) {
    return problem('document-too-large', 'A document holds at most 1 MB; split it.', place);
  }
  if (decoded(content)?.includes('\0') !== false) {
    return problem(
      'not-text',
      'This document is not UTF-8 text; save it as UTF-8, without NUL characters.',
      place,
    );
  }
  return undefined;
}

function pathProblem(path: string): string | undefined {
  if (/[\p{Cc}\p{Cf}\p{Cs}\ufffd]/u.test(path)) {
    return 'The name of this file has signs in it that cannot be seen or are not UTF-8; rename it.';
  }
  if (path.includes('\\')) return 'The name of this file has a backslash in it; rename it.';
  if (path.length > 400) return 'The path of this file is longer than 400 signs; shorten it.';
  // Git refuses ".git"; some systems take other spellings for the same (CVE-2014-9390).
  const isGit = path.split('/').some((part) => /^(\.git|git~\d+)[. ]*$/i.test(part));
  return isGit ? 'Nothing in a plan is named “.git” in any spelling; rename it.' : undefined;
}

/** Whether a symbolic link leads to a place below the plan. */
function staysInside(path: string, target: string): boolean {
  if (target.startsWith('/') || /^[a-z]:|\\|\0/i.test(target)) return false;
  const at = path.split('/').slice(0, -1);
  for (const part of target.split('/')) {
    if (part === '..') {
      if (at.pop() === undefined) return false;
    } else if (part !== '.' && part !== '') {
      at.push(part);
    }
  }
  return true;
}

const decoded = (content: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return undefined;
  }
};

/**
 * Files and folders of a tree that many computers take for one, since their names differ in capitals
 * or accents only; told of those that were changed.
 */
export function sameOnSomeDisks(paths: readonly string[], changed: ReadonlySet<string>): Problem[] {
  const known = new Map<string, string>();
  const problems: Problem[] = [];
  const told = new Set<string>();
  // Those that stood before come first, so that the new one is told about.
  const inOrder = [...paths].sort((a, b) => Number(changed.has(a)) - Number(changed.has(b)));
  for (const path of inOrder) {
    const parts = path.split('/');
    for (let depth = 1; depth <= parts.length; depth += 1) {
      const prefix = parts.slice(0, depth).join('/');
      const folded = prefix.normalize('NFC').toLowerCase();
      const other = known.get(folded) ?? prefix;
      known.set(folded, other);
      if (other === prefix || told.has(prefix) || !changed.has(path)) continue;
      told.add(prefix);
      const sentence = `“${prefix}” and “${other}” are one name on many computers; rename one of them.`;
      problems.push(problem('same-name', sentence, { file: path }));
    }
  }
  return problems;
}

/** A document, by path. */
export interface Source {
  readonly path: string;
  readonly source: string;
}

/**
 * The documents of main as they would be after a push: what the push says where it says something,
 * and main's own elsewhere.
 */
export function afterPush(
  main: readonly Source[],
  changed: readonly { readonly path: string; readonly source: string | undefined }[],
): Source[] {
  const all = new Map(main.map(({ path, source }) => [path, source]));
  for (const { path, source } of changed) {
    if (source === undefined) all.delete(path);
    else all.set(path, source);
  }
  return [...all].map(([path, source]) => ({ path, source }));
}

/** More than these nobody mends before the next push. */
const MOST_TOLD = 50;

/** What a pusher reads whose push was refused. */
export function refusalLines(problems: readonly string[]): string[] {
  const more = problems.length - MOST_TOLD;
  return [
    '',
    'Nothing was changed. Mend this, and push again:',
    '',
    ...problems.slice(0, MOST_TOLD),
    ...(more > 0 ? [`… and ${more} more; “cairn plan check .” tells all of them.`] : []),
    '',
  ];
}
