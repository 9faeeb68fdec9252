import type { Board } from './board.ts';

const NOBODY = -1;
const TAKEN = -2;

/**
 * The rooms of one slot, to be given out anew: who leaves frees a room, who comes takes a free one or
 * makes others go into other rooms (an augmenting path of a bipartite matching, by depth first: Kuhn,
 * "The Hungarian method for the assignment problem", 1955).
 */
export class RoomMatching {
  readonly #board: Board;
  readonly #inRoom: Int32Array;
  readonly #seen: Int32Array;
  #search = 0;
  #slot = 0;

  constructor(board: Board) {
    this.#board = board;
    this.#inRoom = new Int32Array(board.rooms);
    this.#seen = new Int32Array(board.rooms);
  }

  /** Begins with the rooms of a slot as they are. */
  begin(slot: number): void {
    this.#slot = slot;
    const { rooms, length, isPinned, evaluator } = this.#board;
    for (let room = 0; room < rooms; room++) {
      const session = evaluator.rooms.occupant(slot, room);
      const isFixed = session >= 0 && (length[session] !== 1 || isPinned[session] === 1);
      this.#inRoom[room] = isFixed ? TAKEN : session;
    }
  }

  /** Frees the room of a session that goes. */
  leave(session: number): void {
    const room = this.#board.evaluator.room[session] as number;
    if (room >= 0 && this.#inRoom[room] === session) this.#inRoom[room] = NOBODY;
  }

  /**
   * Finds a room for a session that comes, from room `first` on, the cheapest unless it is keen on the
   * first; false when there is none.
   */
  enter(session: number, first: number, isKeen = false): boolean {
    const { rooms, takesRoom, roomTaste } = this.#board;
    if (takesRoom[session] === 0) return true;
    const isFree = this.#inRoom[first] === NOBODY;
    if (isKeen && isFree && this.#board.isRoomFor(session, this.#slot, first)) {
      this.#inRoom[first] = session;
      return true;
    }
    if (roomTaste !== undefined && this.#enterBest(session, first, roomTaste)) return true;
    for (let step = 0; step < rooms; step++) {
      const room = first + step < rooms ? first + step : first + step - rooms;
      if (this.#inRoom[room] !== NOBODY || !this.#board.isRoomFor(session, this.#slot, room)) {
        continue;
      }
      this.#inRoom[room] = session;
      return true;
    }
    this.#search += 1;
    return this.#augment(session);
  }

  /** Takes the free room that costs least. */
  #enterBest(session: number, first: number, taste: Float64Array): boolean {
    const { rooms } = this.#board;
    let best = -1;
    let least = Number.POSITIVE_INFINITY;
    for (let step = 0; step < rooms; step++) {
      const room = first + step < rooms ? first + step : first + step - rooms;
      const cost = taste[session * rooms + room] as number;
      if (cost >= least || this.#inRoom[room] !== NOBODY) continue;
      if (!this.#board.isRoomFor(session, this.#slot, room)) continue;
      best = room;
      least = cost;
    }
    if (best >= 0) this.#inRoom[best] = session;
    return best >= 0;
  }

  #augment(session: number): boolean {
    const { roomsOf, closed, slots } = this.#board;
    const until = roomsOf.from[session + 1] as number;
    for (let index = roomsOf.from[session] as number; index < until; index++) {
      const room = roomsOf.items[index] as number;
      if (this.#seen[room] === this.#search || closed[room * slots + this.#slot] === 1) continue;
      this.#seen[room] = this.#search;
      const occupant = this.#inRoom[room] as number;
      if (occupant === TAKEN) continue;
      if (occupant !== NOBODY && !this.#augment(occupant)) continue;
      this.#inRoom[room] = session;
      return true;
    }
    return false;
  }

  /** Who is in a room that the last who found none could have had, had it been left; -1: nobody. */
  soughtFrom(room: number): number {
    return this.#seen[room] === this.#search ? (this.#inRoom[room] as number) : NOBODY;
  }

  /** Adds to the proposal who is in another room or slot than before. */
  propose(): void {
    const { rooms, evaluator, proposal } = this.#board;
    for (let room = 0; room < rooms; room++) {
      const session = this.#inRoom[room] as number;
      if (session < 0) continue;
      if (evaluator.room[session] === room && evaluator.slot[session] === this.#slot) continue;
      proposal.add(session, this.#slot, room);
    }
  }
}
