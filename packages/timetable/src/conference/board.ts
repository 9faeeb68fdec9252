import type { CompiledConference } from './compiled.ts';
import { TrackSpread } from './track-spread.ts';

/** What is in which cell, as numbers: the submissions from each cell's base on, and how many. */
export interface Layout {
  readonly items: Int32Array;
  readonly count: Int32Array;
}

/**
 * Which submission is in which cell, and which track owns it. A cell is a room of a session; each track
 * has one more, its pool, for submissions that are in none.
 */
export class ConferenceBoard {
  readonly compiled: CompiledConference;
  /** How many cells are rooms of sessions; the pools come after them. */
  readonly cells: number;
  /** The number that stands for no track. */
  readonly none: number;
  /** By cell. */
  readonly trackOf: Int32Array;
  readonly count: Int32Array;
  readonly used: Int32Array;
  readonly room: Int32Array;
  readonly session: Int32Array;
  /** By submission: its cell. */
  readonly cellOf: Int32Array;
  /** Where the submissions of a cell begin in `items`. */
  readonly base: Int32Array;
  readonly items: Int32Array;
  /** By track, and for none: how many cells it has, and which. */
  readonly cellCount: Int32Array;
  readonly cellList: Int32Array;
  readonly spread: TrackSpread;
  /** Time slots of all cells that belong to a track, used or not. */
  ownedSlots = 0;
  readonly #placeInList: Int32Array;

  /** Everything is in the pools. */
  constructor(compiled: CompiledConference) {
    const { sessions, rooms, tracks, submissions, capacity } = compiled;
    const cells = sessions * rooms;
    const all = cells + tracks;
    this.compiled = compiled;
    this.spread = new TrackSpread(compiled);
    this.cells = cells;
    this.none = tracks;
    this.trackOf = new Int32Array(all).fill(tracks);
    this.count = new Int32Array(all);
    this.used = new Int32Array(all);
    this.room = Int32Array.from({ length: all }, (_, cell) => (cell < cells ? cell % rooms : -1));
    this.session = Int32Array.from({ length: all }, (_, cell) =>
      cell < cells ? Math.floor(cell / rooms) : -1,
    );
    this.cellOf = new Int32Array(submissions);
    this.base = new Int32Array(all + 1);
    const ofTrack = new Int32Array(tracks);
    for (const track of compiled.track) ofTrack[track] = (ofTrack[track] as number) + 1;
    for (let cell = 0; cell < all; cell++) {
      const places = cell < cells ? capacity[this.session[cell] as number] : ofTrack[cell - cells];
      this.base[cell + 1] = (this.base[cell] as number) + (places as number);
    }
    this.items = new Int32Array(this.base[all] as number);
    this.cellCount = new Int32Array(tracks + 1);
    this.cellList = new Int32Array((tracks + 1) * cells);
    this.#placeInList = Int32Array.from({ length: cells }, (_, cell) => cell);
    this.cellCount[tracks] = cells;
    for (let cell = 0; cell < cells; cell++) this.cellList[tracks * cells + cell] = cell;
    for (let track = 0; track < tracks; track++) this.trackOf[cells + track] = track;
    for (let submission = 0; submission < submissions; submission++) {
      const pool = cells + (compiled.track[submission] as number);
      this.insert(submission, pool, this.count[pool] as number);
    }
  }

  /** How many time slots a cell has left; a pool always has enough. */
  free(cell: number): number {
    if (cell >= this.cells) return 1_000_000;
    const capacity = this.compiled.capacity[this.session[cell] as number] as number;
    return capacity - (this.used[cell] as number);
  }

  /** Puts a submission that is nowhere into a cell. */
  insert(submission: number, cell: number, place: number): void {
    const { items } = this;
    const base = this.base[cell] as number;
    const count = this.count[cell] as number;
    for (let at = count; at > place; at--) items[base + at] = items[base + at - 1] as number;
    items[base + place] = submission;
    this.count[cell] = count + 1;
    this.used[cell] = (this.used[cell] as number) + (this.compiled.length[submission] as number);
    this.cellOf[submission] = cell;
  }

  /** Takes a submission out of its cell. */
  remove(submission: number, cell: number, place: number): void {
    const { items } = this;
    const base = this.base[cell] as number;
    const count = (this.count[cell] as number) - 1;
    for (let at = place; at < count; at++) items[base + at] = items[base + at + 1] as number;
    this.count[cell] = count;
    this.used[cell] = (this.used[cell] as number) - (this.compiled.length[submission] as number);
    this.cellOf[submission] = -1;
  }

  /** Hands a cell over. */
  own(cell: number, track: number): void {
    const { cells, none, cellList, cellCount } = this;
    const old = this.trackOf[cell] as number;
    const session = this.session[cell] as number;
    const room = this.room[cell] as number;
    const place = this.#placeInList[cell] as number;
    const last = (cellCount[old] as number) - 1;
    const moved = cellList[old * cells + last] as number;
    cellList[old * cells + place] = moved;
    this.#placeInList[moved] = place;
    cellCount[old] = last;
    const end = cellCount[track] as number;
    cellList[track * cells + end] = cell;
    this.#placeInList[cell] = end;
    cellCount[track] = end + 1;
    this.trackOf[cell] = track;
    const capacity = this.compiled.capacity[session] as number;
    if (old === none) this.ownedSlots += capacity;
    else this.spread.leave(old, session, room);
    if (track === none) this.ownedSlots -= capacity;
    else this.spread.join(track, session, room);
  }

  /** Writes down what is in which cell. */
  save(layout: Layout): void {
    layout.items.set(this.items);
    layout.count.set(this.count);
  }

  /** The cells by their owners, one list after another: their order is by chance, and moves go by it. */
  get owned(): number[] {
    return Array.from(this.cellCount, (many, owner) => [
      ...this.cellList.subarray(owner * this.cells, owner * this.cells + many),
    ]).flat();
  }

  set owned(cells: readonly number[]) {
    const found = new Int32Array(this.none + 1);
    for (const cell of cells) {
      const owner = this.trackOf[cell] as number;
      const place = found[owner] as number;
      this.cellList[owner * this.cells + place] = cell;
      this.#placeInList[cell] = place;
      found[owner] = place + 1;
    }
  }

  /** A layout to write into. */
  layout(): Layout {
    return { items: new Int32Array(this.items.length), count: new Int32Array(this.count.length) };
  }
}
