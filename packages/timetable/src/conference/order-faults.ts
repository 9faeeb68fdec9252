import type { ConferenceBoard } from './board.ts';

/** Counts submissions that are not at their place in the order of their track. */
export class OrderFaults {
  readonly #board: ConferenceBoard;
  /** The submissions of a track in the order of the schedule. */
  readonly #sequence: Int32Array;
  /** By submission: its first time slot in its session. */
  readonly #start: Int32Array;

  constructor(board: ConferenceBoard) {
    this.#board = board;
    this.#sequence = new Int32Array(board.compiled.submissions);
    this.#start = new Int32Array(board.compiled.submissions);
  }

  /** How many submissions of a track are not at their place in its order, or beside another of it. */
  of(track: number): number {
    const { compiled, items, trackOf, base, count, spread } = this.#board;
    const { sessions, rooms, order, length } = compiled;
    const sequence = this.#sequence;
    let faults = 0;
    let found = 0;
    for (let session = 0; session < sessions; session++) {
      let left = spread.bySession[track * sessions + session] as number;
      const isParallel = left > 1;
      const first = found;
      for (let cell = session * rooms; left > 0; cell++) {
        if (trackOf[cell] !== track) continue;
        left -= 1;
        const from = base[cell] as number;
        const end = from + (count[cell] as number);
        let slot = 0;
        for (let at = from; at < end; at++) {
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
    const { order, length } = this.#board.compiled;
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
