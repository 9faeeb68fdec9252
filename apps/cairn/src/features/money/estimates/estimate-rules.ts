import { type Currency, formatMoney, sumOf } from '@cairn/kernel/money';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { Instant } from '@cairn/kernel/time';
import type { Category } from '../category-rules.ts';
import type { FundLine } from '../funders/funder-rules.ts';

/** Where an estimate stands. `closed`: approved once, and what is left of its caps is free again. */
export const ESTIMATE_STATES = [
  'draft',
  'submitted',
  'second_look',
  'returned',
  'approved',
  'declined',
  'withdrawn',
  'closed',
] as const;
export type EstimateState = (typeof ESTIMATE_STATES)[number];

/** One thing that somebody means to spend on. */
export interface EstimateItem {
  readonly id: string;
  readonly position: number;
  readonly category: Category;
  readonly text: string;
  /** The line that is to pay it: proposed when it is submitted, chosen by who approves. */
  readonly lineId: string | null;
  /** As the person says it; 0 in a draft that does not say it yet. */
  readonly spentMinor: number;
  readonly spentCurrency: Currency;
  /** The same in the line's currency, with its rate, its day and who says it; frozen when submitted. */
  readonly minor: number | null;
  readonly rate: string | null;
  readonly rateOn: string | null;
  readonly rateSource: string | null;
  /** What may be spent at most, in the line's currency; null until somebody decided. */
  readonly capMinor: number | null;
  readonly capReason: string;
}

/** What happened to an estimate. */
export interface EstimateStep {
  readonly at: Instant;
  readonly byPerson: string | null;
  readonly state: EstimateState;
  readonly reason: string;
}

/** What somebody may spend, approved before. */
export interface Estimate {
  readonly id: string;
  /** E-12 on pages and papers. */
  readonly number: number;
  readonly personId: string;
  readonly state: EstimateState;
  readonly note: string;
  readonly overReason: string;
  /** Who looked first, where two must. */
  readonly firstLookBy: string | null;
  readonly revision: number;
  readonly createdAt: Instant;
  readonly submittedAt: Instant | null;
  readonly settledAt: Instant | null;
  readonly items: readonly EstimateItem[];
  readonly steps: readonly EstimateStep[];
}

export const estimateTitle = ({ number }: Pick<Estimate, 'number'>): string => `E-${number}`;

/** Something that somebody does with an estimate. */
export type EstimateDeed = 'save' | 'submit' | 'withdraw' | 'decide' | 'close';

const MAY: Readonly<Record<EstimateDeed, readonly EstimateState[]>> = {
  save: ['draft', 'returned'],
  submit: ['draft', 'returned'],
  withdraw: ['draft', 'submitted', 'second_look', 'returned'],
  // Approve, return or decline.
  decide: ['submitted', 'second_look'],
  close: ['approved'],
};

/** Whether an estimate in this state lets itself be done so with. */
export const mayBe = (state: EstimateState, deed: EstimateDeed): boolean =>
  MAY[deed].includes(state);

/** Not settled yet: a person has one such estimate at most. */
export const isOpen = (state: EstimateState): boolean => mayBe(state, 'withdraw');

/** Where each state is, in words; what a person reads of their own, and treasurers of others'. */
export const STATE_WORDS: Readonly<Record<EstimateState, string>> = {
  draft: 'draft',
  submitted: 'submitted',
  second_look: 'second look',
  returned: 'returned',
  approved: 'approved',
  declined: 'declined',
  withdrawn: 'withdrawn',
  closed: 'closed',
};

/** Who has it now, and what comes next: said to the person whose it is. */
export const NEXT_WORDS: Readonly<Record<EstimateState, string>> = {
  draft: 'You have it. Nobody else sees it until you submit it.',
  submitted: 'The treasurers have it. Please wait with spending: silence is not approval.',
  second_look:
    'One treasurer has looked at it; because it goes beyond what is foreseen, a second one must agree. Please wait with spending.',
  returned: 'You have it again: read what was asked, mend it and submit it again.',
  approved:
    'You may spend up to its caps. Keep every receipt, and claim afterwards what you did spend.',
  declined: 'It was declined. The reason stands below; you may propose another one.',
  withdrawn: 'You took it back. You may propose another one.',
  closed: 'It is closed: what was left of its caps is free for others.',
};

/** Why somebody may not decide on an estimate, or nothing. */
export function mayDecide(
  estimate: Pick<Estimate, 'personId' | 'state'>,
  treasurerId: string,
): Result<void, Problem> {
  if (estimate.personId === treasurerId) {
    return fail(
      problem('own-estimate', 'Nobody decides on their own estimate; ask another treasurer.'),
    );
  }
  if (!mayBe(estimate.state, 'decide')) {
    return fail(
      problem(
        'not-waiting-for-decision',
        `This estimate is ${STATE_WORDS[estimate.state]} by now; there is nothing to decide.`,
      ),
    );
  }
  return ok(undefined);
}

/** What a treasurer says to one item of an estimate. */
export interface CapDecision {
  readonly itemId: string;
  readonly lineId: string;
  /** In the line's currency. */
  readonly capMinor: number;
  readonly reason: string;
}

/** An item as it is decided on: what was asked for, in the currency of the line that was chosen. */
export interface AskedItem {
  readonly id: string;
  readonly category: Category;
  readonly text: string;
  readonly askedMinor: number;
}

/** The field of an item's cap in the form, for problems. */
export const capField = (itemId: string): string => `cap_${itemId}`;
export const reasonField = (itemId: string): string => `reason_${itemId}`;
export const lineField = (itemId: string): string => `line_${itemId}`;

/**
 * What is wrong with caps: each item has one, of a line that may pay it, of at most what was asked, and with a reason
 * where it is less.
 */
export function capProblems(
  items: readonly AskedItem[],
  decisions: readonly CapDecision[],
  linesOf: (category: Category) => readonly FundLine[],
): Problem[] {
  return items.flatMap((item) => {
    const decision = decisions.find(({ itemId }) => itemId === item.id);
    const line = linesOf(item.category).find(({ id }) => id === decision?.lineId);
    if (decision === undefined || line === undefined) {
      const sentence = 'Choose a line that may pay this for this person.';
      return problem('no-line', sentence, { path: lineField(item.id) });
    }
    const { currency } = line.funder;
    if (decision.capMinor > item.askedMinor) {
      return problem(
        'more-than-asked',
        `At most what was asked for can be approved: ${formatMoney(item.askedMinor, currency)}. To let more be spent, return it and say so.`,
        { path: capField(item.id) },
      );
    }
    if (decision.capMinor < item.askedMinor && decision.reason.trim() === '') {
      return problem(
        'reason-needed',
        'Say why less than was asked for may be spent; the person reads it.',
        { path: reasonField(item.id) },
      );
    }
    return [];
  });
}

/** What goes beyond what is foreseen, in a sentence each; nothing where no second treasurer is needed. */
export interface Beyond {
  readonly kind: 'ceiling' | 'line' | 'cap';
  readonly sentence: string;
  /** The line that would be overdrawn. */
  readonly overdrawn?: string;
}

/** That a supplement lets more be spent than was approved before: over the cap. */
export const beyondCap = (
  category: string,
  before: number,
  more: number,
  currency: Currency,
): Beyond => ({
  kind: 'cap',
  sentence: `${category}: ${formatMoney(before, currency)} may be spent already; with this it is ${formatMoney(sumOf([before, more]), currency)}.`,
});

/** That a line has too little left. */
export const beyondLine = (
  { id, title, funder }: Pick<FundLine, 'id' | 'title' | 'funder'>,
  over: number,
): Beyond => ({
  kind: 'line',
  sentence: `“${title}” would be overdrawn by ${formatMoney(over, funder.currency)}.`,
  overdrawn: id,
});

/**
 * What becomes of an approval: `approved`, or `second_look` where it goes beyond what is foreseen and no other
 * treasurer has agreed to as much. `overReason` must then say why.
 */
export function approvalOf(
  estimate: Pick<Estimate, 'state' | 'firstLookBy' | 'items'>,
  treasurerId: string,
  decisions: readonly CapDecision[],
  beyond: readonly Beyond[],
  overReason: string,
): Result<'approved' | 'second_look', Problem> {
  if (beyond.length === 0) return ok('approved');
  if (overReason.trim() === '') {
    return fail(
      problem(
        'over-reason-needed',
        `This goes beyond what is foreseen; say why. ${beyond.map(({ sentence }) => sentence).join(' ')}`,
        { path: 'over_reason' },
      ),
    );
  }
  if (estimate.state !== 'second_look') return ok('second_look');
  if (estimate.firstLookBy === treasurerId) {
    return fail(
      problem(
        'same-treasurer',
        'You looked at it first; another treasurer has to agree. You may still approve less, return or decline it.',
        { path: 'over_reason' },
      ),
    );
  }
  const isAgreed = decisions.every(({ itemId, lineId, capMinor }) =>
    estimate.items.some(
      (item) => item.id === itemId && item.lineId === lineId && capMinor <= (item.capMinor ?? 0),
    ),
  );
  // Who goes beyond the first look is the first to look at that.
  return ok(isAgreed ? 'approved' : 'second_look');
}

/**
 * How much of a purpose's commitment an estimate lets go when it is closed: what is still committed and not needed by
 * the caps of the person's other approved estimates, at most its own caps.
 */
export const releasable = (committed: number, ownCaps: number, otherCaps: number): number =>
  Math.max(0, Math.min(ownCaps, committed - otherCaps));

/** The thresholds of days that have passed by now; only the last one is told, so a leap of the clock tells once. */
export const lastPassed = (days: readonly number[], waited: number): number | undefined =>
  days.filter((each) => each <= waited).sort((a, b) => b - a)[0];
