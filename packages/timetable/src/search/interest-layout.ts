import type { IndexedPerson } from '../sessions/index-instance.ts';

const BITS = 32;
/** A value for each number of leading zeros of a word. */
export const VALUES: number = BITS + 1;

/** Sessions that are worth the same to somebody, and the bits in which they are counted. */
export interface Field {
  readonly value: number;
  readonly members: readonly number[];
  readonly word: number;
  readonly bit: number;
  readonly bits: number;
}

export interface Layout {
  /** The most important last. */
  readonly fields: readonly Field[];
  readonly away: { readonly word: number; readonly bit: number } | undefined;
  readonly words: number;
}

/** Gives each kind of session that somebody may be in enough bits to count them in. */
export function layoutOf({ bound, interest, away }: IndexedPerson): Layout {
  const groups = new Map<number, number[]>();
  const isBound = new Set(bound);
  // Those at which somebody must be are ordered above all others.
  const most = Math.max(0, ...interest.values()) + 1;
  for (const session of new Set([...interest.keys(), ...bound])) {
    const rank = (interest.get(session) ?? 0) + (isBound.has(session) ? most : 0);
    groups.set(rank, [...(groups.get(rank) ?? []), session]);
  }
  let word = 0;
  let bit = 0;
  const take = (bits: number) => {
    if (bit + bits > BITS) {
      word += 1;
      bit = 0;
    }
    bit += bits;
    return { word, bit: bit - bits };
  };
  const fields = [...groups]
    .sort(([one], [other]) => one - other)
    .map(([rank, members]): Field => {
      const bits = BITS - Math.clz32(members.length);
      return { value: rank >= most ? rank - most : rank, members, bits, ...take(bits) };
    });
  return { fields, away: away.size > 0 ? take(1) : undefined, words: word + 1 };
}

/** For each word and number of its leading zeros what the highest bit that is set is worth. */
export function valuesOf({ fields }: Layout, words: number): number[] {
  const values = Array.from({ length: words * VALUES }, () => 0);
  for (const { value, word, bit, bits } of fields) {
    for (let at = bit; at < bit + bits; at++) values[word * VALUES + BITS - 1 - at] = value;
  }
  return values;
}
