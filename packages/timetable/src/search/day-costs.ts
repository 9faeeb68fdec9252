import type { IndexedInstance } from '../sessions/index-instance.ts';
import { type Lists, listsOf } from './lists.ts';
import type { Proposal } from './proposal.ts';

/** Days with more slots are counted slot by slot. */
const MOST_BITS = 30;
/** Days with at most so many slots have what each pattern costs in a table. */
const MOST_TABLE_BITS = 12;

/** More than anybody's sessions in a proposal; added as a mark. */
const MOST_LEAVING = 8192;

interface DayLayer {
  readonly level: number;
  readonly lastSlot: number;
  readonly threeInARow: number;
  readonly alone: number;
  /** By kind of day and pattern of busy slots. */
  readonly table: Float64Array;
}

/** The wishes of ITC 2007, track 2, on people's days: each person's day is a word of busy slots. */
export class DayCosts {
  readonly isEmpty: boolean;
  readonly #layers: readonly DayLayer[];
  readonly #bound: Lists;
  readonly #people: number;
  readonly #slots: number;
  readonly #length: Int32Array;
  readonly #dayOf: Int32Array;
  readonly #firstSlot: Int32Array;
  readonly #daySlots: Int32Array;
  /** Where the tables of a day begin; -1: no table. */
  readonly #tableFrom: Int32Array;
  /** By slot and person, how many sessions. */
  readonly #count: Uint16Array;
  /** By day and person, which slots are busy. */
  readonly #busy: Int32Array;
  /** Whether every day is short enough for its busy slots to be a word. */
  readonly #areShort: boolean;
  /** By person, how many more of their sessions leave one slot than come to it. */
  readonly #leaving: Int16Array;
  /** Whom the exchange concerns; somebody may be in it twice. */
  readonly #touched: Int32Array;

  constructor({ rules, people, sessions, slots, dayOf }: IndexedInstance) {
    const days = (dayOf.at(-1) ?? -1) + 1;
    this.#people = people.length;
    this.#slots = slots.length;
    this.#length = Int32Array.from(sessions, ({ length }) => length);
    this.#dayOf = Int32Array.from(dayOf);
    this.#firstSlot = new Int32Array(days);
    this.#daySlots = new Int32Array(days);
    for (let slot = slots.length - 1; slot >= 0; slot--) {
      const day = dayOf[slot] as number;
      this.#firstSlot[day] = slot;
      this.#daySlots[day] = (this.#daySlots[day] as number) + 1;
    }
    const sizes = [...new Set(this.#daySlots)].filter((size) => size <= MOST_TABLE_BITS);
    this.#tableFrom = Int32Array.from(this.#daySlots, (size) => {
      const before = sizes.slice(0, Math.max(0, sizes.indexOf(size)));
      return sizes.includes(size) ? before.reduce((sum, each) => sum + 2 ** each, 0) : -1;
    });
    this.#layers = layersOf(rules, sizes);
    this.isEmpty = this.#layers.length === 0;
    this.#bound = this.isEmpty ? listsOf([]) : listsOf(sessions.map(({ bound }) => bound));
    const size = this.isEmpty ? 0 : people.length;
    this.#count = new Uint16Array(size * slots.length);
    this.#busy = new Int32Array(size * days);
    this.#areShort = this.#daySlots.every((slots) => slots <= MOST_BITS);
    this.#leaving = new Int16Array(size);
    this.#touched = new Int32Array(
      this.isEmpty ? 0 : sessions.reduce((sum, { bound }) => sum + bound.length, 0),
    );
  }

  /** Writes a session down (`sign` 1) or strikes it (-1), and adds what that changes. */
  write(session: number, slot: number, sign: number, into: Float64Array): void {
    if (this.isEmpty) return;
    const until = Math.min(this.#slots, slot + (this.#length[session] as number));
    for (let at = slot; at < until; at++) this.#writeSlot(session, at, sign, into);
  }

  /** Adds what an exchange changes; false when it must be done to be weighed. */
  exchange(proposal: Proposal, into: Float64Array): boolean {
    if (this.isEmpty) return true;
    if (!this.#areShort) return false;
    const { one, other } = proposal;
    const touched = this.#collect(proposal);
    for (const layer of this.#layers) {
      const change =
        one >= 0 && other >= 0 && this.#dayOf[one] === this.#dayOf[other]
          ? this.#changeInDay(layer, touched, one, other)
          : (one < 0 ? 0 : this.#changeIn(layer, touched, one, -1)) +
            (other < 0 ? 0 : this.#changeIn(layer, touched, other, 1));
      into[layer.level] = (into[layer.level] as number) + change;
    }
    const leaving = this.#leaving;
    for (let index = 0; index < touched; index++) leaving[this.#touched[index] as number] = 0;
    return true;
  }

  /** Counts who leaves the one slot for the other; each person is listed once. */
  #collect({ size, session, slot, oldSlot, one }: Proposal): number {
    const { from, items } = this.#bound;
    const leaving = this.#leaving;
    const listed = this.#touched;
    let touched = 0;
    for (let index = 0; index < size; index++) {
      const old = oldSlot[index] as number;
      if (old === slot[index]) continue;
      const step = old === one ? 1 : -1;
      const each = session[index] as number;
      const until = from[each + 1] as number;
      for (let at = from[each] as number; at < until; at++) {
        const person = items[at] as number;
        listed[touched++] = person;
        leaving[person] = (leaving[person] as number) + step;
      }
    }
    // Who is listed twice is kept once; who leaves and comes, not at all.
    let kept = 0;
    for (let index = 0; index < touched; index++) {
      const person = listed[index] as number;
      const net = leaving[person] as number;
      if (net === 0 || net > MOST_LEAVING / 2) continue;
      leaving[person] = net + MOST_LEAVING;
      listed[kept++] = person;
    }
    for (let index = 0; index < kept; index++) {
      const person = listed[index] as number;
      leaving[person] = (leaving[person] as number) - MOST_LEAVING;
    }
    return kept;
  }

  /** What one slot of its day changes for those who are listed, when they leave it (-1) or come. */
  #changeIn(layer: DayLayer, touched: number, slot: number, sign: number): number {
    const day = this.#dayOf[slot] as number;
    const size = this.#daySlots[day] as number;
    const table = this.#tableFrom[day] as number;
    const bit = 1 << (slot - (this.#firstSlot[day] as number));
    const counts = slot * this.#people;
    const days = day * this.#people;
    let change = 0;
    for (let index = 0; index < touched; index++) {
      const person = this.#touched[index] as number;
      const count = this.#count[counts + person] as number;
      const next = count + sign * (this.#leaving[person] as number);
      if (count > 0 === next > 0) continue;
      const busy = this.#busy[days + person] as number;
      change +=
        table >= 0
          ? (layer.table[table + (busy ^ bit)] as number) - (layer.table[table + busy] as number)
          : costOf(layer, busy ^ bit, size) - costOf(layer, busy, size);
    }
    return change;
  }

  /** The same for two slots of one day. */
  #changeInDay(layer: DayLayer, touched: number, one: number, other: number): number {
    const day = this.#dayOf[one] as number;
    const size = this.#daySlots[day] as number;
    const table = this.#tableFrom[day] as number;
    const first = this.#firstSlot[day] as number;
    const days = day * this.#people;
    let change = 0;
    for (let index = 0; index < touched; index++) {
      const person = this.#touched[index] as number;
      const leaving = this.#leaving[person] as number;
      const here = this.#count[one * this.#people + person] as number;
      const there = this.#count[other * this.#people + person] as number;
      const busy = this.#busy[days + person] as number;
      let next = busy;
      if (here > 0 !== here - leaving > 0) next ^= 1 << (one - first);
      if (there > 0 !== there + leaving > 0) next ^= 1 << (other - first);
      if (next === busy) continue;
      change +=
        table >= 0
          ? (layer.table[table + next] as number) - (layer.table[table + busy] as number)
          : costOf(layer, next, size) - costOf(layer, busy, size);
    }
    return change;
  }

  #writeSlot(session: number, slot: number, sign: number, into: Float64Array): void {
    const { from, items } = this.#bound;
    const day = this.#dayOf[slot] as number;
    const bit = 1 << (slot - (this.#firstSlot[day] as number));
    const until = from[session + 1] as number;
    for (let index = from[session] as number; index < until; index++) {
      const person = items[index] as number;
      const at = slot * this.#people + person;
      const count = (this.#count[at] as number) + sign;
      if (count !== (sign > 0 ? 1 : 0)) {
        this.#count[at] = count;
        continue;
      }
      this.#dayCost(day, person, -1, into);
      this.#count[at] = count;
      const key = day * this.#people + person;
      this.#busy[key] = (this.#busy[key] as number) ^ bit;
      this.#dayCost(day, person, 1, into);
    }
  }

  /** Adds, times `sign`, what somebody's day costs. */
  #dayCost(day: number, person: number, sign: number, into: Float64Array): void {
    const size = this.#daySlots[day] as number;
    if (size > MOST_BITS) {
      this.#longDayCost(day, person, sign, into);
      return;
    }
    const busy = this.#busy[day * this.#people + person] as number;
    const table = this.#tableFrom[day] as number;
    for (const layer of this.#layers) {
      const cost = table >= 0 ? (layer.table[table + busy] as number) : costOf(layer, busy, size);
      into[layer.level] = (into[layer.level] as number) + sign * cost;
    }
  }

  #longDayCost(day: number, person: number, sign: number, into: Float64Array): void {
    const first = this.#firstSlot[day] as number;
    const size = this.#daySlots[day] as number;
    let row = 0;
    let all = 0;
    let rows = 0;
    for (let slot = first; slot < first + size; slot++) {
      row = (this.#count[slot * this.#people + person] as number) > 0 ? row + 1 : 0;
      if (row > 0) all += 1;
      if (row > 2) rows += 1;
    }
    for (const { level, lastSlot, threeInARow, alone } of this.#layers) {
      const cost = (row > 0 ? lastSlot : 0) + rows * threeInARow + (all === 1 ? alone : 0);
      into[level] = (into[level] as number) + sign * cost;
    }
  }
}

function layersOf(rules: IndexedInstance['rules'], sizes: readonly number[]): DayLayer[] {
  const weight = (level: number, pattern: string) =>
    rules
      .filter(({ rule }) => rule.kind === 'day-pattern' && rule.pattern === pattern)
      .filter((each) => each.level === level)
      .reduce((sum, each) => sum + each.weight, 0);
  const levels = new Set(
    rules.filter(({ kind }) => kind === 'day-pattern').map(({ level }) => level),
  );
  return [...levels].map((level) => {
    const wishes = {
      lastSlot: weight(level, 'last-slot'),
      threeInARow: weight(level, 'three-in-a-row'),
      alone: weight(level, 'alone'),
    };
    const costs = sizes.flatMap((size) =>
      Array.from({ length: 2 ** size }, (_, busy) => costOf(wishes, busy, size)),
    );
    return { level, ...wishes, table: Float64Array.from(costs) };
  });
}

type Wishes = Pick<DayLayer, 'lastSlot' | 'threeInARow' | 'alone'>;

/** What a day with these busy slots costs; bit 0 is its first slot. */
function costOf({ lastSlot, threeInARow, alone }: Wishes, busy: number, size: number): number {
  let thirds = 0;
  for (let rest = busy & (busy >> 1) & (busy >> 2); rest !== 0; rest &= rest - 1) thirds += 1;
  const isAlone = busy !== 0 && (busy & (busy - 1)) === 0;
  return ((busy >> (size - 1)) & 1) * lastSlot + thirds * threeInARow + (isAlone ? alone : 0);
}
