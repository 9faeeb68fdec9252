import { Evaluator } from '../search/evaluator.ts';
import { Generator } from '../search/generator.ts';
import { Proposal } from '../search/proposal.ts';
import type { IndexedInstance } from '../sessions/index-instance.ts';
import type { Timetable, Values } from '../sessions/model.ts';
import { lowestBit } from './bits.ts';
import type { HardModel } from './hard-model.ts';

/** How many accepted values back a step may be compared with (late acceptance). */
const HISTORY = 64;

/**
 * Looks for a better timetable that is at most so far from the old one and breaks no more of what
 * must hold: moves, exchanges and returns, accepted late (Burke and Bykov 2017) over values level by
 * level.
 */
export class NearSearch {
  best: Timetable;
  values: Values;
  readonly #model: HardModel;
  readonly #evaluator: Evaluator;
  readonly #proposal: Proposal;
  readonly #change: Float64Array;
  readonly #random: Generator;
  readonly #movable: Int32Array;
  /** Those that are not where they were. */
  readonly #moved: Int32Array;
  #movedCount = 0;
  readonly #budget: number;
  readonly #history: Float64Array[];
  #cost: number;
  #step = 0;

  constructor(
    indexed: IndexedInstance,
    model: HardModel,
    { from, budget, seed }: { from: Timetable; budget: number; seed: number },
  ) {
    this.#model = model;
    this.#budget = budget;
    this.#evaluator = new Evaluator(indexed, from);
    this.#proposal = new Proposal(indexed.sessions.length);
    this.#change = new Float64Array(indexed.levels);
    this.#random = new Generator(seed);
    this.#movable = Int32Array.from(
      [...indexed.sessions.keys()].filter(
        (session) =>
          model.costs.isKept[session] === 0 && (this.#evaluator.slot[session] as number) >= 0,
      ),
    );
    this.#moved = new Int32Array(indexed.sessions.length);
    this.#listMoved();
    this.best = this.#evaluator.timetable;
    this.values = this.#evaluator.values;
    this.#history = Array.from({ length: HISTORY }, () => this.#evaluator.now.slice());
    this.#cost = 0;
    for (let session = 0; session < model.sessions; session++) {
      const slot = this.#evaluator.slot[session] as number;
      this.#cost += this.#costAt(session, slot, this.#evaluator.room[session] as number);
    }
  }

  /** Weighs so many proposals. */
  run(steps: number): void {
    if (this.#movable.length === 0) return;
    for (let step = 0; step < steps; step++) {
      this.#propose();
      if (this.#proposal.size === 0 || !this.#isAffordable() || !this.#weighs()) continue;
      if (!this.#isAccepted()) continue;
      this.#cost += this.#proposedCost();
      this.#evaluator.apply(this.#proposal);
      this.#listMoved();
      if (isLess(this.#evaluator.now, this.values)) {
        this.best = this.#evaluator.timetable;
        this.values = this.#evaluator.values;
      }
    }
  }

  /** Weighs what is proposed, quickly where it breaks what must hold; false if it does. */
  #weighs(): boolean {
    this.#promiseExchange();
    this.#evaluator.weighPlaces(this.#proposal, this.#change);
    if ((this.#change[0] as number) > 0) return false;
    if (this.#proposal.isExchange) this.#evaluator.weighPeople(this.#proposal, this.#change);
    return (this.#change[0] as number) <= 0;
  }

  /** Says so where only two slots exchange short sessions: that is weighed faster. */
  #promiseExchange(): void {
    const { size, session, slot } = this.#proposal;
    const { slot: slots } = this.#evaluator;
    let one = -1;
    let other = -1;
    for (let index = 0; index < 2 * size; index++) {
      const who = session[index >> 1] as number;
      const at = ((index & 1) === 0 ? slot[index >> 1] : slots[who]) as number;
      if (this.#model.length[who] !== 1 || at < 0) return;
      if (one < 0 || one === at) one = at;
      else if (other < 0 || other === at) other = at;
      else return;
    }
    this.#proposal.between(one, other < 0 ? one : other);
  }

  #propose(): void {
    const random = this.#random;
    this.#proposal.clear();
    const kind = random.below(16);
    const isAtLimit = this.#cost >= this.#budget && this.#movedCount > 0;
    if (!isAtLimit || kind === 0) {
      if (kind < 9) this.#toAnyPlace(this.#one());
      else if (kind < 14) this.#exchange(this.#one(), this.#one());
      else if (this.#movedCount > 0) this.#home(this.#oneMoved());
      return;
    }
    // With no move left: other places for what has moved, or one move back and another instead.
    const moved = this.#oneMoved();
    if (kind < 5) this.#toAnyPlace(moved);
    else if (kind < 8) this.#exchange(moved, this.#oneMoved());
    else {
      this.#home(moved);
      if (this.#proposal.size > 0) this.#toAnyPlace(this.#one());
    }
  }

  #toAnyPlace(session: number): void {
    const model = this.#model;
    const starts = model.starts(session);
    if (starts.length === 0) return;
    const slot = starts[this.#random.below(starts.length)] as number;
    this.#goTo(session, slot, this.#anyRoom(session, slot));
  }

  #anyRoom(session: number, slot: number): number {
    const model = this.#model;
    if (model.takesRoom[session] === 0) return -1;
    const bits = model.roomsAt(session);
    const wantsFree = this.#random.below(4) > 0;
    let count = 0;
    let chosen = -1;
    let isFree = false;
    for (let word = 0; word < model.roomWords; word++) {
      for (let left = bits[slot * model.roomWords + word] as number; left !== 0; left &= left - 1) {
        const room = word * 32 + lowestBit(left);
        const isFreeHere = wantsFree && this.#evaluator.rooms.occupant(slot, room) === -1;
        if (isFree && !isFreeHere) continue;
        if (isFreeHere && !isFree) count = 0;
        isFree = isFreeHere;
        count += 1;
        if (this.#random.below(count) === 0) chosen = room;
      }
    }
    return chosen;
  }

  /** Lets a session go to a place; who is there takes its own. */
  #goTo(session: number, slot: number, room: number): void {
    const { slot: slots, room: rooms } = this.#evaluator;
    if (this.#proposal.at[session] !== -1) return;
    if (slots[session] === slot && rooms[session] === room) return;
    const occupant = room < 0 ? -1 : this.#evaluator.rooms.occupant(slot, room);
    if (occupant === -2) return;
    this.#proposal.add(session, slot, room);
    // Who is in the proposal already leaves.
    if (occupant < 0 || occupant === session || this.#proposal.at[occupant] !== -1) return;
    if (this.#model.costs.isKept[occupant] === 1) this.#proposal.clear();
    else this.#proposal.add(occupant, slots[session] as number, rooms[session] as number);
  }

  #exchange(one: number, other: number): void {
    const { slot, room } = this.#evaluator;
    if (one === other) return;
    // Whether rooms fit is weighed; who needs none cannot give one away.
    if (this.#model.takesRoom[one] !== this.#model.takesRoom[other]) return;
    this.#proposal.add(one, slot[other] as number, room[other] as number);
    this.#proposal.add(other, slot[one] as number, room[one] as number);
  }

  #home(session: number): void {
    const { homeSlot, homeRoom } = this.#model;
    const slot = homeSlot[session] as number;
    if (slot >= 0) this.#goTo(session, slot, homeRoom[session] as number);
  }

  #oneMoved(): number {
    return this.#moved[this.#random.below(this.#movedCount)] as number;
  }

  #listMoved(): void {
    const { slot, room } = this.#evaluator;
    this.#movedCount = 0;
    for (const session of this.#movable) {
      if (this.#isHome(session, slot[session] as number, room[session] as number)) continue;
      this.#moved[this.#movedCount] = session;
      this.#movedCount += 1;
    }
  }

  #one(): number {
    return this.#movable[this.#random.below(this.#movable.length)] as number;
  }

  #costAt(session: number, slot: number, room: number): number {
    return this.#isHome(session, slot, room) ? 0 : (this.#model.costs.weight[session] as number);
  }

  /** Also of a session that had no place: to give it one is no move. */
  #isHome(session: number, slot: number, room: number): boolean {
    const { homeSlot, homeRoom, costs } = this.#model;
    const home = homeSlot[session] as number;
    return home < 0 || (slot === home && (!costs.countsRooms || room === homeRoom[session]));
  }

  #proposedCost(): number {
    const { slot: slots, room: rooms } = this.#evaluator;
    const { size, session, slot, room } = this.#proposal;
    let change = 0;
    for (let index = 0; index < size; index++) {
      const who = session[index] as number;
      change += this.#costAt(who, slot[index] as number, room[index] as number);
      change -= this.#costAt(who, slots[who] as number, rooms[who] as number);
    }
    return change;
  }

  #isAffordable(): boolean {
    return this.#cost + this.#proposedCost() <= this.#budget && !this.#isIntoThePast();
  }

  #isIntoThePast(): boolean {
    const { size, session, slot } = this.#proposal;
    const { isPast } = this.#model.costs;
    for (let index = 0; index < size; index++) {
      const from = slot[index] as number;
      if (from < 0) return true;
      const until = this.#model.endOf(session[index] as number, from);
      for (let at = from; at < until; at++) if (isPast[at] === 1) return true;
    }
    return false;
  }

  #isAccepted(): boolean {
    const { now } = this.#evaluator;
    const change = this.#change;
    if ((change[0] as number) > 0) return false;
    const at = this.#step;
    this.#step = (at + 1) % HISTORY;
    const late = this.#history[at] as Float64Array;
    let versusNow = 0;
    let versusLate = 0;
    for (let level = 0; level < change.length; level++) {
      const value = (now[level] as number) + (change[level] as number);
      if (versusNow === 0) versusNow = value - (now[level] as number);
      if (versusLate === 0) versusLate = value - (late[level] as number);
    }
    const isAccepted = versusNow <= 0 || versusLate <= 0;
    for (let level = 0; level < change.length; level++) {
      late[level] = (now[level] as number) + (isAccepted ? (change[level] as number) : 0);
    }
    return isAccepted;
  }
}

function isLess(one: ArrayLike<number>, other: ArrayLike<number>): boolean {
  for (let level = 0; level < one.length; level++) {
    const difference = (one[level] as number) - (other[level] as number);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
