import { type Random, seededRandom } from '@cairn/kernel/random';

/** Draws by chance from a seed, the same on every machine: nothing but + - * / decides. */
export class Draw {
  readonly #random: Random;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  /** A whole number from 0 to below `count`. */
  below(count: number): number {
    return Math.floor(this.#random() * count);
  }

  /** True with a chance from 0 to 1. */
  chance(of: number): boolean {
    return this.#random() < of;
  }

  /** One of a list that is not empty. */
  one<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('nothing to draw from');
    return item;
  }

  /** The list in an order of chance. */
  shuffled<T>(items: readonly T[]): T[] {
    const left = [...items];
    // Fisher and Yates, as of Durstenfeld (1964).
    for (let last = left.length - 1; last > 0; last--) {
      const other = this.below(last + 1);
      const kept = left[last] as T; // both are positions of the list
      left[last] = left[other] as T;
      left[other] = kept;
    }
    return left;
  }

  /** A position of weights that were added up, each as likely as its own weight is heavy. */
  position(sums: readonly number[]): number {
    const wanted = this.#random() * (sums.at(-1) ?? 0);
    let from = 0;
    let until = sums.length - 1;
    while (from < until) {
      const middle = (from + until) >> 1;
      if ((sums[middle] ?? 0) > wanted) until = middle;
      else from = middle + 1;
    }
    return from;
  }
}

/** The sums of a list up to each of its items. */
export function addedUp(weights: readonly number[]): number[] {
  let sum = 0;
  return weights.map((weight) => {
    sum += weight;
    return sum;
  });
}
