import { weightOfSet } from './meeting-attendance.ts';
import { type Bits, popcount, setBit, wordsFor } from './meeting-bits.ts';
import { type Choice, type Columns, earliestSlot } from './meeting-columns.ts';
import type { TimeValues } from './meeting-last-call.ts';

/** Every choice of three columns, if they are not more than this, is looked at instead of branching. */
const MOST_CHOICES = 6_000_000;

/** How many choices of columns there are for three calls; undefined where there are other calls or too many. */
export function countChoices({ choices, required }: Columns): number | undefined {
  const count = choices.reduce((product, { length }) => product * length, 1);
  return choices.length === 3 && required >= 1 && required <= 3 && count <= MOST_CHOICES
    ? count
    : undefined;
}

/** The first three values: what most timetables fall behind by. */
type Served = Pick<TimeValues, 'neededMissing' | 'enough' | 'attended'>;

/**
 * Looks at every choice of columns for three calls, and keeps those that serve people best: that no
 * other serves better is then proven. What two columns have in common is counted once for all pairs;
 * for three a, b and c, of whom t are in all, inclusion and exclusion give
 *
 *     in at least one    a + b + c − ab − ac − bc + t
 *     in at least two    ab + ac + bc − 2t
 *
 * so that pairs alone leave out most triples, and for the rest t is counted only until it is too much.
 */
export class Enumeration {
  /** Columns looked at for the last call. */
  iterations = 0;
  /** The choices that serve best, with what they serve. */
  readonly kept: (readonly [Choice, Choice, Choice])[] = [];
  #best: Served;
  readonly #columns: Columns;
  readonly #common: Common;
  readonly #needed: NeededColumns;
  /** The weights of whoever can make both of two calls, a plane after another. */
  readonly #both: Bits[];
  /** When the last slot of each choice of the last call starts. */
  readonly #lastStarts: Float64Array;
  #at = 0;

  constructor(columns: Columns, best: Served) {
    this.#columns = columns;
    this.#best = best;
    this.#common = new Common(columns);
    this.#needed = new NeededColumns(columns);
    this.#both = columns.planes.map(() => new Int32Array(columns.words));
    this.#lastStarts = Float64Array.from(
      columns.choices[2] ?? [],
      ({ slots }) => columns.starts[slots.at(-1) ?? 0] ?? 0,
    );
  }

  /** Goes on by all choices that begin with one column; false when there are no more. */
  step(): boolean {
    const [first = [], second = [], third = []] = this.#columns.choices;
    const one = first[this.#at++];
    if (one === undefined) return false;
    const { starts, gap } = this.#columns;
    const begins = starts[one.slots[0] ?? 0] ?? 0;
    for (const two of second) {
      const slot = earliestSlot(two, starts, begins + gap);
      if (slot === undefined) continue;
      this.#pair(one, two, third, (starts[slot] ?? 0) + gap);
    }
    return true;
  }

  #pair(one: Choice, two: Choice, third: readonly Choice[], from: number): void {
    const { required } = this.#columns;
    const common = this.#common;
    const a = common.of(one, one);
    const b = common.of(two, two);
    const ab = common.of(one, two);
    const hasNeeded = !this.#needed.isEmpty;
    let isReady = false;
    for (let index = 0; index < third.length; index++) {
      const three = third[index] as Choice;
      if ((this.#lastStarts[index] as number) < from) continue;
      this.iterations += 1;
      const c = common.of(three, three);
      const ac = common.of(one, three);
      const bc = common.of(two, three);
      const best = this.#best;
      const neededMissing = hasNeeded ? this.#needed.missing(one, two, three, required) : 0;
      if (neededMissing > best.neededMissing) continue;
      const isTied = neededMissing === best.neededMissing;
      // Cheap, and leaves out most: in two of them are at most those of the pairs.
      if (isTied && required === 2 && ab + ac + bc < best.enough) continue;
      // What is in all three is at least this, and at most what is in any two.
      const least = Math.max(0, ab + ac - a, ab + bc - b, ac + bc - c);
      const most = Math.min(ab, ac, bc);
      let mayBe = most;
      if (isTied) {
        const bound =
          required === 1
            ? a + b + c - ab - ac - bc + most
            : required === 2
              ? ab + ac + bc - 2 * least
              : most;
        if (bound < best.enough) continue;
        if (required === 2) mayBe = Math.min(most, Math.floor((ab + ac + bc - best.enough) / 2));
      }
      if (!isReady) this.#prepare(one, two);
      isReady = true;
      const all = this.#inAll(three.column.can, mayBe);
      if (all > mayBe) continue;
      const some = a + b + c - ab - ac - bc + all;
      const twice = ab + ac + bc - 2 * all;
      const enough = required === 1 ? some : required === 2 ? twice : all;
      const attended = some + (required >= 2 ? twice : 0) + (required === 3 ? all : 0);
      this.#take([one, two, three], { neededMissing, enough, attended });
    }
  }

  #take(chosen: readonly [Choice, Choice, Choice], served: Served): void {
    const best = this.#best;
    const compared =
      served.neededMissing - best.neededMissing ||
      best.enough - served.enough ||
      best.attended - served.attended;
    if (compared > 0) return;
    if (compared < 0) {
      this.#best = served;
      this.kept.length = 0;
    }
    this.kept.push(chosen);
  }

  #prepare({ column: one }: Choice, { column: two }: Choice): void {
    const { planes, words } = this.#columns;
    for (let digit = 0; digit < planes.length; digit++) {
      const plane = planes[digit] as Bits;
      const both = this.#both[digit] as Bits;
      for (let word = 0; word < words; word++) {
        both[word] =
          (plane[word] as number) & (one.can[word] as number) & (two.can[word] as number);
      }
    }
  }

  /** The weight of those of both who can make the third too, or more than `most` if it is. */
  #inAll(can: Bits, most: number): number {
    const { words } = this.#columns;
    let sum = 0;
    for (let digit = this.#both.length - 1; digit >= 0 && sum <= most; digit--) {
      const both = this.#both[digit] as Bits;
      const factor = 2 ** digit;
      for (let from = 0; from < words && sum <= most; from += BLOCK) {
        sum += factor * countIn(both, can, from, Math.min(words, from + BLOCK));
      }
    }
    return sum;
  }
}

/** Words that are counted between two looks at whether it is too much already; 16 fit into bytes. */
const BLOCK = 16;

function countIn(one: Bits, other: Bits, from: number, until: number): number {
  let bytes = 0;
  for (let word = from; word < until; word++) {
    let x = (one[word] as number) & (other[word] as number);
    x -= (x >>> 1) & 0x55555555;
    x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
    bytes += (x + (x >>> 4)) & 0x0f0f0f0f;
  }
  const pairs = (bytes & 0x00ff00ff) + ((bytes >>> 8) & 0x00ff00ff);
  return (pairs & 0xffff) + (pairs >>> 16);
}

/** What those weigh who can make both of two columns, counted when first asked for. */
class Common {
  readonly #columns: Columns;
  readonly #count: number;
  readonly #weights: Float64Array;
  readonly #both: Bits;

  constructor(columns: Columns) {
    this.#columns = columns;
    const ids = columns.choices.flat().map(({ column }) => column.id);
    this.#count = 1 + Math.max(-1, ...ids);
    this.#weights = new Float64Array(this.#count ** 2).fill(-1);
    this.#both = new Int32Array(columns.words);
  }

  of({ column: one }: Choice, { column: other }: Choice): number {
    const known = this.#weights[one.id * this.#count + other.id] as number;
    return known >= 0 ? known : this.#weigh(one.id, other.id, one.can, other.can);
  }

  #weigh(one: number, other: number, some: Bits, others: Bits): number {
    const { words, planes } = this.#columns;
    let weight = 0;
    if (one === other) {
      weight = weightOfSet(this.#columns, some);
    } else if (planes.length === 1) {
      for (let from = 0; from < words; from += BLOCK) {
        weight += countIn(some, others, from, Math.min(words, from + BLOCK));
      }
    } else {
      const both = this.#both;
      for (let word = 0; word < words; word++) {
        both[word] = (some[word] as number) & (others[word] as number);
      }
      for (let digit = 0; digit < planes.length; digit++) {
        let count = 0;
        for (let from = 0; from < words; from += BLOCK) {
          count += countIn(both, planes[digit] as Bits, from, Math.min(words, from + BLOCK));
        }
        weight += count * 2 ** digit;
      }
    }
    this.#weights[one * this.#count + other] = weight;
    this.#weights[other * this.#count + one] = weight;
    return weight;
  }
}

/** The columns of the needed people alone, who are few. */
class NeededColumns {
  readonly #count: number;
  readonly #columns = new Map<number, Bits>();

  constructor({ choices, needed, people }: Columns) {
    const those: number[] = [];
    for (let person = 0; person < people; person++) {
      if (((needed[person >>> 5] ?? 0) >>> (person & 31)) & 1) those.push(person);
    }
    this.#count = those.length;
    for (const { column } of choices.flat()) {
      if (this.#count === 0 || this.#columns.has(column.id)) continue;
      const bits = new Int32Array(wordsFor(those.length));
      for (const [index, person] of those.entries()) {
        if (((column.can[person >>> 5] ?? 0) >>> (person & 31)) & 1) setBit(bits, index);
      }
      this.#columns.set(column.id, bits);
    }
  }

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  missing(one: Choice, two: Choice, three: Choice, required: number): number {
    const a = this.#columns.get(one.column.id);
    const b = this.#columns.get(two.column.id);
    const c = this.#columns.get(three.column.id);
    let missing = this.#count;
    for (let word = 0; word < (a?.length ?? 0); word++) {
      const [x, y, z] = [a?.[word] ?? 0, b?.[word] ?? 0, c?.[word] ?? 0];
      missing -= popcount(
        required === 1 ? x | y | z : required === 2 ? (x & y) | (x & z) | (y & z) : x & y & z,
      );
    }
    return missing;
  }
}
