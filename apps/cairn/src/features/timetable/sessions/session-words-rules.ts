import type { SessionRuleKind } from './session-rules.ts';

const WORDS: Readonly<Record<SessionRuleKind, string>> = {
  before: 'one before the other',
  consecutive: 'one right after the other',
  together: 'at the same time',
  apart: 'never at the same time',
  'same-day': 'on the same day',
  'other-day': 'each on another day',
  'same-room': 'in the same room',
  'slot-wish': 'at certain times',
  'room-wish': 'in certain rooms',
};

/** What a rule asks for: “at the same time”. */
export const ruleWords = (kind: SessionRuleKind): string => WORDS[kind];
