import type { IndexedPerson } from '../sessions/index-instance.ts';
import type { Terms } from './linear-model.ts';
import type { SessionProgram } from './session-program.ts';

/** What somebody has in all, and variables that add up to what they get. */
interface Got {
  readonly all: number;
  readonly terms: Terms;
}

/**
 * For each slot and each value that a session may have for a person a variable that is 1 only if
 * one of at least that value runs, and only if none runs at which they must be and which is worth
 * less (unless another at which they must be is worth as much). Together they are at most what
 * `interestOf` says, and as much when a program wants them to be.
 */
function gotOf(program: SessionProgram, { interest, away, bound }: IndexedPerson): Got {
  const { model, indexed } = program;
  const values = [...new Set(interest.values())].sort((one, other) => one - other);
  const must = new Set(bound);
  let all = 0;
  for (const [session, weight] of interest)
    all += weight * (indexed.sessions[session]?.length ?? 0);
  const terms = indexed.slots.flatMap((_, slot): Terms => {
    if (away.has(slot)) return [];
    const running = [...interest].map(([session, weight]) => ({
      weight,
      isMust: must.has(session),
      terms: program.covers(session, slot),
    }));
    return values.flatMap((value, index): Terms => {
      const enough = running.filter(({ weight }) => weight >= value);
      const some = enough.flatMap((each) => each.terms);
      if (some.length === 0) return [];
      const has = model.variable(1, false);
      model.atMost([[has, 1], ...negative(some)], 0);
      const instead = enough.filter(({ isMust }) => isMust).flatMap((each) => each.terms);
      for (const session of bound) {
        if ((interest.get(session) ?? 0) >= value) continue;
        const there = program.covers(session, slot);
        if (there.length > 0) model.atMost([[has, 1], ...there, ...negative(instead)], 1);
      }
      return [[has, value - (values[index - 1] ?? 0)]];
    });
  });
  return { all, terms };
}

const negative = (terms: Terms): Terms =>
  terms.map(([variable, times]) => [variable, -times] as const);

/** What all people lose. */
export function interestTerms(program: SessionProgram): Terms {
  const { model, indexed } = program;
  return indexed.people.map((person): [number, number] => {
    const { all, terms } = gotOf(program, person);
    const lost = model.variable(Number.POSITIVE_INFINITY, false);
    model.atLeast([[lost, 1], ...terms], all);
    return [lost, 1];
  });
}

/** The most that anybody loses in whole thousandths, rounded down. */
export function worstOffTerms(program: SessionProgram): Terms {
  const { model, indexed } = program;
  const worst = model.variable(1000, true);
  for (const person of indexed.people) {
    const { all, terms } = gotOf(program, person);
    // ⌊1000·lost/all⌋ ≤ worst is the same as 1000·lost ≤ all·worst + all − 1.
    if (all === 0) continue;
    const got = terms.map(([variable, times]) => [variable, 1000 * times] as const);
    model.atLeast([[worst, all], ...got], 999 * all + 1);
  }
  return [[worst, 1]];
}
