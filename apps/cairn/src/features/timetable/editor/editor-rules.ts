import { counted } from '@cairn/kernel/words';
import type { Place, Placement } from '../drafts/placement-rules.ts';
import type { Frame, Stretch } from '../frame/frame-rules.ts';
import { dayNames } from '../frame/frame-words-rules.ts';
import type { Session } from '../sessions/session-rules.ts';
import { expectedPeople, type TimetableFacts } from '../solving/facts-rules.ts';
import { type Board, boardOf, endOf, type Standing } from './board-rules.ts';

/** A session as the board shows it. */
export interface Card extends Standing {
  readonly title: string;
  readonly minutes: number;
  /** How many must be there. */
  readonly people: number;
  readonly isPinned: boolean;
  /** Somebody put it into free space: it is where it is. */
  readonly isOpen: boolean;
  /** What must hold and does not, about it, in sentences. */
  readonly conflicts: readonly string[];
}

/** A session that has no place in the draft. */
export interface Waiting
  extends Pick<Card, 'sessionId' | 'title' | 'minutes' | 'people' | 'conflicts'> {
  readonly needs: readonly string[];
  readonly isOptional: boolean;
}

/** What does not hold of a draft, as the board shows it. */
export interface Fault {
  readonly sentence: string;
  /** Those that it is about. */
  readonly sessions: readonly string[];
  readonly isHard: boolean;
}

export interface EditorBoard {
  readonly board: Board<Card>;
  readonly waiting: readonly Waiting[];
}

/** Everything of a draft in its place on the frame, and what has none. */
export function editorBoard(
  facts: TimetableFacts,
  placements: readonly Placement[],
  faults: readonly Fault[],
): EditorBoard {
  const { frame } = facts;
  const placed = new Map(placements.map((placement) => [placement.sessionId, placement]));
  const about = (id: string): string[] =>
    faults
      .filter(({ isHard, sessions }) => isHard && sessions.includes(id))
      .map(({ sentence }) => sentence);
  const cards = facts.sessions.flatMap((session): Card[] => {
    const place = placed.get(session.id);
    if (place === undefined) return [];
    return [
      {
        ...place,
        ends: endOf(place, session.minutes, frame.slotMinutes),
        title: session.title,
        minutes: session.minutes,
        people: expectedPeople(facts, session, place.date).people.length,
        isOpen: false,
        conflicts: about(session.id),
      },
    ];
  });
  const open = facts.open.map(
    (session): Card => ({
      ...session,
      sessionId: session.id,
      minutes: 0,
      people: session.people.length,
      isPinned: false,
      isOpen: true,
      conflicts: about(session.id),
    }),
  );
  return {
    board: boardOf(frame, [...cards, ...open]),
    waiting: facts.sessions
      .filter(({ id }) => !placed.has(id))
      .map((session) => ({
        sessionId: session.id,
        title: session.title,
        minutes: session.minutes,
        people: expectedPeople(facts, session).people.length,
        needs: session.needs,
        isOptional: session.isOptional,
        conflicts: about(session.id),
      })),
  };
}

/** Names of days, rooms and places of a frame, for sentences: `Monday 10:00–11:30, Studio`. */
export function wordsOf(frame: Pick<Frame, 'days' | 'rooms' | 'slotMinutes'>) {
  const day = dayNames(frame.days.map(({ date }) => date));
  const room = (id: string | null): string =>
    id === null
      ? 'no room yet'
      : (frame.rooms.find((each) => each.id === id)?.name ?? 'a room that is gone');
  const stretch = ({ date, starts, ends }: Stretch): string => `${day(date)} ${starts}–${ends}`;
  return {
    day,
    room,
    stretch,
    place: (place: Place, { minutes }: Pick<Session, 'minutes'>): string =>
      `${stretch({ ...place, ends: endOf(place, minutes, frame.slotMinutes) })}, ${room(place.roomId)}`,
  };
}

/** `4 people`, `nobody in particular`. */
export const peopleWords = (count: number): string =>
  count === 0 ? 'nobody in particular' : counted(count, 'person', 'people');
