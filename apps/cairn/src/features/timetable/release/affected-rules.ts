import type { Placement } from '../drafts/placement-rules.ts';
import type { PlacementBreak } from '../solving/check-rules.ts';
import type { TimetableContent } from './content-schema.ts';

/**
 * What must hold and does not, as keys by which it is known again: the rule, and whom it is about. What
 * is about open space is left out: whoever put it there did not know, so it is marked as affected.
 */
export function brokenKeys(
  breaks: readonly PlacementBreak[],
  open: readonly { readonly id: string }[],
): string[] {
  const isOpen = new Set(open.map(({ id }) => id));
  return breaks
    .filter(({ isHard, sessions }) => isHard && !sessions.some((id) => isOpen.has(id)))
    .map(keyOf);
}

const keyOf = ({ rule, sessions, people }: PlacementBreak): string =>
  [rule, sessions.toSorted().join(), people.toSorted().join()].join('|');

/**
 * Of what is broken now, what was not when the timetable was released: a change since then did it.
 * Only of sessions that the timetable has; that another one has no place is no break of it.
 */
export function brokenSince(
  { sessions, broken = [] }: Pick<TimetableContent, 'sessions' | 'broken'>,
  breaks: readonly PlacementBreak[],
  open: readonly { readonly id: string }[],
): PlacementBreak[] {
  const known = new Set(broken);
  const shown = new Set([...sessions, ...open].map(({ id }) => id));
  return breaks.filter(
    (each) =>
      each.isHard &&
      !known.has(keyOf(each)) &&
      each.sessions.length > 0 &&
      each.sessions.every((id) => shown.has(id)),
  );
}

/** What a change did to the timetable that holds. */
export type Affected = Pick<PlacementBreak, 'sentence' | 'sessions' | 'people'>;

/** The sessions of a timetable that were removed since it was released. */
export function removedSince(
  { sessions }: Pick<TimetableContent, 'sessions'>,
  still: readonly { readonly id: string }[],
): Affected[] {
  const ids = new Set(still.map(({ id }) => id));
  return sessions
    .filter(({ id }) => !ids.has(id))
    .map(({ id, title, people }) => ({
      sentence: `“${title}” was removed; release a version without it.`,
      sessions: [id],
      people,
    }));
}

/** Where a release put its sessions, as a draft would say it. */
export const placementsIn = ({ sessions }: Pick<TimetableContent, 'sessions'>): Placement[] =>
  sessions.map(({ id, date, starts, roomId }) => ({
    sessionId: id,
    ...{ date, starts, roomId },
    isPinned: false,
  }));
