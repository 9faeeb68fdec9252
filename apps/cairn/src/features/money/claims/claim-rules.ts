import { type Currency, sumOf } from '@cairn/kernel/money';
import type { Instant } from '@cairn/kernel/time';
import type { Category } from '../category-rules.ts';
import type { Deduction, Facts, Finding } from '../policy/policy-rules.ts';
import type { Meal } from '../policy/rule-schema.ts';

/** Where a claim hangs. `second_look`: a treasurer decided, and another one has to agree. */
export const CLAIM_STATES = [
  'draft',
  'submitted',
  'second_look',
  'returned',
  'approved',
  'declined',
  'sent',
  'paid',
  'withdrawn',
] as const;
export type ClaimState = (typeof CLAIM_STATES)[number];

/** Somebody whom a cost covers besides its payee; null: an even share. */
export interface Covered {
  readonly personId: string;
  /** Their share of what was spent, in its currency. */
  readonly minor: number | null;
}

/** One cost of a claim. */
export interface ClaimItem {
  readonly id: string;
  readonly position: number;
  readonly category: Category;
  readonly meal: Meal | null;
  /** ISO day. */
  readonly spentOn: string | null;
  readonly text: string;
  /** What the rules ask of such a cost, by the keys of `factsAsked`; in a draft as it was typed. */
  readonly facts: Facts;
  /** As spent, in minor units of `spentCurrency`. */
  readonly spentMinor: number | null;
  readonly spentCurrency: Currency | null;
  readonly lineId: string | null;
  /** The same in the currency of the line; frozen with its rate when the claim was submitted. */
  readonly minor: number | null;
  readonly rate: string | null;
  readonly rateOn: string | null;
  readonly rateSource: string | null;
  readonly deductions: readonly Deduction[];
  readonly findings: readonly Finding[];
  /** What was approved, or is proposed while a second look is awaited; in the line's currency. */
  readonly approvedMinor: number | null;
  /** Why not all of it. */
  readonly reason: string;
  /** How much of it drew on what had been committed. */
  readonly committedMinor: number;
  readonly covers: readonly Covered[];
  /** In their order. */
  readonly receiptIds: readonly string[];
  /** What was typed and could not be read, by field. */
  readonly typed: Readonly<Record<string, string>>;
}

/** What somebody asks to be paid back, or a supplier's bill. */
export interface Claim {
  readonly id: string;
  readonly summitId: string;
  /** Shown as `C-12`. */
  readonly number: number;
  /** Whom it pays; null for a supplier. */
  readonly personId: string | null;
  /** The name of the supplier; empty for a person's claim. */
  readonly supplier: string;
  /** The name of the person, or of the supplier. */
  readonly payee: string;
  readonly enteredBy: string | null;
  readonly state: ClaimState;
  readonly title: string;
  readonly note: string;
  /** Nothing more will be claimed by this person. */
  readonly isFinal: boolean;
  /** Why more is to be paid than the rules foresee. */
  readonly overReason: string;
  readonly firstLookBy: string | null;
  readonly revision: number;
  readonly createdAt: Instant;
  readonly submittedAt: Instant | null;
  readonly approvedAt: Instant | null;
  readonly sentAt: Instant | null;
  readonly paidAt: Instant | null;
  readonly remindedAt: Instant | null;
  readonly items: readonly ClaimItem[];
}

/** What happened to a claim, in its order. */
export interface ClaimStep {
  readonly at: Instant;
  readonly byPerson: string | null;
  readonly byName: string | null;
  readonly state: ClaimState;
  readonly reason: string;
}

/** What can be done to a claim. */
export type ClaimAction =
  | 'save'
  | 'submit'
  | 'withdraw'
  | 'look'
  | 'approve'
  | 'return'
  | 'decline'
  | 'send'
  | 'recall'
  | 'pay'
  | 'owe'
  | 'owe_unsent';

const NEXT: Readonly<
  Record<ClaimAction, readonly [from: readonly ClaimState[], to: ClaimState | 'same']>
> = {
  save: [['draft', 'returned'], 'same'],
  submit: [['draft', 'returned'], 'submitted'],
  withdraw: [['draft', 'returned', 'submitted', 'second_look'], 'withdrawn'],
  look: [['submitted', 'second_look'], 'second_look'],
  approve: [['submitted', 'second_look'], 'approved'],
  return: [['submitted', 'second_look'], 'returned'],
  decline: [['submitted', 'second_look'], 'declined'],
  send: [['approved'], 'sent'],
  recall: [['sent'], 'approved'],
  pay: [['approved', 'sent'], 'paid'],
  // A payment was taken back: whoever pays has it still, or never got it.
  owe: [['paid'], 'sent'],
  owe_unsent: [['paid'], 'approved'],
};

/** The state after an action; undefined where it cannot be done. */
export function nextClaimState(state: ClaimState, action: ClaimAction): ClaimState | undefined {
  const [from, to] = NEXT[action];
  if (!from.includes(state)) return undefined;
  return to === 'same' ? state : to;
}

/** Whether its owner can still change it. */
export const isOpenToOwner = ({ state }: Pick<Claim, 'state'>): boolean =>
  nextClaimState(state, 'save') !== undefined;

/** Whether it waits for a treasurer's decision. */
export const awaitsDecision = ({ state }: Pick<Claim, 'state'>): boolean =>
  state === 'submitted' || state === 'second_look';

/** Whose money it is about: the person paid, or whoever entered a supplier's bill. */
export const isOwnClaim = (
  { personId, enteredBy }: Pick<Claim, 'personId' | 'enteredBy'>,
  who: string,
): boolean => personId === who || (personId === null && enteredBy === who);

/** Why a treasurer may not decide on a claim; undefined where they may. */
export function mayNotDecide(
  claim: Pick<Claim, 'personId' | 'enteredBy' | 'state' | 'firstLookBy'>,
  treasurerId: string,
): string | undefined {
  if (claim.personId === treasurerId) {
    return 'This claim is your own; another treasurer decides on it.';
  }
  if (claim.enteredBy === treasurerId) {
    return 'You entered this claim; another treasurer decides on it.';
  }
  if (claim.state === 'second_look' && claim.firstLookBy === treasurerId) {
    return 'You looked at this claim first; another treasurer takes the second look.';
  }
  return undefined;
}

/** What the rules leave of a cost, in the line's currency: what was asked for less what they take off. */
export const allowedOf = ({ minor, deductions }: Pick<ClaimItem, 'minor' | 'deductions'>): number =>
  Math.max(0, (minor ?? 0) - sumOf(deductions.map((each) => each.minor)));

/** How a claim is called on screens, on papers and in the reference of a payment. */
export const claimName = (number: number): string => `C-${number}`;

/** The state of a claim for its owner, in words. */
export const STATE_WORDS: Readonly<Record<ClaimState, string>> = {
  draft: 'draft',
  submitted: 'submitted',
  second_look: 'awaits a second look',
  returned: 'returned to you',
  approved: 'approved',
  declined: 'declined',
  sent: 'sent to the payer',
  paid: 'paid',
  withdrawn: 'withdrawn',
};

/** Who has a claim now, and what comes next, for its owner. */
export const WHERE_IT_HANGS: Readonly<
  Record<ClaimState, { readonly who: string; readonly next: string }>
> = {
  draft: { who: 'You have it.', next: 'Finish it and submit it.' },
  submitted: {
    who: 'The treasurers have it.',
    next: 'One of them looks at each cost and approves it, or returns it with a question.',
  },
  second_look: {
    who: 'The treasurers have it.',
    next: 'One of them decided; because it is more than the rules foresee, a second one looks too.',
  },
  returned: { who: 'You have it.', next: 'Mend what is asked below and submit it again.' },
  approved: {
    who: 'The treasurers have it.',
    next: 'They send it to whoever pays for the funder.',
  },
  sent: { who: 'Whoever pays for the funder has it.', next: 'You are told when it is paid.' },
  paid: { who: 'It is done.', next: 'Nothing is left to do.' },
  declined: {
    who: 'It is closed.',
    next: 'Write to the treasurers if you think that this is wrong, or make a new claim.',
  },
  withdrawn: { who: 'You took it back.', next: 'Nothing is asked for any more.' },
};

/** When a claim came into its state. */
export const lastMoment = (
  claim: Pick<Claim, 'paidAt' | 'sentAt' | 'approvedAt' | 'submittedAt' | 'createdAt'>,
): Instant =>
  claim.paidAt ?? claim.sentAt ?? claim.approvedAt ?? claim.submittedAt ?? claim.createdAt;
