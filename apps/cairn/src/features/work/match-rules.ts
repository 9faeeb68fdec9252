/** A line that became a task, as it was when it was last looked at. */
export interface KnownLine {
  readonly id: string;
  readonly text: string;
  /** Undefined when the line was gone. */
  readonly line: number | undefined;
}

/** A line that is there now. */
export interface PresentLine {
  readonly text: string;
  readonly line: number;
}

export interface Matched<Known, Present> {
  readonly pairs: readonly { readonly known: Known; readonly present: Present }[];
  readonly gone: readonly Known[];
  readonly added: readonly Present[];
}

/** Two lines that share less than half of their words are two things. */
const ALIKE = 0.5;

/**
 * Which line of before is which line of now, whatever moved and was reworded meanwhile: first those
 * that say the same, in order; then those that say nearly the same, the most alike first. A line that
 * was gone comes back only as it was.
 */
export function matchLines<Known extends KnownLine, Present extends PresentLine>(
  known: readonly Known[],
  present: readonly Present[],
): Matched<Known, Present> {
  const pairs: { known: Known; present: Present }[] = [];
  const leftKnown = new Set(known);
  const leftPresent = new Set(present);
  const pair = (one: Known, other: Present): void => {
    pairs.push({ known: one, present: other });
    leftKnown.delete(one);
    leftPresent.delete(other);
  };
  const inOrder = known.toSorted((a, b) => (a.line ?? Infinity) - (b.line ?? Infinity));
  const bySaying = Map.groupBy(present, ({ text }) => normal(text));
  for (const one of inOrder) {
    const same = bySaying.get(normal(one.text))?.shift();
    if (same !== undefined) pair(one, same);
  }
  const alike = [...leftKnown]
    .filter(({ line }) => line !== undefined)
    .flatMap((one) =>
      [...leftPresent].map((other) => ({ one, other, likeness: likeness(one.text, other.text) })),
    )
    .filter((each) => each.likeness >= ALIKE)
    .sort(
      (a, b) =>
        b.likeness - a.likeness ||
        Math.abs((a.one.line ?? 0) - a.other.line) - Math.abs((b.one.line ?? 0) - b.other.line),
    );
  for (const { one, other } of alike) {
    if (leftKnown.has(one) && leftPresent.has(other)) pair(one, other);
  }
  return { pairs, gone: [...leftKnown], added: [...leftPresent] };
}

const normal = (text: string): string => text.toLowerCase().replace(/\s+/g, ' ').trim();

/** Twice the words in common over all words (Dice), or 1 where one goes on from the other. */
function likeness(one: string, other: string): number {
  const [a, b] = [normal(one), normal(other)];
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (short.length >= 3 && long.startsWith(short)) return 1;
  const [words, others] = [new Set(a.split(' ')), new Set(b.split(' '))];
  const common = [...words].filter((word) => others.has(word)).length;
  return (2 * common) / (words.size + others.size);
}
