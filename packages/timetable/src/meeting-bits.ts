/**
 * Sets of people as bits, 32 to a word. `Int32Array`, because a word above 2³¹ would make the engine
 * leave whole numbers.
 */
export type Bits = Int32Array;

export const wordsFor = (people: number): number => (people + 31) >>> 5;

export function setBit(bits: Bits, index: number): void {
  const word = index >>> 5;
  bits[word] = (bits[word] ?? 0) | (1 << (index & 31));
}

/** How many bits of a word are set. */
export function popcount(word: number): number {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** How many are in the first set and not in the second. */
export function countWithout(bits: Bits, other: Bits, otherFrom: number): number {
  let count = 0;
  for (let word = 0; word < bits.length; word++) {
    count += popcount((bits[word] ?? 0) & ~(other[otherFrom + word] ?? 0));
  }
  return count;
}

/**
 * Weights as sets of people, one for each binary digit: a weighted count is then a few plain counts.
 * Where everybody weighs 1 there is one plane, and it holds everybody.
 */
export function weightPlanes(weights: readonly number[]): Bits[] {
  const planes: Bits[] = [];
  for (let digit = 0; weights.some((weight) => weight >= 2 ** digit); digit++) {
    const plane = new Int32Array(wordsFor(weights.length));
    for (const [index, weight] of weights.entries()) {
      if ((weight >>> digit) & 1) setBit(plane, index);
    }
    planes.push(plane);
  }
  return planes;
}
