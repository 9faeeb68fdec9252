import { type Hunk, hunksBetween } from '../../meetings/notes/hunk-rules.ts';

/**
 * How one list of lines became another. Long lists with many changes are first cut at lines that both
 * have once and in the same order, so that a far-reaching change does not hide what stayed.
 */
export function lineHunks(before: readonly string[], after: readonly string[]): Hunk[] {
  const hunks = hunksBetween(before, after);
  const [whole] = hunks;
  if (hunks.length !== 1 || whole === undefined) return hunks;
  const { from, to, insert } = whole;
  if (to - from < 2 || insert.length < 2) return hunks;
  const old = before.slice(from, to);
  const anchors = commonLandmarks(old, insert);
  if (anchors.length === 0) return hunks;
  const cut: Hunk[] = [];
  let [oldAt, newAt] = [0, 0];
  for (const [oldLine, newLine] of [...anchors, [old.length, insert.length] as const]) {
    for (const hunk of lineHunks(old.slice(oldAt, oldLine), insert.slice(newAt, newLine))) {
      const start = from + oldAt;
      cut.push({ from: start + hunk.from, to: start + hunk.to, insert: hunk.insert });
    }
    [oldAt, newAt] = [oldLine + 1, newLine + 1];
  }
  return cut;
}

/** Places of lines that are in both lists once, as many as stand in the same order in both. */
function commonLandmarks(
  before: readonly string[],
  after: readonly string[],
): (readonly [number, number])[] {
  const inAfter = singles(after);
  const shared = [...singles(before)].flatMap(([line, at]) => {
    const other = inAfter.get(line);
    return other === undefined ? [] : [[at, other] as const];
  });
  return longestRising(shared.toSorted(([one], [other]) => one - other));
}

/** Lines that are in a list once, with their place. */
function singles(lines: readonly string[]): ReadonlyMap<string, number> {
  const places = new Map<string, number>();
  const twice = new Set<string>();
  for (const [at, line] of lines.entries()) {
    if (places.has(line)) twice.add(line);
    places.set(line, at);
  }
  for (const line of twice) places.delete(line);
  return places;
}

/** The longest run of pairs whose second numbers rise, as in patience sorting. */
function longestRising(
  pairs: readonly (readonly [number, number])[],
): (readonly [number, number])[] {
  const tops: number[] = [];
  const before: (number | undefined)[] = [];
  for (const [index, [, value]] of pairs.entries()) {
    let [low, high] = [0, tops.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tops[middle] ?? 0]?.[1] ?? 0) < value) low = middle + 1;
      else high = middle;
    }
    before[index] = tops[low - 1];
    tops[low] = index;
  }
  const run: (readonly [number, number])[] = [];
  for (let at = tops.at(-1); at !== undefined; at = before[at]) {
    const pair = pairs[at];
    if (pair !== undefined) run.push(pair);
  }
  return run.reverse();
}

/**
 * Where lines of a text are in another one, counted from 1; undefined for a line that is gone or was
 * changed. What the line break is made of does not matter.
 *
 *     followLine('one\ntwo\n', 'zero\none\ntwo\n', 2) // 3
 */
export const followLine = (before: string, after: string, line: number): number | undefined =>
  follower(before, after)(line);

/** The same for many lines of the same texts. */
export function follower(before: string, after: string): (line: number) => number | undefined {
  const old = plainLines(before);
  const hunks = lineHunks(old, plainLines(after));
  return (line) => {
    if (!Number.isInteger(line) || line < 1 || line > old.length) return undefined;
    let moved = line;
    for (const { from, to, insert } of hunks) {
      if (line <= from) break;
      if (line <= to) return undefined;
      moved += insert.length - (to - from);
    }
    return moved;
  };
}

/** Lines without their breaks; a break at the end of a text begins no new one. */
export function plainLines(text: string): string[] {
  const lines = text.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** Where several lines are now: the last of them must be there, and of the others the first that is. */
export function followLines(
  follow: (line: number) => number | undefined,
  { firstLine, line }: { readonly firstLine: number | null; readonly line: number },
): { readonly firstLine: number | null; readonly line: number } | undefined {
  const now = follow(line);
  if (now === undefined) return undefined;
  for (let one = firstLine ?? line; one < line; one += 1) {
    const first = follow(one);
    if (first !== undefined) return { firstLine: first < now ? first : null, line: now };
  }
  return { firstLine: null, line: now };
}
