import type { Highs } from 'highs';
import { Search } from '../search/search.ts';
import { checkTimetable } from '../sessions/checker.ts';
import type { IndexedInstance } from '../sessions/index-instance.ts';
import type { Timetable } from '../sessions/model.ts';
import { boundsOf } from './bounds.ts';
import { keepAll } from './exact.ts';
import type { Part } from './reasons.ts';
import { cannotHold } from './refutation.ts';

export interface PossibilityOptions {
  readonly highs?: Highs;
  /** Moves of a search for a timetable, first few, and more where nothing else decides. */
  readonly moves: number;
  /** For HiGHS, each time, by its own clock. */
  readonly seconds: number;
}

export type Possibility =
  | { readonly status: 'possible'; readonly timetable: Timetable }
  | { readonly status: 'impossible' }
  | { readonly status: 'unknown' };

/** How many timetables are remembered that kept what had to hold. */
const REMEMBERED = 12;

/**
 * Decides whether all that must hold can hold. Possible is only what a timetable shows that the
 * checker finds nothing wrong with; impossible what a bound or HiGHS proves.
 */
export class PossibilityJudge {
  readonly #options: PossibilityOptions;
  readonly #nowhere: Int32Array;
  readonly #witnesses: Timetable[] = [];

  /** Timetables are of so many sessions. */
  constructor(sessions: number, options: PossibilityOptions) {
    this.#nowhere = new Int32Array(sessions).fill(-1);
    this.#options = options;
  }

  judge(part: Part): Possibility {
    const known = this.#witnesses.find((each) => keeps(part.indexed, of(part, each)));
    if (known !== undefined) return { status: 'possible', timetable: known };
    if (isRefuted(part.indexed)) return { status: 'impossible' };
    const { highs, moves, seconds } = this.#options;
    const found = this.#search(part, moves);
    if (found !== undefined) return found;
    if (highs !== undefined) {
      const kept = keepAll(part.indexed, highs, { seconds });
      if (kept.status === 'impossible') return kept;
      if (kept.status === 'kept') return this.#remember(part, kept.timetable);
    }
    return this.#search(part, 10 * moves) ?? { status: 'unknown' };
  }

  /** From what was found last, which was asked to keep nearly the same. */
  #search(part: Part, iterations: number): Possibility | undefined {
    const [last] = this.#witnesses;
    const from = last === undefined ? {} : { from: of(part, last) };
    const search = new Search(part.indexed, { seed: 1, iterations, ...from });
    let isOver = false;
    while (!isOver && search.values[0] !== 0) isOver = search.run(250);
    const { best } = search;
    return keeps(part.indexed, best) ? this.#remember(part, best) : undefined;
  }

  #remember({ sessions }: Part, { slot, room }: Timetable): Possibility {
    const whole = { slot: Array.from(this.#nowhere), room: Array.from(this.#nowhere) };
    for (const [index, session] of sessions.entries()) {
      whole.slot[session] = slot[index] ?? -1;
      whole.room[session] = room[index] ?? -1;
    }
    this.#witnesses.unshift(whole);
    if (this.#witnesses.length > REMEMBERED) this.#witnesses.pop();
    return { status: 'possible', timetable: whole };
  }
}

/** A timetable of the whole as one of a part. */
const of = ({ sessions }: Part, { slot, room }: Timetable): Timetable => ({
  slot: sessions.map((session) => slot[session] ?? -1),
  room: sessions.map((session) => room[session] ?? -1),
});

const keeps = (indexed: IndexedInstance, timetable: Timetable): boolean =>
  checkTimetable(indexed, timetable).values[0] === 0;

/** Whether a bound shows that what must hold cannot hold. */
export const isRefuted = (indexed: IndexedInstance): boolean =>
  cannotHold(
    indexed,
    indexed.rules.filter(({ level }) => level === 0),
  ) || (boundsOf(indexed)[0]?.value ?? 0) > 0;
