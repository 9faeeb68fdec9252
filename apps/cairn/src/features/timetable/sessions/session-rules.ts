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
