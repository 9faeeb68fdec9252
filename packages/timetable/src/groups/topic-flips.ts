import type { Random } from '@cairn/kernel/random';
import type { Branch, DecidedFlow } from './decided-flow.ts';
import type { IndexedGroups } from './index-groups.ts';
import { compareGroupValues } from './model.ts';

/**
 * Betters groups by letting other topics run: one that somebody who is badly off wishes for is opened,
 * one that is hardly filled is dropped, or both. Each time the flow says what becomes of everybody.
 * Branching proves; this finds, where there are many topics that might run.
 */
export class TopicFlips {
  /** The best so far: every topic of it is decided. */
  best: Branch;
  readonly #indexed: IndexedGroups;
  readonly #decided: DecidedFlow;
  #running: readonly number[];

  constructor(indexed: IndexedGroups, decided: DecidedFlow, from: Branch) {
    this.#indexed = indexed;
    this.#decided = decided;
    this.best = this.#allDecided(from);
    this.#running = this.#runningNow();
  }

  /** Tries one change. */
  step(random: Random): void {
    const drop = random() < 0.7 ? this.#toDrop(random) : undefined;
    const open = drop === undefined || random() < 0.5 ? this.#toOpen(random) : undefined;
    if (drop === undefined && open === undefined) return;
    const decided = this.#decided;
    if (open !== undefined) {
      const [interval] = decided.intervals[open] ?? [];
      if (interval === undefined) return;
      decided.flip(open, { kind: 'open', topic: open, interval });
    }
    if (drop !== undefined) decided.flip(drop, { kind: 'closed', topic: drop });
    const { branch } = decided;
    if (branch !== undefined && compareGroupValues(branch.bound, this.best.bound) <= 0) {
      this.best = branch;
      this.#running = this.#runningNow();
    } else {
      decided.goTo(this.best);
    }
  }

  /** A topic that may be dropped: the less is wanted of it beyond its least size, the sooner. */
  #toDrop(random: Random): number | undefined {
    const { least } = this.#decided.flow;
    const { load } = this.#decided.flow.moves;
    const may = this.#running.filter((topic) => !this.#indexed.topics[topic]?.mustRun);
    const pick = () => may[Math.floor(random() * may.length)];
    const [one, other] = [pick(), pick()];
    if (one === undefined || other === undefined) return one;
    const spare = (topic: number) => (load[topic] ?? 0) - (least[topic] ?? 0);
    return spare(one) <= spare(other) ? one : other;
  }

  /** A topic that does not run, and for which somebody wishes more than for where they are. */
  #toOpen(random: Random): number | undefined {
    const { people, flow } = this.#decided;
    const running = new Set(this.#running);
    let worst: { rank: number; missed: readonly number[] } | undefined;
    for (let look = 0; look < LOOKS; look++) {
      const number = Math.floor(random() * people.length);
      const wishes = this.#indexed.people[people[number] ?? -1]?.rank;
      if (wishes === undefined || wishes.size === 0) continue;
      const own = wishes.get(flow.moves.place[number] ?? -1) ?? Number.POSITIVE_INFINITY;
      const missed = [...wishes].flatMap(([topic, rank]) =>
        rank < own && !running.has(topic) ? [topic] : [],
      );
      if (missed.length === 0 || (worst !== undefined && own <= worst.rank)) continue;
      worst = { rank: own, missed };
    }
    return worst?.missed[Math.floor(random() * worst.missed.length)];
  }

  #runningNow(): number[] {
    const { isClosed } = this.#decided.flow;
    return [...this.#indexed.topics.keys()].filter((topic) => isClosed[topic] === 0);
  }

  /** The same, with what was not decided about topics decided as it came out. */
  #allDecided(from: Branch): Branch {
    const decided = this.#decided;
    decided.goTo(from);
    const known = new Set(
      from.decisions.flatMap((each) =>
        each.kind === 'open' || each.kind === 'closed' ? [each.topic] : [],
      ),
    );
    for (const topic of this.#indexed.topics.keys()) {
      if (known.has(topic)) continue;
      const load = decided.flow.moves.load[topic] ?? 0;
      const intervals = decided.intervals[topic] ?? [];
      const interval =
        intervals.find(({ least, most }) => least <= load && load <= most) ?? intervals.at(-1);
      if (load === 0 || interval === undefined) decided.decide({ kind: 'closed', topic });
      else decided.decide({ kind: 'open', topic, interval });
    }
    const { branch } = decided;
    if (branch !== undefined && compareGroupValues(branch.bound, from.bound) <= 0) return branch;
    decided.goTo(from);
    return from;
  }
}

/** So many people are looked at for one who is badly off. */
const LOOKS = 8;
