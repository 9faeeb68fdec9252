import type { IndexedGroups } from './index-groups.ts';
import type { GroupValues } from './model.ts';
import { type Packing, type PlaceCosts, packingOf } from './place-costs.ts';
import { type KeptFlow, PlaceFlow } from './place-flow.ts';

/** How many people a topic takes when it runs: sizes that its groups can have together. */
export interface Interval {
  readonly least: number;
  readonly most: number;
}

/** A decision that a branch of the search adds to those before it. */
export type Decision =
  | { readonly kind: 'closed'; readonly topic: number }
  | { readonly kind: 'open'; readonly topic: number; readonly interval: Interval }
  | { readonly kind: 'in' | 'out'; readonly person: number; readonly topic: number }
  | { readonly kind: 'given-up'; readonly pair: number };

/** What has been decided, what that costs at least, and the flow that says so. */
export interface Branch {
  readonly decisions: readonly Decision[];
  readonly bound: GroupValues;
  readonly kept: KeptFlow;
}

/** Two people that a rule of level 0 wants together or apart. */
export interface Pair {
  readonly kind: 'together' | 'apart';
  readonly people: readonly [number, number];
  readonly at: number;
  readonly weight: number;
}

/** A flow that follows decisions: which topics run, and who is in or out of which. */
export class DecidedFlow {
  readonly flow: PlaceFlow;
  /** Numbers in the flow: of whoever takes part, in the order in which they were drawn. */
  readonly people: readonly number[];
  readonly intervals: readonly (readonly Interval[])[];
  readonly pairs: readonly Pair[];
  readonly attached: readonly (readonly Attached[])[];
  readonly numberOf: readonly number[];
  readonly #indexed: IndexedGroups;
  readonly #costs: PlaceCosts;
  readonly #packing: Packing;
  readonly #sizeAt: number;
  readonly #sizeWeight: number;
  /** Decisions that are in the costs of the flow at the moment. */
  #decided: readonly Decision[] = [];

  constructor(indexed: IndexedGroups, costs: PlaceCosts, order: readonly number[]) {
    this.#indexed = indexed;
    this.#costs = costs;
    this.people = order;
    const numberOf = indexed.people.map(() => -1);
    for (const [number, person] of order.entries()) numberOf[person] = number;
    this.numberOf = numberOf;
    this.intervals = indexed.topics.map(intervalsOf);
    this.pairs = hardPairs(indexed, numberOf);
    this.attached = attachedTo(indexed);
    const sizes = indexed.rules.filter(({ kind }) => kind === 'size');
    this.#sizeAt = sizes[0]?.at ?? 0;
    this.#sizeWeight = sizes.reduce((sum, { weight }) => sum + weight, 0);
    const { cost, unit, packing } = this.#packed();
    this.#packing = packing;
    this.flow = new PlaceFlow(cost, unit, order.length, costs.places);
    for (const [topic, { most, groups }] of indexed.topics.entries()) {
      this.flow.bound(topic, 0, most * groups);
    }
    this.flow.addAll(order.map((_, number) => number));
  }

  /** What has been decided, as a branch; undefined where it cannot all be followed. */
  get branch(): Branch | undefined {
    const decisions = this.#decided;
    const bound = this.#values(decisions);
    return bound && { decisions, bound, kept: this.flow.keep() };
  }

  /** Puts the flow and its costs where a branch left them. */
  goTo({ decisions, kept }: Branch): void {
    for (const each of this.#decided.toReversed()) this.#price(each, -1);
    for (const each of decisions) this.#price(each, 1);
    this.#decided = decisions;
    this.flow.restore(kept);
  }

  decide(decision: Decision): void {
    const { flow } = this;
    const price = () => this.#price(decision, 1);
    switch (decision.kind) {
      case 'closed':
        flow.close(decision.topic);
        break;
      case 'open':
        flow.change(decision.topic, decision.interval, this.#bound(decision.topic), price);
        break;
      case 'in':
      case 'out':
        flow.reprice([decision.person], price);
        break;
    }
    this.#decided = [...this.#decided, decision];
  }

  /** Decides the other way about a topic. */
  flip(topic: number, decision: Decision): void {
    const before = this.#decided.find(
      (each) => (each.kind === 'open' || each.kind === 'closed') && each.topic === topic,
    );
    if (before !== undefined) {
      this.#decided = this.#decided.filter((each) => each !== before);
      this.flow.reprice(this.#bound(topic), () => this.#price(before, -1));
    }
    this.decide(decision);
  }

  /** Numbers of the people who are to be in a topic if it runs. */
  #bound(topic: number): number[] {
    const people = (this.attached[topic] ?? []).map(({ person }) => this.numberOf[person] ?? -1);
    return [...new Set(people.filter((number) => number >= 0))];
  }

  /** Adds to the costs of the flow what a decision makes dearer, or takes it away again. */
  #price(decision: Decision, sign: 1 | -1): void {
    const { places } = this.#costs;
    switch (decision.kind) {
      case 'open':
        for (const { person, at, weight } of this.attached[decision.topic] ?? []) {
          const number = this.numberOf[person] ?? -1;
          if (number < 0) continue;
          const cost = this.#vector(at + 1, weight);
          for (let place = 0; place < places; place++) {
            if (place !== decision.topic) this.flow.moves.addCost(number, place, cost, sign);
          }
        }
        break;
      case 'out':
        this.flow.moves.addCost(decision.person, decision.topic, this.#vector(0, 1), sign);
        break;
      case 'in':
        for (let place = 0; place < places; place++) {
          if (place === decision.topic) continue;
          this.flow.moves.addCost(decision.person, place, this.#vector(0, 1), sign);
        }
        break;
    }
  }

  /** What a branch costs at least; undefined where its decisions cannot all be followed. */
  #values(decisions: readonly Decision[]): GroupValues | undefined {
    const { values: names, topics } = this.#indexed;
    const { most } = this.flow;
    const { place, load } = this.flow.moves;
    const values = names.map(() => 0);
    const add = (at: number, cost: number) => {
      values[at] = (values[at] ?? 0) + cost;
    };
    for (const decision of decisions) {
      if (decision.kind === 'in' && place[decision.person] !== decision.topic) return undefined;
      if (decision.kind === 'out' && place[decision.person] === decision.topic) return undefined;
      if (decision.kind === 'given-up') {
        const pair = this.pairs[decision.pair];
        if (pair !== undefined) add(pair.at, pair.weight);
      }
      if (decision.kind !== 'open') continue;
      const { topic, interval } = decision;
      add(this.#sizeAt, Math.max(0, interval.least - (load[topic] ?? 0)) * this.#sizeWeight);
      for (const { person, at, weight } of this.attached[topic] ?? []) {
        const number = this.numberOf[person] ?? -1;
        if (number < 0 || place[number] !== topic) add(at, weight);
      }
    }
    for (const topic of topics.keys()) {
      add(this.#sizeAt, Math.max(0, (load[topic] ?? 0) - (most[topic] ?? 0)) * this.#sizeWeight);
    }
    for (const [number, person] of this.people.entries()) {
      this.#costs.each(person, place[number] ?? -1, add);
    }
    return values;
  }

  #vector(value: number, cost: number): Float64Array {
    const vector = new Float64Array(this.#packing.limbs);
    vector[this.#packing.limbOf[value] ?? 0] = (this.#packing.factorOf[value] ?? 0) * cost;
    return vector;
  }

  /** All costs as the flow wants them; the first value is that of decisions that are not followed. */
  #packed(): { cost: Float64Array; unit: Float64Array; packing: Packing } {
    const { places } = this.#costs;
    const count = this.#indexed.values.length;
    const greatest = new Array<number>(count + 1).fill(0);
    const row = new Float64Array(places * count);
    const fill = (person: number) => {
      row.fill(0);
      for (let place = 0; place < places; place++) {
        this.#costs.each(person, place, (at, cost) => {
          row[place * count + at] = (row[place * count + at] ?? 0) + cost;
        });
      }
    };
    for (const person of this.people) {
      fill(person);
      for (let at = 0; at < row.length; at++) {
        const value = 1 + (at % count);
        if ((row[at] ?? 0) > (greatest[value] ?? 0)) greatest[value] = row[at] ?? 0;
      }
    }
    for (const { at, weight } of this.attached.flat()) {
      greatest[at + 1] = (greatest[at + 1] ?? 0) + weight;
    }
    greatest[this.#sizeAt + 1] = (greatest[this.#sizeAt + 1] ?? 0) + 2 * this.#sizeWeight;
    // Decisions about pairs may be as many as there are pairs, and each counts.
    greatest[0] = this.pairs.length === 0 ? 0 : 2 * this.pairs.length + 1;
    const packing = packingOf(greatest, places);
    const { limbs, limbOf, factorOf } = packing;
    const cost = new Float64Array(this.people.length * places * limbs);
    for (const [number, person] of this.people.entries()) {
      for (let place = 0; place < places; place++) {
        const own = (number * places + place) * limbs;
        this.#costs.each(person, place, (at, each) => {
          const limb = own + (limbOf[at + 1] ?? 0);
          cost[limb] = (cost[limb] ?? 0) + each * (factorOf[at + 1] ?? 0);
        });
      }
    }
    const unit = new Float64Array(limbs);
    unit[limbOf[this.#sizeAt + 1] ?? 0] = (factorOf[this.#sizeAt + 1] ?? 0) * this.#sizeWeight;
    return { cost, unit, packing };
  }
}

/** Somebody who is to be in a topic if it runs, and what it costs if they are not. */
export interface Attached {
  readonly person: number;
  readonly at: number;
  readonly weight: number;
}

function attachedTo({ topics, rules }: IndexedGroups): Attached[][] {
  return topics.map((topic) =>
    rules.flatMap(({ kind, at, weight }) => {
      if (kind !== 'leads' && kind !== 'needed') return [];
      return topic[kind].map((person) => ({ person, at, weight }));
    }),
  );
}

/** The sizes that one, two ... groups of a topic can have together, where they meet as one. */
function intervalsOf({
  least,
  most,
  groups,
}: {
  readonly least: number;
  readonly most: number;
  readonly groups: number;
}): Interval[] {
  const intervals: { least: number; most: number }[] = [];
  for (let count = 1; count <= groups; count++) {
    const last = intervals.at(-1);
    if (last !== undefined && count * least <= last.most + 1) {
      // From here on no gap can come: they only widen.
      last.most = groups * most;
      break;
    }
    intervals.push({ least: count * least, most: count * most });
  }
  return intervals;
}

function hardPairs({ rules }: IndexedGroups, numberOf: readonly number[]): Pair[] {
  return rules.flatMap(({ kind, at, weight, people }) => {
    if ((kind !== 'together' && kind !== 'apart') || at !== 0) return [];
    const numbers = people.map((each) => numberOf[each] ?? -1).filter((each) => each >= 0);
    return numbers.flatMap((one, index) =>
      numbers.slice(index + 1).map((other): Pair => ({ kind, people: [one, other], at, weight })),
    );
  });
}
