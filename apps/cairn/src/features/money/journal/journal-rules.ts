import { sumOf } from '@cairn/kernel/money';
import type { Category } from '../category-rules.ts';

/**
 * Where money of a line stands. What a funder promised (`grant`, which counts below zero) is spread over the others,
 * so all of them sum to zero at any time:
 * - `left`: free to be committed; `committed`: kept for a person by an approved estimate;
 * - `claimed`: asked for by a submitted claim; `uncommitted`: how much of that nobody had committed (below zero);
 * - `approved`: owed; `paid`.
 */
export const STAGES = [
  'grant',
  'left',
  'committed',
  'claimed',
  'uncommitted',
  'approved',
  'paid',
] as const;
export type Stage = (typeof STAGES)[number];

/** For what and for whom: an account of each stage. Null where it is for nobody in particular. */
export interface Purpose {
  readonly lineId: string;
  readonly category: Category;
  readonly personId: string | null;
}

/** One side of an entry, in minor units of the line's currency; never zero. */
export interface Posting {
  readonly lineId: string;
  readonly category: Category | '';
  readonly personId: string | null;
  readonly stage: Stage;
  readonly minor: number;
}

export type EntryKind =
  | 'allotment'
  | 'transfer'
  | 'commitment'
  | 'release'
  | 'claim'
  | 'return'
  | 'approval'
  | 'payment'
  | 'reversal'
  | 'correction';

/** What is to be written into the journal. */
export interface Entry {
  readonly kind: EntryKind;
  /** Written once, however often it is asked for: `commitment:<estimate item>:<revision>`. */
  readonly key: string;
  readonly subject?: { readonly kind: string; readonly id: string };
  readonly postings: readonly Posting[];
  /** The entry that this one takes back. */
  readonly corrects?: number;
  /** Words about it; asked for where a line is let go beyond what is left. */
  readonly note?: string;
  /** Lets it overdraw a line; kept with the entry only where it does. */
  readonly isOverride?: boolean;
  /** The ISO day that it speaks of, where that is not the day on which it is written. */
  readonly onDate?: string;
}

/** Whether the postings sum to zero for each line, as those of every entry must. */
export function isBalanced(postings: readonly Posting[]): boolean {
  const sums = new Map<string, number>();
  for (const { lineId, minor } of postings) sums.set(lineId, sumOf([sums.get(lineId) ?? 0, minor]));
  return postings.length > 0 && [...sums.values()].every((sum) => sum === 0);
}

const real = (postings: readonly Posting[]): Posting[] =>
  postings.filter(({ minor }) => minor !== 0);

const whole = (lineId: string, stage: Stage, minor: number): Posting => ({
  lineId,
  category: '',
  personId: null,
  stage,
  minor,
});
const left = (lineId: string, minor: number): Posting => whole(lineId, 'left', minor);
const at = (purpose: Purpose, stage: Stage, minor: number): Posting => ({
  ...purpose,
  stage,
  minor,
});

/** A funder gives a line so much, or takes so much back (below zero). */
export const allotted = (lineId: string, minor: number): Posting[] =>
  real([whole(lineId, 'grant', -minor), left(lineId, minor)]);

/** So much of one line is given to another one of the same currency. */
export const transferred = (from: string, to: string, minor: number): Posting[] => [
  ...allotted(from, -minor),
  ...allotted(to, minor),
];

/** So much is kept for a purpose; below zero, it is let go again. */
export const committed = (purpose: Purpose, minor: number): Posting[] =>
  real([left(purpose.lineId, -minor), at(purpose, 'committed', minor)]);

/** What a submitted cost stands on: what it asks for, and how much of that had been committed. */
export interface Claimed {
  readonly asked: number;
  readonly committed: number;
}

/** How much of what is asked for draws on what is committed for its purpose. */
export const drawnOn = (asked: number, stillCommitted: number): Claimed => ({
  asked,
  committed: Math.min(asked, Math.max(0, stillCommitted)),
});

/** A cost is submitted. */
export const claimed = (purpose: Purpose, { asked, committed: drawn }: Claimed): Posting[] =>
  real([
    at(purpose, 'committed', -drawn),
    at(purpose, 'uncommitted', drawn - asked),
    at(purpose, 'claimed', asked),
  ]);

/** A submitted cost is returned, withdrawn or declined: all is as before it. */
export const returned = (purpose: Purpose, was: Claimed): Posting[] =>
  claimed(purpose, was).map((posting) => ({ ...posting, minor: -posting.minor }));

/**
 * So much of a submitted cost is approved, at most what it asks for. What of it nobody had committed comes out of what
 * is left of the line; what was committed and is not needed is committed again.
 */
export function approved(purpose: Purpose, was: Claimed, minor: number): Posting[] {
  if (minor < 0 || minor > was.asked) {
    throw new RangeError('of a cost at most what was asked for is approved');
  }
  const fromCommitted = Math.min(minor, was.committed);
  return real([
    at(purpose, 'claimed', -was.asked),
    at(purpose, 'uncommitted', was.asked - was.committed),
    at(purpose, 'committed', was.committed - fromCommitted),
    left(purpose.lineId, fromCommitted - minor),
    at(purpose, 'approved', minor),
  ]);
}

/** So much of what is owed is paid. */
export const paid = (purpose: Purpose, minor: number): Posting[] =>
  real([at(purpose, 'approved', -minor), at(purpose, 'paid', minor)]);

/** The postings that take others back. */
export const opposite = (postings: readonly Posting[]): Posting[] =>
  postings.map((posting) => ({ ...posting, minor: -posting.minor }));

/** By how much an entry would overdraw a line that has so much left; 0 where it does not, or where it gives. */
export function overdraft(
  postings: readonly Posting[],
  lineId: string,
  leftOfLine: number,
): number {
  const change = sumOf(
    postings
      .filter((posting) => posting.lineId === lineId && posting.stage === 'left')
      .map(({ minor }) => minor),
  );
  return change >= 0 ? 0 : Math.max(0, Math.min(-change, -(leftOfLine + change)));
}

/** The stages of a line, a category or a person, each at least zero but `left`, which may be overdrawn. */
export interface Standing {
  /** What was promised; 0 where the sums are not of whole lines. */
  readonly granted: number;
  readonly left: number;
  readonly committed: number;
  readonly claimed: number;
  /** How much of `claimed` nobody had committed: it is in `left` still. */
  readonly uncommitted: number;
  readonly approved: number;
  readonly paid: number;
}

/** Sums balances to where the money stands. */
export function standing(
  balances: Iterable<{ readonly stage: Stage; readonly minor: number }>,
): Standing {
  const sums = Object.fromEntries(STAGES.map((stage) => [stage, 0])) as Record<Stage, number>; // every stage
  for (const { stage, minor } of balances) sums[stage] = sumOf([sums[stage], minor]);
  const { grant, uncommitted, ...rest } = sums;
  return { ...rest, granted: 0 - grant, uncommitted: 0 - uncommitted };
}

/** What a whole line's stages miss to sum up to what was granted: 0, or something is broken. */
export const misses = (of: Standing): number =>
  of.granted - sumOf([of.left, of.committed, of.claimed, of.approved, of.paid]) + of.uncommitted;
