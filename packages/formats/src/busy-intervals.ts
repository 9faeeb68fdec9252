/** Intervals in seconds since 1970, put together where they meet. */
export class BusyIntervals {
  /** Begin and end of each, in any order until they are merged. */
  #pairs: [number, number][] = [];
  #mostPairs = 50_000;
  readonly #from: number;
  readonly #until: number;

  /** Keeps what lies between two moments. */
  constructor(from: number, until: number) {
    this.#from = from;
    this.#until = until;
  }

  add(begins: number, ends: number): void {
    const [from, until] = [Math.max(begins, this.#from), Math.min(ends, this.#until)];
    if (from >= until) return;
    this.#pairs.push([from, until]);
    if (this.#pairs.length < this.#mostPairs) return;
    // Memory is bounded by what is left after merging, and merging by how often it is done.
    this.#pairs = this.merged();
    this.#mostPairs = Math.max(50_000, this.#pairs.length * 2);
  }

  /** In order; none meets the next. */
  merged(): [number, number][] {
    const merged: [number, number][] = [];
    for (const [from, until] of this.#pairs.toSorted((a, b) => a[0] - b[0])) {
      const last = merged.at(-1);
      if (last && from <= last[1]) last[1] = Math.max(last[1], until);
      else merged.push([from, until]);
    }
    return merged;
  }
}
