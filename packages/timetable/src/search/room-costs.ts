import type { IndexedInstance } from '../sessions/index-instance.ts';

/** Who is in a room: what it costs that several are in one at a time, and who they are. */
export class RoomCosts {
  /** By slot and room, how many sessions are there. */
  readonly count: Uint16Array;
  /** By slot and room, the sum of their numbers: the number of the one where there is one. */
  readonly #sum: Int32Array;
  readonly #length: Int32Array;
  readonly #slots: number;
  readonly #rooms: number;
  readonly #weights: readonly { readonly level: number; readonly weight: number }[];

  constructor({ sessions, slots, rooms, rules }: IndexedInstance) {
    this.#slots = slots.length;
    this.#rooms = rooms.length;
    this.#length = Int32Array.from(sessions, ({ length }) => length);
    this.count = new Uint16Array(slots.length * rooms.length);
    this.#sum = new Int32Array(slots.length * rooms.length);
    this.#weights = rules
      .filter(({ kind }) => kind === 'room-taken')
      .map(({ level, weight }) => ({ level, weight }));
  }

  /** The session in a room at a slot; -1 where there is none, -2 where there are several. */
  occupant(slot: number, room: number): number {
    const at = slot * this.#rooms + room;
    const count = this.count[at] as number;
    return count === 1 ? (this.#sum[at] as number) : count === 0 ? -1 : -2;
  }

  /** Adds, times `sign`, what it costs a session that is not written down to be in a room. */
  cost(session: number, slot: number, room: number, sign: number, into: Float64Array): void {
    if (room < 0) return;
    const until = Math.min(this.#slots, slot + (this.#length[session] as number));
    let others = 0;
    for (let at = slot; at < until; at++) others += this.count[at * this.#rooms + room] as number;
    if (others === 0) return;
    for (const { level, weight } of this.#weights) {
      into[level] = (into[level] as number) + sign * weight * others;
    }
  }

  /** Writes down that a session is in a room, or with sign -1 no longer. */
  write(session: number, slot: number, room: number, sign: number): void {
    if (room < 0) return;
    const until = Math.min(this.#slots, slot + (this.#length[session] as number));
    for (let at = slot; at < until; at++) {
      const index = at * this.#rooms + room;
      this.count[index] = (this.count[index] as number) + sign;
      this.#sum[index] = (this.#sum[index] as number) + sign * session;
    }
  }
}
