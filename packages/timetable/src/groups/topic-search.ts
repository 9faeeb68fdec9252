import type { Random } from '@cairn/kernel/random';
import { type Branch, DecidedFlow, type Decision } from './decided-flow.ts';
import type { IndexedGroups } from './index-groups.ts';
import { compareGroupValues, type GroupValues } from './model.ts';
import type { PlaceCosts } from './place-costs.ts';
import { TopicFlips } from './topic-flips.ts';

/**
 * Finds which topics run and who is in them, by branch and bound. With the topics given, a flow is
 * the best there is (`PlaceFlow`); which of them run is decided one by one, beginning with a flow in
 * which none has a least size. That flow is a bound for all below it. Pairs of people that must be
 * together or apart are decided in the same way, where a flow has them wrong.
 */
export class TopicSearch {
  readonly #indexed: IndexedGroups;
  readonly #decided: DecidedFlow;
  #open: Branch[] = [];
  #best: Branch | undefined;

  constructor(indexed: IndexedGroups, costs: PlaceCosts, order: readonly number[]) {
    this.#indexed = indexed;
    this.#decided = new DecidedFlow(indexed, costs, order);
    for (const [topic, { mustRun }] of indexed.topics.entries()) {
      const [interval, ...more] = this.#decided.intervals[topic] ?? [];
      if (!mustRun || interval === undefined || more.length > 0) continue;
      this.#decided.decide({ kind: 'open', topic, interval });
    }
    const { branch } = this.#decided;
    if (branch !== undefined) this.#open.push(branch);
  }

  get iterations(): number {
    return this.#decided.flow.iterations;
  }

  get isDone(): boolean {
    return this.#open.length === 0;
  }

  /** The best so far; the first is there after as many steps as there are decisions to take. */
  get best(): { readonly place: Int32Array; readonly values: GroupValues } | undefined {
    const best = this.#best;
    if (best === undefined) return undefined;
    const place = new Int32Array(this.#indexed.people.length).fill(-1);
    for (const [number, person] of this.#decided.people.entries()) {
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

  /**
   * Goes on by one branch; false when nothing is left to decide. The deepest branch finds groups
   * soonest; the one of the least bound says soonest how good groups can be.
   */
  step(which: 'deepest' | 'least' = 'deepest'): boolean {
    const at = which === 'deepest' ? this.#open.length - 1 : this.#leastBound();
    const [branch] = this.#open.splice(at, 1);
    if (branch === undefined) return false;
    if (this.#isHopeless(branch)) return !this.isDone;
    this.#decided.goTo(branch);
    const choices = this.#choices(branch);
    if (choices === undefined) {
      this.#best = branch;
      return !this.isDone;
    }
    const branches = choices
      .map((more): Branch | undefined => {
        this.#decided.goTo(branch);
        for (const decision of more) this.#decided.decide(decision);
        return this.#decided.branch;
      })
      .filter((each) => each !== undefined)
      .filter((each) => !this.#isHopeless(each))
      // The most promising is looked at first: it is the last of the stack.
      .sort((one, other) => compareGroupValues(other.bound, one.bound));
    this.#open.push(...branches);
    return !this.isDone;
  }

  /** Tries to better what was found by letting other topics run; see `TopicFlips`. */
  flip(random: Random, tries: number): void {
    if (this.#best === undefined) return;
    const flips = new TopicFlips(this.#indexed, this.#decided, this.#best);
    for (let tried = 0; tried < tries; tried++) flips.step(random);
    this.#best = flips.best;
  }

  #leastBound(): number {
    let least = this.#open.length - 1;
    for (const [at, { bound }] of this.#open.entries()) {
      if (compareGroupValues(bound, this.#open[least]?.bound ?? bound) < 0) least = at;
    }
    return least;
  }

  #isHopeless({ bound }: Branch): boolean {
    return this.#best !== undefined && compareGroupValues(bound, this.#best.bound) >= 0;
  }

  /** The ways to go on; undefined where everything is as it must be. */
  #choices({ decisions, kept }: Branch): readonly (readonly Decision[])[] | undefined {
    const topic = this.#undecided(decisions);
    if (topic !== undefined) {
      const open = (this.#decided.intervals[topic] ?? []).map((interval): Decision[] => [
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
      const load = this.#decided.flow.moves.load[topic] ?? 0;
      if (load === 0 && !mustRun) continue;
      const intervals = this.#decided.intervals[topic] ?? [];
      const most = intervals.at(-1)?.most ?? 0;
      const fits = load > most || intervals.some((each) => each.least <= load && load <= each.most);
      const lacks = (this.#decided.attached[topic] ?? []).some(
        ({ person }) =>
          (this.#decided.flow.moves.place[this.#decided.numberOf[person] ?? -1] ?? -1) !== topic,
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
    const found = this.#decided.pairs.findIndex(({ kind, people: [one, other] }, pair) => {
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
    const { kind, people } = this.#decided.pairs[pair] ?? { kind: 'apart', people: [0, 0] };
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
}
