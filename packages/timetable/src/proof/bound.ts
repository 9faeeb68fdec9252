import type { IndexedInstance, IndexedRule } from '../sessions/index-instance.ts';
import type { Values } from '../sessions/model.ts';

/**
 * What no timetable can go below on one level, among those that are at most `assumes` on the levels
 * before it. With `assumes` infinite it holds for every timetable.
 */
export interface Bound {
  readonly level: number;
  /** In the units of `Values`: less is better. Infinite where there is no such timetable at all. */
  readonly value: number;
  readonly source: BoundSource;
  /** Why, in plain words. */
  readonly sentence: string;
  readonly assumes: Values;
}

/** The argument behind a bound. */
export type BoundSource =
  | 'none'
  | 'places'
  | 'pigeonhole'
  | 'days'
  | 'counting'
  | 'people'
  | 'slots'
  | 'exact';

/** A bound on what some rules of a level cost together, whatever the other rules cost. */
export interface Share {
  readonly rules: readonly IndexedRule[];
  readonly value: number;
  readonly source: BoundSource;
  readonly sentence: string;
}

/** Sums of fractions that should be whole: the whole number that they cannot be below. */
export const wholeAtLeast = (value: number): number => Math.ceil(value - 1e-6);

export const titleOf = (indexed: IndexedInstance, session: number): string => {
  const { title, key = `${session}` } = indexed.sessions[session]?.session ?? {};
  return `“${title ?? key}”`;
};

export const nameOf = (indexed: IndexedInstance, person: number): string => {
  const { name, key = `${person}` } = indexed.people[person]?.person ?? {};
  return name ?? key;
};

/** `“A”, “B” and 3 others`, at most so many by name. */
export function titles(indexed: IndexedInstance, sessions: readonly number[], most = 4): string {
  const named = sessions.slice(0, sessions.length > most ? most - 1 : most);
  const rest = sessions.length - named.length;
  const words = named.map((session) => titleOf(indexed, session));
  if (rest > 0) words.push(`${rest} others`);
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}
