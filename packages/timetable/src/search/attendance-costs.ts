import type { IndexedInstance } from '../sessions/index-instance.ts';
import { type Lists, listsOf } from './lists.ts';

/** What a rule that everybody can attend so many of some sessions is about. */
interface Attendance {
  readonly level: number;
  readonly weight: number;
  readonly least: number;
  readonly people: Int32Array;
  readonly sessions: Int32Array;
  /** Those with a place, the first to end first. */
  readonly order: Int32Array;
  /** How many people cannot. */
  missed: number;
}

/** The rules of k of n: counted anew for a list in which a session moves. */
export class AttendanceCosts {
  readonly #rules: readonly Attendance[];
  readonly #ofSession: Lists;
  readonly #isAway: Uint8Array;
  readonly #slots: number;
  readonly #length: Int32Array;
  readonly #slotOf: Int32Array;

  constructor({ rules, sessions, people, slots }: IndexedInstance) {
    this.#rules = rules.flatMap(({ rule, level, weight, sessions: listed, people: named }) => {
      if (rule.kind !== 'attends') return [];
      const each = Int32Array.from(new Set(listed));
      return [
        {
          level,
          weight,
          least: rule.least,
          people: Int32Array.from(named),
          sessions: each,
          order: new Int32Array(each.length),
          missed: rule.least > 0 ? named.length : 0,
        },
      ];
    });
    const rows = sessions.map((): number[] => []);
    for (const [number, rule] of this.#rules.entries()) {
      for (const session of rule.sessions) rows[session]?.push(number);
    }
    this.#ofSession = listsOf(rows);
    this.#slots = slots.length;
    this.#isAway = new Uint8Array(this.#rules.length > 0 ? people.length * slots.length : 0);
    if (this.#rules.length > 0) {
      for (const [person, { away }] of people.entries()) {
        for (const slot of away) this.#isAway[person * slots.length + slot] = 1;
      }
    }
    this.#length = Int32Array.from(sessions, ({ length }) => length);
    this.#slotOf = new Int32Array(sessions.length).fill(-1);
  }

  /** Adds what is missed while nothing has a place. */
  empty(into: Float64Array): void {
    for (const { level, weight, missed } of this.#rules) {
      into[level] = (into[level] as number) + weight * missed;
    }
  }

  /** Writes a session's start down (`sign` 1) or strikes it (-1), and adds what that changes. */
  write(session: number, slot: number, sign: number, into: Float64Array): void {
    this.#slotOf[session] = sign > 0 ? slot : -1;
    const { from, items } = this.#ofSession;
    const until = from[session + 1] as number;
    for (let index = from[session] as number; index < until; index++) {
      const rule = this.#rules[items[index] as number] as Attendance;
      const missed = this.#missed(rule);
      into[rule.level] = (into[rule.level] as number) + rule.weight * (missed - rule.missed);
      rule.missed = missed;
    }
  }

  #missed({ people, sessions, order, least }: Attendance): number {
    const placed = this.#sort(sessions, order);
    let missed = 0;
    for (let index = 0; index < people.length; index++) {
      const row = (people[index] as number) * this.#slots;
      let free = 0;
      let attended = 0;
      for (let place = 0; place < placed && attended < least; place++) {
        const session = order[place] as number;
        const slot = this.#slotOf[session] as number;
        if (slot < free) continue;
        const end = this.#endOf(session);
        let at = slot;
        while (at < end && this.#isAway[row + at] === 0) at++;
        if (at < end) continue;
        free = end;
        attended += 1;
      }
      if (attended < least) missed += 1;
    }
    return missed;
  }

  #endOf(session: number): number {
    return Math.min(
      this.#slots,
      (this.#slotOf[session] as number) + (this.#length[session] as number),
    );
  }

  /** Those with a place by their end, because who takes the one that ends first can take most. */
  #sort(sessions: Int32Array, order: Int32Array): number {
    let placed = 0;
    for (let index = 0; index < sessions.length; index++) {
      const session = sessions[index] as number;
      if ((this.#slotOf[session] as number) < 0) continue;
      const end = this.#endOf(session);
      let at = placed;
      for (; at > 0 && this.#endOf(order[at - 1] as number) > end; at--) {
        order[at] = order[at - 1] as number;
      }
      order[at] = session;
      placed += 1;
    }
    return placed;
  }
}
