import { clearBit, hasBit, isEmpty, lowestBit, setBit } from './bits.ts';
import type { HardModel } from './hard-model.ts';
import { quarrelsAtHome } from './quarrels.ts';
import { RoomMatching } from './room-matching.ts';

/** Nothing is decided yet; it stays where it was; it goes elsewhere. */
export const OPEN = 0;
const STAYS = 1;
export const MOVED = 2;

/** What no number of moves can mend. */
export const IMPOSSIBLE = -1;

/**
 * A timetable on the way from an old one to a new one: which sessions stay, which go where, and which
 * must still go because of these. Everything that is decided can be taken back.
 */
export class RepairState {
  readonly model: HardModel;
  readonly status: Uint8Array;
  /** Where each session starts at the moment: where it was, until it moves. */
  readonly start: Int32Array;
  /** For each open session how many reasons there are that it must move. */
  readonly reasons: Int32Array;
  /** Open sessions that have a place and no reason to leave it, as bits. */
  readonly free: Int32Array;
  /** Those that stay or have moved, and have a place, as bits. */
  readonly settled: Int32Array;
  /** By slot, who runs in it, as bits. */
  readonly busy: Int32Array;
  /** For each session those that cannot stay beside it where both were. */
  readonly quarrels: readonly (readonly number[])[];
  /** What the moves cost, and what those will cost that must still be made. */
  cost = 0;
  forcedCost = 0;
  /** Who would have to leave if the place that was asked about last were taken, as bits. */
  readonly #hits: Int32Array;
  readonly #open: Int32Array;
  readonly #costly: Int32Array;
  readonly #blocked: Int32Array;
  readonly #matching: RoomMatching;
  readonly #trail: number[] = [];

  constructor(model: HardModel) {
    const { sessions, slots, sessionWords, roomWords, costs } = model;
    this.model = model;
    this.status = new Uint8Array(sessions);
    this.start = model.homeSlot.slice();
    this.reasons = new Int32Array(sessions);
    this.free = new Int32Array(sessionWords);
    this.settled = new Int32Array(sessionWords);
    this.busy = new Int32Array(slots * sessionWords);
    this.#hits = new Int32Array(sessionWords);
    this.#open = new Int32Array(roomWords);
    this.#costly = new Int32Array(roomWords);
    this.#blocked = new Int32Array(roomWords);
    this.#matching = new RoomMatching(sessions, model.rooms, roomWords);
    for (let session = 0; session < sessions; session++) {
      if ((this.start[session] as number) < 0) continue;
      this.#occupy(session, true);
      const isKept = costs.isKept[session] === 1;
      this.status[session] = isKept ? STAYS : OPEN;
      setBit(isKept ? this.settled : this.free, 0, session);
    }
    this.quarrels = quarrelsAtHome(model);
    for (let session = 0; session < sessions; session++) {
      if (this.status[session] === OPEN && this.#cannotStay(session)) this.force(session);
    }
  }

  /** Whether it may still stay where it was, or be moved. */
  isFree(session: number): boolean {
    return this.status[session] === OPEN && this.reasons[session] === 0;
  }

  /** What moving a session costs; placing one that had no place is no move. */
  weight(session: number): number {
    return (this.model.homeSlot[session] as number) < 0
      ? 0
      : (this.model.costs.weight[session] as number);
  }

  /** A point to which `undo` goes back. */
  mark(): number {
    return this.#trail.length;
  }

  undo(mark: number): void {
    while (this.#trail.length > mark) {
      const session = this.#trail.pop() as number;
      if (session >= 0) this.#unforce(session);
      else this.#unsettle(-session - 1);
    }
  }

  /** Gives an open session a reason to move. */
  force(session: number): void {
    const reasons = (this.reasons[session] as number) + 1;
    this.reasons[session] = reasons;
    this.#trail.push(session);
    if (reasons > 1) return;
    this.forcedCost += this.weight(session);
    clearBit(this.free, 0, session);
  }

  /** Decides that a free session stays; those that cannot stay beside it must move. */
  stay(session: number): void {
    this.status[session] = STAYS;
    this.#trail.push(-session - 1);
    if ((this.start[session] as number) < 0) return;
    clearBit(this.free, 0, session);
    setBit(this.settled, 0, session);
    for (const other of this.quarrels[session] ?? []) {
      if (this.status[other] === OPEN) this.force(other);
    }
  }

  /**
   * Decides where a session goes that must move, -1 for nowhere. `extra` must have been asked about
   * this place just before.
   */
  move(session: number, slot: number): void {
    if ((this.start[session] as number) >= 0) this.#occupy(session, false);
    this.status[session] = MOVED;
    this.start[session] = slot;
    const weight = this.weight(session);
    this.cost += weight;
    this.forcedCost -= weight;
    this.#trail.push(-session - 1);
    if (slot < 0) return;
    this.#occupy(session, true);
    setBit(this.settled, 0, session);
    for (let word = 0; word < this.#hits.length; word++) {
      let bits = this.#hits[word] as number;
      while (bits !== 0) {
        this.force(word * 32 + lowestBit(bits));
        bits &= bits - 1;
      }
    }
  }

  /**
   * What those would cost at least that must leave if a session started in a slot (another place than
   * its own), or `IMPOSSIBLE`.
   */
  extra(session: number, slot: number): number {
    const { model, busy, free, settled } = this;
    const { sessionWords, clash } = model;
    const hits = this.#hits.fill(0);
    if (slot < 0) return model.isNeeded[session] === 1 ? IMPOSSIBLE : 0;
    for (let at = slot; at < model.endOf(session, slot); at++) {
      for (let word = 0; word < sessionWords; word++) {
        const beside =
          (busy[at * sessionWords + word] as number) &
          (clash[session * sessionWords + word] as number);
        if ((beside & (settled[word] as number)) !== 0) return IMPOSSIBLE;
        hits[word] = (hits[word] as number) | (beside & (free[word] as number));
      }
    }
    for (const { first, second, isBroken } of model.relations[session] ?? []) {
      const other = first === session ? second : first;
      const otherStart = this.start[other] as number;
      if (otherStart < 0) continue;
      if (!(first === session ? isBroken(slot, otherStart) : isBroken(otherStart, slot))) continue;
      if (hasBit(settled, 0, other)) return IMPOSSIBLE;
      if (hasBit(free, 0, other)) setBit(hits, 0, other);
    }
    let cost = 0;
    for (let word = 0; word < sessionWords; word++) {
      let bits = hits[word] as number;
      while (bits !== 0) {
        cost += this.weight(word * 32 + lowestBit(bits));
        bits &= bits - 1;
      }
    }
    const room = this.#roomExtra(session, slot);
    return room === IMPOSSIBLE ? IMPOSSIBLE : cost + room;
  }

  /**
   * What those cost at least that must still leave a slot because there are too few rooms in it, or
   * `IMPOSSIBLE`.
   */
  roomsMissing(slot: number): number {
    const { model, status, start } = this;
    const { roomWords, homeRoom, homeSlot, costs } = model;
    const matching = this.#matching;
    const blocked = this.#blocked.fill(0);
    const costly = this.#costly.fill(0);
    matching.clear();
    let cheapest = Number.POSITIVE_INFINITY;
    this.#eachIn(slot, (session) => {
      if (model.takesRoom[session] === 0) return;
      if (status[session] === OPEN && (this.reasons[session] as number) > 0) return;
      if (status[session] === OPEN) cheapest = Math.min(cheapest, this.weight(session));
      if (this.isFlexible(session)) {
        const at = start[session] as number;
        const position = matching.count;
        matching.add(session, model.roomsAt(session), at * roomWords);
        // To stay in the slot and the room would be no move.
        if (costs.countsRooms && at === homeSlot[session]) {
          clearBit(matching.options, position * roomWords, homeRoom[session] as number);
        }
      } else {
        setBit(status[session] === OPEN ? costly : blocked, 0, homeRoom[session] as number);
      }
    });
    const { count } = matching;
    if (count === 0) return 0;
    const usable = this.#open;
    for (let word = 0; word < roomWords; word++) {
      usable[word] = ~((blocked[word] as number) | (costly[word] as number));
    }
    const missing = count - matching.size(usable);
    if (missing === 0) return 0;
    if (cheapest === Number.POSITIVE_INFINITY) return IMPOSSIBLE;
    return missing * cheapest;
  }

  /** After `roomsMissing` has found something: free sessions of which at least one must leave. */
  inTheWay(slot: number): number[] {
    const { model, status } = this;
    const { roomWords } = model;
    const matching = this.#matching;
    const wanted = new Int32Array(roomWords);
    const tooMany = matching.tooMany();
    const found: number[] = [];
    for (let position = 0; position < matching.count; position++) {
      if (tooMany[position] === 0) continue;
      const session = matching.sessions[position] as number;
      if (status[session] === OPEN) found.push(session);
      for (let word = 0; word < roomWords; word++) {
        wanted[word] =
          (wanted[word] as number) | (matching.options[position * roomWords + word] as number);
      }
    }
    this.#eachIn(slot, (session) => {
      if (model.takesRoom[session] === 0 || this.isFlexible(session)) return;
      if (!this.isFree(session)) return;
      if (hasBit(wanted, 0, model.homeRoom[session] as number)) found.push(session);
    });
    return found;
  }

  /** Whether its room is still to be chosen: it moves, or rooms are no matter. */
  isFlexible(session: number): boolean {
    const { isKept, countsRooms } = this.model.costs;
    return this.status[session] === MOVED || (!countsRooms && isKept[session] === 0);
  }

  /** Two free sessions that cannot both stay, or undefined. */
  quarrel(): readonly [number, number] | undefined {
    for (const [one, others] of this.quarrels.entries()) {
      if (others.length === 0 || !hasBit(this.free, 0, one)) continue;
      for (const other of others) if (hasBit(this.free, 0, other)) return [one, other];
    }
    return undefined;
  }

  /** What free sessions that cannot stay beside each other will cost at least. */
  quarrelCost(): number {
    let cost = 0;
    const counted = this.#hits.fill(0);
    for (const [one, others] of this.quarrels.entries()) {
      if (others.length === 0 || !hasBit(this.free, 0, one) || hasBit(counted, 0, one)) continue;
      for (const other of others) {
        if (!hasBit(this.free, 0, other) || hasBit(counted, 0, other)) continue;
        setBit(counted, 0, one);
        setBit(counted, 0, other);
        cost += Math.min(this.weight(one), this.weight(other));
        break;
      }
    }
    return cost;
  }

  #unforce(session: number): void {
    const reasons = (this.reasons[session] as number) - 1;
    this.reasons[session] = reasons;
    if (reasons > 0) return;
    this.forcedCost -= this.weight(session);
    if ((this.start[session] as number) >= 0) setBit(this.free, 0, session);
  }

  #unsettle(session: number): void {
    const { homeSlot } = this.model;
    if (this.status[session] === MOVED) {
      if ((this.start[session] as number) >= 0) this.#occupy(session, false);
      this.start[session] = homeSlot[session] as number;
      if ((this.start[session] as number) >= 0) this.#occupy(session, true);
      const weight = this.weight(session);
      this.cost -= weight;
      this.forcedCost += weight;
    } else if ((this.start[session] as number) >= 0) {
      setBit(this.free, 0, session);
    }
    clearBit(this.settled, 0, session);
    this.status[session] = OPEN;
  }

  #occupy(session: number, isThere: boolean): void {
    const { model, busy } = this;
    const slot = this.start[session] as number;
    for (let at = slot; at < model.endOf(session, slot); at++) {
      (isThere ? setBit : clearBit)(busy, at * model.sessionWords, session);
    }
  }

  #eachIn(slot: number, visit: (session: number) => void): void {
    const { sessionWords } = this.model;
    for (let word = 0; word < sessionWords; word++) {
      let bits = this.busy[slot * sessionWords + word] as number;
      while (bits !== 0) {
        visit(word * 32 + lowestBit(bits));
        bits &= bits - 1;
      }
    }
  }

  /** What a room costs at least in which a session could be, after `hits` are gone. */
  #roomExtra(session: number, slot: number): number {
    const { model, status } = this;
    const { roomWords, homeRoom, costs } = model;
    if (model.takesRoom[session] === 0)
      return costs.countsRooms || slot !== model.homeSlot[session] ? 0 : IMPOSSIBLE;
    const open = this.#open;
    const bits = model.roomsAt(session);
    for (let word = 0; word < roomWords; word++)
      open[word] = bits[slot * roomWords + word] as number;
    if (slot === model.homeSlot[session]) {
      if (!costs.countsRooms) return IMPOSSIBLE;
      clearBit(open, 0, homeRoom[session] as number);
    }
    if (!model.roomsAreSingle) return isEmpty(open) ? IMPOSSIBLE : 0;
    const costly = this.#costly.fill(0);
    let cheapest = Number.POSITIVE_INFINITY;
    for (let at = slot; at < model.endOf(session, slot); at++) {
      this.#eachIn(at, (other) => {
        if (other === session || model.takesRoom[other] === 0 || this.isFlexible(other)) return;
        const room = homeRoom[other] as number;
        if (status[other] === STAYS) {
          clearBit(open, 0, room);
        } else if (hasBit(this.free, 0, other) && !hasBit(this.#hits, 0, other)) {
          setBit(costly, 0, room);
          if (hasBit(open, 0, room)) cheapest = Math.min(cheapest, this.weight(other));
        }
      });
    }
    if (isEmpty(open)) return IMPOSSIBLE;
    for (let word = 0; word < roomWords; word++) {
      if (((open[word] as number) & ~(costly[word] as number)) !== 0) return 0;
    }
    return cheapest;
  }

  #cannotStay(session: number): boolean {
    const { model } = this;
    const slot = model.homeSlot[session] as number;
    if (slot < 0) return model.isNeeded[session] === 1;
    const canStay = model.costs.countsRooms
      ? model.allowsPlace(session, slot, model.homeRoom[session] as number)
      : model.allowsSlot(session, slot);
    if (!canStay) return true;
    return (this.quarrels[session] ?? []).some((other) => this.status[other] === STAYS);
  }
}
