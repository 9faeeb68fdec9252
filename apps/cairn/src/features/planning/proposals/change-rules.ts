import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { LONGEST_DOCUMENT, readPlanDocument } from '../documents/document-rules.ts';
import { documentPath } from './path-rules.ts';

/** One file of a change, as somebody typed it. */
export interface FileEdit {
  /** Where it was; empty for a new one. */
  readonly was: string;
  /** Where it is to be. */
  readonly path: string;
  readonly text: string;
  /** It is to go. */
  readonly isGone: boolean;
}

/** A file of a new commit; null takes it away. */
interface Change {
  readonly path: string;
  readonly content: string | null;
}

/** The field of a form that holds something of a file, by its place among the files. */
export const fieldOf = (name: 'path' | 'text' | 'gone', index: number): string =>
  `${name}.${index}`;

/**
 * What a change makes of files: only what differs from before, or every problem at the field that it
 * is about. `before` is what the files of the change say where it begins, by path; `there` are all
 * paths there.
 */
export function changesFrom(
  edits: readonly FileEdit[],
  before: ReadonlyMap<string, string>,
  there: ReadonlySet<string>,
): Result<readonly Change[], Problem[]> {
  const problems: Problem[] = [];
  const changes = new Map<string, string | null>();
  const left = new Set(
    edits.flatMap(({ was, isGone, path }) => (isGone || was !== path.trim() ? was : [])),
  );
  for (const [index, edit] of edits.entries()) {
    const { was, text, isGone } = edit;
    if (isGone) {
      if (was !== '' && !changes.has(was)) changes.set(was, null);
      continue;
    }
    // A file keeps the name that it has, whatever Git let in.
    const checked = was !== '' && edit.path.trim() === was ? ok(was) : documentPath(edit.path);
    const at = { path: fieldOf('path', index) };
    if (!checked.ok) {
      problems.push({ ...checked.error, place: at });
      continue;
    }
    const path = checked.value;
    if (path !== was) {
      const clash = clashOf(path, there, left);
      if (clash !== undefined || typeof changes.get(path) === 'string') {
        const sentence = `There is a document ${clash ?? path} already; choose another path, or change that one.`;
        problems.push(problem('path-taken', sentence, at));
        continue;
      }
      if (was !== '' && !changes.has(was)) changes.set(was, null);
    }
    const content = withLineEnds(text, before.get(was));
    if (content.length > LONGEST_DOCUMENT) {
      const most = LONGEST_DOCUMENT.toLocaleString('en-GB');
      const sentence = `This is longer than ${most} characters; split it into several documents.`;
      problems.push(problem('document-too-long', sentence, { path: fieldOf('text', index) }));
      continue;
    }
    if (content !== before.get(was) || path !== was) changes.set(path, content);
  }
  if (problems.length > 0) return fail(problems);
  return ok([...changes].map(([path, content]) => ({ path, content })));
}

/** A path that is there and stands in the way: the same, in other letters, or a folder or file of that name. */
function clashOf(
  path: string,
  there: ReadonlySet<string>,
  left: ReadonlySet<string>,
): string | undefined {
  const lower = path.toLowerCase();
  for (const other of there) {
    if (left.has(other)) continue;
    const each = other.toLowerCase();
    if (each === lower || each.startsWith(`${lower}/`) || lower.startsWith(`${each}/`))
      return other;
  }
  return undefined;
}

/** A text as a file keeps it: with the line ends that it had, and its last line ended. */
export function withLineEnds(text: string, before: string | undefined): string {
  const plain = text.replace(/\r\n?/g, '\n');
  const ended = plain === '' || plain.endsWith('\n') ? plain : `${plain}\n`;
  if (before !== undefined && plain === before) return before;
  const isDos = before !== undefined && /\r\n/.test(before) && !/(?<!\r)\n/.test(before);
  return isDos ? ended.replaceAll('\n', '\r\n') : ended;
}

/** What is wrong in the documents of a change, each problem told at the text that it is in. */
export const documentProblems = (edits: readonly FileEdit[]): Problem[] =>
  edits.flatMap(({ path, text, isGone }, index) =>
    isGone
      ? []
      : (readPlanDocument(path.trim(), text.replace(/\r\n?/g, '\n'))?.problems ?? []).map((each) =>
          atText(each, index),
        ),
  );

/** A problem in a file as one of the field in which its text stands; the line is part of the sentence. */
export const atText = ({ code, sentence, place }: Problem, index: number): Problem =>
  problem(code, place.line === undefined ? sentence : `Line ${place.line}: ${sentence}`, {
    path: fieldOf('text', index),
  });
