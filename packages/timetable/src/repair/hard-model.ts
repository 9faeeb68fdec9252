import { BesideCosts } from '../search/beside-costs.ts';
import { FixedCosts } from '../search/fixed-costs.ts';
import type { IndexedInstance, IndexedRule } from '../sessions/index-instance.ts';
import type { RuleKind, Timetable } from '../sessions/model.ts';
import { hasBit, setBit } from './bits.ts';
import { type Relation, relationsOf } from './relations.ts';

/** What a change may cost, and whom it must leave alone. */
export interface MoveCosts {
  /** What moving each session costs. */
  readonly weight: Int32Array;
  /** Sessions that stay where they were, whatever that breaks. */
  readonly isKept: Uint8Array;
  /** Slots in which nothing can begin or go on any more. */
  readonly isPast: Uint8Array;
  /** Whether another room in the same slot is a move, too. */
  readonly countsRooms: boolean;
}

/** Rules that look at more than two sessions, or at people: whether they hold is seen in the end. */
const WIDE_KINDS: ReadonlySet<RuleKind> = new Set([
  'interest',
  'worst-off',
  'day-pattern',
  'spread',
  'compact',
  'attends',
]);

const WORD = 32;

/**
 * What must hold (level 0), as a search for the fewest moves asks it: which places a session may
 * have, which two may not run at a time, how two may stand to each other, and the rules that only a
 * whole timetable can be asked about.
 */
export class HardModel {
  /** The instance with nothing but its rules of level 0. */
  readonly indexed: IndexedInstance;
  readonly costs: MoveCosts;
  readonly sessions: number;
  readonly slots: number;
  readonly rooms: number;
  readonly length: Int32Array;
  readonly takesRoom: Uint8Array;
  /** Where each session was; -1 for nowhere. */
  readonly homeSlot: Int32Array;
  readonly homeRoom: Int32Array;
  /** Whether it must have a place. */
  readonly isNeeded: Uint8Array;
  /** Words of 32 sessions, or of 32 rooms. */
  readonly sessionWords: number;
  readonly roomWords: number;
  /** By session, the others that may not run at the same time, as bits. */
  readonly clash: Int32Array;
  readonly relations: readonly (readonly Relation[])[];
  readonly wide: readonly IndexedRule[];
  /** For each session those that must be in the same room. */
  readonly roommates: readonly (readonly number[])[];
  /** Whether a room holds one session at a time. */
  readonly roomsAreSingle: boolean;
  readonly #fixed: FixedCosts;
  readonly #allowed: (Int32Array | undefined)[];
  readonly #starts: (Int32Array | undefined)[];
  readonly #cost = new Float64Array(1);

  constructor(whole: IndexedInstance, previous: Timetable, costs: MoveCosts) {
    const rules = whole.rules.filter(({ level }) => level === 0);
    const indexed = { ...whole, rules, levels: 1 };
    const { sessions, slots, rooms } = indexed;
    this.indexed = indexed;
    this.costs = costs;
    this.sessions = sessions.length;
    this.slots = slots.length;
    this.rooms = rooms.length;
    this.length = Int32Array.from(sessions, ({ length }) => length);
    this.takesRoom = Uint8Array.from(sessions, ({ takesRoom }) => Number(takesRoom));
    this.homeSlot = new Int32Array(sessions.length).fill(-1);
    this.homeRoom = new Int32Array(sessions.length).fill(-1);
    for (let session = 0; session < sessions.length; session++) {
      const slot = previous.slot[session] ?? -1;
      const room = this.takesRoom[session] === 1 ? (previous.room[session] ?? -1) : -1;
      const isThere = slot >= 0 && slot < slots.length && room < rooms.length;
      if (!isThere || (this.takesRoom[session] === 1 && room < 0)) continue;
      this.homeSlot[session] = slot;
      this.homeRoom[session] = room;
    }
    this.#fixed = new FixedCosts(indexed);
    this.isNeeded = Uint8Array.from(sessions, (_, session) => {
      this.#cost[0] = 0;
      this.#fixed.unplaced(session, 1, this.#cost);
      return Number((this.#cost[0] ?? 0) > 0);
    });
    this.sessionWords = Math.ceil(sessions.length / WORD);
    this.roomWords = Math.ceil(rooms.length / WORD);
    this.clash = new Int32Array(sessions.length * this.sessionWords);
    for (const { neighbours } of new BesideCosts(indexed).layers) {
      for (let one = 0; one < sessions.length; one++) {
        const until = neighbours.from[one + 1] as number;
        for (let at = neighbours.from[one] as number; at < until; at++) {
          setBit(this.clash, one * this.sessionWords, neighbours.items[at] as number);
        }
      }
    }
    this.relations = relationsOf(indexed);
    this.wide = rules.filter(({ kind }) => WIDE_KINDS.has(kind));
    this.roommates = roommatesOf(indexed);
    this.roomsAreSingle = rules.some(({ kind }) => kind === 'room-taken');
    this.#allowed = Array.from({ length: sessions.length });
    this.#starts = Array.from({ length: sessions.length });
  }

  /** The slots in which a session may start, in order. */
  starts(session: number): Int32Array {
    const known = this.#starts[session];
    if (known !== undefined) return known;
    const { costs, slots } = this;
    const starts: number[] = [];
    for (let slot = 0; slot < slots; slot++) {
      let isOver = false;
      for (let at = slot; at < this.endOf(session, slot); at++) {
        isOver ||= costs.isPast[at] === 1;
      }
      if (!isOver && this.allowsSlot(session, slot)) starts.push(slot);
    }
    const found = Int32Array.from(starts);
    this.#starts[session] = found;
    return found;
  }

  /** Whether all that looks at this session alone lets it start in a slot, in one room or another. */
  allowsSlot(session: number, slot: number): boolean {
    if (this.takesRoom[session] === 0) return this.allowsPlace(session, slot, -1);
    const bits = this.roomsAt(session);
    const first = slot * this.roomWords;
    for (let word = first; word < first + this.roomWords; word++) if (bits[word] !== 0) return true;
    return false;
  }

  /** For each slot the rooms in which all that looks at this session alone lets it start, as bits. */
  roomsAt(session: number): Int32Array {
    const known = this.#allowed[session];
    if (known !== undefined) return known;
    const bits = new Int32Array(this.slots * this.roomWords);
    if (this.takesRoom[session] === 1) {
      for (let slot = 0; slot < this.slots; slot++) {
        for (let room = 0; room < this.rooms; room++) {
          if (this.allowsPlace(session, slot, room)) setBit(bits, slot * this.roomWords, room);
        }
      }
    }
    this.#allowed[session] = bits;
    return bits;
  }

  allowsPlace(session: number, slot: number, room: number): boolean {
    this.#cost[0] = 0;
    this.#fixed.placed(session, slot, room, 1, this.#cost);
    return (this.#cost[0] ?? 0) === 0;
  }

  /** The slot after the last in which a session runs that starts in this one. */
  endOf(session: number, slot: number): number {
    return Math.min(this.slots, slot + (this.length[session] as number));
  }

  clashes(one: number, other: number): boolean {
    return hasBit(this.clash, one * this.sessionWords, other);
  }
}

function roommatesOf({ rules, sessions }: IndexedInstance): number[][] {
  const mates = sessions.map(() => new Set<number>());
  for (const rule of rules) {
    if (rule.kind !== 'same-room') continue;
    const inRooms = rule.sessions.filter((session) => sessions[session]?.takesRoom);
    for (const one of inRooms) {
      for (const other of inRooms) if (one !== other) mates[one]?.add(other);
    }
  }
  return mates.map((each) => [...each]);
}
