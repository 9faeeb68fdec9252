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
  const others = [...leftPresent].map((other) => ({ other, said: saidIn(other.text) }));
  const alike = [...leftKnown]
    .filter(({ line }) => line !== undefined)
    .flatMap((one) => {
      const said = saidIn(one.text);
      return others
        .map(({ other, said: now }) => ({ one, other, likeness: likeness(said, now) }))
        .filter((each) => each.likeness >= ALIKE);
    })
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

interface Said {
  readonly text: string;
  readonly words: ReadonlySet<string>;
}

function saidIn(line: string): Said {
  const text = normal(line);
  return { text, words: new Set(text.split(' ')) };
}

/** Twice the words in common over all words (Dice), or 1 where one goes on from the other. */
function likeness(a: Said, b: Said): number {
  const [short, long] = a.text.length < b.text.length ? [a, b] : [b, a];
  if (short.text.length >= 3 && long.text.startsWith(short.text)) return 1;
  // Cheapest from the shorter list; the same either way.
  const [few, many] = a.words.size < b.words.size ? [a.words, b.words] : [b.words, a.words];
  let common = 0;
  for (const word of few) if (many.has(word)) common += 1;
  return (2 * common) / (a.words.size + b.words.size);
}
