import { type Columns, earliestTimes, isEarlier } from './meeting-columns.ts';
import type { Chosen } from './meeting-first-times.ts';
import { type InterestBits, interestBits, mostInterest } from './meeting-interest.ts';
import { compareTimes, type TimeValues, timeValuesOf } from './meeting-last-call.ts';
import type { MeetingTimes, MeetingTimesProblem } from './meeting-model.ts';
import { type Placed, placeTracks } from './meeting-placement.ts';

interface PlacedTimes {
  readonly of: Chosen;
  readonly times: readonly number[];
  readonly placed: Placed;
}

/** The best timetable so far. Its tracks are placed when that is asked for. */
export class Incumbent {
  /** Placings looked at. */
  iterations = 0;
  /** Whether every placing was proven to be the best for its times. */
  arePlacedBest = true;
  readonly #problem: MeetingTimesProblem;
  readonly #columns: Columns;
  readonly #interest: InterestBits;
  /** The most interest in a column, by its id. */
  readonly #mostIn = new Map<number, number>();
  #best: Chosen;
  #placed: PlacedTimes | undefined;

  constructor(problem: MeetingTimesProblem, columns: Columns, first: Chosen) {
    this.#problem = problem;
    this.#columns = columns;
    this.#interest = interestBits(problem);
    this.#best = first;
  }

  get best(): Chosen {
    return this.#best;
  }

  get values(): TimeValues {
    return this.#best.values;
  }

  get times(): number[] {
    return this.#timesOf(this.#best);
  }

  /** Takes what is better by its times alone. */
  take(other: Chosen): void {
    if (compareTimes(other.values, this.values) < 0) this.#best = other;
  }

  /**
   * Takes a choice if it is better by its times, by its tracks, or else earlier. It may come from
   * gentler columns: it is judged by the columns as they are.
   */
  offer(offered: Chosen['chosen']): void {
    const chosen = this.inFull(offered);
    const compared = compareTimes(chosen.values, this.values);
    if (compared > 0) return;
    if (compared < 0) {
      this.#best = chosen;
      return;
    }
    const best = this.#place(this.#best);
    const hasNoMore = this.#interestBound(chosen) < best.placed.interest;
    if (hasNoMore && best.placed.unplaced === 0) return;
    const other = this.#place(chosen);
    const better =
      other.placed.unplaced - best.placed.unplaced ||
      best.placed.interest - other.placed.interest ||
      (isEarlier(this.#columns, other.times, best.times) ? -1 : 1);
    if (better < 0) this.#best = chosen;
    else this.#placed = best;
  }

  /** The same choice by the columns as they are. */
  inFull(chosen: Chosen['chosen']): Chosen {
    const full = chosen.map((choice, call) => {
      const own = this.#columns.choices[call]?.find(({ column }) => column.id === choice.column.id);
      if (own === undefined) throw new Error('a choice from nowhere');
      return own;
    });
    return { chosen: full, values: timeValuesOf(this.#columns, full) };
  }

  describe(): MeetingTimes {
    const { times, placed } = this.#place(this.#best);
    const { placement, unplaced, interest } = placed;
    return { times, placement, values: { ...this.values, unplaced, interest } };
  }

  /** More interest than this is not to be had at any times. */
  mostInterest(): number {
    if (this.#problem.tracks.length === 0) return 0;
    // One slot of each column: who can make it is the same for all of them.
    return this.#columns.choices
      .map((choices) =>
        choices.reduce(
          (most, choice) => Math.max(most, this.#interestBound({ chosen: [choice] })),
          0,
        ),
      )
      .reduce((sum, each) => sum + each, 0);
  }

  #interestBound({ chosen }: Pick<Chosen, 'chosen'>): number {
    return chosen.reduce((sum, { column }) => {
      const most = this.#mostIn.get(column.id) ?? mostInterest(this.#interest, column.can);
      this.#mostIn.set(column.id, most);
      return sum + most;
    }, 0);
  }

  #place(chosen: Chosen): PlacedTimes {
    if (this.#placed?.of === chosen) return this.#placed;
    const times = this.#timesOf(chosen);
    const placed = placeTracks(this.#problem, times, this.#interest);
    this.iterations += placed.iterations;
    this.arePlacedBest &&= placed.isOptimal;
    this.#placed = { of: chosen, times, placed };
    return this.#placed;
  }

  #timesOf({ chosen }: Chosen): number[] {
    const times = earliestTimes(this.#columns, chosen);
    if (times === undefined) throw new Error('no choice is taken that has no times');
    return times;
  }
}
