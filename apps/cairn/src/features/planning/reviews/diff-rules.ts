import type { DiffLine, DiffPair, DiffStretch, LinePart } from '../../../design/diff-lines.ts';
import { hunksBetween, tokensOf } from '../../meetings/notes/hunk-rules.ts';
import { aligned } from './align-rules.ts';
import { lineHunks } from './line-rules.ts';

/** Lines above this are not compared word by word, in characters. */
const LONGEST_COMPARED = 2000;

/**
 * How one text became another: stretches of lines that stayed and of lines that became others, in
 * order. Every line of both texts is there once.
 */
export function diffTexts(before: string, after: string): DiffStretch[] {
  const [old, now] = [wholeLines(before), wholeLines(after)];
  const stretches: DiffStretch[] = [];
  let [oldAt, newAt] = [0, 0];
  const same = (until: number): void => {
    if (until === oldAt) return;
    const pairs: DiffPair[] = [];
    while (oldAt < until) {
      pairs.push({ left: lineOf(old, oldAt++), right: lineOf(now, newAt++) });
    }
    stretches.push({ kind: 'same', pairs });
  };
  for (const { from, to, insert } of lineHunks(old, now)) {
    same(from);
    const lefts = old.slice(from, to).map((_, index) => lineOf(old, from + index));
    const rights = insert.map((_, index) => lineOf(now, newAt + index));
    stretches.push({ kind: 'change', pairs: changedPairs(lefts, rights) });
    oldAt = to;
    newAt += insert.length;
  }
  same(old.length);
  return stretches;
}

/** Lines with their breaks, so that a break that is missing at the end is a difference. */
const wholeLines = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

function lineOf(lines: readonly string[], index: number): DiffLine {
  const line = lines[index] ?? '';
  const isOpen = !line.endsWith('\n');
  return { number: index + 1, text: isOpen ? line : line.slice(0, -1), isOpen };
}

function changedPairs(lefts: readonly DiffLine[], rights: readonly DiffLine[]): DiffPair[] {
  const isShort = ({ text }: DiffLine): boolean => text.length <= LONGEST_COMPARED;
  return aligned(lefts, rights, (line) => (isShort(line) ? tokensOf(line.text) : [])).map(
    ({ left, right, isMatch }) =>
      isMatch && left !== undefined && right !== undefined
        ? withWords(left, right)
        : { left, right },
  );
}

/** Two lines with their words marked. */
function withWords(left: DiffLine, right: DiffLine): DiffPair {
  const [before, after] = wordParts(left.text, right.text);
  return { left: { ...left, parts: before }, right: { ...right, parts: after } };
}

/** What of two texts is different, by words: the parts of the one and of the other. */
export function wordParts(before: string, after: string): [LinePart[], LinePart[]] {
  const [old, now] = [tokensOf(before), tokensOf(after)];
  const [lefts, rights]: [LinePart[], LinePart[]] = [[], []];
  const put = (parts: LinePart[], tokens: readonly string[], isChanged: boolean): void => {
    if (tokens.length > 0) parts.push({ text: tokens.join(''), isChanged });
  };
  let at = 0;
  for (const { from, to, insert } of hunksBetween(old, now)) {
    put(lefts, old.slice(at, from), false);
    put(rights, old.slice(at, from), false);
    put(lefts, old.slice(from, to), true);
    put(rights, insert, true);
    at = to;
  }
  put(lefts, old.slice(at), false);
  put(rights, old.slice(at), false);
  return [lefts, rights];
}

/** A line of one text as it stands in one column: what went, what came, and what stayed. */
export interface UnifiedLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly left: DiffLine | undefined;
  readonly right: DiffLine | undefined;
}

/** A stretch in one column: of a change first what went, then what came. */
export const unified = ({ kind, pairs }: DiffStretch): UnifiedLine[] =>
  kind === 'same'
    ? pairs.map((pair) => ({ kind, ...pair }))
    : [
        ...pairs.flatMap(({ left }) =>
          left === undefined ? [] : [{ kind: 'removed', left, right: undefined } as const],
        ),
        ...pairs.flatMap(({ right }) =>
          right === undefined ? [] : [{ kind: 'added', left: undefined, right } as const],
        ),
      ];

/** A stretch that is shown, or unchanged lines that are folded away. */
export interface ShownStretch extends DiffStretch {
  readonly isFolded: boolean;
  /** Of a change, its number in the text, from 1. */
  readonly change: number | undefined;
}

/** So many unchanged lines are shown around a change. */
const AROUND = 3;

/** Folding away fewer lines than this saves no room. */
const FEWEST_FOLDED = 4;

/**
 * Folds away what is far from any change, and from the lines that must be in sight: those that
 * somebody has said something about.
 */
export function folded(
  stretches: readonly DiffStretch[],
  mustShow: (pair: DiffPair) => boolean = () => false,
): ShownStretch[] {
  const pairs = stretches.flatMap(({ kind, pairs: inside }) =>
    inside.map((pair) => ({ pair, isNear: kind === 'change' || mustShow(pair) })),
  );
  const isShown = new Array<boolean>(pairs.length).fill(false);
  for (const [index, { isNear }] of pairs.entries()) {
    if (!isNear) continue;
    for (let at = Math.max(0, index - AROUND); at <= index + AROUND; at += 1) {
      if (at < isShown.length) isShown[at] = true;
    }
  }
  const shown: ShownStretch[] = [];
  let at = 0;
  let change = 0;
  for (const { kind, pairs: inside } of stretches) {
    if (kind === 'change') {
      change += 1;
      shown.push({ kind, pairs: inside, isFolded: false, change });
      at += inside.length;
      continue;
    }
    for (const run of runsOf(inside, (_, index) => isShown[at + index] === true)) {
      const isFolded = !run.isTrue && run.items.length >= FEWEST_FOLDED;
      const last = shown.at(-1);
      if (last?.kind === 'same' && last.isFolded === isFolded) {
        shown[shown.length - 1] = { ...last, pairs: [...last.pairs, ...run.items] };
      } else shown.push({ kind, pairs: run.items, isFolded, change: undefined });
    }
    at += inside.length;
  }
  return shown;
}

/** A list cut where what is asked of its items changes. */
function runsOf<T>(
  items: readonly T[],
  ask: (item: T, index: number) => boolean,
): { readonly isTrue: boolean; readonly items: T[] }[] {
  const runs: { readonly isTrue: boolean; readonly items: T[] }[] = [];
  for (const [index, item] of items.entries()) {
    const isTrue = ask(item, index);
    const last = runs.at(-1);
    if (last?.isTrue === isTrue) last.items.push(item);
    else runs.push({ isTrue, items: [item] });
  }
  return runs;
}

/** Whether the two texts end their lines differently: with a carriage return or without. */
export function lineEndChange(before: string, after: string): string | undefined {
  const [old, now] = [before.includes('\r\n'), after.includes('\r\n')];
  if (before === '' || after === '' || old === now) return undefined;
  return now
    ? 'The lines now end as on Windows (CRLF); that changes every line.'
    : 'The lines ended as on Windows (CRLF), and now end as everywhere else (LF).';
}
