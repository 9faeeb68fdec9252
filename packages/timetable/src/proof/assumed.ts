import type { IndexedInstance, IndexedRule } from '../sessions/index-instance.ts';
import type { RuleKind } from '../sessions/model.ts';
import { coveredFrom, PlaceCosts } from './place-costs.ts';

/**
 * What may be taken for granted of every timetable in which certain rules are not broken: which
 * sessions have a place, the places each may have, and which two never run in one slot.
 *
 * Everything here is implied by the rules that hold, so a bound over all that it allows is a bound
 * over all those timetables.
 */
export class Assumed {
  readonly indexed: IndexedInstance;
  readonly holding: readonly IndexedRule[];
  readonly #places: PlaceCosts;
  readonly #conflict: Uint8Array;
  readonly #starts: readonly (readonly number[])[];

  constructor(indexed: IndexedInstance, holding: readonly IndexedRule[]) {
    this.indexed = indexed;
    this.holding = holding;
    this.#places = new PlaceCosts(indexed, holding);
    this.#conflict = conflictsOf(indexed, holding);
    this.#starts = this.#propagatedStarts();
  }

  holds(kind: RuleKind): boolean {
    return this.holding.some((rule) => rule.kind === kind);
  }

  /** Whether it has a place in each of these timetables. */
  isPlaced(session: number): boolean {
    return this.#places.nowhere(session) > 0;
  }

  /** The slots in which a session may start. */
  starts(session: number): readonly number[] {
    return this.#starts[session] ?? [];
  }

  /** Whether a session that may start in this slot may be in this room then. */
  allowsAt(session: number, slot: number, room: number): boolean {
    return this.#places.at(session, slot, room) === 0;
  }

  /** Whether no slot may have both. */
  excludes(one: number, other: number): boolean {
    return this.#conflict[one * this.indexed.sessions.length + other] === 1;
  }

  /** The slots in which a session may run, in order. */
  mayCover(session: number): readonly number[] {
    const { indexed } = this;
    const each = indexed.sessions[session];
    if (each === undefined) return [];
    const covered = new Set<number>();
    for (const start of this.starts(session)) {
      for (let step = 0; step < coveredFrom(indexed, each, start); step++)
        covered.add(start + step);
    }
    return [...covered].sort((one, other) => one - other);
  }

  /**
   * Starts that some room allows, less those that meet a session which has to be there: for two that
   * exclude each other, a slot that one of them covers wherever it starts is closed for the other.
   */
  #propagatedStarts(): number[][] {
    const { indexed } = this;
    const rooms = indexed.rooms.map((_, room) => room);
    const starts = indexed.sessions.map(({ takesRoom }, session) =>
      indexed.slots
        .map((_, slot) => slot)
        .filter((slot) =>
          takesRoom
            ? rooms.some((room) => this.#places.at(session, slot, room) === 0)
            : this.#places.at(session, slot, -1) === 0,
        ),
    );
    const done = new Set<number>();
    for (;;) {
      const next = starts.findIndex(
        (of, session) => !done.has(session) && of.length === 1 && this.isPlaced(session),
      );
      const session = indexed.sessions[next];
      const start = starts[next]?.[0];
      if (session === undefined || start === undefined) return starts;
      done.add(next);
      const end = start + session.length;
      for (const [other, of] of starts.entries()) {
        if (other === next || !this.excludes(next, other)) continue;
        const length = indexed.sessions[other]?.length ?? 1;
        starts[other] = of.filter((slot) => slot >= end || slot + length <= start);
      }
    }
  }
}

function conflictsOf(indexed: IndexedInstance, holding: readonly IndexedRule[]): Uint8Array {
  const size = indexed.sessions.length;
  const conflict = new Uint8Array(size * size);
  const exclude = (group: readonly number[]) => {
    for (const one of group) {
      for (const other of group) if (one !== other) conflict[one * size + other] = 1;
    }
  };
  for (const { kind, rule, sessions } of holding) {
    if (kind === 'person-twice') for (const { bound } of indexed.people) exclude(bound);
    if (kind === 'apart') exclude(sessions);
    if (rule.kind === 'track-clash') {
      for (const group of tracksOf(indexed, rule.tracks).values()) exclude(group);
    }
    if (kind === 'exclusive') {
      for (const [one, { kind: of }] of indexed.sessions.entries()) {
        if (of === 'session') continue;
        for (let other = 0; other < size; other++) if (other !== one) exclude([one, other]);
      }
    }
  }
  return conflict;
}

/** The sessions of each track that counts. */
export function tracksOf(
  indexed: IndexedInstance,
  counted?: readonly string[],
): ReadonlyMap<string, readonly number[]> {
  const groups = new Map<string, number[]>();
  for (const [number, { tracks }] of indexed.sessions.entries()) {
    for (const track of tracks) {
      if (counted !== undefined && !counted.includes(track)) continue;
      const group = groups.get(track) ?? [];
      group.push(number);
      groups.set(track, group);
    }
  }
  return groups;
}
