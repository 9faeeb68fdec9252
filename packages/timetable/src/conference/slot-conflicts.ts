import type { ConferenceBoard } from './board.ts';

/**
 * Conflicts of submissions at the same time. When a submission comes or goes, those after it in its cell
 * start at another time, so that cells are taken out of the sum before they change and put back after.
 */
export class SlotConflicts {
  /** By how much the cost, and the pairs of presenters, have changed since they were set to 0. */
  cost = 0;
  presenters = 0;
  readonly #board: ConferenceBoard;
  /** By submission: its first time slot in its session. */
  readonly #start: Int32Array;
  /** Cells whose conflicts are not in the sum at present. */
  readonly #isDetached: Uint8Array;
  readonly #detached: Int32Array;
  #detachedCount = 0;

  constructor(board: ConferenceBoard) {
    this.#board = board;
    this.#start = new Int32Array(board.compiled.submissions);
    this.#isDetached = new Uint8Array(board.cells);
    this.#detached = new Int32Array(board.cells);
  }

  /** Takes a cell out, which is about to change. */
  detach(cell: number): void {
    if (this.#isDetached[cell] === 1) return;
    this.#count(cell, -1);
    this.#isDetached[cell] = 1;
    this.#detached[this.#detachedCount] = cell;
    this.#detachedCount += 1;
  }

  /** Puts all cells back that were taken out. */
  attach(): void {
    for (let index = 0; index < this.#detachedCount; index++) {
      const cell = this.#detached[index] as number;
      this.restart(cell);
      this.#isDetached[cell] = 0;
      this.#count(cell, 1);
    }
    this.#detachedCount = 0;
  }

  /** Sets when the submissions of a cell start. */
  restart(cell: number): void {
    const { base, count, items, compiled } = this.#board;
    const from = base[cell] as number;
    const end = from + (count[cell] as number);
    let slot = 0;
    for (let at = from; at < end; at++) {
      const submission = items[at] as number;
      this.#start[submission] = slot;
      slot += compiled.length[submission] as number;
    }
  }

  /** Adds, or takes away, the conflicts at a time of a cell with cells that are not detached. */
  #count(cell: number, sign: number): void {
    const { items, base, count } = this.#board;
    const from = base[cell] as number;
    const end = from + (count[cell] as number);
    for (let at = from; at < end; at++) {
      this.#countOf(items[at] as number, cell, sign);
    }
  }

  #countOf(submission: number, cell: number, sign: number): void {
    const { compiled, cellOf, session } = this.#board;
    const { from, other, cost, presenters } = compiled.slotConflicts;
    const first = (session[cell] as number) * compiled.rooms;
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
      this.cost += sign * overlap * (cost[at] as number);
      this.presenters += sign * overlap * (presenters[at] as number);
    }
  }
}
