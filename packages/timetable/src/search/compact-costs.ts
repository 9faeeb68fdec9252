import type { IndexedInstance } from '../sessions/index-instance.ts';
import { timesIn } from './fixed-costs.ts';
import { type Lists, listsOf } from './lists.ts';

/** Lists of sessions of which each wants another right before or after it. */
export class CompactCosts {
  readonly #ofSession: Lists;
  readonly #members: Lists;
  /** Beside each member, how often the list names it. */
  readonly #times: Int32Array;
  readonly #level: Int32Array;
  readonly #weight: Float64Array;
  readonly #width: number;
  /** By list and slot, how many start there, and how many have just ended. */
  readonly #starts: Int32Array;
  readonly #ends: Int32Array;
  readonly #slotOf: Int32Array;
  readonly #length: Int32Array;
  readonly #isFollowed: Uint8Array;
  /** Lists of sessions of one slot, each named once: counting them by slot is enough. */
  readonly #isPlain: Uint8Array;

  constructor(indexed: IndexedInstance) {
    const { rules, sessions, slots, isFollowed } = indexed;
    const lists = rules.filter(({ kind }) => kind === 'compact');
    const rows = sessions.map((): number[] => []);
    const members = lists.map(({ sessions: listed }) => [...new Set(listed)]);
    for (const [list, row] of members.entries()) {
      for (const session of row) rows[session]?.push(list);
    }
    this.#ofSession = listsOf(rows);
    this.#members = listsOf(members);
    this.#times = Int32Array.from(
      lists.flatMap((rule, list) => {
        const times = timesIn(rule, sessions.length);
        return (members[list] ?? []).map((session) => times[session] as number);
      }),
    );
    this.#level = Int32Array.from(lists, ({ level }) => level);
    this.#weight = Float64Array.from(lists, ({ weight }) => weight);
    this.#width = slots.length + sessions.reduce((most, { length }) => Math.max(most, length), 1);
    this.#starts = new Int32Array(lists.length * (this.#width + 1));
    this.#ends = new Int32Array(lists.length * (this.#width + 1));
    this.#slotOf = new Int32Array(sessions.length).fill(-1);
    this.#length = Int32Array.from(sessions, ({ length }) => length);
    this.#isPlain = Uint8Array.from(lists, (rule, list) => {
      const each = members[list] ?? [];
      const areShort = each.every((session) => sessions[session]?.length === 1);
      return Number(areShort && each.length === rule.sessions.length);
    });
    this.#isFollowed = new Uint8Array(this.#width + 1);
    this.#isFollowed.set(isFollowed.map(Number));
  }

  /** Writes a session's start down (`sign` 1) or strikes it (-1), and adds what that changes. */
  write(session: number, slot: number, sign: number, into: Float64Array): void {
    const { from, items } = this.#ofSession;
    const until = from[session + 1] as number;
    for (let index = from[session] as number; index < until; index++) {
      const list = items[index] as number;
      const level = this.#level[list] as number;
      const weight = this.#weight[list] as number;
      const row = list * (this.#width + 1);
      if (this.#isPlain[list] === 1) {
        into[level] = (into[level] as number) + weight * this.#writePlain(row, slot, sign);
        continue;
      }
      into[level] = (into[level] as number) - weight * this.#lonely(list, session, slot);
      const end = row + slot + (this.#length[session] as number);
      this.#starts[row + slot] = (this.#starts[row + slot] as number) + sign;
      this.#ends[end] = (this.#ends[end] as number) + sign;
      const old = this.#slotOf[session] as number;
      this.#slotOf[session] = sign > 0 ? slot : -1;
      into[level] = (into[level] as number) + weight * this.#lonely(list, session, slot);
      this.#slotOf[session] = old;
    }
    this.#slotOf[session] = sign > 0 ? slot : -1;
  }

  /** Counts one more or fewer in a slot; how many more stand alone by that. */
  #writePlain(row: number, slot: number, sign: number): number {
    const starts = this.#starts;
    const followed = this.#isFollowed;
    const here = starts[row + slot] as number;
    const isAfter = slot > 0 && followed[slot - 1] === 1;
    const before = isAfter ? (starts[row + slot - 1] as number) : 0;
    const after = followed[slot] === 1 ? (starts[row + slot + 1] as number) : 0;
    starts[row + slot] = here + sign;
    let change = before + after === 0 ? sign : 0;
    // The first to come is company for those beside it, and the last to go leaves them alone.
    if (here !== (sign > 0 ? 0 : 1)) return change;
    if (before > 0) {
      const isCompany =
        slot > 1 && followed[slot - 2] === 1 && (starts[row + slot - 2] as number) > 0;
      if (!isCompany) change -= sign * before;
    }
    if (after > 0) {
      const isCompany = followed[slot + 1] === 1 && (starts[row + slot + 2] as number) > 0;
      if (!isCompany) change -= sign * after;
    }
    return change;
  }

  /** How many of a list stand alone, among those that a place of one session may concern. */
  #lonely(list: number, session: number, slot: number): number {
    const { from, items } = this.#members;
    const row = list * (this.#width + 1);
    const end = slot + (this.#length[session] as number);
    const until = from[list + 1] as number;
    let lonely = 0;
    for (let index = from[list] as number; index < until; index++) {
      const member = items[index] as number;
      const start = this.#slotOf[member] as number;
      if (start < 0) continue;
      const memberEnd = start + (this.#length[member] as number);
      if (member !== session && start !== end && memberEnd !== slot) continue;
      const isAfter =
        start > 0 && this.#isFollowed[start - 1] === 1 && (this.#ends[row + start] as number) > 0;
      const isBefore =
        this.#isFollowed[memberEnd - 1] === 1 && (this.#starts[row + memberEnd] as number) > 0;
      if (!isAfter && !isBefore) lonely += this.#times[index] as number;
    }
    return lonely;
  }
}
