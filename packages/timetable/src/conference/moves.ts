import type { Generator } from '../search/generator.ts';
import type { ConferenceState } from './state.ts';

/**
 * Changes of a schedule by chance. Each leaves the state after a whole move, which `undo` takes back,
 * or does nothing and says so.
 */
export class ConferenceMoves {
  readonly #state: ConferenceState;
  readonly #chance: Generator;
  /** Submissions lifted out of the cells that a move exchanges. */
  readonly #first: Int32Array;
  readonly #second: Int32Array;
  readonly #third: Int32Array;
  readonly #hasOrder: boolean;

  constructor(state: ConferenceState, chance: Generator) {
    const { capacity, isOrdered, hasSlotConflicts } = state.compiled;
    const most = capacity.reduce((one, other) => Math.max(one, other), 0);
    this.#state = state;
    this.#chance = chance;
    this.#first = new Int32Array(most);
    this.#second = new Int32Array(most);
    this.#third = new Int32Array(most);
    this.#hasOrder = hasSlotConflicts || isOrdered.includes(1);
  }

  /** Makes a move; false if the one that came up changes nothing. */
  make(): boolean {
    if (this.#state.compiled.submissions === 0) return false;
    const draw = this.#chance.below(100);
    if (draw < 24) return this.#moveSubmission();
    if (draw < 50) return this.#swapSubmissions();
    if (draw < 62) return this.#swapCells(this.#ownedCell(), this.#otherCell());
    if (draw < 75) return this.#joinCells();
    if (draw < 80) return this.#swapRooms();
    if (draw < 81) return this.#swapSessions();
    if (draw < 86) return this.#emptyCell();
    if (draw < 90) return this.#rotateCells();
    if (draw < 93) return this.#shiftTrack();
    return this.#hasOrder ? this.#reorder() : this.#swapSubmissions();
  }

  /** A submission goes to another cell of its track, or to one of no track. */
  #moveSubmission(): boolean {
    const state = this.#state;
    const { compiled, none } = state;
    const submission = this.#submission();
    const track = compiled.track[submission] as number;
    const from = state.cellOf[submission] as number;
    const isNew = this.#chance.below(4) === 0;
    const owner = isNew ? none : track;
    const choices = state.cellCount[owner] as number;
    if (choices === 0) return false;
    const cell = state.cellList[owner * state.cells + this.#chance.below(choices)] as number;
    if (cell === from || state.free(cell) < (compiled.length[submission] as number)) return false;
    if (isNew && state.count[from] === 1 && from < state.cells) return false;
    state.begin();
    state.lift(submission);
    state.give(cell, track);
    this.#drop(submission, cell);
    state.finish();
    return true;
  }

  /** A submission changes cells with one of another cell of its track, or with as many as it needs. */
  #swapSubmissions(): boolean {
    const state = this.#state;
    const { length, track } = state.compiled;
    const one = this.#submission();
    const from = state.cellOf[one] as number;
    const owner = track[one] as number;
    const choices = state.cellCount[owner] as number;
    if (choices === 0) return false;
    const to = state.cellList[owner * state.cells + this.#chance.below(choices)] as number;
    if (to === from) return false;
    const base = state.base[to] as number;
    const count = state.count[to] as number;
    const needed = (length[one] as number) - state.free(to);
    let place = this.#chance.below(count);
    let freed = 0;
    let others = 0;
    do {
      const other = state.items[base + place] as number;
      this.#first[others] = other;
      freed += length[other] as number;
      others += 1;
      place = place + 1 === count ? 0 : place + 1;
    } while (freed < needed && others < count);
    if (freed < needed || state.free(from) + (length[one] as number) < freed) return false;
    state.begin();
    state.lift(one);
    for (let index = 0; index < others; index++) state.lift(this.#first[index] as number);
    this.#drop(one, to);
    for (let index = 0; index < others; index++) this.#drop(this.#first[index] as number, from);
    state.finish();
    return true;
  }

  /** All of one cell changes places with all of another. */
  #swapCells(one: number, other: number): boolean {
    const state = this.#state;
    if (one < 0 || state.trackOf[one] === state.trackOf[other]) return false;
    state.begin();
    this.#exchange(one, other);
    state.finish();
    return true;
  }

  /** Brings a cell of a track next to another of it: into the room beside it in time, or nearby. */
  #joinCells(): boolean {
    const state = this.#state;
    const { rooms, sessions } = state.compiled;
    const one = this.#ownedCell();
    if (one < 0) return false;
    const track = state.trackOf[one] as number;
    const choices = state.cellCount[track] as number;
    const other = state.cellList[track * state.cells + this.#chance.below(choices)] as number;
    if (one === other) return false;
    const isSameSession = this.#chance.below(3) === 0;
    const step = this.#chance.below(2) * 2 - 1;
    const session = isSameSession
      ? (state.session[one] as number)
      : (state.session[other] as number) + step;
    if (session < 0 || session >= sessions) return false;
    const isSameRoom = isSameSession || this.#chance.below(2) === 0;
    const room = state.room[isSameRoom ? other : one] as number;
    return this.#swapCells(one, session * rooms + room);
  }

  /** A track gives up a room for another wherever it has it. */
  #swapRooms(): boolean {
    const state = this.#state;
    const { rooms, sessions } = state.compiled;
    const one = this.#ownedCell();
    if (one < 0) return false;
    const track = state.trackOf[one] as number;
    const from = state.room[one] as number;
    const to = this.#chance.below(rooms);
    if (from === to) return false;
    state.begin();
    for (let session = 0; session < sessions; session++) {
      const cell = session * rooms + from;
      const other = session * rooms + to;
      if (state.trackOf[cell] !== track || state.trackOf[other] === track) continue;
      this.#exchange(cell, other);
    }
    state.finish();
    return true;
  }

  /** All rooms of a session change with those of another. */
  #swapSessions(): boolean {
    const state = this.#state;
    const { rooms, sessions } = state.compiled;
    const one = this.#chance.below(sessions);
    const other = this.#chance.below(sessions);
    if (one === other) return false;
    state.begin();
    for (let room = 0; room < rooms; room++) {
      this.#exchange(one * rooms + room, other * rooms + room);
    }
    state.finish();
    return true;
  }

  /** A cell's submissions go to other cells of the track. */
  #emptyCell(): boolean {
    const state = this.#state;
    const cell = this.#ownedCell();
    if (cell < 0) return false;
    const track = state.trackOf[cell] as number;
    if ((state.cellCount[track] as number) < 2) return false;
    state.begin();
    const count = this.#lift(cell, this.#first);
    state.give(cell, state.none);
    for (let index = 0; index < count; index++) this.#dropAnywhere(this.#first[index] as number);
    state.finish();
    return true;
  }

  /** Three cells change places in a ring. */
  #rotateCells(): boolean {
    const state = this.#state;
    const one = this.#ownedCell();
    if (one < 0) return false;
    const two = this.#otherCell();
    const three = this.#otherCell();
    if (one === two || two === three || one === three) return false;
    const owner = state.trackOf[one] as number;
    const next = state.trackOf[two] as number;
    const last = state.trackOf[three] as number;
    if (owner === next && next === last) return false;
    state.begin();
    const firsts = this.#lift(one, this.#first);
    const seconds = this.#lift(two, this.#second);
    const thirds = this.#lift(three, this.#third);
    state.give(two, owner);
    state.give(three, next);
    state.give(one, last);
    this.#refill(two, this.#first, firsts);
    this.#refill(three, this.#second, seconds);
    this.#refill(one, this.#third, thirds);
    state.finish();
    return true;
  }

  /** A track goes some sessions earlier or later with everything it has. */
  #shiftTrack(): boolean {
    const state = this.#state;
    const { rooms, sessions } = state.compiled;
    const one = this.#ownedCell();
    if (one < 0) return false;
    const track = state.trackOf[one] as number;
    const shift = this.#chance.below(2) === 0 ? 1 : -1;
    const edge = shift === 1 ? sessions - 1 : 0;
    for (let room = 0; room < rooms; room++) {
      if (state.trackOf[edge * rooms + room] === track) return false;
    }
    state.begin();
    for (let left = sessions - 1; left > 0; left--) {
      const session = shift === 1 ? left - 1 : sessions - left;
      for (let room = 0; room < rooms; room++) {
        const cell = session * rooms + room;
        if (state.trackOf[cell] === track) this.#exchange(cell, cell + shift * rooms);
      }
    }
    state.finish();
    return true;
  }

  /** A submission goes to another place in its cell. */
  #reorder(): boolean {
    const state = this.#state;
    const submission = this.#submission();
    const cell = state.cellOf[submission] as number;
    const count = state.count[cell] as number;
    if (cell >= state.cells || count < 2) return false;
    state.begin();
    state.lift(submission);
    state.drop(submission, cell, this.#chance.below(count));
    state.finish();
    return true;
  }

  /** Any submission; more often one that is in no cell. */
  #submission(): number {
    const state = this.#state;
    const submission = this.#chance.below(state.compiled.submissions);
    if (state.unscheduled === 0 || this.#chance.below(4) > 0) return submission;
    const { tracks } = state.compiled;
    let track = this.#chance.below(tracks);
    for (let left = tracks; state.count[state.cells + track] === 0 && left > 0; left--) {
      track = track + 1 === tracks ? 0 : track + 1;
    }
    const pool = state.cells + track;
    const base = state.base[pool] as number;
    return state.items[base + this.#chance.below(state.count[pool] as number)] as number;
  }

  /** A cell of a track by chance; -1 if the track that came up has none. */
  #ownedCell(): number {
    const state = this.#state;
    const track = this.#chance.below(state.compiled.tracks);
    const choices = state.cellCount[track] as number;
    if (choices === 0) return -1;
    return state.cellList[track * state.cells + this.#chance.below(choices)] as number;
  }

  #otherCell(): number {
    return this.#chance.below(this.#state.cells);
  }

  /** Two cells exchange what they have; what does not fit goes elsewhere. */
  #exchange(one: number, other: number): void {
    const state = this.#state;
    const owner = state.trackOf[one] as number;
    const otherOwner = state.trackOf[other] as number;
    if (owner === otherOwner) return;
    const firsts = this.#lift(one, this.#first);
    const seconds = this.#lift(other, this.#second);
    state.give(one, otherOwner);
    state.give(other, owner);
    this.#refill(other, this.#first, firsts);
    this.#refill(one, this.#second, seconds);
  }

  /** Lifts everything out of a cell into a list; says how many. */
  #lift(cell: number, into: Int32Array): number {
    const state = this.#state;
    const count = state.count[cell] as number;
    const base = state.base[cell] as number;
    for (let index = 0; index < count; index++) into[index] = state.items[base + index] as number;
    for (let index = 0; index < count; index++) state.lift(into[index] as number);
    return count;
  }

  #refill(cell: number, from: Int32Array, count: number): void {
    const state = this.#state;
    for (let index = 0; index < count; index++) {
      const submission = from[index] as number;
      const length = state.compiled.length[submission] as number;
      if (state.free(cell) >= length) state.drop(submission, cell, state.count[cell] as number);
      else this.#dropAnywhere(submission);
    }
  }

  /** Drops a submission into any cell of its track that has room, or into the pool. */
  #dropAnywhere(submission: number): void {
    const state = this.#state;
    const { length, track } = state.compiled;
    const owner = track[submission] as number;
    const choices = state.cellCount[owner] as number;
    const from = choices === 0 ? 0 : this.#chance.below(choices);
    for (let index = 0; index < choices; index++) {
      const place = from + index < choices ? from + index : from + index - choices;
      const cell = state.cellList[owner * state.cells + place] as number;
      if (state.free(cell) < (length[submission] as number)) continue;
      this.#drop(submission, cell);
      return;
    }
    const pool = state.cells + owner;
    state.drop(submission, pool, state.count[pool] as number);
  }

  /** Drops a submission at any place of a cell where that matters, else at its end. */
  #drop(submission: number, cell: number): void {
    const state = this.#state;
    const count = state.count[cell] as number;
    state.drop(submission, cell, this.#hasOrder ? this.#chance.below(count + 1) : count);
  }
}
