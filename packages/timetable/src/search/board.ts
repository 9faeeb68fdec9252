import type { IndexedInstance } from '../sessions/index-instance.ts';
import { Evaluator } from './evaluator.ts';
import type { Generator } from './generator.ts';
import { type Lists, listsOf } from './lists.ts';
import { Proposal } from './proposal.ts';

/** The timetable of a search with what its moves ask for: who is in a slot, who may go where. */
export class Board {
  readonly evaluator: Evaluator;
  readonly proposal: Proposal;
  readonly sessions: number;
  readonly slots: number;
  readonly rooms: number;
  readonly length: Int32Array;
  readonly takesRoom: Uint8Array;
  /** Sessions that may go without a place while the level is lessened for which the board is set. */
  readonly mayLeave: Uint8Array;
  /** Whether a room may have several sessions at a time, at some cost. */
  readonly areRoomsShared: boolean;
  /** Sessions that the search may move. */
  readonly movable: Int32Array;
  readonly isPinned: Uint8Array;
  /** By two sessions, whether they must not run beside each other. */
  readonly clashes: Uint8Array;
  /** For each session the slots and the rooms that break least of what must hold. */
  readonly slotsOf: Lists;
  readonly roomsOf: Lists;
  /** By session and room, or session and slot, whether it is one of those. */
  readonly suits: Uint8Array;
  readonly suitsSlot: Uint8Array;
  /** By session and room, what rooms cost on the level that is lessened, if they cost anything. */
  roomTaste: Float64Array | undefined = undefined;
  /** For each session those that should share its room, as often as rules say so. */
  readonly roommates: Lists;
  /** By room and slot. */
  readonly closed: Uint8Array;
  /** By slot, the movable sessions of one slot in it, in any order. */
  readonly #members: Int32Array;
  readonly count: Int32Array;
  readonly #position: Int32Array;
  /** The movable sessions without a place, in any order. */
  readonly unplaced: Int32Array;
  unplacedCount = 0;

  constructor(indexed: IndexedInstance, pinned: ReadonlySet<number>) {
    const { sessions, slots, rooms } = indexed;
    const count = sessions.length;
    this.evaluator = new Evaluator(indexed);
    this.proposal = new Proposal(count);
    this.sessions = count;
    this.slots = slots.length;
    this.rooms = rooms.length;
    this.length = Int32Array.from(sessions, ({ length }) => length);
    this.takesRoom = Uint8Array.from(sessions, ({ takesRoom }) => Number(takesRoom));
    this.mayLeave = new Uint8Array(count);
    this.areRoomsShared = !indexed.rules.some(
      ({ kind, level }) => kind === 'room-taken' && level === 0,
    );
    this.isPinned = Uint8Array.from(sessions, (_, session) => Number(pinned.has(session)));
    this.movable = Int32Array.from([...sessions.keys()].filter((each) => !pinned.has(each)));
    this.clashes = new Uint8Array(count * count);
    for (const { level, between } of this.evaluator.beside.layers) {
      if (level > 0) continue;
      for (const [index, cost] of between.entries()) if (cost > 0) this.clashes[index] = 1;
    }
    const { fixed } = this.evaluator;
    this.suitsSlot = leastOf(fixed.slotLayers, count, slots.length);
    this.suits = leastOf(fixed.roomLayers, count, rooms.length);
    this.slotsOf = chosenOf(this.suitsSlot, count, slots.length);
    this.roomsOf = chosenOf(this.suits, count, rooms.length);
    this.roommates = listsOf(matesOf(indexed));
    this.closed = new Uint8Array(rooms.length * slots.length);
    for (const [room, { closed }] of rooms.entries()) {
      for (const slot of closed) this.closed[room * slots.length + slot] = 1;
    }
    this.#members = new Int32Array(count * slots.length);
    this.count = new Int32Array(slots.length);
    this.#position = new Int32Array(count);
    this.unplaced = new Int32Array(count);
    for (const session of this.movable) this.#list(session, -1);
  }

  /** Sets the board for the lessening of a level. */
  setFor(level: number): void {
    const { fixed } = this.evaluator;
    this.roomTaste = fixed.roomLayers.find((layer) => layer.level === level)?.costs;
    const costs = new Float64Array(this.evaluator.now.length);
    for (let session = 0; session < this.sessions; session++) {
      fixed.unplaced(session, 1, costs.fill(0));
      this.mayLeave[session] = Number(costs.subarray(0, level).every((cost) => cost === 0));
    }
  }

  /** One of the movable sessions of one slot in a slot. */
  member(slot: number, index: number): number {
    return this.#members[slot * this.sessions + index] as number;
  }

  isConflict(one: number, other: number): boolean {
    return this.clashes[one * this.sessions + other] === 1;
  }

  /** Whether a room may hold a session at a slot as far as it is up to the two. */
  isRoomFor(session: number, slot: number, room: number): boolean {
    return (
      this.suits[session * this.rooms + room] === 1 && this.closed[room * this.slots + slot] === 0
    );
  }

  /** Does what is proposed. */
  apply(): void {
    const { evaluator, proposal } = this;
    const { size, session, slot } = proposal;
    for (let index = 0; index < size; index++) {
      const each = session[index] as number;
      const from = evaluator.slot[each] as number;
      if (from === slot[index]) continue;
      this.#strike(each, from);
      this.#list(each, slot[index] as number);
    }
    evaluator.apply(proposal);
  }

  /** Gives one session a place, or with slot -1 takes it. */
  place(session: number, slot: number, room: number): void {
    this.proposal.clear();
    this.proposal.add(session, slot, room);
    this.apply();
  }

  /** The lists in their order, which random choices depend on. */
  get lists(): number[] {
    const lists = [...this.unplaced.subarray(0, this.unplacedCount)];
    for (let slot = 0; slot < this.slots; slot++) {
      for (let at = 0; at < (this.count[slot] as number); at++) lists.push(this.member(slot, at));
    }
    for (const session of this.movable) {
      const isPlaced = (this.evaluator.slot[session] as number) >= 0;
      if (isPlaced && this.length[session] !== 1) lists.push(session);
    }
    return lists;
  }

  /** Takes a timetable over; `lists` are in the order of an earlier board. */
  restore(slot: ArrayLike<number>, room: ArrayLike<number>, lists?: readonly number[]): void {
    for (const session of this.movable) this.place(session, -1, -1);
    const order = lists ?? [...this.movable];
    // What stays without a place keeps the order of its list as well.
    this.unplacedCount = 0;
    for (const session of order) this.#list(session, -1);
    for (const session of order) {
      if ((slot[session] as number) >= 0) {
        this.place(session, slot[session] as number, room[session] as number);
      }
    }
    if (lists === undefined) return;
    this.unplacedCount = 0;
    for (const session of order) {
      if ((this.evaluator.slot[session] as number) < 0) this.#list(session, -1);
    }
  }

  #list(session: number, slot: number): void {
    if (slot < 0) {
      this.#position[session] = this.unplacedCount;
      this.unplaced[this.unplacedCount] = session;
      this.unplacedCount += 1;
    } else if (this.length[session] === 1) {
      const at = this.count[slot] as number;
      this.#members[slot * this.sessions + at] = session;
      this.#position[session] = at;
      this.count[slot] = at + 1;
    }
  }

  #strike(session: number, slot: number): void {
    const at = this.#position[session] as number;
    if (slot < 0) {
      this.unplacedCount -= 1;
      const last = this.unplaced[this.unplacedCount] as number;
      this.unplaced[at] = last;
      this.#position[last] = at;
    } else if (this.length[session] === 1) {
      const count = (this.count[slot] as number) - 1;
      const last = this.member(slot, count);
      this.#members[slot * this.sessions + at] = last;
      this.#position[last] = at;
      this.count[slot] = count;
    }
  }
}

/** For each session the other movable sessions of lists whose sessions should share a room. */
function matesOf({ sessions, rules }: IndexedInstance): number[][] {
  const mates = sessions.map((): number[] => []);
  for (const { kind, sessions: listed } of rules) {
    if (kind !== 'same-room') continue;
    for (const one of new Set(listed)) {
      mates[one]?.push(...listed.filter((other) => other !== one));
    }
  }
  return mates;
}

interface Layer {
  readonly level: number;
  readonly costs: Float64Array;
}

/** For each session which of the places of a kind cost least of what must hold. */
function leastOf(layers: readonly Layer[], sessions: number, width: number): Uint8Array {
  const hard = layers.find(({ level }) => level === 0)?.costs;
  const isLeast = new Uint8Array(sessions * width).fill(1);
  if (hard === undefined) return isLeast;
  for (let session = 0; session < sessions; session++) {
    const row = hard.subarray(session * width, (session + 1) * width);
    let least = Number.POSITIVE_INFINITY;
    for (const cost of row) if (cost < least) least = cost;
    for (let to = 0; to < width; to++) isLeast[session * width + to] = Number(row[to] === least);
  }
  return isLeast;
}

const chosenOf = (isChosen: Uint8Array, sessions: number, width: number): Lists =>
  listsOf(
    Array.from({ length: sessions }, (_, session) =>
      Array.from({ length: width }, (__, to) => to).filter(
        (to) => isChosen[session * width + to] === 1,
      ),
    ),
  );

/** One of the slots or rooms of a session, at random; -1 where it has none. */
export function oneOf({ from, items }: Lists, session: number, random: Generator): number {
  const first = from[session] as number;
  const count = (from[session + 1] as number) - first;
  return count === 0 ? -1 : (items[first + random.below(count)] as number);
}
