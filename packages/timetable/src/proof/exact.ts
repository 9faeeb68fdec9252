import type { Highs } from 'highs';
import { checkTimetable } from '../sessions/checker.ts';
import type { IndexedInstance, IndexedRule } from '../sessions/index-instance.ts';
import { compareValues, type Timetable, type Values } from '../sessions/model.ts';
import { Assumed } from './assumed.ts';
import type { Bound } from './bound.ts';
import { boundsOf } from './bounds.ts';
import type { LinearLimits } from './linear-model.ts';
import { type Cost, costOfRule } from './rule-terms.ts';
import { isStructural, programRefusal, SessionProgram } from './session-program.ts';

export interface ExactOptions {
  /** A timetable to start from, and to be better than. */
  readonly from?: Timetable;
  /** For all levels together, by the solver’s own clock; 20 when left out. */
  readonly seconds?: number;
  /** For each level; with it and time enough the answer is the same on every machine. */
  readonly nodes?: number;
  /** Larger programs are refused; 400,000 when left out. */
  readonly entries?: number;
  /** Bounds for `from`, level by level, that need not be found again. */
  readonly known?: readonly Bound[];
}

export interface ExactResult {
  /**
   * `optimal`: no timetable is better than this one. `bounded`: the bounds are what is known.
   * `refused`: nothing was tried; `refusals` say why.
   */
  readonly status: 'optimal' | 'bounded' | 'refused';
  readonly timetable: Timetable | undefined;
  readonly values: Values | undefined;
  /** For each level that was looked at. */
  readonly bounds: readonly Bound[];
  readonly refusals: readonly string[];
}

const SECONDS = 20;
const ENTRIES = 400_000;

/**
 * Solves level by level with HiGHS: each as little as it can be while those before stay at what was
 * found. Whatever is found is judged by the checker; a level on which the two disagree counts as not
 * solved. What a program cannot say (rooms taken twice by sessions of several slots at a cost, rules
 * that name a session twice) is refused, and so is what is too large.
 */
export function solveExactly(
  indexed: IndexedInstance,
  highs: Highs,
  options: ExactOptions = {},
): ExactResult {
  const refusals = indexed.rules.map(programRefusal).filter((each) => each !== undefined);
  let best = options.from;
  let values = best && checkTimetable(indexed, best).values;
  const bounds: Bound[] = [];
  if (refusals.length > 0) {
    return { status: 'refused', timetable: best, values, bounds, refusals };
  }
  const seconds = (options.seconds ?? SECONDS) / Math.max(1, indexed.levels);
  const limits = { seconds, ...(options.nodes === undefined ? {} : { nodes: options.nodes }) };
  if (best === undefined) {
    // Whether what must hold can hold is an easier question than what it costs to break it.
    const kept = keepAll(indexed, highs, limits);
    if (kept.status === 'kept') {
      best = kept.timetable;
      values = checkTimetable(indexed, best).values;
    }
  }
  let status: ExactResult['status'] = 'optimal';
  for (let level = 0; level < indexed.levels; level++) {
    const before = values?.slice(0, level) ?? [];
    const known = isStill(options.known?.[level], before)
      ? options.known?.[level]
      : boundsOf(indexed, { within: before })[level];
    const assumes = before;
    if (known !== undefined && values !== undefined && known.value >= (values[level] ?? 0)) {
      bounds.push({ ...known, assumes });
      continue;
    }
    const entries = options.entries ?? ENTRIES;
    const found = solveLevel(indexed, highs, level, before, best, limits, entries);
    if ('refusal' in found) {
      return { status: 'refused', timetable: best, values, bounds, refusals: [found.refusal] };
    }
    const judged = found.timetable && checkTimetable(indexed, found.timetable).values;
    if (judged && (values === undefined || compareValues(judged, values) < 0)) {
      best = found.timetable;
      values = judged;
    }
    const value = Math.max(known?.value ?? 0, found.bound);
    const sentence = `Every other choice of places was ruled out below ${value} (branch and cut).`;
    bounds.push({ level, value, source: 'exact', sentence, assumes });
    if (values === undefined || value < (values[level] ?? 0)) {
      // What comes after this level would be asked of timetables that may not be the ones that count.
      status = 'bounded';
      if (values === undefined) break;
    }
  }
  return { status, timetable: best, values, bounds, refusals };
}

/** Whether a bound is about timetables that are at most this on the levels before. */
const isStill = (bound: Bound | undefined, before: Values): boolean =>
  bound?.assumes.every((most, level) => most === before[level]) === true;

function solveLevel(
  indexed: IndexedInstance,
  highs: Highs,
  level: number,
  before: Values,
  from: Timetable | undefined,
  limits: LinearLimits,
  entries: number,
): { bound: number; timetable: Timetable | undefined } | { refusal: string } {
  const isKept = ({ level: of, weight }: IndexedRule) => of < level && (before[of] ?? 0) < weight;
  const program = new SessionProgram(new Assumed(indexed, indexed.rules.filter(isKept)));
  for (const [earlier, most] of before.entries()) {
    const rules = indexed.rules.filter(
      (rule) => rule.level === earlier && !(isKept(rule) && isStructural(rule)),
    );
    if (rules.length === 0) continue;
    const cost = costOfRules(program, rules);
    if ('refusal' in cost) return cost;
    program.model.atMost(cost.terms, most - cost.constant);
  }
  const cost = costOfRules(
    program,
    indexed.rules.filter((rule) => rule.level === level),
  );
  if ('refusal' in cost) return cost;
  program.model.minimise(cost.terms, cost.constant);
  const { variables, entries: size } = program.model.size;
  if (size > entries) {
    const refusal = `${variables} variables and ${size} numbers are more than is worth trying.`;
    return { refusal };
  }
  const result = program.model.solve(highs, limits, from && program.start(from));
  // There is a timetable: a solver that sees none has lost it to rounding, and nothing is proven.
  const isLost = result.status === 'infeasible' || !Number.isFinite(result.bound);
  return {
    bound: isLost ? 0 : Math.ceil(result.bound - 1e-4),
    timetable: result.solution && program.timetable(result.solution),
  };
}

export type Kept =
  | { readonly status: 'kept'; readonly timetable: Timetable }
  | { readonly status: 'impossible' }
  | { readonly status: 'unknown' };

/** Whether there is a timetable that keeps all rules of level 0, and one if there is. */
export function keepAll(indexed: IndexedInstance, highs: Highs, limits: LinearLimits): Kept {
  const rules = indexed.rules.filter(({ level }) => level === 0);
  if (rules.some((rule) => programRefusal(rule) !== undefined)) return { status: 'unknown' };
  const program = new SessionProgram(new Assumed(indexed, rules));
  const cost = costOfRules(
    program,
    rules.filter((rule) => !isStructural(rule)),
  );
  if ('refusal' in cost) return { status: 'unknown' };
  program.model.atMost(cost.terms, -cost.constant);
  const { status, solution } = program.model.solve(highs, limits);
  if (status === 'infeasible') return { status: 'impossible' };
  if (solution === undefined) return { status: 'unknown' };
  const timetable = program.timetable(solution);
  const isKept = checkTimetable(indexed, timetable).values[0] === 0;
  return isKept ? { status: 'kept', timetable } : { status: 'unknown' };
}

/** The sum of what rules cost, or why it cannot be said. */
function costOfRules(
  program: SessionProgram,
  rules: readonly IndexedRule[],
): Cost | { readonly refusal: string } {
  let constant = 0;
  const terms: (readonly [number, number])[] = [];
  for (const rule of rules) {
    const cost = costOfRule(program, rule);
    if (cost === undefined) {
      const name = rule.rule.name ?? rule.kind;
      return { refusal: `What it costs to break “${name}” cannot be said in a linear program.` };
    }
    constant += cost.constant;
    terms.push(...cost.terms);
  }
  return { terms, constant };
}
