import type { IndexedInstance, IndexedRule } from '../sessions/index-instance.ts';
import { type Lists, listsOf } from './lists.ts';
import type { Proposal } from './proposal.ts';

/** What it costs, on one level, that two sessions run beside each other, a slot. */
export interface BesideLayer {
  readonly level: number;
  readonly neighbours: Lists;
  /** Beside each of the neighbours. */
  readonly costs: Float64Array;
  /** By session and slot: what running there costs, with all others where they are. */
  readonly load: Float64Array;
  /** By two sessions. */
  readonly between: Float64Array;
}

/**
 * The rules by which sessions must not run beside each other: who must be in both, tracks, plenaries,
 * `apart`. They come to one number for two sessions and level, so a place costs one lookup; where
 * sessions go is written down for their neighbours.
 */
export class BesideCosts {
  readonly layers: readonly BesideLayer[];
  readonly #length: Int32Array;
  readonly #slots: number;
  readonly #sessions: number;

  constructor(indexed: IndexedInstance) {
    const { sessions, slots, levels } = indexed;
    this.#slots = slots.length;
    this.#sessions = sessions.length;
    this.#length = Int32Array.from(sessions, ({ length }) => length);
    this.layers = Array.from({ length: levels }, (_, level) => layerOf(indexed, level)).filter(
      ({ neighbours }) => neighbours.items.length > 0,
    );
  }

  /** Adds, times `sign`, what a place costs a session that is not among those written down. */
  cost(session: number, slot: number, sign: number, into: Float64Array): void {
    const first = session * this.#slots + slot;
    const until = first + Math.min(this.#length[session] as number, this.#slots - slot);
    for (const { level, load } of this.layers) {
      let cost = 0;
      for (let at = first; at < until; at++) cost += load[at] as number;
      into[level] = (into[level] as number) + sign * cost;
    }
  }

  /** Writes a session's place down for the others, or with sign -1 no longer. */
  write(session: number, slot: number, sign: number): void {
    const runs = Math.min(this.#length[session] as number, this.#slots - slot);
    for (const { neighbours, costs, load } of this.layers) {
      const until = neighbours.from[session + 1] as number;
      for (let index = neighbours.from[session] as number; index < until; index++) {
        const first = (neighbours.items[index] as number) * this.#slots + slot;
        const cost = sign * (costs[index] as number);
        for (let at = first; at < first + runs; at++) load[at] = (load[at] as number) + cost;
      }
    }
  }

  /** Adds what an exchange between two slots changes. */
  exchange({ size, session, slot, oldSlot }: Proposal, into: Float64Array): void {
    for (const { level, load, between } of this.layers) {
      let change = 0;
      for (let index = 0; index < size; index++) {
        const to = slot[index] as number;
        const from = oldSlot[index] as number;
        if (to === from) continue;
        const row = (session[index] as number) * this.#slots;
        if (from >= 0) change -= load[row + from] as number;
        if (to >= 0) change += load[row + to] as number;
        // Two that go together were counted twice and stay together; two that pass each other never meet.
        const others = (session[index] as number) * this.#sessions;
        for (let next = index + 1; next < size; next++) {
          const cost = between[others + (session[next] as number)] as number;
          if (cost === 0 || slot[next] === oldSlot[next]) continue;
          const both = from < 0 || to < 0 ? cost : 2 * cost;
          change += from === oldSlot[next] ? both : -both;
        }
      }
      into[level] = (into[level] as number) + change;
    }
  }
}

function layerOf(indexed: IndexedInstance, level: number): BesideLayer {
  const { sessions, slots, rules } = indexed;
  const count = sessions.length;
  const between = new Float64Array(count * count);
  const add = (one: number, other: number, cost: number) => {
    if (one === other) return;
    between[one * count + other] = (between[one * count + other] as number) + cost;
    between[other * count + one] = (between[other * count + one] as number) + cost;
  };
  for (const rule of rules) if (rule.level === level) addPairs(rule, indexed, add);
  const rows = sessions.map((_, one) =>
    [...sessions.keys()].filter((other) => between[one * count + other] !== 0),
  );
  return {
    level,
    neighbours: listsOf(rows),
    costs: Float64Array.from(
      rows.flatMap((row, one) => row.map((other) => between[one * count + other] as number)),
    ),
    load: new Float64Array(count * slots.length),
    between,
  };
}

type AddPair = (one: number, other: number, cost: number) => void;

function addPairs(rule: IndexedRule, { sessions, people }: IndexedInstance, add: AddPair): void {
  const ofAll = (groups: Iterable<readonly number[]>) => {
    for (const group of groups) {
      for (const [at, one] of group.entries()) {
        for (let next = at + 1; next < group.length; next++) {
          add(one, group[next] as number, rule.weight);
        }
      }
    }
  };
  switch (rule.rule.kind) {
    case 'person-twice':
      ofAll(people.map(({ bound }) => bound));
      break;
    case 'track-clash': {
      const counted = rule.rule.tracks && new Set(rule.rule.tracks);
      const byTrack = new Map<string, number[]>();
      for (const [number, { tracks }] of sessions.entries()) {
        for (const track of tracks) {
          if (counted?.has(track) === false) continue;
          byTrack.set(track, [...(byTrack.get(track) ?? []), number]);
        }
      }
      ofAll(byTrack.values());
      break;
    }
    case 'exclusive':
      for (const [one, { kind }] of sessions.entries()) {
        if (kind === 'session') continue;
        for (const [other, { kind: otherKind }] of sessions.entries()) {
          if (otherKind === 'session' || one < other) add(one, other, rule.weight);
        }
      }
      break;
    case 'apart':
      ofAll([rule.sessions]);
      break;
    default:
  }
}
