import type { SaidInterest } from '../../planning/interest/interest-rules.ts';
import type { Frame } from '../frame/frame-rules.ts';
import type { CurrentGroup } from '../groups/current-queries.ts';
import type { Presence } from '../presence/presence-rules.ts';
import type { PlacedSession } from '../release/content-schema.ts';
import type { Session, SessionRule } from '../sessions/session-rules.ts';

/** Everything that a timetable is made from and judged by, as it is at one moment. */
export interface TimetableFacts {
  readonly frame: Frame;
  /** What is to be placed, in a fixed order; none of kind `open`. */
  readonly sessions: readonly Session[];
  /** What was put into free space: it is where it is. */
  readonly open: readonly PlacedSession[];
  readonly rules: readonly SessionRule[];
  /** Who comes, and whoever must be in a session. */
  readonly people: readonly FactPerson[];
  readonly interest: readonly Pick<SaidInterest, 'number' | 'personId' | 'level'>[];
  readonly presence: ReadonlyMap<string, Presence>;
  /** By ISO day of the frame: the groups that hold on it. */
  readonly groups: ReadonlyMap<string, readonly CurrentGroup[]>;
}

export interface FactPerson {
  readonly id: string;
  readonly name: string;
}

/** What an interest in a topic is worth for each slot of a session about it. */
export const INTEREST_POINTS = { lead: 3, work: 2, learn: 1, none: 0 } as const;

/** The group of a session on a day; of the last day that has the group where no day is said. */
function groupOf(
  { groups }: Pick<TimetableFacts, 'groups'>,
  { groupKey }: Pick<Session, 'groupKey'>,
  date?: string,
): CurrentGroup | undefined {
  if (groupKey === null) return undefined;
  const among = (some: readonly CurrentGroup[] = []) => some.find(({ key }) => key === groupKey);
  if (date !== undefined && groups.has(date)) return among(groups.get(date));
  return [...groups]
    .toSorted(([one], [other]) => other.localeCompare(one))
    .map(([, some]) => among(some))
    .find((group) => group !== undefined);
}

/** Who must be in a session: its leads, those needed, and the people of its group on that day. */
export function expectedPeople(
  facts: Pick<TimetableFacts, 'groups'>,
  session: Pick<Session, 'groupKey' | 'leads' | 'needed'>,
  date?: string,
): { readonly leads: readonly string[]; readonly people: readonly string[] } {
  const group = groupOf(facts, session, date);
  const leads = [...new Set([...session.leads, ...(group?.leads ?? [])])];
  const people = [...new Set([...leads, ...session.needed, ...(group?.people ?? [])])];
  return { leads, people };
}

/** The topic that a session is about: its own, or its group's. */
export const topicOf = (
  facts: Pick<TimetableFacts, 'groups'>,
  session: Pick<Session, 'topicNumber' | 'groupKey'>,
): number | null => session.topicNumber ?? groupOf(facts, session)?.topicNumber ?? null;
