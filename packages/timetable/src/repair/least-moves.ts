import { Generator } from '../search/generator.ts';
import type { Break } from '../sessions/break.ts';
import type { IndexedRule } from '../sessions/index-instance.ts';
import { Placed } from '../sessions/placed.ts';
import { breaksOf } from '../sessions/rule-breaks.ts';
import type { HardModel } from './hard-model.ts';
import { IMPOSSIBLE, MOVED, OPEN, RepairState } from './repair-state.ts';
import { chooseRooms } from './room-choice.ts';

/** How long to look. */
export interface LeastMovesLimits {
  /** Positions of the search tree that may be looked at, before and after a first answer. */
  readonly nodes: number;
  /** How many answers of the same cost are kept. */
  readonly answers: number;
  readonly isCancelled?: () => boolean;
}

/** What is known about the cheapest set of moves after which all holds. */
export interface LeastMoves {
  /** Nothing cheaper than this is possible; infinite when nothing is at all. */
  readonly atLeast: number;
  /** Those of that cost, all of them if `hasAll`; some that may cost more where nothing was proven. */
  readonly answers: readonly Moved[];
  readonly hasAll: boolean;
  readonly nodes: number;
}

/** How much more than is proven to be needed is tried where the proof took too long. */
const MORE = [0, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4];

/** How often each is begun, with places that cost the same in another order: most beginnings are bad. */
const BEGINS = 8;

/** A whole timetable. */
export interface Moved {
  readonly slot: Int32Array;
  readonly room: Int32Array;
}

/**
 * The cheapest moves that mend a timetable. Whatever is broken names sessions of which one must move:
 * each is tried in turn with the earlier ones staying, so that every possible set of moves is met
 * once. The budget begins with what must move in any case and grows to the least that was not enough
 * (iterative deepening, Korf 1985): when an answer is found, everything cheaper has been refuted. With
 * `from` it begins at what is known to be needed.
 */
export function leastMoves(model: HardModel, limits: LeastMovesLimits, from = 0): LeastMoves {
  const search = new Deepening(model, limits);
  let budget = from;
  for (;;) {
    const next = search.run(budget);
    const { answers, nodes, isCut } = search;
    if (answers.length > 0) return { atLeast: budget, answers, hasAll: !isCut, nodes };
    if (isCut) return anyAnswer(search, budget, limits);
    if (next === Number.POSITIVE_INFINITY) return { atLeast: next, answers, hasAll: true, nodes };
    budget = next;
  }
}

/**
 * Where the proof took too long: an answer found where there is more room for moves, and then ever
 * cheaper ones while there are any.
 */
function anyAnswer(search: Deepening, atLeast: number, limits: LeastMovesLimits): LeastMoves {
  const nodes = limits.nodes / (8 * BEGINS);
  const within = (budget: number): Moved | undefined => {
    for (let begin = 0; begin < BEGINS && !limits.isCancelled?.(); begin++) {
      search.beginAnew(nodes);
      search.run(budget);
      if (search.answers.length > 0) return search.answers[0];
    }
    return undefined;
  };
  let answer: Moved | undefined;
  for (const part of MORE) {
    answer = within(atLeast + Math.ceil(part * Math.max(atLeast, 1)));
    if (answer !== undefined) break;
  }
  for (let better = answer; better !== undefined && search.cost > atLeast; ) {
    better = within(search.cost - 1);
    answer = better ?? answer;
  }
  const answers = answer === undefined ? [] : [answer];
  return { atLeast, answers, hasAll: false, nodes: search.nodes };
}

class Deepening {
  answers: Moved[] = [];
  /** What the last answer costs. */
  cost = 0;
  nodes = 0;
  /** Whether something was left out because it took too long. */
  isCut = false;
  readonly #state: RepairState;
  readonly #limits: LeastMovesLimits;
  #random: Generator | undefined;
  #most: number;
  #answers: number;
  #budget = 0;
  #next = Number.POSITIVE_INFINITY;

  constructor(model: HardModel, limits: LeastMovesLimits) {
    this.#state = new RepairState(model);
    this.#limits = limits;
    this.#most = limits.nodes;
    this.#answers = limits.answers;
  }

  /** Lets it look at so many positions more, in another order, up to a first answer. */
  beginAnew(nodes: number): void {
    this.#random ??= new Generator(1);
    this.answers = [];
    this.isCut = false;
    this.#most = this.nodes + nodes;
    this.#answers = 1;
  }

  /** Looks for all answers within a budget; says what the least budget is that could give others. */
  run(budget: number): number {
    this.#budget = budget;
    this.#next = Number.POSITIVE_INFINITY;
    this.#descend();
    return this.#next;
  }

  #descend(): void {
    if (this.#isOver()) return;
    const state = this.#state;
    const decided = state.cost + state.forcedCost;
    const { slot, missing } = this.#roomsMissing();
    const bound = decided + Math.max(state.quarrelCost(), missing);
    if (!this.#isWithin(bound)) return;
    const forced = this.#mostForced();
    const quarrel = state.quarrel();
    if (forced !== undefined) this.#tryPlaces(forced);
    else if (missing > 0) this.#oneMoves(state.inTheWay(slot));
    else if (quarrel !== undefined) this.#oneMoves(quarrel);
    else this.#finish();
  }

  /** With nothing left that must move: rooms, and the rules that ask about the whole. */
  #finish(): void {
    const state = this.#state;
    const choice = chooseRooms(state);
    if (choice.kind === 'in-the-way') this.#oneMoves(choice.sessions);
    else if (choice.kind === 'unknown') this.isCut = true;
    else {
      const answer = { slot: state.start.slice(), room: choice.room };
      const broken = this.#widelyBroken(answer);
      if (broken === undefined) this.#keep(answer);
      else this.#oneMoves(broken);
    }
  }

  #keep(answer: Moved): void {
    if (this.answers.length === 0) this.#most = this.nodes + this.#limits.nodes;
    this.answers.push(answer);
    this.cost = this.#state.cost;
    if (this.answers.length >= this.#answers) this.isCut = true;
  }

  /** Tries every set of moves in which at least one of some free sessions moves. */
  #oneMoves(sessions: readonly number[]): void {
    const state = this.#state;
    const mark = state.mark();
    for (const session of sessions) {
      // Those before it stay, and it cannot beside them: it moves in all that is left.
      if (!state.isFree(session)) {
        this.#descend();
        break;
      }
      const before = state.mark();
      state.force(session);
      this.#descend();
      state.undo(before);
      state.stay(session);
    }
    state.undo(mark);
  }

  #tryPlaces(session: number): void {
    const state = this.#state;
    const { model } = state;
    const decided = state.cost + state.forcedCost;
    const options: { slot: number; extra: number; order: number }[] = [];
    const offer = (slot: number) => {
      const extra = state.extra(session, slot);
      if (extra !== IMPOSSIBLE && this.#isWithin(decided + extra))
        options.push({ slot, extra, order: this.#random?.next() ?? 0 });
    };
    for (const slot of model.starts(session)) offer(slot);
    if ((model.homeSlot[session] as number) >= 0) offer(-1);
    options.sort((one, other) => one.extra - other.extra || one.order - other.order);
    for (const { slot } of options) {
      if (this.isCut) return;
      const mark = state.mark();
      state.extra(session, slot);
      state.move(session, slot);
      this.#descend();
      state.undo(mark);
    }
  }

  /** The session that must move and has the fewest places to go, or undefined. */
  #mostForced(): number | undefined {
    const state = this.#state;
    const { model } = state;
    const decided = state.cost + state.forcedCost;
    let best: number | undefined;
    let fewest = Number.POSITIVE_INFINITY;
    for (let session = 0; session < model.sessions; session++) {
      if (state.status[session] !== OPEN || (state.reasons[session] as number) === 0) continue;
      const mayLeave = model.isNeeded[session] === 0 && (model.homeSlot[session] as number) >= 0;
      let options = Number(mayLeave);
      for (const slot of model.starts(session)) {
        const extra = state.extra(session, slot);
        if (extra === IMPOSSIBLE) continue;
        if (!this.#isWithin(decided + extra)) continue;
        options += 1;
        if (options >= fewest) break;
      }
      if (options >= fewest) continue;
      fewest = options;
      best = session;
      if (fewest === 0) break;
    }
    return best;
  }

  #roomsMissing(): { slot: number; missing: number } {
    const state = this.#state;
    const { model } = state;
    let missing = 0;
    let worst = -1;
    if (!model.roomsAreSingle) return { slot: worst, missing };
    for (let slot = 0; slot < model.slots; slot++) {
      const here = state.roomsMissing(slot);
      if (here === IMPOSSIBLE) return { slot, missing: Number.POSITIVE_INFINITY };
      if (here <= missing) continue;
      missing = here;
      worst = slot;
    }
    // So that those in the way are those of this slot.
    if (worst >= 0) state.roomsMissing(worst);
    return { slot: worst, missing };
  }

  /** Free sessions of which one must move because a rule about the whole is broken. */
  #widelyBroken({ slot, room }: Moved): number[] | undefined {
    const state = this.#state;
    const { model } = state;
    if (model.wide.length === 0) return undefined;
    const placed = new Placed(model.indexed, { slot, room });
    for (const rule of model.wide) {
      for (const each of breaksOf(rule, placed)) {
        const scope = scopeOf(rule, each, model);
        if (scope.length > 0 && scope.every((session) => this.#isKept(session))) continue;
        return scope.filter((session) => state.isFree(session));
      }
    }
    return undefined;
  }

  #isKept(session: number): boolean {
    const { status, model } = this.#state;
    return status[session] !== MOVED && model.costs.isKept[session] === 1;
  }

  #isWithin(cost: number): boolean {
    if (cost <= this.#budget) return true;
    this.#next = Math.min(this.#next, cost);
    return false;
  }

  #isOver(): boolean {
    this.nodes += 1;
    if (this.nodes > this.#most) this.isCut = true;
    if (this.nodes % 64 === 0 && this.#limits.isCancelled?.()) this.isCut = true;
    return this.isCut;
  }
}

/** The sessions whose places decide whether a rule is broken in this case. */
function scopeOf(rule: IndexedRule, broken: Break, { indexed }: HardModel): number[] {
  if (rule.sessions.length > 0) return [...new Set(rule.sessions)];
  const scope = new Set<number>();
  for (const number of broken.people) {
    const person = indexed.people[number];
    for (const session of person?.bound ?? []) scope.add(session);
    if (rule.kind === 'day-pattern') continue;
    for (const session of person?.interest.keys() ?? []) scope.add(session);
  }
  return [...scope].sort((one, other) => one - other);
}
