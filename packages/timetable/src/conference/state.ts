import { ConferenceBoard, type Layout } from './board.ts';
import type { CompiledConference } from './compiled.ts';
import { OrderFaults } from './order-faults.ts';
import { SlotConflicts } from './slot-conflicts.ts';

/** Kinds of steps in the journal of a move. */
const [LIFTED, DROPPED, GIVEN, REORDERED] = [0, 1, 2, 3];

/**
 * A schedule that is being changed, and what it costs, which is kept up to date by what each change
 * adds and takes away. Proved equal to the checker by its tests.
 *
 * A cell belongs to the track whose submissions it has, one after another from its first time slot,
 * or to none. A move is `begin`, then lifting, dropping and giving, then `finish`, which makes the
 * costs right; after it, `undo` takes the whole move back. Nothing is allocated meanwhile.
 */
export class ConferenceState extends ConferenceBoard {
  /** The library's objective, without what is in no cell. */
  objective = 0;
  /** Pairs of submissions that need a presenter twice at once. */
  presenters = 0;
  /** Time slots of submissions that are in no cell. */
  unscheduled = 0;

  readonly #slots: SlotConflicts;
  readonly #order: OrderFaults;
  readonly #orderCost: Int32Array;
  readonly #isDirty: Uint8Array;
  readonly #dirty: Int32Array;
  #dirtyCount = 0;
  readonly #journal: Int32Array;
  #journalLength = 0;
  #oldObjective = 0;
  #oldPresenters = 0;
  #oldUnscheduled = 0;

  /** Everything is in the pools. */
  constructor(compiled: CompiledConference) {
    super(compiled);
    const { tracks, submissions, length } = compiled;
    this.#slots = new SlotConflicts(this);
    this.#order = new OrderFaults(this);
    this.#orderCost = new Int32Array(tracks);
    this.#isDirty = new Uint8Array(tracks);
    this.#dirty = new Int32Array(tracks);
    this.#journal = new Int32Array(4 * (4 * submissions + 4 * this.cells + 4 * tracks + 16));
    this.unscheduled = length.reduce((sum, slots) => sum + slots, 0);
  }

  /** Starts a move. */
  begin(): void {
    this.#journalLength = 0;
    this.#oldObjective = this.objective;
    this.#oldPresenters = this.presenters;
    this.#oldUnscheduled = this.unscheduled;
    this.#slots.cost = 0;
    this.#slots.presenters = 0;
  }

  /** Takes a submission out of its cell. */
  lift(submission: number): void {
    const cell = this.cellOf[submission] as number;
    this.#touch(cell, submission);
    const base = this.base[cell] as number;
    let place = 0;
    while (this.items[base + place] !== submission) place += 1;
    this.#log(LIFTED, submission, cell, place);
    this.remove(submission, cell, place);
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
    this.insert(submission, cell, place);
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
      this.objective -= this.#cellCost(cell, old) + this.spread.cost(old);
    }
    if (track !== this.none) this.objective -= this.spread.cost(track);
    this.own(cell, track);
    if (old !== this.none) this.objective += this.spread.cost(old);
    if (track !== this.none) {
      this.objective += this.#cellCost(cell, track) + this.spread.cost(track);
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
    if (compiled.hasSlotConflicts) {
      this.#slots.attach();
      this.objective += this.#slots.cost;
      this.presenters += this.#slots.presenters;
      this.#slots.cost = 0;
      this.#slots.presenters = 0;
    }
    for (let index = 0; index < this.#dirtyCount; index++) {
      const track = this.#dirty[index] as number;
      const old = this.#orderCost[track] as number;
      const cost = this.#order.of(track);
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
      if (kind === LIFTED) this.insert(one, two, three);
      else if (kind === DROPPED) this.remove(one, two, three);
      else if (kind === GIVEN) this.own(one, two);
      else this.#orderCost[one] = two;
    }
    if (this.compiled.hasSlotConflicts) {
      for (let at = this.#journalLength - 4; at >= 0; at -= 4) {
        const kind = journal[at];
        if (kind === LIFTED || kind === DROPPED) this.#slots.restart(journal[at + 2] as number);
      }
    }
    this.objective = this.#oldObjective;
    this.presenters = this.#oldPresenters;
    this.unscheduled = this.#oldUnscheduled;
    this.#journalLength = 0;
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
    if (this.compiled.hasSlotConflicts && cell < this.cells) this.#slots.detach(cell);
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
}
