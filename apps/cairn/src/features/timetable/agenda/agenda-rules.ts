import { overlaps } from '../frame/frame-rules.ts';
import type { PlacedSession } from '../release/content-schema.ts';

/** Why a session is in somebody's agenda. The first that holds is told. */
export type Why = 'lead' | 'group' | 'needed' | 'everybody' | 'marked';

/** What is known of a person beside the timetable. */
export interface AgendaFacts {
  readonly personId: string;
  /** The key of their group on a day; `null` where groups hold that day and they are in none. */
  readonly groupOn: (date: string) => string | null | undefined;
  /** Sessions in which they are needed whatever their group is. */
  readonly neededIn: ReadonlySet<string>;
  /** What they marked: that they go, or do not. */
  readonly marks: ReadonlyMap<string, boolean>;
}

/** A session of somebody's agenda. */
export interface AgendaEntry {
  readonly session: PlacedSession;
  readonly why: Why;
  /** False where they are expected and said that they do not go. */
  readonly goes: boolean;
  /** Others of the agenda at the same time, by id, where they go to this one. */
  readonly clashes: readonly string[];
}

/**
 * Why a session would be in somebody's agenda if they said nothing of it; undefined where it would not.
 * A release says who was expected when it was made; who changed groups since then is expected where their
 * group is now.
 */
export function expectedIn(
  session: PlacedSession,
  { personId, groupOn, neededIn }: Pick<AgendaFacts, 'personId' | 'groupOn' | 'neededIn'>,
): Exclude<Why, 'marked'> | undefined {
  if (session.leads.includes(personId)) return 'lead';
  const own = session.groupKey === null ? undefined : groupOn(session.date);
  if (own !== undefined && own === session.groupKey) return 'group';
  const isOfOther = own !== undefined && !neededIn.has(session.id);
  if (session.people.includes(personId) && !isOfOther) {
    return own === undefined && session.groupKey !== null ? 'group' : 'needed';
  }
  return session.kind === 'plenary' ? 'everybody' : undefined;
}

/** Somebody's agenda: where they are expected, and what they marked, in the order of the sessions. */
export function agendaOf(sessions: readonly PlacedSession[], facts: AgendaFacts): AgendaEntry[] {
  const entries = sessions.flatMap((session) => {
    const expected = expectedIn(session, facts);
    const mark = facts.marks.get(session.id);
    if (expected === undefined && mark !== true) return [];
    return [{ session, why: expected ?? ('marked' as const), goes: mark ?? true }];
  });
  const going = entries.filter(({ goes }) => goes).map(({ session }) => session);
  return entries.map((entry) => ({
    ...entry,
    clashes: entry.goes
      ? going
          .filter(({ id }) => id !== entry.session.id)
          .filter((other) => overlaps(entry.session, other))
          .map(({ id }) => id)
      : [],
  }));
}

/** The sessions that somebody goes to, by id. */
export const goesTo = (entries: readonly AgendaEntry[]): ReadonlySet<string> =>
  new Set(entries.filter(({ goes }) => goes).map(({ session }) => session.id));
