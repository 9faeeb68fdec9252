/** Two things that stand beside each other, or one that stands alone. */
export interface Aligned<T> {
  readonly left: T | undefined;
  readonly right: T | undefined;
  /** Whether they are so much alike that one is the other, changed. */
  readonly isMatch: boolean;
}

/** From this likeness on, of 1, two things are told as one that was changed. */
const ALIKE = 0.4;

/** Beyond so many comparisons things are set beside each other in order. */
const MOST_COMPARED = 2500;

/**
 * Sets what was replaced beside what replaced it, in order: so that those stand together that are most
 * alike, and whatever is left over side by side between them. Everything is there once.
 */
export function aligned<T>(
  lefts: readonly T[],
  rights: readonly T[],
  wordsOf: (item: T) => readonly string[],
): Aligned<T>[] {
  const matches =
    lefts.length * rights.length > MOST_COMPARED
      ? []
      : bestMatches(
          lefts.map((item) => bag(wordsOf(item))),
          rights.map((item) => bag(wordsOf(item))),
        );
  const rows: Aligned<T>[] = [];
  let [leftAt, rightAt] = [0, 0];
  for (const [leftEnd, rightEnd] of [...matches, [lefts.length, rights.length] as const]) {
    while (leftAt < leftEnd || rightAt < rightEnd) {
      rows.push({
        left: leftAt < leftEnd ? lefts[leftAt++] : undefined,
        right: rightAt < rightEnd ? rights[rightAt++] : undefined,
        isMatch: false,
      });
    }
    if (leftAt < lefts.length && rightAt < rights.length) {
      rows.push({ left: lefts[leftAt++], right: rights[rightAt++], isMatch: true });
    }
  }
  return rows;
}

type Bag = ReadonlyMap<string, number>;

function bag(words: readonly string[]): Bag {
  const counts = new Map<string, number>();
  for (const word of words) {
    if (/[\p{L}\p{N}]/u.test(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

/** How many words two bags share, against the larger of them. */
function likeness(one: Bag, other: Bag): number {
  let [shared, ones, others] = [0, 0, 0];
  for (const [word, count] of one) {
    shared += Math.min(count, other.get(word) ?? 0);
    ones += count;
  }
  for (const count of other.values()) others += count;
  return shared / Math.max(ones, others, 1);
}

/** Pairs of places, rising on both sides, with the greatest likeness together. */
function bestMatches(lefts: readonly Bag[], rights: readonly Bag[]): (readonly [number, number])[] {
  const likes = lefts.map((left) => rights.map((right) => likeness(left, right)));
  const best: number[][] = Array.from({ length: lefts.length + 1 }, () =>
    new Array<number>(rights.length + 1).fill(0),
  );
  const at = (table: readonly (readonly number[])[], row: number, column: number): number =>
    table[row]?.[column] ?? 0;
  const gain = (row: number, column: number): number => {
    const like = at(likes, row, column);
    return like < ALIKE ? -1 : like;
  };
  for (let row = lefts.length - 1; row >= 0; row -= 1) {
    for (let column = rights.length - 1; column >= 0; column -= 1) {
      const skipped = Math.max(at(best, row + 1, column), at(best, row, column + 1));
      const matched = gain(row, column) + at(best, row + 1, column + 1);
      const line = best[row];
      if (line !== undefined) line[column] = Math.max(skipped, matched);
    }
  }
  const matches: (readonly [number, number])[] = [];
  let [row, column] = [0, 0];
  while (row < lefts.length && column < rights.length) {
    const here = at(best, row, column);
    if (gain(row, column) >= 0 && here === gain(row, column) + at(best, row + 1, column + 1)) {
      matches.push([row, column]);
      row += 1;
      column += 1;
    } else if (here === at(best, row + 1, column)) row += 1;
    else column += 1;
  }
  return matches;
}
