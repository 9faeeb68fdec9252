import { formatDate, type PlainDate, type ZoneName } from '@cairn/kernel/time';
import type { DecisionState } from '../documents/kind-schema.ts';
import { asSectionText, formatSection } from '../documents/section-rules.ts';

/** The parts of a decision's text, as a form asks for them. */
export interface DecisionParts {
  readonly decided: string;
  readonly why: string;
  readonly alternatives: string;
}

/** The text of a decision's document: what was decided, then why, then what else was thought of. */
export const decisionText = ({ decided, why, alternatives }: DecisionParts): string =>
  [
    `${asSectionText(decided)}\n\n`,
    why.trim() === '' ? '' : formatSection('Why', asSectionText(why)),
    alternatives.trim() === '' ? '' : formatSection('Alternatives', asSectionText(alternatives)),
  ]
    .join('')
    .trim();

/**
 * The line at the top of a decision's text that says how it stands, for those who read the document
 * on a forge or in a clone.
 */
export function stateLine(
  state: DecisionState,
  lastDay: PlainDate,
  zone: ZoneName,
  /** The day on which it was ratified or reopened. */
  settledOn: PlainDate | undefined,
): string {
  const on = settledOn === undefined ? '' : ` on ${formatDate(settledOn)}`;
  if (state === 'ratified') {
    return `> **Ratified**${on}: its window closed, and no objection stood.`;
  }
  if (state === 'reopened') {
    return `> **Reopened**${on}: it does not hold until it is decided anew.`;
  }
  return `> **Provisional** until the end of ${formatDate(lastDay)} (${zone}). Until then anybody who comes may object, with a reason.`;
}

// Our own sentences only: whatever else stands at the top is the decision's text.
const STATE_LINE =
  /^> \*\*(?:Provisional\*\* until the end of [^\n]*, with a reason|Ratified\*\*[^\n]*: its window closed, and no objection stood|Reopened\*\*[^\n]*: it does not hold until it is decided anew)\.[ \t]*(?:\n+|$)/;

/** A decision's text without the line that says how it stands. */
export const withoutStateLine = (text: string): string =>
  text.replace(/\r\n?/g, '\n').trimStart().replace(STATE_LINE, '');

/** A decision's text with the line that says how it stands, in place of one that it had. */
export const withStateLine = (text: string, line: string): string =>
  `${line}\n\n${withoutStateLine(text)}`.trimEnd();

/**
 * What a decision decides, for comparing: title and text without the line of its state and whatever
 * the blanks are. Two documents of the same substance decide the same.
 */
export const substanceOf = ({ title, text }: { readonly title: string; readonly text: string }) =>
  `${title}\n${withoutStateLine(text)}`.replace(/\s+/g, ' ').trim();

/** The longest name of a file without its day and ending. */
const LONGEST_SLUG = 60;

/**
 * The path of a new decision: its day and a few words of its title, and a number where that is taken.
 *
 *     decisionPath('2023-05-24', 'Publish nightly wheels', new Set()) // 'decisions/2023-05-24-publish-nightly-wheels.md'
 */
export function decisionPath(made: string, title: string, taken: ReadonlySet<string>): string {
  const words = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, LONGEST_SLUG)
    .replace(/^-+|-+$/g, '');
  const base = `decisions/${made}-${words || 'decision'}`;
  let path = `${base}.md`;
  for (let number = 2; taken.has(path); number += 1) path = `${base}-${number}.md`;
  return path;
}
