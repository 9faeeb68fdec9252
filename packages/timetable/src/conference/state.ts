import type { CompiledConference, ConflictList } from './compiled.ts';

/** What is in which cell, as numbers: the submissions from each cell's base on, and how many. */
export interface Layout {
  readonly items: Int32Array;
  readonly count: Int32Array;
}

/** Kinds of steps in the journal of a move. */
const [LIFTED, DROPPED, GIVEN, REORDERED] = [0, 1, 2, 3];

/**
 * A schedule that is being changed, and what it costs, which is kept up to date by what each change
 * adds and takes away. Proved equal to the checker by its tests.
 *
 * A cell is a room of a session; each track has one more, its pool, for submissions that are in none.
 * A cell belongs to the track whose submissions it has, one after another from its first time slot,
 * or to none. A move is `begin`, then lifting, dropping and giving, then `finish`, which makes the
 * costs right; after it, `undo` takes the whole move back. Nothing is allocated meanwhile.
 */
export class ConferenceState {
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

  /** The library's objective, without what is in no cell. */
  objective = 0;
  /** Pairs of submissions that need a presenter twice at once. */
  presenters = 0;
  /** Time slots of submissions that are in no cell. */
  unscheduled = 0;
  /** Time slots of all cells that belong to a track, used or not. */
  ownedSlots = 0;

  readonly #placeInList: Int32Array;
  /** By track and session, and by track and room: how many cells. */
  readonly #bySession: Int32Array;
  readonly #byRoom: Int32Array;
  readonly #roomCount: Int32Array;
  /** By track: cells beside another of the track. */
  readonly #parallel: Int32Array;
  readonly #isScattered: Uint8Array;
  readonly #orderCost: Int32Array;
  readonly #start: Int32Array;
  readonly #journal: Int32Array;
  #journalLength = 0;
  #oldObjective = 0;
  #oldPresenters = 0;
  #oldUnscheduled = 0;
  /** Cells whose conflicts at a time are not in the costs at present. */
  readonly #isDetached: Uint8Array;
  readonly #detached: Int32Array;
  #detachedCount = 0;
  readonly #isDirty: Uint8Array;
  readonly #dirty: Int32Array;
  #dirtyCount = 0;
  /** The submissions of a track in the order of the schedule. */
  readonly #sequence: Int32Array;

  /** Everything is in the pools. */
  constructor(compiled: CompiledConference) {
    const { sessions, rooms, tracks, submissions, capacity } = compiled;
    const cells = sessions * rooms;
    const all = cells + tracks;
    this.compiled = compiled;
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
    this.#bySession = new Int32Array(tracks * sessions);
    this.#byRoom = new Int32Array(tracks * rooms);
    this.#roomCount = new Int32Array(tracks);
    this.#parallel = new Int32Array(tracks);
    this.#isScattered = new Uint8Array(tracks);
    this.#orderCost = new Int32Array(tracks);
    this.#start = new Int32Array(submissions);
    this.#journal = new Int32Array(4 * (4 * submissions + 4 * cells + 4 * tracks + 16));
    this.#isDetached = new Uint8Array(all);
    this.#detached = new Int32Array(all);
    this.#isDirty = new Uint8Array(tracks);
    this.#dirty = new Int32Array(tracks);
    this.#sequence = new Int32Array(submissions);
    for (let track = 0; track < tracks; track++) this.trackOf[cells + track] = track;
    for (let submission = 0; submission < submissions; submission++) {
      const pool = cells + (compiled.track[submission] as number);
      this.#insert(submission, pool, this.count[pool] as number);
      this.unscheduled += compiled.length[submission] as number;
    }
  }

  /** How many time slots a cell has left; a pool always has enough. */
  free(cell: number): number {
    if (cell >= this.cells) return 1_000_000;
    const capacity = this.compiled.capacity[this.session[cell] as number] as number;
    return capacity - (this.used[cell] as number);
  }

  /** Starts a move. */
  begin(): void {
    this.#journalLength = 0;
    this.#oldObjective = this.objective;
    this.#oldPresenters = this.presenters;
    this.#oldUnscheduled = this.unscheduled;
  }

  /** Takes a submission out of its cell. */
  lift(submission: number): void {
    const cell = this.cellOf[submission] as number;
    this.#touch(cell, submission);
    const base = this.base[cell] as number;
    let place = 0;
    while (this.items[base + place] !== submission) place += 1;
    this.#log(LIFTED, submission, cell, place);
    this.#remove(submission, cell, place);
    if (cell >= this.cells) {
      this.unscheduled -= this.compiled.length[submission] as number;
      return;
    }
    this.#count(submission, cell, -1);
  }

  /** Puts a lifted submission into a cell that belongs to its track and has the time slots. */
  drop(submission: number, cell: number, place: number): void {
    this.#touch(cell, submission);
    this.#log(DROPPED, submission, cell, place);
    this.#insert(submission, cell, place);
    if (cell >= this.cells) {
      this.unscheduled += this.compiled.length[submission] as number;
      return;
    }
    this.#count(submission, cell, 1);
  }

  /** Gives an empty cell to a track, or to none. */
  give(cell: number, track: number): void {
    const old = this.trackOf[cell] as number;
    if (old === track) return;
    this.#log(GIVEN, cell, old, 0);
    if (old !== this.none) {
      this.objective -= this.#cellCost(cell, old) + this.#spreadCost(old);
    }
    if (track !== this.none) this.objective -= this.#spreadCost(track);
    this.#own(cell, old, track);
    if (old !== this.none) this.objective += this.#spreadCost(old);
    if (track !== this.none) {
      this.objective += this.#cellCost(cell, track) + this.#spreadCost(track);
    }
  }

  /** Ends a move: cells that became empty belong to none, and all costs are right. */
  finish(): void {
    const { compiled } = this;
    for (let at = 0; at < this.#journalLength; at += 4) {
      const kind = this.#journal[at];
      if (kind !== LIFTED && kind !== GIVEN) continue;
      const cell = this.#journal[kind === LIFTED ? at + 2 : at + 1] as number;
      if (cell < this.cells && this.count[cell] === 0) this.give(cell, this.none);
    }
    for (let index = 0; index < this.#detachedCount; index++) {
      const cell = this.#detached[index] as number;
      this.#restart(cell);
      this.#isDetached[cell] = 0;
      this.#countSlots(cell, 1);
    }
    this.#detachedCount = 0;
    for (let index = 0; index < this.#dirtyCount; index++) {
      const track = this.#dirty[index] as number;
      const old = this.#orderCost[track] as number;
      const cost = this.#orderFaults(track);
      this.#isDirty[track] = 0;
      this.#log(REORDERED, track, old, 0);
      this.#orderCost[track] = cost;
      this.objective += (cost - old) * compiled.weights.order;
    }
    this.#dirtyCount = 0;
  }

  /** Takes back the move that was finished last. */
  undo(): void {
    const journal = this.#journal;
    for (let at = this.#journalLength - 4; at >= 0; at -= 4) {
      const [first, second, third] = [at + 1, at + 2, at + 3];
      const one = journal[first] as number;
      const two = journal[second] as number;
      const three = journal[third] as number;
      const kind = journal[at];
      if (kind === LIFTED) this.#insert(one, two, three);
      else if (kind === DROPPED) this.#remove(one, two, three);
      else if (kind === GIVEN) this.#own(one, this.trackOf[one] as number, two);
      else this.#orderCost[one] = two;
    }
    if (this.compiled.hasSlotConflicts) {
      for (let at = this.#journalLength - 4; at >= 0; at -= 4) {
        const kind = journal[at];
        if (kind === LIFTED || kind === DROPPED) this.#restart(journal[at + 2] as number);
      }
    }
    this.objective = this.#oldObjective;
    this.presenters = this.#oldPresenters;
    this.unscheduled = this.#oldUnscheduled;
    this.#journalLength = 0;
  }

  /** Writes down what is in which cell. */
  save(layout: Layout): void {
    layout.items.set(this.items);
    layout.count.set(this.count);
  }

  /** Takes over what is in which cell, as one move. */
  load({ items, count }: Layout): void {
    const { base, compiled } = this;
    this.begin();
    for (let submission = 0; submission < compiled.submissions; submission++) this.lift(submission);
    this.finish();
    this.begin();
    for (let cell = 0; cell < count.length; cell++) {
      const first = base[cell] as number;
      for (let place = 0; place < (count[cell] as number); place++) {
        const submission = items[first + place] as number;
        if (place === 0 && cell < this.cells) this.give(cell, compiled.track[submission] as number);
        this.drop(submission, cell, place);
      }
    }
    this.finish();
    this.owned = this.session.subarray(0, this.cells).keys().toArray();
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
  #log(kind: number, one: number, two: number, three: number): void {
    const at = this.#journalLength;
    this.#journal[at] = kind;
    this.#journal[at + 1] = one;
    this.#journal[at + 2] = two;
    this.#journal[at + 3] = three;
    this.#journalLength = at + 4;
  }

  /** Makes ready for a change of what a cell has. */
  #touch(cell: number, submission: number): void {
    const track = this.compiled.track[submission] as number;
    if (this.compiled.isOrdered[track] === 1 && this.#isDirty[track] === 0) {
      this.#isDirty[track] = 1;
      this.#dirty[this.#dirtyCount] = track;
      this.#dirtyCount += 1;
    }
    if (!this.compiled.hasSlotConflicts || cell >= this.cells) return;
    if (this.#isDetached[cell] === 1) return;
    this.#countSlots(cell, -1);
    this.#isDetached[cell] = 1;
    this.#detached[this.#detachedCount] = cell;
    this.#detachedCount += 1;
  }

  #insert(submission: number, cell: number, place: number): void {
    const { items } = this;
    const base = this.base[cell] as number;
    const count = this.count[cell] as number;
    for (let at = count; at > place; at--) items[base + at] = items[base + at - 1] as number;
    items[base + place] = submission;
    this.count[cell] = count + 1;
    this.used[cell] = (this.used[cell] as number) + (this.compiled.length[submission] as number);
    this.cellOf[submission] = cell;
  }

  #remove(submission: number, cell: number, place: number): void {
    const { items } = this;
    const base = this.base[cell] as number;
    const count = (this.count[cell] as number) - 1;
    for (let at = place; at < count; at++) items[base + at] = items[base + at + 1] as number;
    this.count[cell] = count;
    this.used[cell] = (this.used[cell] as number) - (this.compiled.length[submission] as number);
    this.cellOf[submission] = -1;
  }

  /** Adds, or takes away, what a submission costs in a cell. */
  #count(submission: number, cell: number, sign: number): void {
    const { compiled, cellOf } = this;
    const session = this.session[cell] as number;
    const room = this.room[cell] as number;
    let cost =
      (compiled.sessionCost[submission * compiled.sessions + session] as number) +
      (compiled.roomCost[submission * compiled.rooms + room] as number);
    const { from, other, cost: costs, presenters } = compiled.sessionConflicts;
    const end = from[submission + 1] as number;
    const first = session * compiled.rooms;
    const last = first + compiled.rooms;
    let pairs = 0;
    for (let at = from[submission] as number; at < end; at++) {
      const otherCell = cellOf[other[at] as number] as number;
      if (otherCell < first || otherCell >= last || otherCell === cell) continue;
      cost += costs[at] as number;
      pairs += presenters[at] as number;
    }
    this.objective += sign * cost;
    this.presenters += sign * pairs;
  }

  /** Adds, or takes away, the conflicts at a time of a cell with cells that are not detached. */
  #countSlots(cell: number, sign: number): void {
    const { items } = this;
    const base = this.base[cell] as number;
    const end = base + (this.count[cell] as number);
    for (let at = base; at < end; at++) {
      this.#countSlotsOf(items[at] as number, cell, sign, this.compiled.slotConflicts);
    }
  }

  #countSlotsOf(submission: number, cell: number, sign: number, conflicts: ConflictList): void {
    const { compiled, cellOf } = this;
    const { from, other, cost, presenters } = conflicts;
    const first = (this.session[cell] as number) * compiled.rooms;
    const last = first + compiled.rooms;
    const start = this.#start[submission] as number;
    const stop = start + (compiled.length[submission] as number);
    const end = from[submission + 1] as number;
    for (let at = from[submission] as number; at < end; at++) {
      const beside = other[at] as number;
      const otherCell = cellOf[beside] as number;
      if (otherCell < first || otherCell >= last || otherCell === cell) continue;
      if (this.#isDetached[otherCell] === 1) continue;
      const otherStart = this.#start[beside] as number;
      const otherStop = otherStart + (compiled.length[beside] as number);
      const overlap = Math.min(stop, otherStop) - Math.max(start, otherStart);
      if (overlap <= 0) continue;
      this.objective += sign * overlap * (cost[at] as number);
      this.presenters += sign * overlap * (presenters[at] as number);
    }
  }

  /** Sets when the submissions of a cell start. */
  #restart(cell: number): void {
    const base = this.base[cell] as number;
    const end = base + (this.count[cell] as number);
    let slot = 0;
    for (let at = base; at < end; at++) {
      const submission = this.items[at] as number;
      this.#start[submission] = slot;
      slot += this.compiled.length[submission] as number;
    }
  }

  /** What having a track in a cell costs beside the other cells of the session. */
  #cellCost(cell: number, track: number): number {
    const { compiled, trackOf } = this;
    const first = (this.session[cell] as number) * compiled.rooms;
    const last = first + compiled.rooms;
    const row = track * (compiled.tracks + 1);
    let cost = compiled.cellCost[track * this.cells + cell] as number;
    for (let other = first; other < last; other++) {
      if (other === cell) continue;
      cost += compiled.beside[row + (trackOf[other] as number)] as number;
    }
    return cost;
  }

  /** What a track costs by the rooms and the sessions over which it is spread. */
  #spreadCost(track: number): number {
    const { weights } = this.compiled;
    const rooms = this.#roomCount[track] as number;
    return (
      (rooms > 1 ? (rooms - 1) * weights['rooms-per-track'] : 0) +
      (this.#isScattered[track] === 1 ? weights['consecutive-tracks'] : 0) +
      (this.#parallel[track] as number) * weights['parallel-tracks']
    );
  }

  /** Hands a cell over; costs are not touched. */
  #own(cell: number, old: number, track: number): void {
    const { cells, none, cellList, cellCount } = this;
    const { sessions, rooms } = this.compiled;
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
    if (track === none) this.ownedSlots -= capacity;
    if (old !== none) {
      const inSession = (this.#bySession[old * sessions + session] as number) - 1;
      this.#bySession[old * sessions + session] = inSession;
      if (inSession > 0) this.#parallel[old] = (this.#parallel[old] as number) - 1;
      else this.#isScattered[old] = this.#scattered(old);
      const inRoom = (this.#byRoom[old * rooms + room] as number) - 1;
      this.#byRoom[old * rooms + room] = inRoom;
      if (inRoom === 0) this.#roomCount[old] = (this.#roomCount[old] as number) - 1;
    }
    if (track !== none) {
      const inSession = (this.#bySession[track * sessions + session] as number) + 1;
      this.#bySession[track * sessions + session] = inSession;
      if (inSession > 1) this.#parallel[track] = (this.#parallel[track] as number) + 1;
      else this.#isScattered[track] = this.#scattered(track);
      const inRoom = (this.#byRoom[track * rooms + room] as number) + 1;
      this.#byRoom[track * rooms + room] = inRoom;
      if (inRoom === 1) this.#roomCount[track] = (this.#roomCount[track] as number) + 1;
    }
  }

  /** 1 if there is a session without the track between two with it. */
  #scattered(track: number): number {
    const from = track * this.compiled.sessions;
    const end = from + this.compiled.sessions;
    let stretches = 0;
    let before = 0;
    for (let at = from; at < end; at++) {
      const here = this.#bySession[at] as number;
      if (here > 0 && before === 0) stretches += 1;
      before = here;
    }
    return stretches > 1 ? 1 : 0;
  }

  /** How many submissions of a track are not at their place in its order, or beside another of it. */
  #orderFaults(track: number): number {
    const { compiled, items, trackOf } = this;
    const { sessions, rooms, order, length } = compiled;
    const sequence = this.#sequence;
    let faults = 0;
    let found = 0;
    for (let session = 0; session < sessions; session++) {
      let left = this.#bySession[track * sessions + session] as number;
      const isParallel = left > 1;
      const first = found;
      for (let cell = session * rooms; left > 0; cell++) {
        if (trackOf[cell] !== track) continue;
        left -= 1;
        const base = this.base[cell] as number;
        const end = base + (this.count[cell] as number);
        let slot = 0;
        for (let at = base; at < end; at++) {
          const submission = items[at] as number;
          this.#start[submission] = slot;
          slot += length[submission] as number;
          sequence[found] = submission;
          found += 1;
          const place = order[submission] as number;
          if (place !== 0 && place !== found) faults += 1;
        }
      }
      if (isParallel) faults += this.#atOnce(first, found);
    }
    return faults;
  }

  /** Time slots that two ordered submissions of a stretch of the sequence have in common. */
  #atOnce(first: number, end: number): number {
    const { order, length } = this.compiled;
    const sequence = this.#sequence;
    let faults = 0;
    for (let at = first; at < end; at++) {
      const one = sequence[at] as number;
      if (order[one] === 0) continue;
      const start = this.#start[one] as number;
      const stop = start + (length[one] as number);
      for (let next = at + 1; next < end; next++) {
        const other = sequence[next] as number;
        if (order[other] === 0) continue;
        const otherStart = this.#start[other] as number;
        const otherStop = otherStart + (length[other] as number);
        faults += Math.max(0, Math.min(stop, otherStop) - Math.max(start, otherStart));
      }
    }
    return faults;
  }
}
