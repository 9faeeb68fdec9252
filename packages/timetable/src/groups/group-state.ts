import type { NumberedGroup } from './checker.ts';
import type { IndexedGroups } from './index-groups.ts';
import type { PlaceCosts } from './place-costs.ts';

/** What two people in one group, or not in one, cost. */
interface Pair {
  readonly other: number;
  readonly kind: 'together' | 'apart';
  readonly at: number;
  readonly weight: number;
}

/** What belongs to a person by way of what runs. */
interface Attached {
  readonly topic: number;
  readonly at: number;
  readonly weight: number;
}

/** Somebody, and the group in which they are to be. */
export type Move = readonly [person: number, group: number];

/**
 * Groups with their values, which follow each change of who is where by what that change touches. The
 * groups themselves stay the same, and none of them is ever left by everybody.
 */
export class GroupState {
  /** By person; -1 for who is in none. */
  readonly groupOf: Int32Array;
  readonly members: number[][];
  readonly topicOf: readonly number[];
  readonly values: number[];
  readonly #indexed: IndexedGroups;
  readonly #costs: PlaceCosts;
  readonly #pairs: readonly (readonly Pair[])[];
  readonly #attached: readonly (readonly Attached[])[];

  constructor(indexed: IndexedGroups, costs: PlaceCosts, groups: readonly NumberedGroup[]) {
    this.#indexed = indexed;
    this.#costs = costs;
    this.topicOf = groups.map(({ topic }) => topic);
    this.members = groups.map(({ people }) => [...people]);
    this.groupOf = new Int32Array(indexed.people.length).fill(-1);
    for (const [group, { people }] of groups.entries()) {
      for (const person of people) this.groupOf[person] = group;
    }
    this.#pairs = pairsBy(indexed);
    this.#attached = attachedBy(indexed, new Set(this.topicOf));
    this.values = this.#valuesFromNothing(groups);
  }

  /**
   * Puts people into other groups (-1 for none) if no value gets worse before another gets better, and
   * no group is left by everybody; says whether it did. Each person is named once.
   */
  change(moves: readonly Move[]): boolean {
    const before = this.values.slice();
    const back = this.#move(moves);
    const isEmptied = back.some(([, group]) => this.members[group]?.length === 0);
    if (!isEmptied && !isWorse(this.values, before)) return true;
    this.#undo(back, before);
    return false;
  }

  /** What the values would be if people were in other groups. */
  valuesAfter(moves: readonly Move[]): number[] {
    const before = this.values.slice();
    const back = this.#move(moves);
    const after = this.values.slice();
    this.#undo(back, before);
    return after;
  }

  #move(moves: readonly Move[]): Move[] {
    const back = moves.map(([person]): Move => [person, this.groupOf[person] as number]);
    const touched = new Set([...moves, ...back].map(([, group]) => group));
    touched.delete(-1);
    this.#count(moves, touched, -1);
    this.#put(moves);
    this.#count(moves, touched, 1);
    return back;
  }

  #undo(back: readonly Move[], values: readonly number[]): void {
    this.#put(back);
    for (const [at, value] of values.entries()) this.values[at] = value;
  }

  /** What a group costs as a group, beside the places of its people: with each value's position. */
  eachGroupCost(group: number, add: (at: number, cost: number) => void): void {
    const topic = this.topicOf[group] ?? -1;
    const here = this.members[group] ?? [];
    const { people, topics, rules } = this.#indexed;
    const about = topics[topic];
    if (about === undefined) return;
    for (const { kind, at, weight } of rules) {
      if (kind === 'size') {
        const wrong = Math.max(0, about.least - here.length, here.length - about.most);
        if (wrong > 0) add(at, wrong * weight);
      } else if (kind === 'led') {
        const { leading } = about;
        if (leading.size > 0 && !here.some((person) => leading.has(person))) add(at, weight);
      } else if (kind === 'mix' && about.topic.mix !== undefined) {
        const missing = missingProjects(
          about.topic.mix,
          here.map((person) => people[person]?.projects ?? []),
        );
        if (missing > 0) add(at, missing * weight);
      }
    }
  }

  eachPairCost(person: number, add: (at: number, cost: number) => void): void {
    const own = this.groupOf[person] as number;
    for (const { other, kind, at, weight } of this.#pairs[person] ?? []) {
      const theirs = this.groupOf[other] as number;
      if (own < 0 || theirs < 0) continue;
      if ((own === theirs) === (kind === 'apart')) add(at, weight);
    }
  }

  #count(moves: readonly Move[], touched: ReadonlySet<number>, sign: 1 | -1): void {
    const add = (at: number, cost: number) => {
      this.values[at] = (this.values[at] ?? 0) + sign * cost;
    };
    for (const group of touched) this.eachGroupCost(group, add);
    for (const [index, [person]] of moves.entries()) {
      this.#eachPlaceCost(person, add);
      this.eachPairCost(person, add);
      // A pair of two who both move was counted from both sides.
      for (const [other] of moves.slice(0, index)) {
        this.#eachCostOfPair(person, other, (at, cost) => add(at, -cost));
      }
    }
  }

  #eachCostOfPair(one: number, two: number, add: (at: number, cost: number) => void): void {
    const [own, theirs] = [this.groupOf[one] as number, this.groupOf[two] as number];
    if (own < 0 || theirs < 0) return;
    for (const { other, kind, at, weight } of this.#pairs[one] ?? []) {
      if (other === two && (own === theirs) === (kind === 'apart')) add(at, weight);
    }
  }

  #eachPlaceCost(person: number, add: (at: number, cost: number) => void): void {
    const group = this.groupOf[person] as number;
    const place = group < 0 ? this.#costs.places - 1 : (this.topicOf[group] as number);
    this.#costs.each(person, place, add);
    for (const { topic, at, weight } of this.#attached[person] ?? []) {
      if (topic !== place) add(at, weight);
    }
  }

  #put(moves: readonly Move[]): void {
    for (const [person, group] of moves) {
      const from = this.members[this.groupOf[person] as number];
      from?.splice(from.indexOf(person), 1);
      this.groupOf[person] = group;
      this.members[group]?.push(person);
    }
  }

  #valuesFromNothing(groups: readonly NumberedGroup[]): number[] {
    const { people, topics, rules, values: names } = this.#indexed;
    const values = names.map(() => 0);
    const add = (at: number, cost: number) => {
      values[at] = (values[at] ?? 0) + cost;
    };
    for (const group of groups.keys()) this.eachGroupCost(group, add);
    for (const [person, { isOut }] of people.entries()) {
      if (!isOut) this.#eachPlaceCost(person, add);
      else {
        for (const { at, weight } of this.#attached[person] ?? []) add(at, weight);
      }
      this.eachPairCost(person, (at, cost) => add(at, cost / 2));
    }
    for (const { at, weight } of rules.filter(({ kind }) => kind === 'size')) {
      for (const [topic, { least, mustRun }] of topics.entries()) {
        if (mustRun && !this.topicOf.includes(topic)) add(at, least * weight);
      }
    }
    return values;
  }
}

/** How many people and projects a group lacks of a mix. */
function missingProjects(
  {
    different = 0,
    least = {},
  }: { readonly different?: number; readonly least?: Readonly<Record<string, number>> },
  projects: readonly (readonly string[])[],
): number {
  let missing = 0;
  for (const [project, count] of Object.entries(least)) {
    let here = 0;
    for (const each of projects) if (each.includes(project)) here += 1;
    missing += Math.max(0, count - here);
  }
  return different === 0
    ? missing
    : missing + Math.max(0, different - new Set(projects.flat()).size);
}

function pairsBy({ people, rules }: IndexedGroups): Pair[][] {
  const pairs = people.map((): Pair[] => []);
  for (const { kind, at, weight, people: named } of rules) {
    if (kind !== 'together' && kind !== 'apart') continue;
    for (const one of named) {
      for (const other of named) {
        if (one !== other) pairs[one]?.push({ other, kind, at, weight });
      }
    }
  }
  return pairs;
}

/** By person, the topics that run and that they lead or must not be missed in. */
export function attachedBy(
  { people, topics, rules }: IndexedGroups,
  runs: ReadonlySet<number>,
): Attached[][] {
  const attached = people.map((): Attached[] => []);
  for (const { kind, at, weight } of rules) {
    if (kind !== 'leads' && kind !== 'needed') continue;
    for (const [topic, about] of topics.entries()) {
      if (!runs.has(topic) && !about.mustRun) continue;
      for (const person of about[kind]) attached[person]?.push({ topic, at, weight });
    }
  }
  return attached;
}

function isWorse(values: readonly number[], than: readonly number[]): boolean {
  for (let at = 0; at < values.length; at++) {
    const difference = (values[at] as number) - (than[at] as number);
    if (difference !== 0) return difference > 0;
  }
  return false;
}
