import type { GroupsFound } from './form-groups.ts';
import { attachedBy, GroupState, type Move } from './group-state.ts';
import type { IndexedGroups } from './index-groups.ts';
import { compareGroupValues, type GroupValues } from './model.ts';
import { type PlaceCosts, placeCosts } from './place-costs.ts';
import { placeInWords } from './place-words.ts';
import { numberedGroups } from './statement.ts';

/** Why somebody is where they are. People and topics are numbers of the indexed problem. */
export interface PlaceExplanation {
  readonly person: number;
  /** Undefined: in none. */
  readonly topic: number | undefined;
  /** The topics that they would like more, the most wished first, each with what keeps them out. */
  readonly missed: readonly MissedTopic[];
  /** With whom they could trade places so that they gain; who loses least first. */
  readonly trades: readonly Trade[];
  readonly sentences: readonly string[];
}

export type MissedTopic =
  | { readonly topic: number; readonly why: 'refused' | 'pinned' | 'leads-elsewhere' }
  /** It does not run; so many people wish for it, and these of its leads and needed are bound elsewhere. */
  | {
      readonly topic: number;
      readonly why: 'dropped';
      readonly wishing: number;
      readonly boundElsewhere: readonly number[];
    }
  /** They could be there if others moved, at this price. */
  | {
      readonly topic: number;
      readonly why: 'others';
      /** Who moves from where to where for it, in order; the places of all others stay. */
      readonly chain: readonly {
        readonly person: number;
        readonly from: number;
        readonly to: number;
      }[];
      /** What it changes in each value; above 0 is worse. */
      readonly change: GroupValues;
    };

/** Two people who would be in each other's group. */
export interface Trade {
  readonly other: number;
  readonly topic: number;
  /** What it changes in each value; above 0 is worse. */
  readonly change: GroupValues;
  /** The other's ranks before and after; undefined where they have not wished for it. */
  readonly before: number | undefined;
  readonly after: number | undefined;
}

/** Why one person is where they are, what they would like more, and what would get them there. */
export const explainPlace = (
  indexed: IndexedGroups,
  found: Pick<GroupsFound, 'groups'>,
  person: string,
): PlaceExplanation => new PlaceExplaining(indexed, found).person(person);

/** What explains the places of several people: what is the same for all of them is worked out once. */
export class PlaceExplaining {
  readonly #indexed: IndexedGroups;
  readonly #costs: PlaceCosts;
  readonly #state: GroupState;
  readonly #placeOf: number[];
  readonly #load: number[];
  readonly #groups: number[];
  readonly #attached: ReturnType<typeof attachedBy>;
  /** By the place that a chain makes room in; made when first asked for. */
  readonly #reached = new Map<number, Reached>();
  /** By place and place, who moves at the least cost, and that cost; made when first asked for. */
  readonly #moves = new Map<number, readonly (MovedOut | undefined)[]>();

  constructor(indexed: IndexedGroups, found: Pick<GroupsFound, 'groups'>) {
    this.#indexed = indexed;
    this.#costs = placeCosts(indexed);
    const groups = numberedGroups(indexed, found);
    this.#state = new GroupState(indexed, this.#costs, groups);
    this.#attached = attachedBy(indexed, new Set(groups.map(({ topic }) => topic)));
    const nowhere = indexed.topics.length;
    this.#placeOf = indexed.people.map(({ isOut }) => (isOut ? -1 : nowhere));
    this.#load = Array.from({ length: nowhere + 1 }, () => 0);
    this.#groups = indexed.topics.map(() => 0);
    for (const { topic, people } of groups) {
      for (const person of people) this.#placeOf[person] = topic;
      this.#groups[topic] = (this.#groups[topic] ?? 0) + 1;
    }
    for (const place of this.#placeOf) {
      if (place >= 0) this.#load[place] = (this.#load[place] ?? 0) + 1;
    }
  }

  /** @throws where nobody has that key */
  person(key: string): PlaceExplanation {
    const person = this.#indexed.personOf.get(key) ?? -1;
    const about = this.#indexed.people[person];
    if (about === undefined) throw new Error(`there is no person ${key}`);
    const place = this.#placeOf[person] ?? -1;
    const topic = place >= 0 && place < this.#indexed.topics.length ? place : undefined;
    const rank = topic === undefined ? undefined : about.rank.get(topic);
    const better = about.isOut
      ? []
      : [...about.rank]
          .filter(([, other]) => rank === undefined || other < rank)
          .sort(([one, first], [other, second]) => first - second || one - other);
    const missed = better.map(([wanted]) => this.#missed(person, wanted));
    const trades = better.flatMap(([wanted]) => this.#trades(person, wanted));
    trades.sort((one, other) => compareGroupValues(one.change, other.change));
    const explained = { person, topic, missed, trades: trades.slice(0, 3) };
    return { ...explained, sentences: placeInWords(this.#indexed, explained) };
  }

  #missed(person: number, topic: number): MissedTopic {
    const { people, topics } = this.#indexed;
    const about = people[person];
    if (about?.refuses.has(topic)) return { topic, why: 'refused' };
    if (about?.pinned !== undefined && about.pinned !== topic) return { topic, why: 'pinned' };
    if (this.#isBound(person)) return { topic, why: 'leads-elsewhere' };
    if (this.#groups[topic] === 0) {
      const wishing = people.filter(({ rank, isOut }) => !isOut && rank.has(topic)).length;
      const { leads: own = [], needed: also = [] } = topics[topic] ?? {};
      const boundElsewhere = [...new Set([...own, ...also])].filter((each) => this.#isBound(each));
      return { topic, why: 'dropped', wishing, boundElsewhere };
    }
    return { topic, why: 'others', ...this.#cheapest(person, topic) };
  }

  /** Whether somebody leads the topic in which they are, must not be missed in it or was put there. */
  #isBound(person: number): boolean {
    const place = this.#placeOf[person] ?? -1;
    const { leads = [], needed = [] } = this.#indexed.topics[place] ?? {};
    const isPinned = this.#indexed.people[person]?.pinned === place;
    return isPinned || leads.includes(person) || needed.includes(person);
  }

  /** The cheapest chain of moves that makes room (Bellman and Ford, over places). */
  #cheapest(
    person: number,
    wanted: number,
  ): Pick<Extract<MissedTopic, { why: 'others' }>, 'chain' | 'change'> {
    const own = this.#placeOf[person] ?? -1;
    const first = minus(this.#cost(person, wanted), this.#cost(person, own));
    const reached = this.#reached.get(wanted) ?? this.#reachedFrom(wanted);
    this.#reached.set(wanted, reached);
    let best: { place: number; change: number[] } | undefined;
    for (const [place, { change }] of reached) {
      const moved = plus(first, change);
      const all = plus(moved, place === own ? [] : this.#sizeChange(own, place));
      if (best === undefined || compareGroupValues(all, best.change) < 0) {
        best = { place, change: all };
      }
    }
    const chain: { person: number; from: number; to: number }[] = [];
    const passed = new Set<number>();
    for (let at = best?.place ?? wanted; at !== wanted; ) {
      const { by, from } = reached.get(at) ?? {};
      if (by === undefined || from === undefined || passed.has(at)) {
        // Groups that can be bettered have rounds that gain (negative cycles): they lead nowhere.
        chain.length = 0;
        break;
      }
      passed.add(at);
      // Whoever goes on from the person's own place need not: they take it.
      if (from === own) chain.length = 0;
      else chain.unshift({ person: by.person, from, to: at });
      at = from;
    }
    return { chain, change: this.#changeBy(person, wanted, chain) };
  }

  /** The cheapest chain of moves from one place to every other, beginning with somebody who leaves it. */
  #reachedFrom(wanted: number): Reached {
    const places = [...this.#load.keys()].filter(
      (place) => place >= this.#groups.length || (this.#groups[place] ?? 0) > 0,
    );
    const nothing = this.#indexed.values.map(() => 0);
    const reached: Reached = new Map([[wanted, { change: nothing }]]);
    let fresh = [wanted];
    for (let round = 0; fresh.length > 0 && round < places.length; round++) {
      const next = new Set<number>();
      for (const from of fresh) {
        const here = reached.get(from);
        if (here === undefined) continue;
        for (const to of places) {
          const by = this.#cheapestMove(from, to);
          if (by === undefined || to === wanted || from === to) continue;
          const known = reached.get(to);
          if (known !== undefined && compareSums(here.change, by.cost, known.change) >= 0) continue;
          reached.set(to, { change: plus(here.change, by.cost), by, from });
          next.add(to);
        }
      }
      fresh = [...next];
    }
    return reached;
  }

  /** What a chain does to all values: each takes the place of the one who goes before them. */
  #changeBy(
    person: number,
    wanted: number,
    chain: readonly { readonly person: number; readonly to: number }[],
  ): number[] {
    const going = [{ person, to: wanted }, ...chain];
    const moves = going.map(({ person: each, to }, index): Move => {
      const next = going[index + 1];
      const leaving = next?.person ?? (to === this.#placeOf[person] ? person : undefined);
      const group = leaving === undefined ? this.#smallestGroup(to) : this.#state.groupOf[leaving];
      return [each, group ?? -1];
    });
    return minus(this.#state.valuesAfter(moves), this.#state.values);
  }

  #smallestGroup(topic: number): number {
    let smallest = -1;
    for (const [group, { length }] of this.#state.members.entries()) {
      if (this.#state.topicOf[group] !== topic) continue;
      if (length < (this.#state.members[smallest]?.length ?? Number.POSITIVE_INFINITY)) {
        smallest = group;
      }
    }
    return smallest;
  }

  /** What it does to sizes that one leaves a place and another gets one more. */
  #sizeChange(left: number, entered: number): number[] {
    const size = this.#indexed.rules.find(({ kind }) => kind === 'size');
    const wrong = (place: number, load: number): number => {
      const topic = this.#indexed.topics[place];
      if (topic === undefined) return 0;
      const least = topic.least * (this.#groups[place] ?? 0);
      return Math.max(0, least - load, load - topic.most * topic.groups);
    };
    const change = this.#indexed.values.map(() => 0);
    const [out, into] = [this.#load[left] ?? 0, this.#load[entered] ?? 0];
    const units =
      wrong(left, out - 1) - wrong(left, out) + wrong(entered, into + 1) - wrong(entered, into);
    if (size !== undefined) change[size.at] = units * size.weight;
    return change;
  }

  #cheapestMove(from: number, to: number): MovedOut | undefined {
    const known = this.#moves.get(from) ?? this.#movesFrom(from);
    this.#moves.set(from, known);
    return known[to];
  }

  #movesFrom(from: number): (MovedOut | undefined)[] {
    const best: (MovedOut | undefined)[] = this.#load.map(() => undefined);
    for (const [person, place] of this.#placeOf.entries()) {
      if (place !== from) continue;
      const own = this.#cost(person, from);
      for (const to of this.#load.keys()) {
        const cost = minus(this.#cost(person, to), own);
        const known = best[to];
        if (known === undefined || compareGroupValues(cost, known.cost) < 0) {
          best[to] = { person, cost };
        }
      }
    }
    return best;
  }

  #cost(person: number, place: number): number[] {
    const cost = this.#indexed.values.map(() => 0);
    const add = (at: number, each: number) => {
      cost[at] = (cost[at] ?? 0) + each;
    };
    this.#costs.each(person, place, add);
    for (const { topic, at, weight } of this.#attached[person] ?? []) {
      if (topic !== place) add(at, weight);
    }
    return cost;
  }

  #trades(person: number, topic: number): Trade[] {
    const own = this.#state.groupOf[person] ?? -1;
    const from = this.#placeOf[person] ?? -1;
    const before = this.#state.values.slice();
    return this.#state.members.flatMap((members, group) =>
      this.#state.topicOf[group] !== topic
        ? []
        : members.map((other): Trade => {
            const after = this.#state.valuesAfter([
              [person, group],
              [other, own],
            ]);
            const rank = this.#indexed.people[other]?.rank;
            return {
              other,
              topic,
              change: minus(after, before),
              before: rank?.get(topic),
              after: rank?.get(from),
            };
          }),
    );
  }
}

/** By place: what it costs to get somebody there, who comes last and from where. */
type Reached = Map<
  number,
  { readonly change: number[]; readonly by?: MovedOut; readonly from?: number }
>;

interface MovedOut {
  readonly person: number;
  readonly cost: readonly number[];
}

const minus = (some: readonly number[], others: readonly number[]): number[] =>
  some.map((value, at) => value - (others[at] ?? 0));

const plus = (some: readonly number[], others: readonly number[]): number[] =>
  some.map((value, at) => value + (others[at] ?? 0));

/** Compares the sum of two costs with a third, without making it. */
function compareSums(one: readonly number[], other: readonly number[], than: readonly number[]) {
  for (let at = 0; at < one.length; at++) {
    const difference = (one[at] ?? 0) + (other[at] ?? 0) - (than[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
