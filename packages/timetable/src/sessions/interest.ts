import type { Break } from './break.ts';
import type { IndexedPerson } from './index-instance.ts';
import type { Placed } from './placed.ts';

/**
 * What somebody would have if they could be everywhere (`all`: each interest, times the slots that
 * the session takes), and what they get: in each slot in which they are there, their interest in the
 * best of the sessions at which they must be, if any runs, else in the best of all that run.
 */
export function interestOf(person: IndexedPerson, placed: Placed): { all: number; got: number } {
  const all = [...person.interest]
    .map(([number, weight]) => weight * (placed.indexed.sessions[number]?.length ?? 0))
    .reduce((sum, value) => sum + value, 0);
  let got = 0;
  for (const slot of placed.indexed.slots.keys()) {
    if (person.away.has(slot)) continue;
    const running = placed.in(slot).map(({ number }) => number);
    const bound = running.filter((number) => person.bound.includes(number));
    const choice = bound.length > 0 ? bound : running;
    got += Math.max(0, ...choice.map((number) => person.interest.get(number) ?? 0));
  }
  return { all, got };
}

/** What each person loses of their interest. */
export function interestBreaks(placed: Placed): readonly Break[] {
  return placed.indexed.people
    .map((person, number) => {
      const { all, got } = interestOf(person, placed);
      return { cost: all - got, sessions: [], people: [number] };
    })
    .filter(({ cost }) => cost > 0);
}

/** The most that anybody loses, in thousandths of all that interests them, rounded down. */
export function worstOffBreaks(placed: Placed): readonly Break[] {
  const losses = placed.indexed.people.map((person) => {
    const { all, got } = interestOf(person, placed);
    return all === 0 ? 0 : Math.floor((1000 * (all - got)) / all);
  });
  const cost = Math.max(0, ...losses);
  const people = [...losses.keys()].filter((number) => losses[number] === cost);
  return cost > 0 ? [{ cost, sessions: [], people }] : [];
}
