import type { IndexedInstance } from '../sessions/index-instance.ts';
import { AttendanceCosts } from './attendance-costs.ts';
import { CompactCosts } from './compact-costs.ts';
import { type Lists, listsOf } from './lists.ts';

/**
 * The rules about a whole list of sessions: how many rooms or days they are in (counted here), that
 * they stand next to each other, and who can attend enough of them.
 */
export class GroupCosts {
  readonly isEmpty: boolean;
  /** Nothing to count for a session: by session. */
  readonly isFree: Uint8Array;
  readonly #ofSession: Lists;
  readonly #isRooms: Uint8Array;
  readonly #from: Int32Array;
  readonly #level: Int32Array;
  readonly #weight: Float64Array;
  /** Of `spread` the days that are wished; of `same-room` 1. */
  readonly #wanted: Int32Array;
  readonly #counts: Int32Array;
  readonly #distinct: Int32Array;
  readonly #dayOf: Int32Array;
  readonly #compact: CompactCosts;
  readonly #attendance: AttendanceCosts;

  constructor(indexed: IndexedInstance) {
    const { rules, sessions, rooms, dayOf } = indexed;
    const counted = rules.filter(({ kind }) => kind === 'same-room' || kind === 'spread');
    const days = (dayOf.at(-1) ?? -1) + 1;
    const rows = sessions.map((): number[] => []);
    for (const [group, rule] of counted.entries()) {
      for (const session of new Set(rule.sessions)) rows[session]?.push(group);
    }
    const width = Math.max(days, rooms.length);
    this.#ofSession = listsOf(rows);
    this.#isRooms = Uint8Array.from(counted, ({ kind }) => Number(kind === 'same-room'));
    this.#from = Int32Array.from(counted, (_, group) => group * width);
    this.#level = Int32Array.from(counted, ({ level }) => level);
    this.#weight = Float64Array.from(counted, ({ weight }) => weight);
    this.#wanted = Int32Array.from(counted, ({ rule }) => (rule.kind === 'spread' ? rule.days : 1));
    this.#counts = new Int32Array(counted.length * width);
    this.#distinct = new Int32Array(counted.length);
    this.#dayOf = Int32Array.from(dayOf);
    this.#compact = new CompactCosts(indexed);
    this.#attendance = new AttendanceCosts(indexed);
    this.isEmpty = !rules.some(({ kind }) => isGroup(kind));
    this.isFree = new Uint8Array(sessions.length).fill(1);
    for (const rule of rules) {
      if (!isGroup(rule.kind)) continue;
      for (const session of rule.sessions) this.isFree[session] = 0;
    }
  }

  /** Adds what is missed while nothing has a place. */
  empty(into: Float64Array): void {
    for (const [group, wanted] of this.#wanted.entries()) {
      if (this.#isRooms[group]) continue;
      const level = this.#level[group] as number;
      into[level] = (into[level] as number) + Math.max(0, wanted) * (this.#weight[group] as number);
    }
    this.#attendance.empty(into);
  }

  /** Writes down where a session is (`sign` 1), or that it is no longer (-1), and adds what that costs. */
  write(session: number, slot: number, room: number, sign: number, into: Float64Array): void {
    if (this.isFree[session]) return;
    const { from, items } = this.#ofSession;
    const until = from[session + 1] as number;
    for (let index = from[session] as number; index < until; index++) {
      const group = items[index] as number;
      const isRooms = this.#isRooms[group] === 1;
      if (isRooms && room < 0) continue;
      const key = (this.#from[group] as number) + (isRooms ? room : (this.#dayOf[slot] as number));
      const count = (this.#counts[key] as number) + sign;
      this.#counts[key] = count;
      // Only the first to come and the last to go change how many different ones there are.
      if (count !== (sign > 0 ? 1 : 0)) continue;
      const before = this.#costOf(group, isRooms);
      this.#distinct[group] = (this.#distinct[group] as number) + sign;
      const level = this.#level[group] as number;
      into[level] = (into[level] as number) + this.#costOf(group, isRooms) - before;
    }
    this.#compact.write(session, slot, sign, into);
    this.#attendance.write(session, slot, sign, into);
  }

  #costOf(group: number, isRooms: boolean): number {
    const missing = (this.#wanted[group] as number) - (this.#distinct[group] as number);
    const cost = isRooms ? -missing : missing;
    return cost > 0 ? cost * (this.#weight[group] as number) : 0;
  }
}

const isGroup = (kind: string): boolean =>
  kind === 'same-room' || kind === 'spread' || kind === 'compact' || kind === 'attends';
