/** Finds rooms of their own for sessions that run in one slot, by augmenting paths on bits. */
export class RoomFit {
  readonly #roomOf = new Int32Array(32);
  #rooms: Int32Array = new Int32Array(0);
  #sessions: Int32Array = new Int32Array(0);
  /** The rooms that the current path has tried. */
  #tried = 0;

  /** Whether the first so many sessions fit; `rooms` has the rooms of each as bits, 0 for none needed. */
  fit(rooms: Int32Array, sessions: Int32Array, count: number): boolean {
    this.#rooms = rooms;
    this.#sessions = sessions;
    this.#roomOf.fill(-1);
    for (let at = 0; at < count; at++) {
      this.#tried = 0;
      if (rooms[sessions[at] ?? 0] !== 0 && !this.#find(at)) return false;
    }
    return true;
  }

  #find(at: number): boolean {
    const may = this.#rooms[this.#sessions[at] ?? 0] ?? 0;
    for (let left = may & ~this.#tried; left !== 0; left = may & ~this.#tried) {
      const bit = left & -left;
      const room = 31 - Math.clz32(bit);
      this.#tried |= bit;
      const by = this.#roomOf[room] ?? -1;
      if (by < 0 || this.#find(by)) {
        this.#roomOf[room] = at;
        return true;
      }
    }
    return false;
  }
}
