import type { IndexedInstance } from '../sessions/index-instance.ts';
import { layoutOf, VALUES, valuesOf } from './interest-layout.ts';
import { type Lists, listsOf } from './lists.ts';
import type { Proposal } from './proposal.ts';

const MOST_LOSS = 1000;

interface Weighted {
  readonly level: number;
  readonly weight: number;
}

/**
 * What people get of what interests them. For each slot and person the sessions that run are counted
 * in the bits of a word, more important ones higher: those at which the person must be above the
 * others, among them by interest; who is away has a highest bit that is worth nothing. The value of
 * the slot is then that of the highest bit that is set, whatever comes or goes.
 */
export class InterestCosts {
  readonly isEmpty: boolean;
  /** Whether everything is in one word and one sum, so that a move can be weighed without doing it. */
  readonly isPlain: boolean;
  readonly #sums: readonly Weighted[];
  readonly #worsts: readonly Weighted[];
  readonly #people: number;
  readonly #slots: number;
  readonly #words: number;
  readonly #length: Int32Array;
  /** For each session the people whom it concerns. */
  readonly #concerned: Lists;
  /** Beside each of them: what one more of it adds to their word, and which word. */
  readonly #step: Int32Array;
  readonly #word: Uint8Array;
  /** By slot, person and word. */
  readonly #running: Int32Array;
  readonly #values: Float64Array;
  readonly #valuesOf: Int32Array;
  readonly #all: Float64Array;
  readonly #got: Float64Array;
  readonly #losses: Int32Array;
  #worst = 0;
  /** By person, what leaves the one slot of an exchange less what comes to it. */
  readonly #leaving: Int32Array;
  /** Whom the exchange concerns; somebody may be in it several times. */
  readonly #touched: Int32Array;
  readonly #isListed: Uint8Array;

  constructor(indexed: IndexedInstance) {
    const { people, sessions, slots, rules } = indexed;
    const weighted = (kind: string) =>
      rules
        .filter((rule) => rule.kind === kind)
        .map(({ level, weight }): Weighted => ({ level, weight }));
    this.#sums = weighted('interest');
    this.#worsts = weighted('worst-off');
    this.isEmpty = this.#sums.length + this.#worsts.length === 0;
    const counted = this.isEmpty ? [] : people;
    const layouts = counted.map((person) => layoutOf(person));
    this.#words = layouts.reduce((most, { words }) => Math.max(most, words), 1);
    this.isPlain = this.#words === 1 && this.#worsts.length === 0;
    this.#people = counted.length;
    this.#slots = slots.length;
    this.#length = Int32Array.from(sessions, ({ length }) => length);
    const rows = sessions.map((): number[] => []);
    const steps = sessions.map((): number[] => []);
    const words = sessions.map((): number[] => []);
    for (const [person, { fields }] of layouts.entries()) {
      for (const { members, bit, word } of fields) {
        for (const session of members) {
          rows[session]?.push(person);
          steps[session]?.push(1 << bit);
          words[session]?.push(word);
        }
      }
    }
    this.#concerned = listsOf(rows);
    this.#step = listsOf(steps).items;
    this.#word = Uint8Array.from(listsOf(words).items);
    this.#running = new Int32Array(counted.length * slots.length * this.#words);
    const tables = new Map<string, number>();
    const values: number[] = [];
    this.#valuesOf = Int32Array.from(layouts, (layout) => {
      const table = valuesOf(layout, this.#words);
      const key = table.join();
      const at = tables.get(key) ?? values.length;
      if (!tables.has(key)) values.push(...table);
      tables.set(key, at);
      return at;
    });
    this.#values = Float64Array.from(values);
    for (const [person, { away }] of layouts.entries()) {
      if (away === undefined) continue;
      for (const slot of people[person]?.away ?? []) {
        this.#running[(slot * this.#people + person) * this.#words + away.word] = 1 << away.bit;
      }
    }
    this.#all = Float64Array.from(counted, ({ interest }) =>
      [...interest].reduce(
        (sum, [session, weight]) => sum + weight * (sessions[session]?.length ?? 0),
        0,
      ),
    );
    this.#got = new Float64Array(counted.length);
    this.#leaving = new Int32Array(counted.length);
    this.#isListed = new Uint8Array(counted.length);
    this.#touched = new Int32Array(this.#concerned.items.length);
    this.#losses = new Int32Array(MOST_LOSS + 1);
    for (let person = 0; person < counted.length; person++) this.#countLoss(person, 1);
    this.#findWorst();
  }

  /** Adds what is lost while nothing has a place. */
  empty(into: Float64Array): void {
    let all = 0;
    for (const each of this.#all) all += each;
    this.#addTo(this.#sums, all, into);
    this.#addTo(this.#worsts, this.#worst, into);
  }

  /** Writes a session down (`sign` 1) or strikes it (-1), and adds what that changes. */
  write(session: number, slot: number, sign: number, into: Float64Array): void {
    if (this.isEmpty) return;
    const until = Math.min(this.#slots, slot + (this.#length[session] as number));
    const before = this.#worst;
    let got = 0;
    for (let at = slot; at < until; at++) got += this.#writeSlot(session, at, sign);
    this.#addTo(this.#sums, -got, into);
    if (this.#worsts.length === 0) return;
    this.#findWorst();
    this.#addTo(this.#worsts, this.#worst - before, into);
  }

  /** Adds what an exchange changes; false when it must be done to be weighed. */
  exchange(proposal: Proposal, into: Float64Array): boolean {
    if (this.isEmpty) return true;
    if (!this.isPlain) return false;
    const { one, other } = proposal;
    const moved = this.#onlyMoved(proposal);
    let got = 0;
    if (moved >= 0) {
      const session = proposal.session[moved] as number;
      const isLeaving = proposal.oldSlot[moved] === one;
      if (one >= 0) got += this.#gain(session, one, isLeaving ? -1 : 1);
      if (other >= 0) got += this.#gain(session, other, isLeaving ? 1 : -1);
    } else {
      const touched = this.#collect(proposal);
      if (one >= 0) got += this.#gainOfAll(touched, one, -1);
      if (other >= 0) got += this.#gainOfAll(touched, other, 1);
      for (let index = 0; index < touched; index++) {
        this.#leaving[this.#touched[index] as number] = 0;
      }
    }
    this.#addTo(this.#sums, -got, into);
    return true;
  }

  /** Where the only session that changes its slot is in a proposal; -1 where there are several. */
  #onlyMoved({ size, slot, oldSlot }: Proposal): number {
    let moved = -1;
    for (let index = 0; index < size; index++) {
      if (slot[index] === oldSlot[index]) continue;
      if (moved >= 0) return -1;
      moved = index;
    }
    return moved;
  }

  /** What people would get more in a slot if a session came (1) or went (-1). */
  #gain(session: number, slot: number, sign: number): number {
    const { from, items } = this.#concerned;
    const row = slot * this.#people;
    const until = from[session + 1] as number;
    let gain = 0;
    for (let index = from[session] as number; index < until; index++) {
      const person = items[index] as number;
      const bits = this.#running[row + person] as number;
      const next = bits + sign * (this.#step[index] as number);
      const table = this.#valuesOf[person] as number;
      gain +=
        (this.#values[table + Math.clz32(next)] as number) -
        (this.#values[table + Math.clz32(bits)] as number);
    }
    return gain;
  }

  #collect({ size, session, slot, oldSlot, one }: Proposal): number {
    const { from, items } = this.#concerned;
    let touched = 0;
    for (let index = 0; index < size; index++) {
      const old = oldSlot[index] as number;
      if (old === slot[index]) continue;
      const sign = old === one ? 1 : -1;
      const each = session[index] as number;
      const until = from[each + 1] as number;
      for (let at = from[each] as number; at < until; at++) {
        const person = items[at] as number;
        const before = this.#leaving[person] as number;
        if (before === 0) this.#touched[touched++] = person;
        this.#leaving[person] = before + sign * (this.#step[at] as number);
      }
    }
    // Who came back to nothing in between is listed twice; each is kept once.
    let kept = 0;
    for (let index = 0; index < touched; index++) {
      const person = this.#touched[index] as number;
      const net = this.#leaving[person] as number;
      if (net === 0 || this.#isListed[person] === 1) continue;
      this.#isListed[person] = 1;
      this.#touched[kept++] = person;
    }
    for (let index = 0; index < kept; index++) this.#isListed[this.#touched[index] as number] = 0;
    return kept;
  }

  #gainOfAll(touched: number, slot: number, sign: number): number {
    const row = slot * this.#people;
    let gain = 0;
    for (let index = 0; index < touched; index++) {
      const person = this.#touched[index] as number;
      const bits = this.#running[row + person] as number;
      const next = bits + sign * (this.#leaving[person] as number);
      const table = this.#valuesOf[person] as number;
      gain +=
        (this.#values[table + Math.clz32(next)] as number) -
        (this.#values[table + Math.clz32(bits)] as number);
    }
    return gain;
  }

  #writeSlot(session: number, slot: number, sign: number): number {
    const { from, items } = this.#concerned;
    const until = from[session + 1] as number;
    const isCounted = this.#worsts.length > 0;
    let got = 0;
    for (let index = from[session] as number; index < until; index++) {
      const person = items[index] as number;
      const first = (slot * this.#people + person) * this.#words;
      const before = this.#value(person, first);
      const at = first + (this.#word[index] as number);
      this.#running[at] = (this.#running[at] as number) + sign * (this.#step[index] as number);
      const change = this.#value(person, first) - before;
      if (change === 0) continue;
      got += change;
      if (!isCounted) continue;
      this.#countLoss(person, -1);
      this.#got[person] = (this.#got[person] as number) + change;
      this.#countLoss(person, 1);
    }
    return got;
  }

  #value(person: number, first: number): number {
    const table = this.#valuesOf[person] as number;
    for (let word = this.#words - 1; word > 0; word--) {
      const bits = this.#running[first + word] as number;
      if (bits !== 0) return this.#values[table + word * VALUES + Math.clz32(bits)] as number;
    }
    return this.#values[table + Math.clz32(this.#running[first] as number)] as number;
  }

  #countLoss(person: number, sign: number): void {
    const all = this.#all[person] as number;
    const loss =
      all === 0 ? 0 : Math.floor((MOST_LOSS * (all - (this.#got[person] as number))) / all);
    const count = (this.#losses[loss] as number) + sign;
    this.#losses[loss] = count;
    if (sign > 0 && loss > this.#worst) this.#worst = loss;
  }

  #findWorst(): void {
    while (this.#worst > 0 && this.#losses[this.#worst] === 0) this.#worst -= 1;
  }

  #addTo(rules: readonly Weighted[], amount: number, into: Float64Array): void {
    for (const { level, weight } of rules) {
      into[level] = (into[level] as number) + amount * weight;
    }
  }
}
