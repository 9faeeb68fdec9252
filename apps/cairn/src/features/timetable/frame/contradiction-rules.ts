import type { Presence } from '../presence/presence-rules.ts';
import type { PlacedSession } from '../release/content-schema.ts';
import type { Session, SessionRule } from '../sessions/session-rules.ts';
import type { Frame } from './frame-rules.ts';

/** Something that cannot be, or that nobody can have meant. */
export interface Contradiction {
  readonly code: string;
  readonly sentence: string;
  /** Where it is mended: an address below `/organise/timetable`. */
  readonly at: string;
  /** The blocks, rooms, sessions, rules, days and people that it is about. */
  readonly about: readonly string[];
}

/** A group as far as contradictions go. */
export interface KnownGroup {
  readonly title: string;
  readonly people: readonly string[];
  readonly leads: readonly string[];
}

/** What contradictions are looked for in. */
export interface ContradictionFacts {
  readonly frame: Frame;
  /** First and last day of the definition. */
  readonly dates: { readonly start: string; readonly end: string };
  /** The names of those who come, by id. */
  readonly people: ReadonlyMap<string, string>;
  /** The names of those who do not come and are named in sessions all the same. */
  readonly others: ReadonlyMap<string, string>;
  readonly presence: ReadonlyMap<string, Presence>;
  readonly sessions: readonly Session[];
  readonly rules: readonly SessionRule[];
  /** The groups of the week, by key. */
  readonly groups: ReadonlyMap<string, KnownGroup>;
  /** What is released, for forms: what a change would do to it is said before it is made. */
  readonly released?: readonly PlacedSession[];
}

/** What somebody is called in a sentence. */
export const nameOf = ({ people, others }: ContradictionFacts, id: string): string =>
  people.get(id) ?? others.get(id) ?? 'somebody';
