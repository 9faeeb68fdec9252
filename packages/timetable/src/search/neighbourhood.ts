import { type Board, oneOf } from './board.ts';
import type { Generator } from './generator.ts';
import { Relocation } from './relocation.ts';
import { RoomMatching } from './room-matching.ts';

const MOST_BLOCKERS = 4;
/** Every so many times that a session may go without a place, it is tried. */
const LEAVING = 16;
/** Every so many moves sessions that should share a room are gathered in one. */
const GATHERING = 24;

/**
 * Proposes moves. Sessions of one slot go by Kempe chains: a session goes to another slot, what
 * clashes with it there comes back instead, and so on, so that no clash is made; the rooms of both
 * slots are then matched anew (Thompson and Dowsland, "Variants of simulated annealing for the
 * examination timetabling problem", 1996; Goh, Kendall, Sabar, "Simulated annealing with improved
 * reheating and learning for the post enrolment course timetabling problem", 2019).
 */
export class Neighbourhood {
  readonly #board: Board;
  readonly #random: Generator;
  readonly #here: RoomMatching;
  readonly #there: RoomMatching;
  /** The sessions of a chain; `#side` says where each was: 1 here, 2 there, 0 not in the chain. */
  readonly #chain: Int32Array;
  readonly #side: Uint8Array;
  /** The one of them that had no room for somebody. */
  #failed: RoomMatching;
  #size = 0;
  readonly #relocation: Relocation;
  readonly #hasMates: boolean;
  /** Whether it matters in which of the possible rooms a session is. */
  readonly #areRoomsWished: boolean;
  /** Who claims which room. */
  #keen = -1;
  #keenRoom = -1;

  constructor(board: Board, random: Generator) {
    this.#board = board;
    this.#random = random;
    this.#here = new RoomMatching(board);
    this.#there = new RoomMatching(board);
    this.#failed = this.#there;
    this.#chain = new Int32Array(board.sessions);
    this.#side = new Uint8Array(board.sessions);
    this.#hasMates = board.roommates.items.length > 0;
    this.#areRoomsWished =
      this.#hasMates || board.evaluator.fixed.roomLayers.some(({ level }) => level > 0);
    this.#relocation = new Relocation(board, random);
  }

  /** A random move that keeps clashes out; false when the one that was drawn cannot be made. */
  propose(): boolean {
    const board = this.#board;
    board.proposal.clear();
    const session = board.movable[this.#random.below(board.movable.length)] as number;
    const from = board.evaluator.slot[session] as number;
    if (from < 0) return this.insert();
    if (board.mayLeave[session] === 1 && this.#random.below(LEAVING) === 0) {
      board.proposal.add(session, -1, -1);
      return true;
    }
    const to = oneOf(board.slotsOf, session, this.#random);
    if (to < 0) return false;
    if (board.length[session] !== 1) return this.#relocation.propose(session, to, false);
    if (this.#hasMates && this.#random.below(GATHERING) === 0) return this.#gather(session);
    return to === from ? this.#otherRoom(session, from) : this.#exchange(session, from, to);
  }

  /** A random place for a session that has none, whatever has to go for it. */
  insert(): boolean {
    const board = this.#board;
    board.proposal.clear();
    if (board.unplacedCount === 0) return false;
    const session = board.unplaced[this.#random.below(board.unplacedCount)] as number;
    const to = oneOf(board.slotsOf, session, this.#random);
    if (to < 0) return false;
    if (board.length[session] !== 1) return this.#relocation.propose(session, to, true);
    return this.#eject(session, to);
  }

  /** Any place for any session, whatever clashes there and whatever forbids it; or no place. */
  proposeAnything(): boolean {
    const board = this.#board;
    board.proposal.clear();
    if (board.slots === 0) return false;
    const session = board.movable[this.#random.below(board.movable.length)] as number;
    const takesRoom = board.takesRoom[session] === 1;
    if (takesRoom && board.rooms === 0) return false;
    if (this.#random.below(LEAVING) === 0) {
      board.proposal.add(session, -1, -1);
      return true;
    }
    const to = this.#random.below(board.slots);
    board.proposal.add(session, to, takesRoom ? this.#random.below(board.rooms) : -1);
    return true;
  }

  #exchange(session: number, from: number, to: number): boolean {
    const board = this.#board;
    const { suitsSlot, slots } = board;
    this.#size = 0;
    this.#keen = -1;
    let isPossible = this.#grow(session, 1, from, to);
    if (isPossible && this.#areRoomsWished && this.#random.below(2) === 0) {
      isPossible = this.#claim(session, from, to);
    }
    for (let tries = 0; isPossible && !this.#match(from, to); tries++) {
      // Where rooms are short, one of those who take them goes the other way.
      const other = this.#blocker();
      const target = other >= 0 && board.evaluator.slot[other] === from ? to : from;
      isPossible =
        tries < MOST_BLOCKERS &&
        other >= 0 &&
        suitsSlot[other * slots + target] === 1 &&
        this.#grow(other, target === to ? 1 : 2, from, to);
    }
    if (isPossible) {
      board.proposal.between(from, to);
      this.#here.propose();
      this.#there.propose();
      this.#addRoomless(from, to);
    }
    this.#forget();
    return isPossible;
  }

  /** Lets a session have the room it looks for first; who is in it goes to the session's own. */
  #claim(session: number, from: number, to: number): boolean {
    const { evaluator, takesRoom } = this.#board;
    if (takesRoom[session] === 0) return true;
    this.#keen = session;
    this.#keenRoom = this.#firstRoom(session);
    const other = evaluator.rooms.occupant(to, this.#keenRoom);
    if (other < 0 || this.#side[other] !== 0) return true;
    const { isPinned, length } = this.#board;
    return isPinned[other] === 0 && length[other] === 1 && this.#grow(other, 2, from, to);
  }

  /** Adds a session and all that must go with it to the chain; false when one of them must not. */
  #grow(session: number, side: number, from: number, to: number): boolean {
    const board = this.#board;
    const { slots, suitsSlot } = board;
    const chain = this.#chain;
    if (suitsSlot[session * slots + (side === 1 ? to : from)] !== 1) return false;
    let next = this.#size;
    chain[this.#size++] = session;
    this.#side[session] = side;
    for (; next < this.#size; next++) {
      const one = chain[next] as number;
      const isHere = this.#side[one] === 1;
      const target = isHere ? to : from;
      const back = isHere ? from : to;
      const count = board.count[target] as number;
      for (let index = 0; index < count; index++) {
        const other = board.member(target, index);
        if (this.#side[other] !== 0 || !board.isConflict(one, other)) continue;
        if (suitsSlot[other * slots + back] !== 1) return false;
        this.#side[other] = isHere ? 2 : 1;
        chain[this.#size++] = other;
      }
    }
    return true;
  }

  #match(from: number, to: number): boolean {
    const here = this.#here;
    const there = this.#there;
    here.begin(from);
    there.begin(to);
    for (let index = 0; index < this.#size; index++) {
      const session = this.#chain[index] as number;
      (this.#side[session] === 1 ? here : there).leave(session);
    }
    for (let index = 0; index < this.#size; index++) {
      const session = this.#chain[index] as number;
      const matching = this.#side[session] === 1 ? there : here;
      const isClaim = session === this.#keen;
      const first = isClaim ? this.#keenRoom : this.#firstRoom(session);
      const isKeen = isClaim || (this.#areRoomsWished && this.#random.below(2) === 0);
      if (matching.enter(session, first, isKeen)) continue;
      this.#failed = matching;
      return false;
    }
    return true;
  }

  /** Somebody outside the chain who has a room that one of the chain could not get; -1: nobody. */
  #blocker(): number {
    const { rooms } = this.#board;
    const first = this.#random.below(rooms);
    const matching = this.#failed;
    for (let step = 0; step < rooms; step++) {
      const room = first + step < rooms ? first + step : first + step - rooms;
      const session = matching.soughtFrom(room);
      if (session >= 0 && this.#side[session] === 0) return session;
    }
    return -1;
  }

  /** Where to begin to look for a room: its own, one of those it should share, or any. */
  #firstRoom(session: number): number {
    const { evaluator, rooms } = this.#board;
    const own = evaluator.room[session] as number;
    const drawn = this.#random.next();
    if (own >= 0 && (drawn & 1) === 1) return own;
    if (this.#hasMates && (drawn & 2) === 2) {
      const shared = this.#roomOfMate(session);
      if (shared >= 0) return shared;
    }
    return ((drawn >>> 16) * rooms) >>> 16;
  }

  #roomOfMate(session: number): number {
    const { evaluator, roommates } = this.#board;
    const mate = oneOf(roommates, session, this.#random);
    return mate < 0 ? -1 : (evaluator.room[mate] as number);
  }

  /** Lets a session and those that should share its room go to one room; who was there goes to theirs. */
  #gather(session: number): boolean {
    const board = this.#board;
    const { roommates, roomsOf } = board;
    const isShared = this.#random.below(2) === 0;
    const room = isShared ? this.#roomOfMate(session) : oneOf(roomsOf, session, this.#random);
    if (room < 0) return false;
    this.#swapRooms(session, room);
    const until = roommates.from[session + 1] as number;
    for (let index = roommates.from[session] as number; index < until; index++) {
      this.#swapRooms(roommates.items[index] as number, room);
    }
    return board.proposal.size > 0;
  }

  #swapRooms(session: number, room: number): void {
    const { proposal, evaluator, isPinned, length } = this.#board;
    const slot = evaluator.slot[session] as number;
    const own = evaluator.room[session] as number;
    if (own < 0 || own === room || isPinned[session] === 1 || length[session] !== 1) return;
    const other = evaluator.rooms.occupant(slot, room);
    if (other === -2 || proposal.at[session] !== -1) return;
    if (other >= 0) {
      if (isPinned[other] === 1 || length[other] !== 1 || proposal.at[other] !== -1) return;
      proposal.add(other, slot, own);
    }
    proposal.add(session, slot, room);
  }

  #addRoomless(from: number, to: number): void {
    const { proposal, takesRoom } = this.#board;
    for (let index = 0; index < this.#size; index++) {
      const session = this.#chain[index] as number;
      if (takesRoom[session] === 1) continue;
      proposal.add(session, this.#side[session] === 1 ? to : from, -1);
    }
  }

  #forget(): void {
    for (let index = 0; index < this.#size; index++) this.#side[this.#chain[index] as number] = 0;
    this.#size = 0;
  }

  /** Another room in the same slot; who is in it comes here instead. */
  #otherRoom(session: number, slot: number): boolean {
    const { evaluator, proposal, takesRoom, roomsOf, isPinned, length } = this.#board;
    if (takesRoom[session] === 0) return false;
    const room = oneOf(roomsOf, session, this.#random);
    const own = evaluator.room[session] as number;
    if (room < 0 || room === own) return false;
    const other = evaluator.rooms.occupant(slot, room);
    if (other === -2) return false;
    proposal.between(slot, slot);
    proposal.add(session, slot, room);
    if (other < 0) return true;
    if (isPinned[other] === 1 || length[other] !== 1) return false;
    proposal.add(other, slot, own);
    return true;
  }

  /** Puts a session without a place into a slot; what clashes there, or is in its room, loses its own. */
  #eject(session: number, to: number): boolean {
    const board = this.#board;
    const { proposal, evaluator } = board;
    const there = this.#there;
    proposal.between(-1, to);
    there.begin(to);
    const count = board.count[to] as number;
    for (let index = 0; index < count; index++) {
      const other = board.member(to, index);
      if (!board.isConflict(session, other)) continue;
      proposal.add(other, -1, -1);
      there.leave(other);
    }
    if (board.takesRoom[session] === 0) {
      proposal.add(session, to, -1);
      return true;
    }
    if (!there.enter(session, this.#firstRoom(session))) {
      const room = oneOf(board.roomsOf, session, this.#random);
      const other = room < 0 ? -2 : evaluator.rooms.occupant(to, room);
      if (other < 0 || board.isPinned[other] === 1) return false;
      if (board.length[other] !== 1 || proposal.at[other] !== -1) return false;
      proposal.add(other, -1, -1);
      there.leave(other);
      if (!there.enter(session, room)) return false;
    }
    there.propose();
    return true;
  }
}
