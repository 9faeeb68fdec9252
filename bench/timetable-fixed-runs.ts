import { SUMMIT_SIZES, summitInstance } from '@cairn/timetable/generator/summit';
import { Search } from '@cairn/timetable/search/search';
import { indexInstance } from '@cairn/timetable/sessions/index-instance';

/** A search with a seed and a number of iterations, and a short name of all that came of it. */
export interface FixedRun {
  readonly what: string;
  readonly values: string;
  readonly hash: string;
}

/**
 * Searches that every machine must end alike. This file is run as it is by Node and, bundled, by
 * other versions and in a browser, so it knows none of them.
 */
export function fixedRuns(iterations: number): FixedRun[] {
  return (['S', 'M', 'L'] as const).map((size) => {
    const indexed = indexInstance(summitInstance({ ...SUMMIT_SIZES[size], seed: 1, isFair: true }));
    if (!indexed.ok) throw new Error(`summit ${size} is not in order`);
    const search = new Search(indexed.value, { seed: 1, iterations });
    while (!search.run(50_000)) {
      // Each step is as many moves as it was asked for.
    }
    const { slot, room } = search.best;
    return {
      what: `summit ${size}, worst-off first, seed 1, ${iterations} iterations`,
      values: search.values.join(', '),
      hash: hashOf([...Array.from(slot), ...Array.from(room)]),
    };
  });
}

/** FNV-1a over numbers, twice with different beginnings: 16 hexadecimal digits. */
function hashOf(numbers: readonly number[]): string {
  return [0x811c9dc5, 0x01000193]
    .map((start) => {
      let hash = start;
      for (const number of numbers) hash = Math.imul(hash ^ number, 0x01000193);
      return (hash >>> 0).toString(16).padStart(8, '0');
    })
    .join('');
}
