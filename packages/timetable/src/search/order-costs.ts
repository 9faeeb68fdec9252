import type { IndexedInstance, IndexedRule } from '../sessions/index-instance.ts';
import { type Lists, listsOf } from './lists.ts';

const BEFORE = 0;
const CONSECUTIVE = 1;
const TOGETHER = 2;
const SAME_DAY = 3;
const OTHER_DAY = 4;

/** The rules that compare when two sessions start: order, together, days. */
export class OrderCosts {
  /** For each session the relations that it is in. */
  readonly ofSession: Lists;
  readonly #kind: Uint8Array;
  readonly #first: Int32Array;
  readonly #second: Int32Array;
  /** Of `before`: the slots from the start of the first to the earliest start of the second. */
  readonly #slots: Int32Array;
  readonly #level: Int32Array;
  readonly #cost: Float64Array;
  readonly #dayOf: Int32Array;
  readonly #isFollowed: Uint8Array;

  constructor(indexed: IndexedInstance) {
    const relations = indexed.rules.flatMap((rule) => relationsOf(rule, indexed));
    const rows = indexed.sessions.map((): number[] => []);
    for (const [number, { first, second }] of relations.entries()) {
      rows[first]?.push(number);
      rows[second]?.push(number);
    }
    this.ofSession = listsOf(rows);
    this.#kind = Uint8Array.from(relations, ({ kind }) => kind);
    this.#first = Int32Array.from(relations, ({ first }) => first);
    this.#second = Int32Array.from(relations, ({ second }) => second);
    this.#slots = Int32Array.from(relations, ({ slots }) => slots);
    this.#level = Int32Array.from(relations, ({ level }) => level);
    this.#cost = Float64Array.from(relations, ({ cost }) => cost);
    this.#dayOf = Int32Array.from(indexed.dayOf);
    this.#isFollowed = Uint8Array.from(indexed.isFollowed, Number);
  }

  /** Adds, times `sign`, what a slot costs a session beside those that have a slot. */
  cost(session: number, slot: number, slots: Int32Array, sign: number, into: Float64Array): void {
    const { from, items } = this.ofSession;
    const until = from[session + 1] as number;
    for (let index = from[session] as number; index < until; index++) {
      const relation = items[index] as number;
      const isFirst = this.#first[relation] === session;
      const other = isFirst ? this.#second[relation] : this.#first[relation];
      const otherSlot = slots[other as number] as number;
      if (otherSlot < 0) continue;
      const isBroken = isFirst
        ? this.#isBroken(relation, slot, otherSlot)
        : this.#isBroken(relation, otherSlot, slot);
      if (!isBroken) continue;
      const level = this.#level[relation] as number;
      into[level] = (into[level] as number) + sign * (this.#cost[relation] as number);
    }
  }

  /**
   * Adds what it changes that some sessions go elsewhere at once. `at` says where in `to` the new slot
   * of a session is, -1 for one that stays.
   */
  change(
    session: number,
    slot: number,
    slots: Int32Array,
    at: Int32Array,
    to: Int32Array,
    into: Float64Array,
  ): void {
    const { from, items } = this.ofSession;
    const until = from[session + 1] as number;
    const old = slots[session] as number;
    for (let index = from[session] as number; index < until; index++) {
      const relation = items[index] as number;
      const first = this.#first[relation] as number;
      const isFirst = first === session;
      const other = isFirst ? (this.#second[relation] as number) : first;
      const place = at[other] as number;
      // Two that both go are counted with the first of them.
      if (place >= 0 && !isFirst) continue;
      const otherOld = slots[other] as number;
      const otherNew = place >= 0 ? (to[place] as number) : otherOld;
      let change = 0;
      if (slot >= 0 && otherNew >= 0) {
        change += Number(
          isFirst
            ? this.#isBroken(relation, slot, otherNew)
            : this.#isBroken(relation, otherNew, slot),
        );
      }
      if (old >= 0 && otherOld >= 0) {
        change -= Number(
          isFirst
            ? this.#isBroken(relation, old, otherOld)
            : this.#isBroken(relation, otherOld, old),
        );
      }
      if (change === 0) continue;
      const level = this.#level[relation] as number;
      into[level] = (into[level] as number) + change * (this.#cost[relation] as number);
    }
  }

  #isBroken(relation: number, first: number, second: number): boolean {
    switch (this.#kind[relation]) {
      case BEFORE:
        return second < first + (this.#slots[relation] as number);
      case CONSECUTIVE:
        return (
          second !== first + (this.#slots[relation] as number) || this.#isFollowed[second - 1] !== 1
        );
      case TOGETHER:
        return first !== second;
      case SAME_DAY:
        return this.#dayOf[first] !== this.#dayOf[second];
      default:
        return this.#dayOf[first] === this.#dayOf[second];
    }
  }
}

interface Relation {
  readonly kind: number;
  readonly first: number;
  readonly second: number;
  readonly slots: number;
  readonly level: number;
  readonly cost: number;
}

function relationsOf(rule: IndexedRule, { sessions }: IndexedInstance): Relation[] {
  const { level, weight: cost } = rule;
  const relation = (kind: number, first: number, second: number, slots = 0): Relation[] =>
    first === second ? [] : [{ kind, first, second, slots, level, cost }];
  const lengthOf = (session: number) => sessions[session]?.length ?? 1;
  const ofPairs = (kind: number) =>
    rule.sessions.flatMap((one, at) =>
      rule.sessions.slice(at + 1).flatMap((other) => relation(kind, one, other)),
    );
  const ofNeighbours = (kind: number, slots: number) =>
    rule.sessions.slice(1).flatMap((next, at) => {
      const one = rule.sessions[at] as number;
      return relation(kind, one, next, lengthOf(one) + slots);
    });
  switch (rule.rule.kind) {
    case 'before':
      return ofNeighbours(BEFORE, rule.rule.slots ?? 0);
    case 'consecutive':
      return ofNeighbours(CONSECUTIVE, 0);
    case 'together':
      return ofPairs(TOGETHER);
    case 'same-day':
      return ofPairs(SAME_DAY);
    case 'other-day':
      return ofPairs(OTHER_DAY);
    default:
      return [];
  }
}
