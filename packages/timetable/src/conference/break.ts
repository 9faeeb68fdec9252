import type { ConferenceRule } from './model.ts';

/** What makes a schedule no schedule: these hold whatever the weights are. */
export type ConferenceFault = 'unscheduled' | 'wrong-track' | 'split';

/** One thing that a schedule breaks. */
export interface ConferenceBreak {
  readonly rule: ConferenceRule | ConferenceFault;
  /** How much of it, before the rule's weight. */
  readonly amount: number;
  readonly tracks: readonly number[];
  readonly submissions: readonly number[];
  readonly sessions: readonly number[];
  readonly rooms: readonly number[];
  /** The time slot of the session, counted from 0, where it is about one. */
  readonly timeSlot?: number;
}

/** Makes a break; lists that it is not about are empty. */
export const breakOf = (
  rule: ConferenceBreak['rule'],
  amount: number,
  about: Partial<Omit<ConferenceBreak, 'rule' | 'amount'>>,
): ConferenceBreak => ({
  rule,
  amount,
  tracks: [],
  submissions: [],
  sessions: [],
  rooms: [],
  ...about,
});
