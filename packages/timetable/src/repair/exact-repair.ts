import type { Highs } from 'highs';
import { solveExactly } from '../proof/exact.ts';
import type { ExactRepair } from './repair.ts';

/**
 * The fewest moves by branch and cut with HiGHS, for where the own search takes too long. `seconds`
 * are of its own clock: what it proves is true on every machine, how far it gets is not.
 */
export const exactRepair =
  (highs: Highs, seconds: number): ExactRepair =>
  async (anchored, from) => {
    const indexed = {
      ...anchored,
      rules: anchored.rules.filter(({ level }) => level <= 1),
      levels: 2,
    };
    const { values, timetable, bounds } = solveExactly(indexed, highs, { from, seconds });
    const [hard, moves] = [0, 1].map((level) => bounds.find((bound) => bound.level === level));
    if (hard !== undefined && hard.value > 0) return { atLeast: Number.POSITIVE_INFINITY };
    const holds = values?.[0] === 0;
    // A bound that takes broken rules for granted says nothing of timetables that keep them.
    const isAbout = moves?.assumes[0] === 0;
    return {
      ...(holds && timetable !== undefined ? { timetable } : {}),
      atLeast: isAbout ? (moves?.value ?? 0) : 0,
    };
  };
