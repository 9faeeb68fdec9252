import type { IndexedGroups } from './index-groups.ts';

/** What it costs that somebody is in a topic or in none, by itself: whatever the others do. */
export interface PlaceCosts {
  /** Everybody who takes part. */
  readonly people: readonly number[];
  /** One more than there are topics; the last place is nowhere. */
  readonly places: number;
  /** Calls back with each value (by its position) that it costs somebody to be in a place. */
  each(person: number, place: number, add: (at: number, cost: number) => void): void;
}

/** The rules that ask only where somebody is; `leads` and `needed` ask also what runs. */
export function placeCosts({ people, topics, rules, worstRank }: IndexedGroups): PlaceCosts {
  const nowhere = topics.length;
  const greatest = people.map(({ weight }) => Math.max(0, ...weight.values()));
  return {
    people: [...people.keys()].filter((person) => !people[person]?.isOut),
    places: nowhere + 1,
    each(number, place, add) {
      const person = people[number];
      if (person === undefined) return;
      for (const { kind, at, weight, from } of rules) {
        switch (kind) {
          case 'pinned':
            if (person.pinned !== undefined && person.pinned !== place) add(at, weight);
            break;
          case 'refused':
            if (person.refuses.has(place)) add(at, weight);
            break;
          case 'placed':
            if (place === nowhere) add(at, weight);
            break;
          case 'chosen':
            if (place !== nowhere && person.rank.size > 0 && !person.rank.has(place)) {
              add(at, weight);
            }
            break;
          case 'unmoved': {
            const before = from.get(number);
            if (before !== undefined && before !== place) add(at, weight);
            break;
          }
          case 'wishes': {
            const rank = person.rank.get(place) ?? 1;
            if (rank > 1) add(at + worstRank - rank, weight);
            break;
          }
          case 'interest': {
            const lost = (greatest[number] ?? 0) - (person.weight.get(place) ?? 0);
            if (lost > 0) add(at, lost * weight);
            break;
          }
        }
      }
    },
  };
}

/**
 * Values packed into as few numbers as possible, so that comparing these numbers in order compares
 * the values in order. A difference of two flows is made of cycles; no cycle visits a place twice, so
 * that no value in it exceeds the greatest single cost times the places. Each value gets that much
 * room in a whole number below 2⁵⁰.
 */
export interface Packing {
  /** How many numbers a cost takes. */
  readonly limbs: number;
  readonly limbOf: readonly number[];
  readonly factorOf: readonly number[];
}

export function packingOf(greatest: readonly number[], places: number): Packing {
  const limbOf: number[] = [];
  const factorOf: number[] = [];
  let limb = 0;
  let room = 1;
  // From the last value on: within a number the last is the least significant.
  for (const cost of greatest.toReversed()) {
    const base = (places + 3) * cost + 1;
    if (room * base > 2 ** 50) {
      limb += 1;
      room = 1;
    }
    limbOf.push(limb);
    factorOf.push(cost === 0 ? 0 : room);
    room *= base;
  }
  return {
    limbs: limb + 1,
    limbOf: limbOf.map((each) => limb - each).reverse(),
    factorOf: factorOf.reverse(),
  };
}
