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

/** Words whose bits are counted together: 16 times 8 bits of a byte fit into a byte. */
const BLOCK = 16;

/**
 * How many are in both sets, or any number below `atLeast` where they are fewer than that; `most` is
 * how many more may still come, for each block of words. The innermost loop of all: counts stay in
 * the four bytes of a word until a block is done.
 */
export function countCommon(one: Bits, other: Bits, most: Bits, atLeast: number): number {
  let count = 0;
  for (let from = 0, block = 0; from < one.length; from += BLOCK, block++) {
    if (count + (most[block] ?? 0) < atLeast) return count;
    const until = Math.min(from + BLOCK, one.length);
    let bytes = 0;
    for (let word = from; word < until; word++) {
      let x = (one[word] ?? 0) & (other[word] ?? 0);
      x -= (x >>> 1) & 0x55555555;
      x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
      bytes += (x + (x >>> 4)) & 0x0f0f0f0f;
    }
    const pairs = (bytes & 0x00ff00ff) + ((bytes >>> 8) & 0x00ff00ff);
    count += (pairs & 0xffff) + (pairs >>> 16);
  }
  return count;
}

/** For each block of words, how many of the set are in it or after it. */
export function countFromBlock(bits: Bits): Bits {
  const counts = new Int32Array(Math.ceil(bits.length / BLOCK));
  let sum = 0;
  for (let word = bits.length - 1; word >= 0; word--) {
    sum += popcount(bits[word] ?? 0);
    if (word % BLOCK === 0) counts[word / BLOCK] = sum;
  }
  return counts;
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
