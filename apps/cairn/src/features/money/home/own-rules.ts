import { type Currency, sumOf } from '@cairn/kernel/money';
import type { Instant } from '@cairn/kernel/time';
import type { Category } from '../category-rules.ts';
import type { ClaimState } from '../claims/claim-rules.ts';
import type { EstimateState } from '../estimates/estimate-rules.ts';
import type { Payee } from '../funders/funder-rules.ts';
import type { Stay } from '../stays/stay-rules.ts';

/** All that travel and money is to somebody. */
export interface OwnMoney {
  readonly seat: Payee['seatKind'];
  /** Titles of the lines that pay for them. */
  readonly payingLines: readonly string[];
  readonly needsEstimate: boolean;
  /** ISO day until which the first of their claims are to be sent. */
  readonly deadline: string | undefined;
  readonly stay:
    | Pick<Stay, 'arrivesOn' | 'leavesOn' | 'isRemote' | 'extraState' | 'room'>
    | undefined;
  readonly hasWayThere: boolean;
  readonly hasWayBack: boolean;
  readonly hasSaidNeeds: boolean;
  readonly letter: 'requested' | 'returned' | 'issued' | 'withdrawn' | undefined;
  readonly estimates: readonly { readonly number: number; readonly state: EstimateState }[];
  readonly caps: readonly {
    readonly line: string;
    readonly currency: Currency;
    readonly category: Category;
    readonly capMinor: number;
    readonly leftMinor: number;
  }[];
  readonly claims: readonly OwnClaim[];
  readonly payments: readonly {
    readonly number: number;
    readonly minor: number;
    readonly currency: string;
    readonly paidOn: string;
  }[];
}

/** A claim as its owner's first page shows it. */
export interface OwnClaim {
  readonly number: number;
  readonly state: ClaimState;
  readonly title: string;
  /** A supplier's, which they entered. */
  readonly isBill: boolean;
  readonly submittedAt: Instant | null;
  readonly amounts: readonly {
    readonly currency: Currency;
    readonly asked: number;
    readonly approved: number;
  }[];
}

/** One thing that is still to be said or done, where, and why. */
export interface OwnStep {
  readonly key: string;
  readonly sentence: string;
  /** Below the summit. */
  readonly path: string;
  readonly label: string;
}

const DECIDED: readonly EstimateState[] = ['approved', 'closed'];

/** What somebody has to do next, in the order in which it is due. */
export function ownSteps(own: OwnMoney): readonly OwnStep[] {
  const { seat, stay, letter, estimates, claims } = own;
  const comesHere = stay?.isRemote !== true;
  const isPaid = seat === 'funded' && own.payingLines.length > 0;
  const steps: readonly (OwnStep & { readonly isDue: boolean })[] = [
    {
      key: 'returned-claim',
      isDue: claims.some(({ state }) => state === 'returned'),
      sentence: 'A claim came back to you with a question.',
      path: '/money/claims',
      label: 'Mend it',
    },
    {
      key: 'returned-estimate',
      isDue: estimates.some(({ state }) => state === 'returned'),
      sentence: 'Your estimate came back to you with a question.',
      path: '/money/estimates',
      label: 'Mend it',
    },
    {
      key: 'returned-letter',
      isDue: letter === 'returned',
      sentence: 'Something is missing for your visa letter.',
      path: '/money/visa-letter',
      label: 'Add it',
    },
    {
      key: 'stay',
      isDue:
        stay === undefined || (comesHere && (stay.arrivesOn === null || stay.leavesOn === null)),
      sentence: 'Say when you arrive and when you leave; rooms and meals are counted by it.',
      path: '/money/stay',
      label: 'My stay',
    },
    {
      key: 'needs',
      isDue: comesHere && !own.hasSaidNeeds,
      sentence: 'Say what you eat and what access you need, even if it is nothing special.',
      path: '/needs',
      label: 'Food and access',
    },
    {
      key: 'estimate',
      isDue:
        isPaid &&
        own.needsEstimate &&
        !estimates.some(({ state }) => state !== 'withdrawn' && state !== 'declined'),
      sentence: 'Propose what you will spend before you spend it; only that is paid.',
      path: '/money/estimates',
      label: 'Propose an estimate',
    },
    {
      key: 'draft-estimate',
      isDue: estimates.some(({ state }) => state === 'draft'),
      sentence: 'Your estimate is a draft; treasurers see it once you submit it.',
      path: '/money/estimates',
      label: 'Finish it',
    },
    {
      key: 'journey',
      isDue: comesHere && stay !== undefined && !(own.hasWayThere && own.hasWayBack),
      sentence: 'Say how you travel, so that somebody knows when you land.',
      path: '/money/journey',
      label: 'My journey',
    },
    {
      key: 'draft-claim',
      isDue: claims.some(({ state }) => state === 'draft'),
      sentence: 'A claim of yours is a draft; nobody sees it until you submit it.',
      path: '/money/claims',
      label: 'Finish it',
    },
    {
      key: 'claim',
      isDue:
        isPaid && claims.length === 0 && estimates.some(({ state }) => DECIDED.includes(state)),
      sentence: 'Keep every receipt. Claim what you spent when you are back, or at once.',
      path: '/money/claims',
      label: 'Make a claim',
    },
  ];
  return steps.filter(({ isDue }) => isDue).map(({ isDue: _, ...step }) => step);
}

/** What a claim asks for, or what of it was approved once that is decided; by currency. */
export function claimSums({ state, amounts }: OwnClaim): readonly {
  readonly currency: Currency;
  readonly minor: number;
}[] {
  const isDecided = ['approved', 'sent', 'paid'].includes(state);
  return [...Map.groupBy(amounts, ({ currency }) => currency)].map(([currency, of]) => ({
    currency,
    minor: sumOf(of.map(({ asked, approved }) => (isDecided ? approved : asked))),
  }));
}
