import { listed } from '@cairn/kernel/words';
import type { SessionRule, SessionRuleKind } from './session-rules.ts';

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

/** What a rule says of its sessions and places, as a sentence. */
export function ruleSentence(
  { kind, wish, isHard }: Pick<SessionRule, 'kind' | 'wish' | 'isHard'>,
  titles: readonly string[],
  places: readonly string[],
): string {
  const must = isHard ? 'must' : 'should';
  const names = titles.map((title) => `“${title}”`);
  if (kind === 'slot-wish' || kind === 'room-wish') {
    return `${listed(names)} ${must} ${wish === 'out' ? 'not ' : ''}be in ${listed(places, 'or')}.`;
  }
  if (kind === 'before') return `${names[0] ?? ''} ${must} be before ${names[1] ?? ''}.`;
  if (kind === 'consecutive') {
    return `${names.join(', then ')} ${must} follow one right after the other.`;
  }
  if (kind === 'apart') return `${listed(names)} ${must} never be at the same time.`;
  if (kind === 'other-day') return `${listed(names)} ${must} each be on another day.`;
  return `${listed(names)} ${must} be ${WORDS[kind]}.`;
}
