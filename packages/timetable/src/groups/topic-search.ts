import type { IndexedGroups } from './index-groups.ts';
import { compareGroupValues, type GroupValues } from './model.ts';
import { type Packing, type PlaceCosts, packingOf } from './place-costs.ts';
import { type KeptFlow, PlaceFlow } from './place-flow.ts';

/** Who works on what, and what is known of how good that can be. */
export interface FoundPlaces {
  /** By person the topic, or as many as there are topics for none; -1 for who does not take part. */
  readonly place: Int32Array;
  /** How large the groups of each topic are together; of those that are closed 0. */
  readonly values: GroupValues;
  /** Nobody can do better than this in the rules that ask only for people's places and sizes. */
  readonly bound: GroupValues;
  readonly iterations: number;
}

/** How many people a topic takes when it runs: sizes that its groups can have together. */
interface Interval {
  readonly least: number;
  readonly most: number;
}

/** A decision that a branch of the search adds to those before it. */
type Decision =
  | { readonly kind: 'closed'; readonly topic: number }
  | { readonly kind: 'open'; readonly topic: number; readonly interval: Interval }
  | { readonly kind: 'in' | 'out'; readonly person: number; readonly topic: number }
  | { readonly kind: 'given-up'; readonly pair: number };

interface Branch {
  readonly decisions: readonly Decision[];
  readonly bound: GroupValues;
  readonly kept: KeptFlow;
}

/** Two people that a rule of level 0 wants together or apart. */
interface Pair {
  readonly kind: 'together' | 'apart';
  readonly people: readonly [number, number];
  readonly at: number;
  readonly weight: number;
}

/**
 * Finds which topics run and who is in them, by branch and bound. With the topics given, a flow is
 * the best there is (`PlaceFlow`); which of them run is decided one by one, beginning with a flow in
 * which none has a least size. That flow is a bound for all below it. Pairs of people that must be
 * together or apart are decided in the same way, where a flow has them wrong.
 */
export class TopicSearch {
  readonly #indexed: IndexedGroups;
  readonly #costs: PlaceCosts;
  readonly #packing: Packing;
  readonly #flow: PlaceFlow;
  /** Numbers in the flow: of whoever takes part, in the order in which they were drawn. */
  readonly #people: readonly number[];
  readonly #numberOf: readonly number[];
  readonly #intervals: readonly (readonly Interval[])[];
  readonly #pairs: readonly Pair[];
  readonly #attached: readonly (readonly Attached[])[];
  readonly #sizeAt: number;
  readonly #sizeWeight: number;
  /** Decisions that are in the costs of the flow at the moment. */
  #decided: readonly Decision[] = [];
  #open: Branch[] = [];
  #best: Branch | undefined;

  constructor(indexed: IndexedGroups, costs: PlaceCosts, order: readonly number[]) {
    this.#indexed = indexed;
    this.#costs = costs;
    this.#people = order;
    const numberOf = indexed.people.map(() => -1);
    for (const [number, person] of order.entries()) numberOf[person] = number;
    this.#numberOf = numberOf;
    this.#intervals = indexed.topics.map(intervalsOf);
    this.#pairs = hardPairs(indexed, numberOf);
    this.#attached = attachedTo(indexed);
    const sizes = indexed.rules.filter(({ kind }) => kind === 'size');
    this.#sizeAt = sizes[0]?.at ?? 0;
    this.#sizeWeight = sizes.reduce((sum, { weight }) => sum + weight, 0);
    const { cost, unit, packing } = this.#packed();
    this.#packing = packing;
    this.#flow = new PlaceFlow(cost, unit, order.length, costs.places);
    this.#begin();
  }

  get iterations(): number {
    return this.#flow.iterations;
  }

  get isDone(): boolean {
    return this.#open.length === 0;
  }

  /** The best so far; the first is there after as many steps as there are decisions to take. */
  get best(): { readonly place: Int32Array; readonly values: GroupValues } | undefined {
    const best = this.#best;
    if (best === undefined) return undefined;
    const place = new Int32Array(this.#indexed.people.length).fill(-1);
    for (const [number, person] of this.#people.entries()) {
      place[person] = best.kept.place[number] ?? -1;
    }
    return { place, values: best.bound };
  }

  /** No places are better than this. */
  get bound(): GroupValues {
    return [...this.#open, ...(this.#best === undefined ? [] : [this.#best])]
      .map(({ bound }) => bound)
      .reduce((least, each) => (compareGroupValues(each, least) < 0 ? each : least));
  }

  /** Goes on by one branch; false when nothing is left to decide. */
  step(): boolean {
    const branch = this.#open.pop();
    if (branch === undefined) return false;
    if (this.#isHopeless(branch)) return !this.isDone;
    this.#goTo(branch);
    const choices = this.#choices(branch);
    if (choices === undefined) {
      this.#best = branch;
      return !this.isDone;
    }
    const branches = choices
      .map((more): Branch | undefined => {
        this.#goTo(branch);
        for (const decision of more) this.#decide(decision);
        const decisions = [...branch.decisions, ...more];
        const bound = this.#values(decisions);
        return bound && { decisions, bound, kept: this.#flow.keep() };
      })
      .filter((each) => each !== undefined)
      .filter((each) => !this.#isHopeless(each))
      // The most promising is looked at first: it is the last of the stack.
      .sort((one, other) => compareGroupValues(other.bound, one.bound));
    this.#open.push(...branches);
    return !this.isDone;
  }

  #isHopeless({ bound }: Branch): boolean {
    return this.#best !== undefined && compareGroupValues(bound, this.#best.bound) >= 0;
  }

  #begin(): void {
    const flow = this.#flow;
    const { topics } = this.#indexed;
    for (const [topic, { most, groups }] of topics.entries()) flow.bound(topic, 0, most * groups);
    flow.addAll(this.#people.map((_, number) => number));
    const decisions = topics.flatMap(({ mustRun }, topic): Decision[] => {
      const [interval, ...more] = this.#intervals[topic] ?? [];
      if (!mustRun || interval === undefined || more.length > 0) return [];
      return [{ kind: 'open', topic, interval }];
    });
    for (const decision of decisions) this.#decide(decision);
    const bound = this.#values(decisions);
    if (bound !== undefined) this.#open.push({ decisions, bound, kept: flow.keep() });
  }

  /** The ways to go on; undefined where everything is as it must be. */
  #choices({ decisions, kept }: Branch): readonly (readonly Decision[])[] | undefined {
    const topic = this.#undecided(decisions);
    if (topic !== undefined) {
      const open = (this.#intervals[topic] ?? []).map((interval): Decision[] => [
        { kind: 'open', topic, interval },
      ]);
      const closed: Decision[] = [{ kind: 'closed', topic }];
      return this.#indexed.topics[topic]?.mustRun ? open : [closed, ...open];
    }
    const wrong = this.#wrongPair(decisions, kept.place);
    return wrong === undefined ? undefined : this.#pairChoices(wrong, kept.place);
  }

  /** The topic that has some people and most lacks what it takes to run; undefined when none does. */
  #undecided(decisions: readonly Decision[]): number | undefined {
    const decided = new Set(
      decisions.flatMap((each) =>
        each.kind === 'open' || each.kind === 'closed' ? [each.topic] : [],
      ),
    );
    let found: { topic: number; doubt: number } | undefined;
    for (const [topic, { least, mustRun }] of this.#indexed.topics.entries()) {
      if (decided.has(topic)) continue;
      const load = this.#flow.load[topic] ?? 0;
      if (load === 0 && !mustRun) continue;
      const intervals = this.#intervals[topic] ?? [];
      const most = intervals.at(-1)?.most ?? 0;
      const fits = load > most || intervals.some((each) => each.least <= load && load <= each.most);
      const lacks = (this.#attached[topic] ?? []).some(
        ({ person }) => (this.#flow.place[this.#numberOf[person] ?? -1] ?? -1) !== topic,
      );
      if (fits && !lacks && !(mustRun && load === 0)) continue;
      // Half full is where both ways change most.
      const doubt = Math.abs(2 * load - least) / least;
      if (found === undefined || doubt < found.doubt) found = { topic, doubt };
    }
    return found?.topic;
  }

  #wrongPair(decisions: readonly Decision[], place: Int32Array): number | undefined {
    const givenUp = new Set(
      decisions.flatMap((each) => (each.kind === 'given-up' ? [each.pair] : [])),
    );
    const nowhere = this.#indexed.topics.length;
    const found = this.#pairs.findIndex(({ kind, people: [one, other] }, pair) => {
      if (givenUp.has(pair)) return false;
      const [here, there] = [place[one] ?? nowhere, place[other] ?? nowhere];
      if (here === nowhere || there === nowhere) return false;
      if (kind === 'together') return here !== there;
      // Where a topic may have more groups they may part; that is seen when it is split.
      return here === there && this.#indexed.topics[here]?.groups === 1;
    });
    return found === -1 ? undefined : found;
  }

  #pairChoices(pair: number, place: Int32Array): readonly (readonly Decision[])[] {
    const { kind, people } = this.#pairs[pair] ?? { kind: 'apart', people: [0, 0] };
    const [one, other] = people;
    const topic = place[one] ?? 0;
    const out = (person: number): Decision => ({ kind: 'out', person, topic });
    const into = (person: number): Decision => ({ kind: 'in', person, topic });
    if (kind === 'apart') {
      return [
        [out(one)],
        [into(one), out(other)],
        [into(one), into(other), { kind: 'given-up', pair }],
      ];
    }
    const nowhere = this.#indexed.topics.length;
    return [
      [into(one), into(other)],
      [out(one)],
      [into(one), out(other), { kind: 'given-up', pair }],
      [into(one), { kind: 'in', person: other, topic: nowhere }],
    ];
  }

  /** Puts the flow and its costs where a branch left them. */
  #goTo({ decisions, kept }: Branch): void {
    for (const each of this.#decided.toReversed()) this.#price(each, -1);
    for (const each of decisions) this.#price(each, 1);
    this.#decided = decisions;
    this.#flow.restore(kept);
  }

  #decide(decision: Decision): void {
    const flow = this.#flow;
    const price = () => this.#price(decision, 1);
    switch (decision.kind) {
      case 'closed':
        flow.close(decision.topic);
        break;
      case 'open': {
        const people = (this.#attached[decision.topic] ?? [])
          .map(({ person }) => this.#numberOf[person] ?? -1)
          .filter((number) => number >= 0);
        flow.change(decision.topic, decision.interval, [...new Set(people)], price);
        break;
      }
      case 'in':
      case 'out':
        flow.reprice([decision.person], price);
        break;
    }
    this.#decided = [...this.#decided, decision];
  }

  /** Adds to the costs of the flow what a decision makes dearer, or takes it away again. */
  #price(decision: Decision, sign: 1 | -1): void {
    const { places } = this.#costs;
    switch (decision.kind) {
      case 'open':
        for (const { person, at, weight } of this.#attached[decision.topic] ?? []) {
          const number = this.#numberOf[person] ?? -1;
          if (number < 0) continue;
          const cost = this.#vector(at + 1, weight);
          for (let place = 0; place < places; place++) {
            if (place !== decision.topic) this.#flow.addCost(number, place, cost, sign);
          }
        }
        break;
      case 'out':
        this.#flow.addCost(decision.person, decision.topic, this.#vector(0, 1), sign);
        break;
      case 'in':
        for (let place = 0; place < places; place++) {
          if (place === decision.topic) continue;
          this.#flow.addCost(decision.person, place, this.#vector(0, 1), sign);
        }
        break;
    }
  }

  /** What a branch costs at least; undefined where its decisions cannot all be followed. */
  #values(decisions: readonly Decision[]): GroupValues | undefined {
    const { values: names, topics } = this.#indexed;
    const { place, load, most } = this.#flow;
    const values = names.map(() => 0);
    const add = (at: number, cost: number) => {
      values[at] = (values[at] ?? 0) + cost;
    };
    for (const decision of decisions) {
      if (decision.kind === 'in' && place[decision.person] !== decision.topic) return undefined;
      if (decision.kind === 'out' && place[decision.person] === decision.topic) return undefined;
      if (decision.kind === 'given-up') {
        const pair = this.#pairs[decision.pair];
        if (pair !== undefined) add(pair.at, pair.weight);
      }
      if (decision.kind !== 'open') continue;
      const { topic, interval } = decision;
      add(this.#sizeAt, Math.max(0, interval.least - (load[topic] ?? 0)) * this.#sizeWeight);
      for (const { person, at, weight } of this.#attached[topic] ?? []) {
        const number = this.#numberOf[person] ?? -1;
        if (number < 0 || place[number] !== topic) add(at, weight);
      }
    }
    for (const topic of topics.keys()) {
      add(this.#sizeAt, Math.max(0, (load[topic] ?? 0) - (most[topic] ?? 0)) * this.#sizeWeight);
    }
    for (const [number, person] of this.#people.entries()) {
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
    for (const person of this.#people) {
      fill(person);
      for (let at = 0; at < row.length; at++) {
        const value = 1 + (at % count);
        if ((row[at] ?? 0) > (greatest[value] ?? 0)) greatest[value] = row[at] ?? 0;
      }
    }
    for (const { at, weight } of this.#attached.flat()) {
      greatest[at + 1] = (greatest[at + 1] ?? 0) + weight;
    }
    greatest[this.#sizeAt + 1] = (greatest[this.#sizeAt + 1] ?? 0) + 2 * this.#sizeWeight;
    // Decisions about pairs may be as many as there are pairs, and each counts.
    greatest[0] = this.#pairs.length === 0 ? 0 : 2 * this.#pairs.length + 1;
    const packing = packingOf(greatest, places);
    const { limbs, limbOf, factorOf } = packing;
    const cost = new Float64Array(this.#people.length * places * limbs);
    for (const [number, person] of this.#people.entries()) {
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
interface Attached {
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
