import type { IndexedInstance } from '../sessions/index-instance.ts';
import type { Timetable, Values } from '../sessions/model.ts';
import { BesideCosts } from './beside-costs.ts';
import { DayCosts } from './day-costs.ts';
import { FixedCosts } from './fixed-costs.ts';
import { GroupCosts } from './group-costs.ts';
import { InterestCosts } from './interest-costs.ts';
import { OrderCosts } from './order-costs.ts';
import { Proposal } from './proposal.ts';
import { RoomCosts } from './room-costs.ts';

/**
 * A timetable that knows at every moment what it is worth: the same values as `checkTimetable`, kept
 * up to date with the work that one session makes. It begins with nothing placed.
 */
export class Evaluator {
  readonly indexed: IndexedInstance;
  /** The value of each level, as the checker counts it. Written over by each move. */
  readonly now: Float64Array;
  /** For each session where it starts; -1 for nowhere. To be read only. */
  readonly slot: Int32Array;
  /** For each session its room; -1 for none. To be read only. */
  readonly room: Int32Array;
  readonly fixed: FixedCosts;
  readonly beside: BesideCosts;
  readonly rooms: RoomCosts;
  readonly order: OrderCosts;
  readonly #groups: GroupCosts;
  readonly #days: DayCosts;
  readonly #interest: InterestCosts;
  readonly #takesRoom: Uint8Array;
  readonly #change: Float64Array;
  readonly #ignored: Float64Array;
  readonly #single: Proposal;

  constructor(indexed: IndexedInstance, from?: Timetable) {
    const { sessions } = indexed;
    this.indexed = indexed;
    this.now = new Float64Array(indexed.levels);
    this.slot = new Int32Array(sessions.length).fill(-1);
    this.room = new Int32Array(sessions.length).fill(-1);
    this.fixed = new FixedCosts(indexed);
    this.beside = new BesideCosts(indexed);
    this.rooms = new RoomCosts(indexed);
    this.order = new OrderCosts(indexed);
    this.#groups = new GroupCosts(indexed);
    this.#days = new DayCosts(indexed);
    this.#interest = new InterestCosts(indexed);
    this.#takesRoom = Uint8Array.from(sessions, ({ takesRoom }) => Number(takesRoom));
    this.#change = new Float64Array(indexed.levels);
    this.#ignored = new Float64Array(indexed.levels);
    this.#single = new Proposal(sessions.length);
    for (const session of sessions.keys()) this.fixed.unplaced(session, 1, this.now);
    this.#groups.empty(this.now);
    this.#interest.empty(this.now);
    if (from !== undefined) this.load(from);
  }

  get values(): Values {
    return [...this.now];
  }

  /** The timetable as it is now, to keep. */
  get timetable(): { readonly slot: Int32Array; readonly room: Int32Array } {
    return { slot: this.slot.slice(), room: this.room.slice() };
  }

  /** Takes over a timetable; what has no complete place in it, or one that does not exist, has none. */
  load({ slot, room }: Timetable): void {
    const { slots, rooms } = this.indexed;
    for (let session = 0; session < this.slot.length; session++) this.unassign(session);
    for (let session = 0; session < this.slot.length; session++) {
      const to = slot[session] ?? -1;
      const where = this.#takesRoom[session] === 1 ? (room[session] ?? -1) : -1;
      const isComplete = where >= 0 || this.#takesRoom[session] === 0;
      if (to >= 0 && to < slots.length && where < rooms.length && isComplete) {
        this.assign(session, to, where);
      }
    }
  }

  /** Gives a session that has none a place; `room` is -1 for one that takes no room. */
  assign(session: number, slot: number, room: number): void {
    this.#put(session, slot, room, this.now);
  }

  /** Takes a session's place, if it has one. */
  unassign(session: number): void {
    this.#take(session, this.now);
  }

  /**
   * What it would change on each level that a session had this place instead of its own (slot -1:
   * none). The array is written over by the next question.
   */
  delta(session: number, slot: number, room: number): Float64Array {
    this.#single.clear();
    this.#single.add(session, slot, room);
    this.weigh(this.#single, this.#change);
    return this.#change;
  }

  /** Writes into `change` what a proposal would change on each level. */
  weigh(proposal: Proposal, change: Float64Array): void {
    this.weighPlaces(proposal, change);
    if (proposal.isExchange) this.weighPeople(proposal, change);
  }

  /**
   * The quick half of `weigh` for an exchange: everything but what it means for people's days and
   * interests, which `weighPeople` adds. Anything else is weighed whole.
   */
  weighPlaces(proposal: Proposal, change: Float64Array): void {
    change.fill(0);
    proposal.remember(this.slot, this.room);
    if (!proposal.isExchange) {
      this.#try(proposal, change);
      return;
    }
    const { size, session, slot, room, oldSlot, oldRoom, at } = proposal;
    this.beside.exchange(proposal, change);
    for (let index = 0; index < size; index++) {
      const each = session[index] as number;
      const from = oldSlot[index] as number;
      const to = slot[index] as number;
      this.fixed.change(each, from, oldRoom[index] as number, to, room[index] as number, change);
      this.order.change(each, to, this.slot, at, slot, change);
    }
    this.#exchangeRooms(proposal, change);
    if (this.#groups.isEmpty) return;
    this.#writeGroups(proposal, change);
  }

  /** The slow half of `weigh` for an exchange. */
  weighPeople(proposal: Proposal, change: Float64Array): void {
    if (!this.#days.exchange(proposal, change)) this.#tryPeople(proposal, this.#days, change);
    if (!this.#interest.exchange(proposal, change)) {
      this.#tryPeople(proposal, this.#interest, change);
    }
  }

  /** Weighs a proposal by doing it and undoing it. */
  #try({ size, session, slot, room, oldSlot, oldRoom }: Proposal, change: Float64Array): void {
    for (let index = 0; index < size; index++) this.#take(session[index] as number, change);
    for (let index = 0; index < size; index++) {
      this.#put(session[index] as number, slot[index] as number, room[index] as number, change);
    }
    const ignored = this.#ignored;
    for (let index = 0; index < size; index++) this.#take(session[index] as number, ignored);
    for (let index = 0; index < size; index++) {
      const from = oldSlot[index] as number;
      this.#put(session[index] as number, from, oldRoom[index] as number, ignored);
    }
  }

  #exchangeRooms(proposal: Proposal, change: Float64Array): void {
    const { size, session, slot, room, oldSlot, oldRoom } = proposal;
    const { rooms } = this;
    for (let index = 0; index < size; index++) {
      const from = oldSlot[index] as number;
      if (from < 0) continue;
      const each = session[index] as number;
      rooms.write(each, from, oldRoom[index] as number, -1);
      rooms.cost(each, from, oldRoom[index] as number, -1, change);
    }
    for (let index = 0; index < size; index++) {
      const to = slot[index] as number;
      if (to < 0) continue;
      const each = session[index] as number;
      rooms.cost(each, to, room[index] as number, 1, change);
      rooms.write(each, to, room[index] as number, 1);
    }
    for (let index = 0; index < size; index++) {
      const to = slot[index] as number;
      const from = oldSlot[index] as number;
      const each = session[index] as number;
      if (to >= 0) rooms.write(each, to, room[index] as number, -1);
      if (from >= 0) rooms.write(each, from, oldRoom[index] as number, 1);
    }
  }

  #writeGroups(proposal: Proposal, change: Float64Array): void {
    const groups = this.#groups;
    const { size, session, slot, room, oldSlot, oldRoom } = proposal;
    for (let index = 0; index < size; index++) {
      const from = oldSlot[index] as number;
      if (from < 0) continue;
      groups.write(session[index] as number, from, oldRoom[index] as number, -1, change);
    }
    for (let index = 0; index < size; index++) {
      const to = slot[index] as number;
      if (to >= 0) groups.write(session[index] as number, to, room[index] as number, 1, change);
    }
    const ignored = this.#ignored;
    for (let index = 0; index < size; index++) {
      const to = slot[index] as number;
      if (to >= 0) groups.write(session[index] as number, to, room[index] as number, -1, ignored);
    }
    for (let index = 0; index < size; index++) {
      const from = oldSlot[index] as number;
      if (from < 0) continue;
      groups.write(session[index] as number, from, oldRoom[index] as number, 1, ignored);
    }
  }

  #tryPeople(proposal: Proposal, costs: DayCosts | InterestCosts, change: Float64Array): void {
    const { size, session, slot, oldSlot } = proposal;
    for (let index = 0; index < size; index++) {
      const each = session[index] as number;
      const from = oldSlot[index] as number;
      const to = slot[index] as number;
      if (from === to) continue;
      if (from >= 0) costs.write(each, from, -1, change);
      if (to >= 0) costs.write(each, to, 1, change);
    }
    for (let index = 0; index < size; index++) {
      const each = session[index] as number;
      const from = oldSlot[index] as number;
      const to = slot[index] as number;
      if (from === to) continue;
      if (to >= 0) costs.write(each, to, -1, this.#ignored);
      if (from >= 0) costs.write(each, from, 1, this.#ignored);
    }
  }

  /** Does what is proposed. */
  apply({ size, session, slot, room }: Proposal): void {
    for (let index = 0; index < size; index++) this.#take(session[index] as number, this.now);
    for (let index = 0; index < size; index++) {
      this.#put(session[index] as number, slot[index] as number, room[index] as number, this.now);
    }
  }

  #put(session: number, slot: number, room: number, into: Float64Array): void {
    if (slot < 0) return;
    this.fixed.unplaced(session, -1, into);
    this.fixed.placed(session, slot, room, 1, into);
    this.beside.cost(session, slot, 1, into);
    this.beside.write(session, slot, 1);
    this.rooms.cost(session, slot, room, 1, into);
    this.rooms.write(session, slot, room, 1);
    this.order.cost(session, slot, this.slot, 1, into);
    this.#groups.write(session, slot, room, 1, into);
    this.#days.write(session, slot, 1, into);
    this.#interest.write(session, slot, 1, into);
    this.slot[session] = slot;
    this.room[session] = room;
  }

  #take(session: number, into: Float64Array): void {
    const slot = this.slot[session] as number;
    if (slot < 0) return;
    const room = this.room[session] as number;
    this.slot[session] = -1;
    this.room[session] = -1;
    this.#interest.write(session, slot, -1, into);
    this.#days.write(session, slot, -1, into);
    this.#groups.write(session, slot, room, -1, into);
    this.order.cost(session, slot, this.slot, -1, into);
    this.rooms.write(session, slot, room, -1);
    this.rooms.cost(session, slot, room, -1, into);
    this.beside.write(session, slot, -1);
    this.beside.cost(session, slot, -1, into);
    this.fixed.placed(session, slot, room, -1, into);
    this.fixed.unplaced(session, 1, into);
  }
}
