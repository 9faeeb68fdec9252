import type { Place, Placement } from '../drafts/placement-rules.ts';
import {
  type Consequences,
  changesBetween,
  consequencesOf,
  type PossiblePlace,
} from '../drafts/places-rules.ts';
import type { Session } from '../sessions/session-rules.ts';
import type { TimetableFacts } from '../solving/facts-rules.ts';

/** What a place would mean: its state, why, and everything that follows. */
export interface Asked {
  readonly place: PossiblePlace;
  readonly consequences: Consequences;
  /** The one session that stands there now and could change places with it, and what that would mean. */
  readonly swap: { readonly session: Session; readonly consequences: Consequences } | undefined;
}

/** Says what it would mean to put a session somewhere, and to let it change places with what is there. */
export function askedOf(
  facts: TimetableFacts,
  placements: readonly Placement[],
  session: Session,
  place: PossiblePlace,
): Asked {
  const { date, starts, roomId } = place;
  const to: Place = { date, starts, roomId };
  return {
    place,
    consequences: consequencesOf(facts, placements, session.id, to),
    swap: swapAt(facts, placements, session, to),
  };
}

function swapAt(
  facts: TimetableFacts,
  placements: readonly Placement[],
  session: Session,
  to: Place,
): Asked['swap'] {
  const own = placements.find(({ sessionId }) => sessionId === session.id);
  const there = placements.filter(
    (each) =>
      each.sessionId !== session.id &&
      each.date === to.date &&
      each.starts === to.starts &&
      each.roomId === to.roomId,
  );
  const [one] = there;
  const other = facts.sessions.find(({ id }) => id === one?.sessionId);
  if (own === undefined || one === undefined || other === undefined || there.length > 1) {
    return undefined;
  }
  const after = placements.map((each) => {
    if (each === own) return { ...own, ...to };
    if (each === one) return { ...one, date: own.date, starts: own.starts, roomId: own.roomId };
    return each;
  });
  return { session: other, consequences: changesBetween(facts, placements, after) };
}
