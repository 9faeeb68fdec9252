import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';

/** What a reviewer says of a version. */
export const VERDICTS = ['approve', 'request_changes', 'comment'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** The old side of a difference, or the new one. */
export type Side = 'old' | 'new';

/** The lines of one file that something is said about, counted from 1. */
export interface LinePlace {
  /** Where the file is on that side: before a rename on the old one. */
  readonly path: string;
  readonly side: Side;
  /** The last of the lines. */
  readonly line: number;
  /** The first of several; undefined for one line only. */
  readonly firstLine?: number | undefined;
}

/** What is needed of a review to know whether it counts. */
export interface CountedReview {
  readonly id: string;
  readonly version: number;
  readonly verdict: Verdict;
  /** Who gave it: a person's id, or the number of an account. */
  readonly by: string;
  readonly isDismissed: boolean;
}

/**
 * The reviews that say where each reviewer stands: the last approval or request for changes of each
 * that was not dismissed. A comment takes back nothing. Reviews come in the order in which they
 * were given.
 */
export function standingReviews<R extends CountedReview>(reviews: readonly R[]): R[] {
  const last = new Map<string, R>();
  for (const review of reviews) {
    if (review.verdict === 'comment' || review.isDismissed) continue;
    last.delete(review.by);
    last.set(review.by, review);
  }
  return [...last.values()];
}

/** What a review must hold before anything is looked up. */
export function reviewProblem(review: {
  readonly verdict: Verdict;
  readonly body: string;
  /** How many comments on lines go with it. */
  readonly lines: number;
  /** Whether whoever gives it made the proposal, or this version of it. */
  readonly isOwn: boolean;
  readonly isOpen: boolean;
}): Problem | undefined {
  const { verdict, body, lines, isOwn, isOpen } = review;
  if (verdict !== 'comment' && isOwn) {
    const sentence =
      verdict === 'approve'
        ? 'This is your own work, so somebody else has to approve it; ask them for a review.'
        : 'This is your own work; change it, or write a comment.';
    return problem('own-proposal', sentence, { path: 'verdict' });
  }
  if (verdict !== 'comment' && !isOpen) {
    const sentence = 'This proposal is not open any more; it can still be commented on.';
    return problem('proposal-over', sentence, { path: 'verdict' });
  }
  if (body.trim() !== '') return undefined;
  if (verdict === 'request_changes') {
    const sentence = 'Say in a sentence what has to change, so that the author can act on it.';
    return problem('no-reason', sentence, { path: 'body' });
  }
  return verdict === 'comment' && lines === 0
    ? problem('no-comment', 'Write something first.', { path: 'body' })
    : undefined;
}

/** Whether lines are in a text of so many lines. */
export function checkedPlace(
  place: LinePlace,
  lines: number,
): Result<{ readonly line: number; readonly firstLine: number | null }, Problem> {
  const { line, firstLine = line } = place;
  const isThere = Number.isInteger(line) && Number.isInteger(firstLine) && firstLine >= 1;
  if (!isThere || firstLine > line) {
    const sentence = 'The first line is a whole number from 1 to the last one.';
    return fail(problem('bad-lines', sentence, { path: 'firstLine' }));
  }
  if (line > lines) {
    const sentence = `There is no line ${line} on that side of ${place.path}; open the file again and choose one.`;
    return fail(problem('no-such-line', sentence, { path: 'line' }));
  }
  return ok({ line, firstLine: firstLine === line ? null : firstLine });
}

/** Lines of a text; a line break at its end begins no new one. An empty text has none. */
export function linesOf(text: string): string[] {
  if (text === '') return [];
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** How a verdict is called as something that somebody did. */
export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  approve: 'approved',
  request_changes: 'asked for changes',
  comment: 'commented',
};
