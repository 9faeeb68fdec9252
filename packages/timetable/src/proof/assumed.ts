import type { IndexedInstance, IndexedRule } from '../sessions/index-instance.ts';
import type { RuleKind } from '../sessions/model.ts';
import { coveredFrom, PlaceCosts } from './place-costs.ts';
import { startRelations } from './start-relations.ts';

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
  readonly #longest: number;
  readonly #starts: readonly (readonly number[])[];

  constructor(indexed: IndexedInstance, holding: readonly IndexedRule[]) {
    this.indexed = indexed;
    this.holding = holding;
    this.#places = new PlaceCosts(indexed, holding);
    this.#conflict = conflictsOf(indexed, holding);
    this.#longest = Math.max(1, ...indexed.sessions.map(({ length }) => length));
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
   * Starts that some room allows, less those that leave another session, which has to be there, no
   * start: because the two exclude each other, or by a rule about the two. Repeated until nothing
   * changes (arc consistency, Mackworth 1977).
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
    const relations = this.holding.flatMap((rule) => startRelations(indexed, rule) ?? []);
    const waiting = new Set(starts.keys().filter((session) => this.isPlaced(session)));
    for (const session of waiting) {
      waiting.delete(session);
      const own = starts[session] ?? [];
      const keep = (other: number, fits: (start: number) => boolean) => {
        const before = starts[other] ?? [];
        const left = before.filter(fits);
        if (left.length === before.length) return;
        starts[other] = left;
        if (this.isPlaced(other)) waiting.add(other);
      };
      for (const { one, other, breaks } of relations) {
        if (one === session) keep(other, (start) => own.some((at) => !breaks(at, start)));
        if (other === session) keep(one, (start) => own.some((at) => !breaks(start, at)));
      }
      this.#closeCovered(session, own, keep);
    }
    return starts;
  }

  /** A session that cannot but run close to one moment closes it for those it excludes. */
  #closeCovered(
    session: number,
    own: readonly number[],
    keep: (other: number, fits: (start: number) => boolean) => void,
  ): void {
    const { sessions } = this.indexed;
    const length = sessions[session]?.length ?? 1;
    const first = own[0] ?? 0;
    const last = own.at(-1) ?? 0;
    const longest = this.#longest;
    if (last - first >= length + longest - 1) return;
    for (const [other, { length: otherLength }] of sessions.entries()) {
      if (other === session || !this.excludes(session, other)) continue;
      keep(other, (start) => own.some((at) => start >= at + length || start + otherLength <= at));
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
