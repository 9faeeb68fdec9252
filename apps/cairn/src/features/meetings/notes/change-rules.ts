import { hunksBetween, tokensOf } from './hunk-rules.ts';

/** A stretch of a text, from one place to another (not included), that another text has in its stead. */
export interface TextChange {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** In tokens; a longer stretch is told as replaced in one piece. */
const MOST_TOKENS = 8000;

/**
 * How one text became another, in order and by words. Places are counted in the old text, in UTF-16
 * units as a textarea counts them. Making the changes from last to first gives the new text.
 */
export function textChanges(before: string, after: string): TextChange[] {
  if (before === after) return [];
  const lines = before.split('\n');
  const starts = [0];
  for (const line of lines) starts.push((starts.at(-1) ?? 0) + line.length + 1);
  const startOf = (line: number): number => starts[line] ?? before.length + 1;
  return hunksBetween(lines, after.split('\n')).flatMap(({ from, to, insert }) => {
    if (insert.length === 0) {
      // A line goes together with one of the breaks around it.
      return to < lines.length
        ? [{ from: startOf(from), to: startOf(to), text: '' }]
        : [{ from: startOf(from) - 1, to: before.length, text: '' }];
    }
    const text = insert.join('\n');
    if (from === to) {
      return from < lines.length
        ? [{ from: startOf(from), to: startOf(from), text: `${text}\n` }]
        : [{ from: before.length, to: before.length, text: `\n${text}` }];
    }
    return wordChanges(before.slice(startOf(from), startOf(to) - 1), text, startOf(from));
  });
}

function wordChanges(before: string, after: string, offset: number): TextChange[] {
  const [old, now] = [tokensOf(before), tokensOf(after)];
  if (old.length > MOST_TOKENS || now.length > MOST_TOKENS) {
    return [{ from: offset, to: offset + before.length, text: after }];
  }
  let at = offset;
  let index = 0;
  const lengthOf = (tokens: readonly string[]) =>
    tokens.reduce((sum, { length }) => sum + length, 0);
  return hunksBetween(old, now).map(({ from, to, insert }) => {
    at += lengthOf(old.slice(index, from));
    const start = at;
    at += lengthOf(old.slice(from, to));
    index = to;
    return { from: start, to: at, text: insert.join('') };
  });
}

/**
 * Where a place in the old text is in the new one, so that a caret stays at its word. What was
 * inserted right at the place stands after it.
 */
export function movedPlace(changes: readonly TextChange[], place: number): number {
  let moved = place;
  for (const { from, to, text } of changes) {
    if (place <= from) break;
    if (place < to) return moved - place + from + Math.min(place - from, text.length);
    moved += text.length - (to - from);
  }
  return moved;
}

/** A stretch of a text that was marked up with what came in and what went. */
export interface MarkedPart {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** The new text with what it has lost and gained against the old one, in reading order. */
export function markedParts(before: string, after: string): MarkedPart[] {
  const parts: MarkedPart[] = [];
  let at = 0;
  for (const { from, to, text } of textChanges(before, after)) {
    parts.push({ kind: 'same', text: before.slice(at, from) });
    parts.push({ kind: 'removed', text: before.slice(from, to) });
    parts.push({ kind: 'added', text });
    at = to;
  }
  parts.push({ kind: 'same', text: before.slice(at) });
  return parts.filter(({ text }) => text !== '');
}
