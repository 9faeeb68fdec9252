import type { Highs } from 'highs';
import { checkTimetable } from '../sessions/checker.ts';
import type { IndexedInstance } from '../sessions/index-instance.ts';
import type { Timetable } from '../sessions/model.ts';
import type { Bound, BoundSource } from './bound.ts';
import { boundsOf } from './bounds.ts';
import type { SlotEffort } from './slot-bound.ts';

/** What is known of a timetable: plain data, for a program to print or to keep. */
export interface Proof {
  readonly levels: readonly ProvenLevel[];
  /**
   * `optimal`: no timetable is better. `gap`: one may be, by as much as the levels say.
   * `infeasible`: what must hold cannot all hold; ask `whyInfeasible` for the reasons.
   */
  readonly verdict: 'optimal' | 'gap' | 'infeasible';
  readonly sentences: readonly string[];
}

export interface ProvenLevel {
  readonly level: number;
  readonly value: number;
  /** No timetable that is as good on the levels before has less. */
  readonly bound: number;
  readonly isOptimal: boolean;
  readonly source: BoundSource;
}

export interface ProofOptions {
  /** Loads HiGHS, for what the bounds leave open; without it only bounds are used. */
  readonly highs?: () => Promise<Highs>;
  /** How hard to try to bound what people get; a few seconds for a summit of 100 sessions when left out. */
  readonly effort?: SlotEffort;
}

const EFFORT: SlotEffort = { rounds: 600, patterns: 20_000 };

/** States what is proven of a timetable, level by level, in the order in which levels count. */
export async function proveTimetable(
  indexed: IndexedInstance,
  timetable: Timetable,
  { effort = EFFORT }: ProofOptions = {},
): Promise<Proof> {
  const { values } = checkTimetable(indexed, timetable);
  const bounds = boundsOf(indexed, { within: values, effort });
  const levels = bounds.map(({ level, value: bound, source }) => {
    const value = values[level] ?? 0;
    return { level, value, bound, isOptimal: bound >= value, source };
  });
  const isOptimal = levels.every((level) => level.isOptimal);
  const verdict = (bounds[0]?.value ?? 0) > 0 ? 'infeasible' : isOptimal ? 'optimal' : 'gap';
  return { levels, verdict, sentences: bounds.map((bound) => sentenceOf(indexed, bound, values)) };
}

function sentenceOf(
  { instance }: IndexedInstance,
  { level, value: bound, sentence }: Bound,
  values: readonly number[],
): string {
  const value = values[level] ?? 0;
  const name = instance.levels?.[level] ?? `level ${level}`;
  if (value === 0) return `${name}: 0, and nothing is below that.`;
  if (bound >= value) return `${name}: ${value}, and nobody can have less. ${sentence}`;
  return `${name}: ${value}, and nobody can have less than ${bound}. ${sentence}`;
}
