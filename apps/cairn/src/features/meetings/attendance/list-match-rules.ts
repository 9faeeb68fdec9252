import {
  type Directory,
  findPerson,
  folded,
  type KnownPerson,
  plainHandle,
} from '../../people/promises/evidence-people-rules.ts';
import { togetherMinutes } from './stay-rules.ts';
import type { ListRow } from './video-list-rules.ts';

/** Somebody in a list, with all their rows. */
export interface Attendee {
  /** Names them within the meeting: their address, else their handle, else their name without accents. */
  readonly who: string;
  readonly name: string;
  readonly email: string;
  readonly github: string;
  /** Rounded down; undefined when the list does not say. */
  readonly minutes: number | undefined;
}

/** An attendee who is somebody of the summit. */
export interface MatchedAttendee {
  readonly person: KnownPerson;
  readonly foundBy: 'email' | 'github' | 'name' | 'picked';
  readonly minutes: number | undefined;
  /** Under which names the list has them. */
  readonly attendees: readonly Attendee[];
}

/** An attendee of whom nobody can say who it is. */
export interface OpenAttendee extends Attendee {
  readonly candidates: readonly KnownPerson[];
}

/** A list, brought together with the people of a summit. */
export interface MatchedList {
  readonly matched: readonly MatchedAttendee[];
  readonly tooShort: readonly MatchedAttendee[];
  /** Several people may be meant. */
  readonly doubtful: readonly OpenAttendee[];
  /** Nobody here is called anything like it. */
  readonly unmatched: readonly OpenAttendee[];
}

/**
 * Brings a list together with the people of a summit. Rows of one attendee are added up, and those of
 * one person under several names too. `picks` says who a doubtful attendee is, by `who`.
 */
export function matchList(
  rows: readonly ListRow[],
  directory: Directory,
  leastMinutes: number,
  picks: ReadonlyMap<string, KnownPerson> = new Map(),
): MatchedList {
  const found = new Map<
    string,
    { by: MatchedAttendee['foundBy']; person: KnownPerson; rows: ListRow[]; attendees: Attendee[] }
  >();
  const doubtful: OpenAttendee[] = [];
  const unmatched: OpenAttendee[] = [];
  for (const [who, own] of grouped(rows)) {
    const attendee = attendeeOf(who, own);
    const match = findPerson(
      {
        name: attendee.name,
        email: attendee.email || undefined,
        github: attendee.github || undefined,
      },
      directory,
    );
    const picked = picks.get(who);
    if (match.ok || picked !== undefined) {
      const person = match.ok ? match.person : (picked as KnownPerson);
      const by = match.ok ? match.foundBy : 'picked';
      const known = found.get(person.personId) ?? { by, person, rows: [], attendees: [] };
      known.rows.push(...own);
      known.attendees.push(attendee);
      found.set(person.personId, known);
    } else if (match.candidates.length > 0) {
      doubtful.push({ ...attendee, candidates: match.candidates });
    } else unmatched.push({ ...attendee, candidates: [] });
  }
  const people = [...found.values()].map(
    ({ by, person, rows: own, attendees }): MatchedAttendee => ({
      person,
      foundBy: by,
      minutes: whole(togetherMinutes(own)),
      attendees,
    }),
  );
  const isShort = ({ minutes, foundBy }: MatchedAttendee): boolean =>
    minutes !== undefined && minutes < leastMinutes && foundBy !== 'picked';
  return {
    matched: people.filter((person) => !isShort(person)),
    tooShort: people.filter(isShort),
    doubtful,
    unmatched,
  };
}

function grouped(rows: readonly ListRow[]): Map<string, ListRow[]> {
  const groups = new Map<string, ListRow[]>();
  for (const row of rows) {
    const who = whoOf(row);
    const group = groups.get(who);
    if (group === undefined) groups.set(who, [row]);
    else group.push(row);
  }
  return groups;
}

const whoOf = ({ email, github, name }: ListRow): string =>
  (email ?? (github === undefined ? folded(name ?? '') : plainHandle(github))).toLowerCase();

const attendeeOf = (who: string, rows: readonly ListRow[]): Attendee => ({
  who,
  name: rows.find(({ name }) => name !== undefined)?.name ?? '',
  email: rows.find(({ email }) => email !== undefined)?.email ?? '',
  github: rows.find(({ github }) => github !== undefined)?.github ?? '',
  minutes: whole(togetherMinutes(rows)),
});

const whole = (minutes: number | undefined): number | undefined =>
  minutes === undefined ? undefined : Math.floor(minutes);

/** So many minutes somebody must have stayed for a share of a meeting, in hundredths. */
export const leastMinutes = (minutes: number, share: number): number =>
  Math.ceil((minutes * share) / 100);
