import { type Problem, problem } from '@cairn/kernel/problem';

/** Kinds of rules between sessions, by their names in the timetabling library. */
export const SESSION_RULE_KINDS = [
  'before',
  'consecutive',
  'together',
  'apart',
  'same-day',
  'other-day',
  'same-room',
  'slot-wish',
  'room-wish',
] as const;
export type SessionRuleKind = (typeof SESSION_RULE_KINDS)[number];

/** What is to be put into the timetable, or was put into free space (`open`). */
export interface Session {
  readonly id: string;
  readonly kind: 'work' | 'plenary' | 'open';
  readonly title: string;
  readonly text: string;
  readonly topicNumber: number | null;
  /** The group whose session it is, by its key. */
  readonly groupKey: string | null;
  readonly minutes: number;
  /** Places that it needs; as many as its group has people where null. */
  readonly size: number | null;
  /** Features that its room must have. */
  readonly needs: readonly string[];
  readonly track: string;
  /** It may stay out of the timetable at no cost. */
  readonly isOptional: boolean;
  readonly leads: readonly string[];
  /** Others who must be there. */
  readonly needed: readonly string[];
}

/** What must or should hold of sessions besides; see `Rule` of the timetabling library. */
export interface SessionRule {
  readonly id: string;
  readonly kind: SessionRuleKind;
  readonly sessions: readonly string[];
  readonly at: readonly string[];
  readonly wish: 'in' | 'out' | null;
  readonly isHard: boolean;
}

/** A length in whole slots: what is over begins another one. As it is where there are no slots yet. */
export const roundedUp = (minutes: number, slotMinutes: number | undefined): number =>
  slotMinutes === undefined ? minutes : Math.ceil(minutes / slotMinutes) * slotMinutes;

/** Rules about places: of one session or several, and of what `at` lists. */
const isWish = (kind: SessionRuleKind): boolean => kind === 'slot-wish' || kind === 'room-wish';

/** What is wrong with a rule by itself; undefined where nothing is. */
export function sessionRuleProblem({
  kind,
  sessions,
  at,
  wish,
}: Omit<SessionRule, 'id'>): Problem | undefined {
  if (new Set(sessions).size !== sessions.length) {
    const sentence = 'The same session is named twice; choose others.';
    return problem('session-twice', sentence, { path: 'sessions[]' });
  }
  if (isWish(kind)) {
    if (sessions.length === 0) {
      return problem('no-session', 'Choose at least one session.', { path: 'sessions[]' });
    }
    if (at.length > 0 && wish !== null) return undefined;
    const what = kind === 'slot-wish' ? 'a day or a time' : 'a room';
    return problem('no-place', `Choose at least ${what}.`, { path: 'at[]' });
  }
  if (kind === 'before' && sessions.length !== 2) {
    const sentence = 'Choose two sessions: the one that comes first, and the other.';
    return problem('not-two', sentence, { path: 'sessions[]' });
  }
  return sessions.length < 2
    ? problem('not-two', 'Choose at least two sessions.', { path: 'sessions[]' })
    : undefined;
}
