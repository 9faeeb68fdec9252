import { counted, listed } from '@cairn/kernel/words';
import type { IndexedInstance } from '../sessions/index-instance.ts';
import type { Timetable } from '../sessions/model.ts';
import { type Names, namesOf, placeInWords, placeOf } from './names.ts';
import { fewOf } from './words.ts';

/** What changes from one timetable to another, session by session and person by person. */
export interface Difference {
  /** Sessions that are elsewhere; slot and room are -1 for nowhere. */
  readonly sessions: readonly SessionDifference[];
  /** Those whose day changes: who loses most first, who gains most last. */
  readonly people: readonly PersonDifference[];
}

export interface SessionDifference {
  readonly session: number;
  readonly from: { readonly slot: number; readonly room: number };
  readonly to: { readonly slot: number; readonly room: number };
}

export interface PersonDifference {
  readonly person: number;
  /** How many points of interest they lose; below 0 if they gain. */
  readonly loss: number;
  /** Sessions that they get to in the first timetable only, and in the second only. */
  readonly loses: readonly number[];
  readonly gains: readonly number[];
  /** Sessions at which they must be, and that are in another slot or room. */
  readonly mustMove: readonly number[];
}

/** Compares two timetables of one instance. */
export function differenceOf(
  indexed: IndexedInstance,
  one: Timetable,
  other: Timetable,
): Difference {
  const sessions = [...indexed.sessions.keys()].flatMap((session): SessionDifference[] => {
    const from = placeOf(indexed, one, session);
    const to = placeOf(indexed, other, session);
    return from.slot === to.slot && from.room === to.room ? [] : [{ session, from, to }];
  });
  const moved = new Set(sessions.map(({ session }) => session));
  const people = [...indexed.people.keys()].flatMap((person): PersonDifference[] => {
    const { bound = [] } = indexed.people[person] ?? {};
    const before = dayOfPerson(indexed, one, person);
    const after = dayOfPerson(indexed, other, person);
    const loss = before.points - after.points;
    const mustMove = bound.filter((session) => moved.has(session));
    if (loss === 0 && mustMove.length === 0) return [];
    const loses = [...before.sessions].filter((session) => !after.sessions.has(session));
    const gains = [...after.sessions].filter((session) => !before.sessions.has(session));
    return [{ person, loss, loses, gains, mustMove }];
  });
  people.sort((first, second) => second.loss - first.loss || first.person - second.person);
  return { sessions, people };
}

/** What somebody gets to: their best session in each slot, as `interestOf` counts it. */
export function dayOfPerson(
  { people, sessions, slots }: IndexedInstance,
  timetable: Timetable,
  number: number,
): { readonly sessions: ReadonlySet<number>; readonly points: number } {
  const person = people[number];
  const got = new Set<number>();
  if (person === undefined) return { sessions: got, points: 0 };
  const bound = new Set(person.bound);
  const best = new Map<number, number>();
  const interestIn = (session: number | undefined) => person.interest.get(session ?? -1) ?? 0;
  const candidates = [...new Set([...person.bound, ...person.interest.keys()])];
  for (const session of candidates.sort((one, other) => one - other)) {
    const each = sessions[session];
    const slot = timetable.slot[session] ?? -1;
    if (each === undefined || slot < 0) continue;
    if (each.takesRoom && (timetable.room[session] ?? -1) < 0) continue;
    for (let at = slot; at < Math.min(slots.length, slot + each.length); at++) {
      if (person.away.has(at)) continue;
      const held = best.get(at);
      const isBound = bound.has(session);
      const wasBound = held !== undefined && bound.has(held);
      // Who must be somewhere has no choice.
      if (isBound !== wasBound ? isBound : interestIn(session) > interestIn(held)) {
        best.set(at, session);
      }
    }
  }
  let points = 0;
  for (const session of best.values()) {
    points += interestIn(session);
    if (interestIn(session) > 0) got.add(session);
  }
  return { sessions: got, points };
}

/** Most people of whom a difference is told one by one. */
const MOST_TOLD = 3;

/**
 * The difference in sentences: what moves, who loses what and that nobody loses more, how many lose
 * and gain in all.
 */
export function differenceInSentences(
  indexed: IndexedInstance,
  { sessions, people }: Difference,
  names: Names = namesOf(indexed),
): string[] {
  const moves = sessions.map(({ session, from, to }) =>
    from.slot < 0
      ? `${names.session(session)} gets a place: ${placeInWords(names, to)}.`
      : `${names.session(session)} moves from ${placeInWords(names, from)} to ${placeInWords(names, to)}.`,
  );
  const losing = people.filter(({ loss }) => loss > 0);
  const gaining = people.filter(({ loss }) => loss < 0);
  const told = losing.slice(0, MOST_TOLD).map((each, at) => {
    const isLast = at === Math.min(losing.length, MOST_TOLD) - 1;
    const sentence = `${names.person(each.person)} loses ${whatIn(each.loses, names)}${counted(each.loss, 'point')} of interest`;
    if (at === 0 && isLast) return `${sentence}; nobody else loses anything.`;
    return at === 0 ? `${sentence}; nobody loses more.` : `${sentence}.`;
  });
  const rest = losing.length - told.length;
  return [
    ...moves,
    ...told,
    ...(rest > 0
      ? [
          `${counted(rest, 'other person', 'other people')} ${rest === 1 ? 'loses' : 'lose'} something.`,
        ]
      : []),
    ...(sessions.length > 0 && losing.length === 0 ? ['Nobody loses anything.'] : []),
    ...(gaining.length > 0
      ? [
          `${fewOf(gaining.map(({ person }) => names.person(person)).reverse())} ${gaining.length === 1 ? 'gains' : 'gain'} something.`,
        ]
      : []),
  ];
}

const whatIn = (sessions: readonly number[], names: Names): string =>
  sessions.length === 0 ? '' : `${listed(sessions.map(names.session))}, `;
