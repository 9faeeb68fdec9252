import type { IndexedInstance, IndexedRule } from '../sessions/index-instance.ts';
import type { RuleKind, Timetable } from '../sessions/model.ts';
import type { Assumed } from './assumed.ts';
import { LinearModel, type Terms } from './linear-model.ts';
import { coveredFrom, PLACE_KINDS } from './place-costs.ts';
import { type RoomClass, roomClasses } from './room-classes.ts';
import { exclusiveSets } from './slot-classes.ts';

/** One place that a session may have, as a variable that is 1 if it has it. */
interface Choice {
  readonly variable: number;
  readonly slot: number;
  /** -1 for a session that takes no room. */
  readonly room: number;
}

/**
 * The timetables in which certain rules hold, as a mixed integer program: a variable for each
 * session, slot and class of rooms that are alike. What other rules cost is added by `rule-terms`.
 */
export class SessionProgram {
  readonly model = new LinearModel();
  readonly assumed: Assumed;
  readonly indexed: IndexedInstance;
  readonly classes: readonly RoomClass[];
  readonly #choices: readonly (readonly Choice[])[];
  readonly #starting = new Map<number, Terms>();
  readonly #covering = new Map<number, Terms>();

  constructor(assumed: Assumed) {
    this.assumed = assumed;
    this.indexed = assumed.indexed;
    this.classes = roomClasses(this.indexed);
    this.#choices = this.indexed.sessions.map((_, session) => this.#choicesOf(session));
    this.#addStructure();
  }

  /** The places that a session may have. */
  choices(session: number): readonly Choice[] {
    return this.#choices[session] ?? [];
  }

  /** 1 if the session starts in the slot. */
  starts(session: number, slot: number): Terms {
    return this.#starting.get(this.#key(session, slot)) ?? [];
  }

  /** 1 if the session starts in any of the slots. */
  startsIn(session: number, slots: Iterable<number>): Terms {
    return [...slots].flatMap((slot) => this.starts(session, slot));
  }

  /** 1 if the session runs in the slot. */
  covers(session: number, slot: number): Terms {
    return this.#covering.get(this.#key(session, slot)) ?? [];
  }

  /** 1 if the session has a place. */
  isPlaced(session: number): Terms {
    return this.choices(session).map(({ variable }) => [variable, 1] as const);
  }

  /** The timetable of a solution; rooms of one class are given out in order of time. */
  timetable(solution: Float64Array): Timetable {
    const slot = this.indexed.sessions.map(() => -1);
    const room = this.indexed.sessions.map(() => -1);
    const freeFrom = this.indexed.rooms.map(() => 0);
    const chosen = this.indexed.sessions
      .map((_, session) => ({
        session,
        choice: this.choices(session).find(({ variable }) => (solution[variable] ?? 0) > 0.5),
      }))
      .sort((one, other) => (one.choice?.slot ?? -1) - (other.choice?.slot ?? -1));
    for (const { session, choice } of chosen) {
      if (choice === undefined) continue;
      slot[session] = choice.slot;
      if (choice.room < 0) continue;
      const rooms = this.classes.find((each) => each.rooms.includes(choice.room))?.rooms ?? [];
      const free = rooms.find((each) => (freeFrom[each] ?? 0) <= choice.slot) ?? choice.room;
      freeFrom[free] = choice.slot + (this.indexed.sessions[session]?.length ?? 1);
      room[session] = free;
    }
    return { slot, room };
  }

  /** The variables that a timetable sets, as far as it keeps the rules. */
  start(timetable: Timetable): Map<number, number> {
    const values = new Map<number, number>();
    for (const session of this.indexed.sessions.keys()) {
      const slot = timetable.slot[session] ?? -1;
      const at = timetable.room[session] ?? -1;
      const rooms = this.classes.find((each) => each.rooms.includes(at))?.rooms ?? [-1];
      for (const choice of this.choices(session)) {
        const isThere = choice.slot === slot && (choice.room < 0 || rooms.includes(choice.room));
        values.set(choice.variable, Number(isThere));
      }
    }
    return values;
  }

  #key(session: number, slot: number): number {
    return session * this.indexed.slots.length + slot;
  }

  #choicesOf(number: number): Choice[] {
    const session = this.indexed.sessions[number];
    if (session === undefined) return [];
    const rooms = session.takesRoom ? this.classes.map(({ rooms: [room = -1] }) => room) : [-1];
    const choices = this.assumed
      .starts(number)
      .flatMap((slot) =>
        rooms
          .filter((room) => this.assumed.allowsAt(number, slot, room))
          .map((room): Choice => ({ variable: this.model.variable(1, true), slot, room })),
      );
    for (const { variable, slot } of choices) {
      add(this.#starting, this.#key(number, slot), variable);
      for (let step = 0; step < coveredFrom(this.indexed, session, slot); step++) {
        add(this.#covering, this.#key(number, slot + step), variable);
      }
    }
    return choices;
  }

  #addStructure(): void {
    const { model, assumed, indexed } = this;
    for (const session of indexed.sessions.keys()) {
      const placed = this.isPlaced(session);
      model.row(assumed.isPlaced(session) ? 1 : 0, placed, 1);
    }
    if (assumed.holds('room-taken')) {
      for (const { rooms } of this.classes) {
        for (const slot of indexed.slots.keys())
          model.atMost(this.inRooms(rooms, slot), rooms.length);
      }
    }
    for (const group of conflictGroups(assumed)) {
      for (const slot of indexed.slots.keys()) {
        const running = group.flatMap((session) => this.covers(session, slot));
        if (running.length > 1) model.atMost(running, 1);
      }
    }
  }

  /** How many sessions are in some rooms of a class in a slot. */
  inRooms(rooms: readonly number[], slot: number): Terms {
    return this.indexed.sessions.flatMap(({ length }, session) =>
      this.choices(session)
        .filter((choice) => choice.slot <= slot && slot < choice.slot + length)
        .filter((choice) => rooms.includes(choice.room))
        .map(({ variable }) => [variable, 1] as const),
    );
  }
}

function add(terms: Map<number, Terms>, key: number, variable: number): void {
  terms.set(key, [...(terms.get(key) ?? []), [variable, 1]]);
}

/** Sets of sessions of which no two may run in one slot, such that every such two are in one. */
function conflictGroups(assumed: Assumed): number[][] {
  const sessions = assumed.indexed.sessions.length;
  const groups: number[][] = [];
  const isCovered = new Uint8Array(sessions * sessions);
  const take = (group: number[]) => {
    groups.push(group);
    for (const one of group) for (const other of group) isCovered[one * sessions + other] = 1;
  };
  const sets = exclusiveSets(assumed);
  for (const set of new Set(sets)) {
    const group = [...sets.keys()].filter((session) => sets[session] === set);
    if (group.length > 1) take(group);
  }
  for (let one = 0; one < sessions; one++) {
    for (let other = one + 1; other < sessions; other++) {
      if (!assumed.excludes(one, other) || isCovered[one * sessions + other] === 1) continue;
      const group = [one, other];
      for (let third = 0; third < sessions; third++) {
        if (group.every((each) => each !== third && assumed.excludes(each, third)))
          group.push(third);
      }
      take(group);
    }
  }
  return groups;
}

/** Whether a program holds a rule by what it is made of, if the rule is taken for granted. */
export const isStructural = ({ kind }: IndexedRule): boolean =>
  PLACE_KINDS.has(kind) || STRUCTURAL.has(kind);

const STRUCTURAL: ReadonlySet<RuleKind> = new Set<RuleKind>([
  'room-taken',
  'exclusive',
  'person-twice',
  'track-clash',
  'apart',
]);

/** What has to be told of a rule that a program cannot hold. */
export const programRefusal = (rule: IndexedRule): string | undefined =>
  new Set(rule.sessions).size < rule.sessions.length
    ? `The rule “${rule.rule.name ?? rule.kind}” names a session twice.`
    : undefined;
