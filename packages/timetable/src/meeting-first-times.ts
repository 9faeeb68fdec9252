import type { Random } from '@cairn/kernel/random';
import { attendanceOf, weightOfSet } from './meeting-attendance.ts';
import { type Choice, type Columns, earliestTimes } from './meeting-columns.ts';
import { LastCall, type TimeValues, timeValuesOf } from './meeting-last-call.ts';

/** A choice for each call, and what it is worth. */
export interface Chosen {
  readonly chosen: readonly Choice[];
  readonly values: TimeValues;
}

/** The first timetable there is, in time; undefined when no slots are in order with the gap. */
export function firstTimes(columns: Columns): Chosen | undefined {
  const any = columns.choices.map((choices) => ({
    slots: choices
      .flatMap(({ slots }) => slots)
      .sort((a, b) => (columns.starts[a] ?? 0) - (columns.starts[b] ?? 0) || a - b),
  }));
  const times = earliestTimes(columns, any);
  return times === undefined ? undefined : chosenAt(columns, times);
}

/** These times as choices. */
export function chosenAt(columns: Columns, times: readonly number[]): Chosen {
  const chosen = times.map((slot, call) => {
    const choice = columns.choices[call]?.find(({ slots }) => slots.includes(slot));
    if (choice === undefined) throw new Error(`slot ${slot} is no candidate`);
    return choice;
  });
  return { chosen, values: timeValuesOf(columns, chosen) };
}

/**
 * Betters a timetable by moving one call at a time to the best slot that it can take while the
 * others stay, until no single move helps. Good columns come early in the search that proves; this
 * gives it something to measure them by. Counts the columns that it looked at.
 */
export class Betterment {
  iterations = 0;
  readonly #columns: Columns;
  readonly #sizes: ReadonlyMap<number, number>;
  readonly #lastCall: LastCall;

  constructor(columns: Columns) {
    this.#columns = columns;
    this.#sizes = sizesOf(columns);
    this.#lastCall = new LastCall(columns);
  }

  /** Stops after each move, so that others can do something meanwhile. */
  *better(from: Chosen): Generator<undefined, Chosen> {
    let best = from;
    const calls = from.chosen.length;
    // Each call is tried again until all of them in turn have stayed where they are.
    for (let call = 0, stayed = 0; stayed < calls; call = (call + 1) % calls) {
      const moved = this.#move(best, call);
      stayed = moved === best ? stayed + 1 : 1;
      best = moved;
      yield;
    }
    return best;
  }

  #move(from: Chosen, call: number): Chosen {
    const columns = this.#columns;
    const others = from.chosen.toSpliced(call, 1);
    this.#lastCall.begin(others, attendanceOf(columns, others));
    let best = from;
    for (const choice of columns.choices[call] ?? []) {
      this.iterations += 1;
      const size = this.#sizes.get(choice.column.id) ?? 0;
      const values = this.#lastCall.judge(choice, size, best.values, STRICTLY);
      if (values === undefined) continue;
      const chosen = from.chosen.with(call, choice);
      if (earliestTimes(columns, chosen) !== undefined) best = { chosen, values };
    }
    return best;
  }

  /** Some other timetable to begin with: each call anywhere among the columns that suit many. */
  elsewhere(from: Chosen, random: Random): Chosen {
    const columns = this.#columns;
    let chosen = from.chosen;
    for (const [call, choices] of columns.choices.entries()) {
      const popular = choices
        .toSorted((a, b) => this.#size(b) - this.#size(a))
        .slice(0, Math.max(3, choices.length >> 2));
      const choice = popular[Math.floor(random() * popular.length)];
      if (choice === undefined) continue;
      const moved = chosen.with(call, choice);
      if (earliestTimes(columns, moved) !== undefined) chosen = moved;
    }
    return { chosen, values: timeValuesOf(columns, chosen) };
  }

  #size({ column }: Choice): number {
    return this.#sizes.get(column.id) ?? 0;
  }
}

const STRICTLY = { levels: 7, orEqual: false, provenLevels: 0 };

/** The weight of the people of each column, by its id. */
function sizesOf(columns: Columns): ReadonlyMap<number, number> {
  const sizes = new Map<number, number>();
  for (const { column } of columns.choices.flat()) {
    if (!sizes.has(column.id)) sizes.set(column.id, weightOfSet(columns, column.can));
  }
  return sizes;
}
