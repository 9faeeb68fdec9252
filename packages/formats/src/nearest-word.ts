/**
 * The known word that someone most likely meant, or undefined if none is close.
 * `nearestWord('titel', ['title', 'venue'])` is `'title'`.
 */
export function nearestWord(written: string, known: Iterable<string>): string | undefined {
  let best: { word: string; distance: number } | undefined;
  for (const word of known) {
    const distance = editDistance(plain(written), plain(word));
    if (!best || distance < best.distance) best = { word, distance };
  }
  // A third of the letters may differ: enough for slips, too little to call “city” “date”.
  const limit = Math.max(1, Math.floor(written.length / 3));
  return best && best.distance <= limit ? best.word : undefined;
}

/** Case, hyphens and underscores are where people differ without meaning to. */
const plain = (word: string): string => word.toLowerCase().replace(/[-_\s]/g, '');

/** Damerau-Levenshtein (optimal string alignment): swapped neighbours count as one slip. */
function editDistance(a: string, b: string): number {
  // Very long words are never slips of known ones, and the table would be large.
  if (a.length > 64 || b.length > 64) return Number.POSITIVE_INFINITY;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const differs = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = differs === 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const at = (cells: readonly number[], index: number) =>
        cells[index] ?? Number.POSITIVE_INFINITY;
      row.push(
        Math.min(
          at(last, j) + 1,
          at(row, j - 1) + 1,
          at(last, j - 1) + differs,
          swapped ? at(beforeLast, j - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? Number.POSITIVE_INFINITY;
}
