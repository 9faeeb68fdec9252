import type { EntryKind, Stage } from './journal-rules.ts';

/** What stages are called on screens. */
export const STAGE_WORDS: Readonly<Record<Stage, string>> = {
  grant: 'Given by the funder',
  left: 'Left',
  committed: 'Committed',
  claimed: 'Claimed',
  uncommitted: 'Claimed without having been committed',
  approved: 'Approved, not paid',
  paid: 'Paid',
};

/** What entries do, in words. */
export const KIND_WORDS: Readonly<Record<EntryKind, string>> = {
  allotment: 'Allotted',
  transfer: 'Moved between lines',
  commitment: 'Committed',
  release: 'Let go again',
  claim: 'Claimed',
  return: 'Claim undone',
  approval: 'Approved',
  payment: 'Paid',
  reversal: 'Payment taken back',
  correction: 'Corrected',
};
export const KIND_KEYS = Object.keys(KIND_WORDS) as readonly EntryKind[]; // the keys of the constant above

/** Where an entry of estimates, claims and payments is undone, since more than the journal says it. */
const UNDONE_ELSEWHERE: Readonly<Partial<Record<EntryKind, string>>> = {
  commitment: 'It follows from an estimate; close the estimate, or approve a supplement.',
  release: 'It follows from an estimate that was closed; approve a supplement.',
  claim: 'It follows from a claim; return the claim or decline it.',
  return: 'It follows from a claim; the claim can be submitted again.',
  approval: 'It follows from a claim that was approved; settle the difference by another claim.',
  payment: 'It follows from a payment; take the payment back, with a reason.',
  reversal: 'It follows from a payment that was taken back; record the payment again.',
};

/** Why an entry is not taken back in the journal; undefined where it is. */
export const whereUndone = (entry: {
  readonly kind: EntryKind;
  readonly subjectKind: string;
}): string | undefined =>
  entry.kind === 'correction' && !['', 'line'].includes(entry.subjectKind)
    ? 'It follows from a claim or an estimate; settle it there.'
    : UNDONE_ELSEWHERE[entry.kind];
