import type { IndexedInstance } from '../sessions/index-instance.ts';
import type { Timetable, Values } from '../sessions/model.ts';
import { Board } from './board.ts';
import { EXPONENTIAL, EXPONENTIAL_MASK, exponential, Generator, logarithm } from './generator.ts';
import { Neighbourhood } from './neighbourhood.ts';
import { Pilot } from './pilot.ts';
import {
  compareValuesOf,
  type SearchOptions,
  type SearchState,
  type Stage,
} from './search-state.ts';

export type { SearchOptions, SearchState } from './search-state.ts';

const OVER: Omit<Stage, 'begin'> = { kind: 'over', level: 0, end: 0, hot: 0, cold: 0, until: 0 };
/** Between two changes of the temperature. */
const BLOCK = 256;
/** By so much what a session without a place costs is more than the temperature of placing. */
const PLACING = 5;
/** So many random moves tell how much they cost. */
const SAMPLES = 400;
/** The part of a level's moves that finds out between which temperatures it pays to cool. */
const PILOT_SHARE = 0.05;

/**
 * Simulated annealing over the levels in their order: first every session gets a place, then each
 * level is lessened while those before it stay at the best that was found. The temperature falls with
 * the number of moves and knows no clock.
 */
export class Search {
  readonly #seed: number;
  readonly #planned: number;
  readonly #board: Board;
  readonly #random: Generator;
  readonly #moves: Neighbourhood;
  readonly #change: Float64Array;
  readonly #bestSlot: Int32Array;
  readonly #bestRoom: Int32Array;
  readonly #bestValues: Float64Array;
  readonly #pinned: ReadonlySet<number>;
  readonly #pilot = new Pilot();
  #iteration = 0;
  /** Whether nothing has been done yet that depends on how many moves are planned. */
  #isOpen = true;
  #stage: Stage;
  #temperature = 0;
  /** The level for which the board is set. */
  #setFor = -1;

  constructor(indexed: IndexedInstance, { seed, iterations, from, pinned }: SearchOptions) {
    this.#seed = seed;
    this.#planned = iterations;
    this.#pinned = pinned ?? new Set();
    this.#random = new Generator(seed);
    this.#board = new Board(indexed, this.#pinned);
    this.#moves = new Neighbourhood(this.#board, this.#random);
    this.#change = new Float64Array(indexed.levels);
    this.#bestSlot = new Int32Array(indexed.sessions.length).fill(-1);
    this.#bestRoom = new Int32Array(indexed.sessions.length).fill(-1);
    this.#bestValues = new Float64Array(indexed.levels);
    if (from !== undefined) this.#board.evaluator.load(from);
    const { slot, room } = this.#board.evaluator.timetable;
    for (const session of this.#board.movable) this.#board.evaluator.unassign(session);
    this.#board.restore(slot, room);
    this.#keep();
    this.#stage = this.#stageFrom(0);
    this.#cool();
  }

  /** The best timetable so far. */
  get best(): Timetable {
    return { slot: this.#bestSlot.slice(), room: this.#bestRoom.slice() };
  }

  /** What it is worth. */
  get values(): Values {
    return [...this.#bestValues];
  }

  /** How many moves it is to weigh. */
  get planned(): number {
    return this.#planned;
  }

  /** How many moves it has weighed. */
  get iterations(): number {
    return this.#iteration;
  }

  /** Weighs up to so many moves more; true when it has done all. */
  run(steps: number): boolean {
    const until = Math.min(this.#planned, this.#iteration + steps);
    while (this.#iteration < until && this.#stage.kind !== 'over') {
      this.#isOpen &&= this.#stage.kind === 'place';
      this.#runStage(until);
    }
    return this.#iteration >= this.#planned || this.#stage.kind === 'over';
  }

  /**
   * Weighs up to so many moves of those that are the same however many are planned; true when there
   * are none of them left, and it is time for `replanned`.
   */
  runOpen(steps: number): boolean {
    const until = Math.min(this.#planned, this.#iteration + steps);
    while (this.#iteration < until && this.#isOpen && this.#stage.kind === 'place') {
      this.#runStage(until);
    }
    return !this.#isOpen || this.#stage.kind !== 'place';
  }

  #runStage(until: number): void {
    const end = Math.min(until, this.#stage.end);
    if (this.#stage.kind === 'place') this.#place(end);
    else this.#anneal(end);
    const isPlaced = this.#stage.kind === 'place' && this.#board.unplacedCount === 0;
    const isNone = this.#bestValues[this.#stage.level] === 0;
    if (this.#iteration >= this.#stage.end || isPlaced || isNone) this.#next();
  }

  /** The same search, as if it had been begun with another number of moves; only after `runOpen`. */
  replanned(indexed: IndexedInstance, iterations: number): Search {
    const search = Search.resume(indexed, { ...this.checkpoint(), planned: iterations });
    const { kind, level, begin } = search.#stage;
    if (kind === 'over') return search;
    search.#stage = { ...search.#stage, ...search.#endsOf(kind, level, begin) };
    search.#cool();
    return search;
  }

  /** All that it takes to go on later, as plain JSON. */
  checkpoint(): SearchState {
    const { slot, room } = this.#board.evaluator;
    return {
      seed: this.#seed,
      planned: this.#planned,
      iteration: this.#iteration,
      stage: this.#stage,
      random: this.#random.state,
      slot: [...slot],
      room: [...room],
      lists: this.#board.lists,
      bestSlot: [...this.#bestSlot],
      bestRoom: [...this.#bestRoom],
      pinned: [...this.#pinned],
      pilot: this.#pilot.state,
      isOpen: this.#isOpen,
    };
  }

  /** Goes on from a checkpoint of the same instance, exactly as if it had never stopped. */
  static resume(indexed: IndexedInstance, state: SearchState): Search {
    const search = new Search(indexed, {
      seed: state.seed,
      iterations: state.planned,
      from: { slot: state.bestSlot, room: state.bestRoom },
      pinned: new Set(state.pinned),
    });
    search.#board.restore(state.slot, state.room, state.lists);
    search.#iteration = state.iteration;
    search.#stage = state.stage;
    search.#random.state = state.random;
    search.#pilot.state = state.pilot;
    search.#isOpen = state.isOpen;
    search.#cool();
    return search;
  }

  #place(end: number): void {
    const { level } = this.#stage;
    const { evaluator } = this.#board;
    while (
      this.#iteration < end &&
      this.#board.unplacedCount > 0 &&
      this.#bestValues[level] !== 0
    ) {
      if (this.#iteration % BLOCK === 0) this.#cool();
      this.#iteration += 1;
      const draw = this.#random.below(8);
      const isProposed = draw < 4 ? this.#moves.insert() : this.#moves.propose();
      if (!isProposed) continue;
      this.#decide(level, evaluator.now);
    }
  }

  #anneal(end: number): void {
    const { level } = this.#stage;
    const { evaluator } = this.#board;
    while (this.#iteration < end && this.#bestValues[level] !== 0) {
      if (this.#iteration % BLOCK === 0) this.#block();
      this.#iteration += 1;
      // Where not everything that must hold can, the best may be where nothing should be.
      const isAny =
        (this.#bestValues[0] !== 0 || this.#board.areRoomsShared) && this.#random.below(4) === 0;
      if (!(isAny ? this.#moves.proposeAnything() : this.#moves.propose())) continue;
      this.#decide(level, evaluator.now);
    }
  }

  /** Weighs what is proposed and does it or not. */
  #decide(level: number, now: Float64Array): void {
    const { evaluator, proposal } = this.#board;
    const change = this.#change;
    evaluator.weighPlaces(proposal, change);
    if (this.#isWorseBefore(level, now)) return;
    if (proposal.isExchange) {
      evaluator.weighPeople(proposal, change);
      if (this.#isWorseBefore(level, now)) return;
    }
    const draw = EXPONENTIAL[this.#random.next() & EXPONENTIAL_MASK] as number;
    if ((change[level] as number) > this.#temperature * draw) return;
    this.#board.apply();
    if (compareValuesOf(now, this.#bestValues) < 0) this.#keep();
  }

  /** Whether a level before this one would be worse than the best. */
  #isWorseBefore(level: number, now: Float64Array): boolean {
    for (let earlier = 0; earlier < level; earlier++) {
      const value = (now[earlier] as number) + (this.#change[earlier] as number);
      if (value > (this.#bestValues[earlier] as number)) return true;
    }
    return false;
  }

  #keep(): void {
    const { evaluator } = this.#board;
    this.#bestSlot.set(evaluator.slot);
    this.#bestRoom.set(evaluator.room);
    this.#bestValues.set(evaluator.now);
  }

  #cool(): void {
    const { level, begin, end, hot, cold } = this.#stage;
    // Of the last change, wherever the search was stopped since.
    const changed = Math.max(begin, this.#iteration - (this.#iteration % BLOCK));
    const done = (changed - begin) / Math.max(1, end - begin);
    if (level !== this.#setFor) this.#board.setFor(level);
    this.#setFor = level;
    this.#temperature =
      hot * exponential(done * logarithm(Math.max(cold, 1e-9) / Math.max(hot, 1e-9)));
  }

  #block(): void {
    const { kind, level } = this.#stage;
    if (kind === 'pilot')
      this.#pilot.see(this.#temperature, this.#board.evaluator.now[level] as number);
    this.#cool();
  }

  #next(): void {
    const { kind, level } = this.#stage;
    if (kind === 'pilot' && this.#bestValues[level] !== 0) {
      const { until } = this.#stage;
      const range = this.#pilot.range(this.#stage);
      this.#stage = { kind: 'anneal', level, begin: this.#iteration, end: until, until, ...range };
    } else {
      // The next stage begins where the best was found.
      this.#board.restore(this.#bestSlot, this.#bestRoom, this.#board.lists);
      this.#stage = this.#stageFrom(kind === 'place' ? level : level + 1, kind);
    }
    this.#cool();
  }

  /** What to do from a level on. */
  #stageFrom(first: number, after?: Stage['kind']): Stage {
    const begin = this.#iteration;
    const left = this.#planned - begin;
    const open = [...this.#bestValues.keys()].filter(
      (level) => level >= first && (this.#bestValues[level] as number) > 0,
    );
    const level = open[0];
    if (level === undefined || left <= 0 || this.#board.movable.length === 0) {
      return { ...OVER, begin };
    }
    const isPlacing =
      after !== 'place' && this.#board.unplacedCount > 0 && this.#costsPlaces(level);
    if (isPlacing) {
      const unit = (this.#bestValues[level] as number) / this.#board.unplacedCount;
      const temperatures = { hot: unit / PLACING, cold: unit / PLACING };
      return {
        kind: 'place',
        level,
        begin,
        ...this.#endsOf('place', level, begin),
        ...temperatures,
      };
    }
    const mean = this.#sample(level);
    this.#pilot.state = [];
    const temperatures = { hot: mean * 4, cold: mean / 50 };
    return { kind: 'pilot', level, begin, ...this.#endsOf('pilot', level, begin), ...temperatures };
  }

  /** Where a stage ends that begins with the best as it is. */
  #endsOf(kind: Stage['kind'], first: number, begin: number): { end: number; until: number } {
    const left = this.#planned - begin;
    if (kind === 'place') {
      const end = begin + Math.ceil(left / 2);
      return { end, until: end };
    }
    let open = 0;
    for (let level = first; level < this.#bestValues.length; level++) {
      if ((this.#bestValues[level] as number) > 0) open += 1;
    }
    const share = Math.ceil(left / Math.max(1, open));
    return { end: begin + Math.ceil(share * PILOT_SHARE), until: begin + share };
  }

  #costsPlaces(level: number): boolean {
    const { unplaced, unplacedCount, evaluator } = this.#board;
    const costs = new Float64Array(this.#change.length);
    for (const session of unplaced.subarray(0, unplacedCount)) {
      evaluator.fixed.unplaced(session, 1, costs);
    }
    return (costs[level] as number) > 0;
  }

  /** What random moves for the worse cost on a level, on average. */
  #sample(level: number): number {
    let sum = 0;
    let count = 0;
    for (let sample = 0; sample < SAMPLES; sample++) {
      if (!this.#moves.proposeAnything()) continue;
      this.#board.evaluator.weigh(this.#board.proposal, this.#change);
      const cost = this.#change[level] as number;
      if (cost <= 0) continue;
      sum += cost;
      count += 1;
    }
    return count === 0 ? 1 : sum / count;
  }
}
