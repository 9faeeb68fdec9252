import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';

/** What a label means, which is what gives it its colour; all of them are readable on every screen. */
export const LABEL_MEANINGS = ['plain', 'good', 'warn', 'bad', 'soft'] as const;
export type LabelMeaning = (typeof LABEL_MEANINGS)[number];

/** The longest name of a label, as on GitHub; and how many a thread can have. */
const LONGEST_LABEL = 50;
const MOST_LABELS = 20;

/**
 * Labels as somebody typed them, separated by commas: trimmed, each once, in one order.
 *
 *     readLabels('docs,  good first task, docs') // ['docs', 'good first task']
 */
export function readLabels(text: string | readonly string[]): Result<string[], Problem> {
  const typed = typeof text === 'string' ? text.split(/[,\n]/) : text;
  const labels = new Map<string, string>();
  for (const each of typed) {
    const label = each.normalize('NFC').replace(/\s+/g, ' ').trim();
    if (label === '') continue;
    if ([...label].length > LONGEST_LABEL) {
      return fail(
        wrong(`“${label.slice(0, 20)}…” is longer than ${LONGEST_LABEL} characters; shorten it.`),
      );
    }
    if (/\p{C}/u.test(label)) {
      return fail(wrong('A label holds signs that cannot be seen; type it anew.'));
    }
    if (!labels.has(label.toLowerCase())) labels.set(label.toLowerCase(), label);
  }
  if (labels.size > MOST_LABELS) {
    return fail(wrong(`These are more than ${MOST_LABELS} labels; leave some out.`));
  }
  return ok([...labels.values()].sort((a, b) => a.localeCompare(b, 'en')));
}

const wrong = (sentence: string): Problem => problem('bad-label', sentence, { path: 'labels' });
