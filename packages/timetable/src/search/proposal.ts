/**
 * What a move would do: sessions and where each would go, all at once. Kept in arrays that are
 * written over, because a search makes a million of them in a second.
 */
export class Proposal {
  size = 0;
  /**
   * Set when it takes only sessions of one slot, each from one of these two slots to the other, or to
   * another room in it (-1: nowhere). It is then weighed faster.
   */
  isExchange = false;
  one = -1;
  other = -1;
  readonly session: Int32Array;
  /** -1: nowhere. */
  readonly slot: Int32Array;
  readonly room: Int32Array;
  /** Where the sessions were when `remember` was called. */
  readonly oldSlot: Int32Array;
  readonly oldRoom: Int32Array;
  /** Where in the lists a session is, or -1. */
  readonly at: Int32Array;

  constructor(sessions: number) {
    this.session = new Int32Array(sessions);
    this.slot = new Int32Array(sessions);
    this.room = new Int32Array(sessions);
    this.oldSlot = new Int32Array(sessions);
    this.oldRoom = new Int32Array(sessions);
    this.at = new Int32Array(sessions).fill(-1);
  }

  clear(): void {
    const { session, at } = this;
    for (let index = 0; index < this.size; index++) at[session[index] as number] = -1;
    this.size = 0;
    this.isExchange = false;
  }

  /** Promises that what is added is an exchange between two slots. */
  between(one: number, other: number): void {
    this.isExchange = true;
    this.one = one;
    this.other = other;
  }

  /** Lets a session that is not in it yet go to a place. */
  add(session: number, slot: number, room: number): void {
    const index = this.size;
    this.session[index] = session;
    this.slot[index] = slot;
    this.room[index] = room;
    this.at[session] = index;
    this.size = index + 1;
  }

  /** Writes down where its sessions are. */
  remember(slots: Int32Array, rooms: Int32Array): void {
    for (let index = 0; index < this.size; index++) {
      const session = this.session[index] as number;
      this.oldSlot[index] = slots[session] as number;
      this.oldRoom[index] = rooms[session] as number;
    }
  }
}
