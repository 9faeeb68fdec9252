import type { Highs } from 'highs';
import { namesOf } from '../explain/names.ts';
import { checkTimetable } from '../sessions/checker.ts';
import type { IndexedInstance } from '../sessions/index-instance.ts';
import { compareValues, type Timetable, type Values } from '../sessions/model.ts';
import { type Bound, type BoundSource, wholeAtLeast } from './bound.ts';
import { type LevelBound, levelBounds } from './bounds.ts';
import { solveExactly } from './exact.ts';
import { packPeople } from './people-bound.ts';
import type { SlotEffort } from './slot-bound.ts';
import { refineSlots } from './slot-program.ts';

/** What is known of a timetable: plain data, for a program to print or to keep. */
export interface Proof {
  readonly levels: readonly ProvenLevel[];
  /**
   * `optimal`: no timetable is better. `gap`: one may be, by as much as the levels say.
   * `infeasible`: what must hold cannot all hold; ask `whyInfeasible` for the reasons.
   */
  readonly verdict: 'optimal' | 'gap' | 'infeasible';
  readonly sentences: readonly string[];
  /** A timetable that is better, if the proof came upon one: then prove that one. */
  readonly better?: { readonly timetable: Timetable; readonly values: Values };
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
  /** For HiGHS, by its own clock; 10 when left out. */
  readonly seconds?: number;
}

const EFFORT: SlotEffort = { rounds: 600, patterns: 20_000 };
const SECONDS = 10;
/** Programs beyond this take minutes and say less than the bounds do. */
const ENTRIES = 120_000;

/** States what is proven of a timetable, level by level, in the order in which levels count. */
export async function proveTimetable(
  indexed: IndexedInstance,
  timetable: Timetable,
  { highs, effort = EFFORT, seconds = SECONDS }: ProofOptions = {},
): Promise<Proof> {
  const { values } = checkTimetable(indexed, timetable);
  const found = levelBounds(indexed, { within: values, effort });
  const bounds = found.map(({ bound }) => bound);
  const isOpen = () => bounds.some(({ level, value }) => value < (values[level] ?? 0));
  if (!isOpen() || highs === undefined) return statement(indexed, values, bounds);
  const solver = await highs();
  // Chosen sets that give more than is known and yet make no timetable: of long sessions each slot's
  // part is chosen by itself, and its rooms may not fit together.
  const undone = new Set<number>();
  for (const [level, each] of found.entries()) {
    const refined = refinedLevel(each, values[level] ?? 0, solver, seconds);
    if (refined === undefined) continue;
    bounds[level] = refined.bound;
    const better = betterThan(indexed, values, refined.timetable);
    if (better !== undefined) return { ...statement(indexed, values, bounds), better };
    if (refined.timetable !== undefined) undone.add(level);
  }
  // What slots leave open a program of single sessions does not close, unless they left no timetable.
  const isOther = bounds.some(
    ({ level, value }) =>
      value < (values[level] ?? 0) && (found[level]?.slots === undefined || undone.has(level)),
  );
  if (!isOther) return statement(indexed, values, bounds);
  const limits = { seconds, entries: ENTRIES };
  const exact = solveExactly(indexed, solver, { ...limits, from: timetable, known: bounds });
  const better = betterThan(indexed, values, exact.timetable);
  if (better !== undefined) return { ...statement(indexed, values, bounds), better };
  const strongest = bounds.map((bound, level) => {
    const other = exact.bounds[level];
    return other !== undefined && other.value > bound.value ? other : bound;
  });
  return statement(indexed, values, strongest);
}

/** A level of nothing but interest, closed or bounded by choosing among all good sets for slots. */
function refinedLevel(
  { bound, assumed, slots }: LevelBound,
  value: number,
  highs: Highs,
  seconds: number,
): { bound: Bound; timetable: Timetable | undefined } | undefined {
  const { indexed } = assumed;
  const [rule, ...others] = indexed.rules.filter(({ level }) => level === bound.level);
  if (slots === undefined || rule?.kind !== 'interest' || others.length > 0) return undefined;
  if (bound.value >= value) return undefined;
  const all = packPeople(assumed).all.reduce((sum, each) => sum + each, 0);
  const reached = all - value / rule.weight;
  const refined = refineSlots(assumed, slots, reached, highs, { seconds });
  if (refined === undefined) return undefined;
  const least = wholeAtLeast(all - refined.most) * rule.weight;
  const sentence = 'Of all sets of sessions that are good enough for a slot no choice gives more.';
  if (least <= bound.value) return { bound, timetable: refined.timetable };
  return {
    bound: { ...bound, value: least, source: 'exact', sentence },
    timetable: refined.timetable,
  };
}

function betterThan(
  indexed: IndexedInstance,
  values: Values,
  timetable: Timetable | undefined,
): Proof['better'] {
  if (timetable === undefined) return undefined;
  const judged = checkTimetable(indexed, timetable).values;
  return compareValues(judged, values) < 0 ? { timetable, values: judged } : undefined;
}

function statement(indexed: IndexedInstance, values: Values, bounds: readonly Bound[]): Proof {
  const levels = bounds.map(({ level, value: bound, source }) => {
    const value = values[level] ?? 0;
    return { level, value, bound, isOptimal: bound >= value, source };
  });
  const isOptimal = levels.every((level) => level.isOptimal);
  const isInfeasible = (bounds[0]?.value ?? 0) > 0;
  const sentences = bounds.map((bound) => sentenceOf(indexed, bound, values));
  if (isInfeasible) sentences.unshift('What must hold cannot all hold.');
  else if (isOptimal) sentences.unshift('No timetable is better than this one.');
  const verdict = isInfeasible ? 'infeasible' : isOptimal ? 'optimal' : 'gap';
  return { levels, verdict, sentences };
}

function sentenceOf(
  indexed: IndexedInstance,
  { level, value: bound, sentence }: Bound,
  values: readonly number[],
): string {
  const value = values[level] ?? 0;
  const name = namesOf(indexed).level(level);
  if (value === 0) return `${name}: 0, and nothing is below that.`;
  if (bound >= value) return `${name}: ${value}, and nobody can have less. ${sentence}`;
  return `${name}: ${value}, and nobody can have less than ${bound}. ${sentence}`;
}
