import type { Timetable } from '../sessions/model.ts';
import type { PilotState } from './pilot.ts';

export interface SearchOptions {
  readonly seed: number;
  /** How many moves to weigh. The same seed and number give the same timetable on every machine. */
  readonly iterations: number;
  /** Where to begin; nothing placed when left out. */
  readonly from?: Timetable;
  /** Sessions that stay where `from` has them. */
  readonly pinned?: ReadonlySet<number>;
}

/** A search at any moment, as plain JSON. */
export interface SearchState {
  readonly seed: number;
  readonly planned: number;
  readonly iteration: number;
  readonly stage: Stage;
  readonly random: readonly number[];
  readonly slot: readonly number[];
  readonly room: readonly number[];
  readonly lists: readonly number[];
  readonly bestSlot: readonly number[];
  readonly bestRoom: readonly number[];
  readonly pinned: readonly number[];
  readonly pilot: PilotState;
  readonly isOpen: boolean;
}

/** What the search is at: the level it lessens, from which iteration to which, how hot. */
export interface Stage {
  readonly kind: 'place' | 'pilot' | 'anneal' | 'over';
  readonly level: number;
  readonly begin: number;
  readonly end: number;
  readonly hot: number;
  readonly cold: number;
  /** Where the level's last stage ends. */
  readonly until: number;
}

/** Below 0 when the first is better. */
export function compareValuesOf(one: Float64Array, other: Float64Array): number {
  for (let level = 0; level < one.length; level++) {
    const difference = (one[level] as number) - (other[level] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}
