import {
  EXPONENTIAL,
  EXPONENTIAL_MASK,
  exponential,
  Generator,
  logarithm,
} from '../search/generator.ts';
import type { Layout } from './board.ts';
import { type CompiledConference, compileConference, rangeOf } from './compiled.ts';
import { layoutOf, scheduleOf } from './layout.ts';
import type { Conference, ConferenceSchedule } from './model.ts';
import { ConferenceMoves } from './moves.ts';
import { ConferenceState } from './state.ts';

/** Less is better, compared in order, as the checker has them. */
export type ConferenceValues = readonly [faults: number, presenters: number, objective: number];

export interface ConferenceSearchOptions {
  readonly seed: number;
  /** How many moves to try at most; as many as it is asked to run, if left out. */
  readonly iterations?: number;
  /**
   * Whether presenters twice at once count for nothing but the library's weight for them, so that a few
   * may be traded for something else; else they come before the objective.
   */
  readonly isPresenterWeighed?: boolean;
  /** It may stop at a schedule of this objective that has no faults and no presenters twice at once. */
  readonly bound?: number;
  /** Where to begin; nothing placed when left out. */
  readonly from?: ConferenceSchedule;
}

/** A search at any moment, as plain JSON. */
export interface ConferenceSearchState {
  readonly seed: number;
  readonly planned: number | null;
  readonly bound: number | null;
  readonly isPresenterWeighed: boolean;
  readonly iteration: number;
  readonly round: number;
  readonly begins: number;
  readonly length: number;
  readonly isPacking: boolean;
  readonly isAhead: boolean;
  readonly random: readonly number[];
  readonly here: LayoutState;
  readonly best: LayoutState;
  /** The cells by their owners, as the search lists them. */
  readonly owned: readonly number[];
}

interface LayoutState {
  readonly items: readonly number[];
  readonly count: readonly number[];
}

const FIRST_ROUND = 60_000;
/** Between two changes of the temperature. */
const BLOCK = 100;

/**
 * Simulated annealing in rounds, each twice as long as the one before, so that there is no need to know
 * when it will be stopped, and the same number of iterations gives the same schedule however they are
 * asked for. A round begins with nothing placed, or at the best so far and less hot, in turn.
 *
 * What weighs: the library's objective, a pair of presenters twice at once as much as the worst place
 * for a submission, and a time slot that is not scheduled more than that. While something is not
 * scheduled, rounds after the first also weigh the time slots of the rooms that tracks have: tracks that
 * take no more than they need leave room for others.
 */
export class ConferenceSearch {
  readonly #seed: number;
  readonly #planned: number;
  readonly #bound: number;
  readonly #state: ConferenceState;
  readonly #random: Generator;
  readonly #moves: ConferenceMoves;
  readonly #nothing: Layout;
  readonly #best: Layout;
  readonly #hot: number;
  readonly #cold: number;
  readonly #isPresenterWeighed: boolean;
  readonly #presenterCost: number;
  readonly #unscheduledCost: number;
  #bestFaults = 0;
  #bestPresenters = 0;
  #bestObjective = 0;
  /** Whether the state is the best so far, so that it must be written down before it is left. */
  #isAhead = false;
  #iteration = 0;
  #round = 0;
  #begins = 0;
  #length = FIRST_ROUND;
  #temperature = 0;
  #cooling = 1;
  /** Whether rooms that tracks have cost something, because not everything has found a place yet. */
  #isPacking = false;

  constructor(
    conference: Conference | CompiledConference,
    { seed, iterations, bound, from, isPresenterWeighed = false }: ConferenceSearchOptions,
  ) {
    const compiled = 'conference' in conference ? conference : compileConference(conference);
    const { highest, lowest } = rangeOf(compiled);
    this.#seed = seed;
    this.#planned = iterations ?? Number.POSITIVE_INFINITY;
    this.#bound = bound ?? -1;
    this.#state = new ConferenceState(compiled);
    this.#nothing = this.#state.layout();
    this.#state.save(this.#nothing);
    this.#best = this.#state.layout();
    this.#random = new Generator(seed);
    this.#moves = new ConferenceMoves(this.#state, this.#random);
    this.#hot = highest;
    this.#cold = lowest / 10;
    this.#isPresenterWeighed = isPresenterWeighed;
    this.#presenterCost = isPresenterWeighed ? 0 : highest;
    this.#unscheduledCost = 3 * highest;
    if (from !== undefined) this.#state.load(layoutOf(this.#state, from));
    this.#mark();
    this.#begin();
  }

  /** The best schedule so far. */
  get best(): ConferenceSchedule {
    this.#write();
    return scheduleOf(this.#state, this.#best);
  }

  /** What it is worth. */
  get values(): ConferenceValues {
    return [this.#bestFaults, this.#bestPresenters, this.#bestObjective];
  }

  /** How many moves it has tried. */
  get iterations(): number {
    return this.#iteration;
  }

  /** Whether nothing better is possible. */
  get isAtBound(): boolean {
    const isFree = this.#isPresenterWeighed || this.#bestPresenters === 0;
    const hasFaults = this.#bestFaults > 0 || !isFree;
    return !hasFaults && this.#bestObjective <= this.#bound;
  }

  /** Tries so many moves more; true when it has tried all, or nothing better is possible. */
  run(steps: number): boolean {
    const until = Math.min(this.#planned, this.#iteration + steps);
    while (this.#iteration < until && !this.isAtBound) {
      if (this.#iteration === this.#begins + this.#length) this.#next();
      const end = Math.min(until, this.#begins + this.#length);
      const block = BLOCK - ((this.#iteration - this.#begins) % BLOCK);
      this.#anneal(Math.min(end, this.#iteration + block));
      if ((this.#iteration - this.#begins) % BLOCK === 0) this.#temperature *= this.#cooling;
    }
    return this.#iteration >= this.#planned || this.isAtBound;
  }

  /** All that it takes to go on later, as plain JSON. */
  checkpoint(): ConferenceSearchState {
    this.#write();
    const here = this.#state.layout();
    this.#state.save(here);
    return {
      seed: this.#seed,
      planned: Number.isFinite(this.#planned) ? this.#planned : null,
      bound: this.#bound < 0 ? null : this.#bound,
      isPresenterWeighed: this.#isPresenterWeighed,
      iteration: this.#iteration,
      round: this.#round,
      begins: this.#begins,
      length: this.#length,
      isPacking: this.#isPacking,
      isAhead: this.#isAhead,
      random: this.#random.state,
      here: stateOf(here, this.#state),
      best: stateOf(this.#best, this.#state),
      owned: this.#state.owned,
    };
  }

  /** Goes on from a checkpoint of the same conference, exactly as if it had never stopped. */
  static resume(
    conference: Conference | CompiledConference,
    state: ConferenceSearchState,
  ): ConferenceSearch {
    const search = new ConferenceSearch(conference, {
      seed: state.seed,
      isPresenterWeighed: state.isPresenterWeighed,
      ...(state.planned === null ? {} : { iterations: state.planned }),
      ...(state.bound === null ? {} : { bound: state.bound }),
    });
    search.#state.load(layoutFrom(state.best, search.#state));
    search.#mark();
    search.#keep();
    search.#state.load(layoutFrom(state.here, search.#state));
    search.#state.owned = state.owned;
    search.#iteration = state.iteration;
    search.#round = state.round;
    search.#begins = state.begins;
    search.#length = state.length;
    search.#isPacking = state.isPacking;
    search.#isAhead = state.isAhead;
    search.#random.state = state.random;
    search.#begin();
    const blocks = Math.floor((state.iteration - state.begins) / BLOCK);
    for (let block = 0; block < blocks; block++) search.#temperature *= search.#cooling;
    return search;
  }

  #anneal(end: number): void {
    const state = this.#state;
    const temperature = this.#temperature;
    let cost = this.#cost();
    while (this.#iteration < end) {
      this.#iteration += 1;
      if (!this.#moves.make()) continue;
      const next = this.#cost();
      const worse = next - cost;
      if (worse > 0) {
        const draw = EXPONENTIAL[this.#random.next() & EXPONENTIAL_MASK] as number;
        if (worse > temperature * draw) {
          state.undo();
          continue;
        }
      }
      if (this.#isBetter()) this.#mark();
      else if (this.#isAhead && !this.#isMarked()) {
        // The best so far is written down only when it is left, and then this move is not made.
        state.undo();
        this.#keep();
        continue;
      }
      cost = next;
    }
  }

  #cost(): number {
    const { objective, presenters, unscheduled, ownedSlots } = this.#state;
    const packing = this.#isPacking ? ownedSlots * this.#hot : 0;
    return (
      objective + presenters * this.#presenterCost + unscheduled * this.#unscheduledCost + packing
    );
  }

  #isBetter(): boolean {
    const { objective, presenters, unscheduled } = this.#state;
    if (unscheduled !== this.#bestFaults) return unscheduled < this.#bestFaults;
    if (!this.#isPresenterWeighed && presenters !== this.#bestPresenters) {
      return presenters < this.#bestPresenters;
    }
    return objective < this.#bestObjective;
  }

  #isMarked(): boolean {
    const { objective, presenters, unscheduled } = this.#state;
    return (
      unscheduled === this.#bestFaults &&
      presenters === this.#bestPresenters &&
      objective === this.#bestObjective
    );
  }

  #mark(): void {
    this.#bestFaults = this.#state.unscheduled;
    this.#bestPresenters = this.#state.presenters;
    this.#bestObjective = this.#state.objective;
    this.#isAhead = true;
  }

  /** Writes the best down, if it is the state at present. */
  #write(): void {
    if (this.#isAhead) this.#state.save(this.#best);
  }

  /** The state is about to be something else. */
  #keep(): void {
    this.#write();
    this.#isAhead = false;
  }

  #next(): void {
    this.#keep();
    this.#begins = this.#iteration;
    this.#length *= 2;
    this.#round += 1;
    this.#isPacking = this.#bestFaults > 0;
    this.#state.load(this.#round % 2 === 0 ? this.#nothing : this.#best);
    this.#begin();
  }

  /** Sets the temperature of a round, and how it falls. */
  #begin(): void {
    const isHot = this.#round % 2 === 0;
    const fall = logarithm(this.#cold / this.#hot) * (isHot ? 1 : 0.5);
    this.#temperature = isHot ? this.#hot : this.#cold * exponential(-fall);
    this.#cooling = exponential(fall / (this.#length / BLOCK));
  }
}

/** The submissions one cell after another, without the places that are free. */
function stateOf({ items, count }: Layout, { base }: ConferenceState): LayoutState {
  const inside = Array.from(count, (many, cell) => {
    const first = base[cell] as number;
    return [...items.subarray(first, first + many)];
  });
  return { items: inside.flat(), count: [...count] };
}

function layoutFrom({ items, count }: LayoutState, state: ConferenceState): Layout {
  const layout = state.layout();
  layout.count.set(count);
  let at = 0;
  for (const [cell, many] of count.entries()) {
    layout.items.set(items.slice(at, at + many), state.base[cell]);
    at += many;
  }
  return layout;
}
