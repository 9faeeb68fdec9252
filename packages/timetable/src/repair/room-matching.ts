import { lowestBit } from './bits.ts';

/**
 * Matches sessions to rooms, each to one of its own, as many as possible (augmenting paths, Kuhn
 * 1955). Its arrays are written over by the next question.
 */
export class RoomMatching {
  /** The sessions, by position; `count` of them. */
  readonly sessions: Int32Array;
  count = 0;
  /** The rooms that each may take, as bits, by position. */
  readonly options: Int32Array;
  readonly #words: number;
  /** By room, the position of what it was matched with, or -1. */
  readonly #holder: Int32Array;
  readonly #seen: Int32Array;
  readonly #wasReached: Uint8Array;
  #usable: Int32Array;

  constructor(sessions: number, rooms: number, words: number) {
    this.sessions = new Int32Array(sessions);
    this.options = new Int32Array(sessions * words);
    this.#words = words;
    this.#holder = new Int32Array(rooms).fill(-1);
    this.#seen = new Int32Array(words);
    this.#wasReached = new Uint8Array(sessions);
    this.#usable = new Int32Array(words).fill(-1);
  }

  clear(): void {
    this.count = 0;
  }

  /** Adds a session that may take the rooms in some words of bits. */
  add(session: number, bits: Int32Array, from: number): void {
    const position = this.count;
    this.sessions[position] = session;
    for (let word = 0; word < this.#words; word++) {
      this.options[position * this.#words + word] = bits[from + word] as number;
    }
    this.count = position + 1;
  }

  /** How many can have a room, of those in `usable` only. */
  size(usable: Int32Array): number {
    this.#usable = usable;
    this.#holder.fill(-1);
    let matched = 0;
    for (let position = 0; position < this.count; position++) {
      this.#seen.fill(0);
      if (this.#augment(position)) matched += 1;
    }
    return matched;
  }

  /**
   * After `size` has found fewer than there are: the positions of some sessions for which there are
   * too few rooms (Hall 1935), marked with 1.
   */
  tooMany(): Uint8Array {
    const reached = this.#wasReached.fill(0);
    for (let position = 0; position < this.count; position++) {
      if (this.#holder.includes(position)) continue;
      this.#seen.fill(0);
      this.#reach(position);
      return reached;
    }
    return reached;
  }

  #augment(position: number): boolean {
    for (let word = 0; word < this.#words; word++) {
      for (;;) {
        const open = this.#openRooms(position, word);
        if (open === 0) break;
        const room = word * 32 + lowestBit(open);
        this.#seen[word] = (this.#seen[word] as number) | (open & -open);
        const holder = this.#holder[room] as number;
        if (holder >= 0 && !this.#augment(holder)) continue;
        this.#holder[room] = position;
        return true;
      }
    }
    return false;
  }

  #reach(position: number): void {
    this.#wasReached[position] = 1;
    for (let word = 0; word < this.#words; word++) {
      for (;;) {
        const open = this.#openRooms(position, word);
        if (open === 0) break;
        this.#seen[word] = (this.#seen[word] as number) | (open & -open);
        const holder = this.#holder[word * 32 + lowestBit(open)] as number;
        if (holder >= 0 && this.#wasReached[holder] === 0) this.#reach(holder);
      }
    }
  }

  #openRooms(position: number, word: number): number {
    const bits =
      (this.options[position * this.#words + word] as number) & (this.#usable[word] as number);
    return bits & ~(this.#seen[word] as number);
  }
}
