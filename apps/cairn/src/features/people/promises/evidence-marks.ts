import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { Occasion } from './evidence-occasions.ts';

/** One box of the grid: this person, this occasion. */
export interface Mark {
  readonly personId: string;
  readonly occasion: Occasion;
}

/** The value of a box in the form. Ids hold no space. */
export const markValue = (personId: string, { subject }: Pick<Occasion, 'subject'>): string =>
  `${personId} ${subject}`;

/** What an organiser changed on the grid that they saw. */
export interface MarkChanges {
  readonly added: readonly Mark[];
  readonly removed: readonly Mark[];
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The difference between the boxes ticked and the boxes that were ticked when the page was made.
 * Only what this organiser changed is a change: whatever another one ticked meanwhile stands.
 */
export function changedMarks(
  ticked: readonly string[],
  shown: readonly string[],
  occasions: readonly Occasion[],
): Result<MarkChanges, Problem> {
  const added = marksOf(without(ticked, shown), occasions);
  const removed = marksOf(without(shown, ticked), occasions);
  if (added === undefined || removed === undefined) {
    const sentence =
      'The meetings or days have changed since this page was opened; open it anew and tick what is still missing.';
    return fail(problem('unknown-mark', sentence));
  }
  const early = added.find(({ occasion }) => !occasion.hasBegun);
  if (early !== undefined) {
    const sentence = `${early.occasion.label} has not begun; record it when it has.`;
    return fail(problem('not-begun', sentence));
  }
  return ok({ added, removed });
}

const without = (values: readonly string[], others: readonly string[]): string[] => {
  const known = new Set(others);
  return [...new Set(values)].filter((value) => !known.has(value));
};

function marksOf(values: readonly string[], occasions: readonly Occasion[]): Mark[] | undefined {
  const bySubject = new Map(occasions.map((occasion) => [occasion.subject, occasion]));
  const marks = values.map((value): Mark | undefined => {
    const [personId = '', subject = ''] = value.split(' ');
    const occasion = bySubject.get(subject);
    return occasion !== undefined && UUID.test(personId) ? { personId, occasion } : undefined;
  });
  return marks.every((mark) => mark !== undefined) ? marks : undefined;
}
