import { diffWordsWithSpace } from 'diff';
import { fillFacts } from '../../summits/facts.ts';
import type { Obligation, SummitDefinition } from '../../summits/schema.ts';

/** A version of what is promised: the words, and the obligations in them with their rules. */
export interface Agreement {
  /** Markdown: the introduction, then each obligation lettered (a), (b) ... */
  readonly text: string;
  readonly obligations: readonly Obligation[];
}

/** (a), (b), ... (z), (aa) ... */
export function letter(index: number): string {
  const last = String.fromCharCode(97 + (index % 26));
  return index < 26 ? last : `${letter(Math.floor(index / 26) - 1)}${last}`;
}

/** The agreement that a definition asks for, with its facts filled in. */
export function agreementOf(definition: SummitDefinition): Agreement {
  const obligations = definition.agreement.obligations.map((obligation) => ({
    ...obligation,
    text: fillFacts(obligation.text, definition),
  }));
  const text = [fillFacts(definition.agreement.text, definition).trim(), ...lettered(obligations)]
    .filter((part) => part !== '')
    .join('\n\n');
  return { text, obligations };
}

const lettered = (obligations: readonly Obligation[]): string[] =>
  obligations.map(({ text }, index) => `(${letter(index)}) ${text}`);

/**
 * The text of an agreement as its introduction and its lettered promises, every letter as it was
 * accepted. A text that does not end with its promises is all introduction.
 */
export function partsOf({ text, obligations }: Agreement): {
  readonly introduction: string;
  readonly promises: readonly string[];
} {
  const promises = lettered(obligations);
  const ending = promises.join('\n\n');
  if (ending === '' || !text.endsWith(ending)) return { introduction: text, promises: [] };
  return { introduction: text.slice(0, -ending.length).trim(), promises };
}

/** Whether two versions ask for the same: the same words and the same rules. */
export const asksTheSame = (a: Agreement, b: Agreement): boolean =>
  a.text === b.text && JSON.stringify(rulesOf(a)) === JSON.stringify(rulesOf(b));

const rulesOf = ({ obligations }: Agreement) =>
  obligations.map(({ key, rule }) => [key, Object.entries(rule).sort()]);

/** A stretch of text that stayed, went or came. */
export interface Change {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** How a text changed, word by word, in reading order. */
export const changesBetween = (before: string, after: string): Change[] =>
  diffWordsWithSpace(before, after).map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }));
