import { diffArrays } from 'diff';

/** Items `from` to `to` (not included) of the old list were replaced by `insert`. */
export interface Hunk {
  readonly from: number;
  readonly to: number;
  readonly insert: readonly string[];
}

/**
 * How many insertions and deletions are looked for before two lists count as wholly different. The
 * search takes time in the square of it: 800 take some hundredths of a second.
 */
const MOST_EDITS = 800;

/** What turns one list into another, in order; hunks do not touch each other. */
export function hunksBetween(before: readonly string[], after: readonly string[]): Hunk[] {
  const shortest = Math.min(before.length, after.length);
  let head = 0;
  while (head < shortest && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < shortest - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const old = before.slice(head, before.length - tail);
  const now = after.slice(head, after.length - tail);
  if (old.length === 0 && now.length === 0) return [];
  const whole = { from: head, to: head + old.length, insert: now };
  if (old.length === 0 || now.length === 0) return [whole];
  const changes = diffArrays(old, now, { maxEditLength: MOST_EDITS });
  if (changes === undefined) return [whole];
  const hunks: Hunk[] = [];
  let at = head;
  let open: { from: number; to: number; insert: string[] } | undefined;
  for (const { added, removed, value } of changes) {
    if (!added && !removed) {
      if (open !== undefined) hunks.push(open);
      open = undefined;
      at += value.length;
      continue;
    }
    open ??= { from: at, to: at, insert: [] };
    if (added) open.insert.push(...value);
    else {
      at += value.length;
      open.to = at;
    }
  }
  if (open !== undefined) hunks.push(open);
  return hunks;
}

const OPENING = `(["'“‘*_\``;
const CLOSING = `)]"'”’*_\`.,;:!?`;

/** The signs before a word, the word, and the signs after it; from both ends, for a word can be long. */
function partsOfWord(run: string): string[] {
  let head = 0;
  while (head < run.length && OPENING.includes(run.charAt(head))) head += 1;
  let tail = run.length;
  while (tail > head && CLOSING.includes(run.charAt(tail - 1))) tail -= 1;
  return [run.slice(0, head), run.slice(head, tail), run.slice(tail)].filter((part) => part !== '');
}

/**
 * A text as line breaks, stretches of blanks, words, and the punctuation around words. A day such as
 * 2023-03-01 or an address stays one word: half of one and half of another would be a new one that
 * nobody wrote.
 */
export const tokensOf = (text: string): string[] =>
  (text.match(/\n|[^\S\n]+|\S+/gu) ?? []).flatMap((run) =>
    /^\s/u.test(run) ? [run] : partsOfWord(run),
  );

const consistsOf = (token: string, signs: string): boolean =>
  [...token].every((sign) => signs.includes(sign));

/** Whether two tokens that came to stand beside each other would run together into one word. */
export const wouldRunTogether = (before: string, after: string): boolean =>
  !/\s$/u.test(before) &&
  !/^\s/u.test(after) &&
  !consistsOf(before, OPENING) &&
  !consistsOf(after, CLOSING);
