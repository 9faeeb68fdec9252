import { dayNames } from '../frame/frame-words-rules.ts';
import type { TimetableFacts } from '../solving/facts-rules.ts';
import { expectedPeople } from '../solving/facts-rules.ts';
import { isSamePlace, type Place, type Placement } from './placement-rules.ts';
import { type Consequences, changesBetween } from './places-rules.ts';

/** A session that is elsewhere in another timetable. */
export interface MovedSession {
  readonly sessionId: string;
  readonly title: string;
  /** In words; null for nowhere. */
  readonly from: string | null;
  readonly to: string | null;
  /** Names of those who must be there. */
  readonly people: readonly string[];
}

export interface Comparison extends Consequences {
  readonly moved: readonly MovedSession[];
  /** How many different people must be at a session that is elsewhere. */
  readonly peopleMoved: number;
}

/** What is different from one timetable to another, session by session and person by person. */
export function comparisonOf(
  facts: TimetableFacts,
  before: readonly Placement[],
  after: readonly Placement[],
): Comparison {
  const words = placeWords(facts);
  const names = new Map(facts.people.map(({ id, name }) => [id, name]));
  const at = (placements: readonly Placement[], id: string): Placement | null =>
    placements.find(({ sessionId }) => sessionId === id) ?? null;
  const people = new Set<string>();
  const moved = facts.sessions.flatMap((session): MovedSession[] => {
    const [from, to] = [at(before, session.id), at(after, session.id)];
    if (isSamePlace(from, to)) return [];
    const expected = expectedPeople(facts, session, (to ?? from)?.date).people;
    if (from !== null) for (const person of expected) people.add(person);
    return [
      {
        sessionId: session.id,
        title: session.title,
        from: from && words(from),
        to: to && words(to),
        people: expected.flatMap((person) => names.get(person) ?? []),
      },
    ];
  });
  return { moved, peopleMoved: people.size, ...changesBetween(facts, before, after) };
}

/** How places are told in one timetable: `Monday 09:00, Hall`. */
export function placeWords({ frame }: Pick<TimetableFacts, 'frame'>): (place: Place) => string {
  const day = dayNames(frame.days.map(({ date }) => date));
  const rooms = new Map(frame.rooms.map(({ id, name }) => [id, name]));
  return ({ date, starts, roomId }) =>
    `${day(date)} ${starts}${roomId === null ? '' : `, ${rooms.get(roomId) ?? 'a room that is gone'}`}`;
}
