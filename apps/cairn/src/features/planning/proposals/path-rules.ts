import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { kindOfPath } from '../documents/kind-rules.ts';

/** The longest path of a document, in UTF-16 units: every machine can check it out. */
const LONGEST_PATH = 200;

/**
 * A path as somebody typed it, if a file of the plan's text can have it: below the top of the plan,
 * on every machine, and read by Cairn.
 */
export function documentPath(typed: string): Result<string, Problem> {
  const path = typed.trim().normalize('NFC');
  const wrong = whatIsWrong(path);
  return wrong === undefined ? ok(path) : fail(problem('bad-path', wrong, { path: 'path' }));
}

function whatIsWrong(path: string): string | undefined {
  if (path === '') return 'Say where the document is to be, such as topics/sparse-arrays.md.';
  if (path.length > LONGEST_PATH) {
    return `This path is longer than ${LONGEST_PATH} characters; choose a shorter one.`;
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u001f\u007f\\:*?"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]/.test(path)) {
    return 'Leave out signs that not every machine can keep in a file’s name, such as : ? * or \\.';
  }
  const parts = path.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..')) {
    return 'Write the path from the top of the plan, with one slash between folders: topics/sparse-arrays.md.';
  }
  if (parts.some((part) => /^\.git/i.test(part) || /^git~\d/i.test(part))) {
    return 'Names that begin with .git are Git’s own; choose another one.';
  }
  if (parts.some((part) => /[. ]$/.test(part) || /^ /.test(part))) {
    return 'No part of a path begins with a space, or ends with one or a full stop.';
  }
  if (kindOfPath(path) === undefined) {
    return 'Documents are Markdown: let the name end in .md. Everything else comes with Git.';
  }
  return undefined;
}

/**
 * A file name made of a title, in Latin letters, digits and hyphens.
 *
 *     slugOf('Sparse arrays, at last') // 'sparse-arrays-at-last'
 */
export const slugOf = (title: string): string =>
  title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '');
