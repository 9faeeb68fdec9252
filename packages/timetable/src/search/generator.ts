/**
 * A seeded generator (sfc32 of PractRand, by Chris Doty-Humphrey) whose state is four words, so that
 * it can be written down and taken up again. The same seed gives the same numbers on every machine.
 * Not for secrets.
 */
export class Generator {
  readonly #words = new Int32Array(4);

  constructor(seed: number) {
    this.#words.set([seed, Math.floor(seed / 4_294_967_296), 0x9e3779b9, 1]);
    for (let round = 0; round < 16; round++) this.next();
  }

  /** A word of 32 random bits. */
  next(): number {
    const words = this.#words;
    const b = words[1] as number;
    const c = words[2] as number;
    const counter = words[3] as number;
    const drawn = ((words[0] as number) + b + counter) | 0;
    words[3] = (counter + 1) | 0;
    words[0] = b ^ (b >>> 9);
    words[1] = (c + (c << 3)) | 0;
    words[2] = (((c << 21) | (c >>> 11)) + drawn) | 0;
    return drawn;
  }

  /** A whole number from 0 up to, without, `count` (at most 65,536). */
  below(count: number): number {
    return ((this.next() >>> 16) * count) >>> 16;
  }

  get state(): number[] {
    return [...this.#words];
  }

  set state(words: readonly number[]) {
    this.#words.set(words);
  }
}

const STEPS = 4096;

/**
 * How much worse a move may be, in temperatures: -ln(u) for u spread evenly over (0, 1). A move that
 * is taken when it costs less than the temperature times one of these, drawn at random, is taken with
 * the probability of simulated annealing, exp(-cost / temperature). A table made with the four basic
 * operations, because `Math.log` may differ between engines.
 */
export const EXPONENTIAL: Float64Array = exponentialTable();

/** The size of `EXPONENTIAL`, less one: a mask for random bits. */
export const EXPONENTIAL_MASK: number = STEPS - 1;

function exponentialTable(): Float64Array {
  const table = new Float64Array(STEPS);
  for (let step = 0; step < STEPS; step++) table[step] = -logarithm((step + 0.5) / STEPS);
  return table;
}

/** The natural logarithm of a number above 0, from + - * / alone. */
export function logarithm(value: number): number {
  let halvings = 0;
  let rest = value;
  for (; rest > 1.5; rest /= 2) halvings += 1;
  for (; rest < 0.75; rest *= 2) halvings -= 1;
  // ln(x) = 2 artanh((x - 1) / (x + 1)), whose series is quick near 1.
  const ratio = (rest - 1) / (rest + 1);
  let power = ratio;
  let sum = 0;
  for (let odd = 1; odd < 40; odd += 2) {
    sum += power / odd;
    power *= ratio * ratio;
  }
  return 2 * sum + halvings * Math.LN2;
}

/** e to the power of any number, from + - * / alone. */
export function exponential(value: number): number {
  const parts = Math.max(1, Math.ceil(Math.abs(value) * 2));
  const part = value / parts;
  let term = 1;
  let sum = 1;
  for (let step = 1; step < 20; step++) {
    term *= part / step;
    sum += term;
  }
  let power = 1;
  for (let step = 0; step < parts; step++) power *= sum;
  return power;
}
