import type { Currency } from '@cairn/kernel/money';
import type { Category } from '../category-rules.ts';
import { judgeAmounts } from './amount-cap-rules.ts';
import { judgeFindings } from './finding-rules.ts';
import { begun, type Case, leftOf } from './judging-rules.ts';
import { judgeLeftOut } from './left-out-rules.ts';
import { judgeMeals } from './meal-rules.ts';
import type { Meal, Rule } from './rule-schema.ts';
import { judgeTravel } from './travel-rules.ts';

/** What a set of rules says; amounts are minor units of its currency. */
export interface PolicyContent {
  readonly title: string;
  readonly currency: Currency;
  readonly about: string;
  readonly rules: readonly Rule[];
}

/** A set of rules as a summit adopted it. */
export interface Policy extends PolicyContent {
  readonly id: string;
  readonly key: string;
  readonly revision: number;
  /** Keys of rules that somebody has still to confirm; they hold all the same. */
  readonly unconfirmed: readonly string[];
}

/** One flight of a journey, as on the ticket. */
export interface FlightLeg {
  /** ISO day. */
  readonly on: string;
  readonly from: string;
  readonly to: string;
  /** Designator of the carrier on the ticket and number: `UA 951`. */
  readonly flight: string;
}

/** What somebody said of a cost. Amounts are decimal text in the currency of the slip, days ISO text. */
export type FactValue = string | number | boolean | readonly FlightLeg[];
export type Facts = Readonly<Record<string, FactValue>>;

/** What of a cost is for one person, in minor units of the line's currency. */
export interface CostShare {
  readonly personId: string;
  readonly minor: number;
}

/** A cost that is claimed or estimated, as the rules see it. */
export interface Cost {
  readonly id: string;
  readonly category: Category;
  readonly meal: Meal | null;
  /** ISO day. */
  readonly spentOn: string | null;
  /** In minor units of the line's currency. */
  readonly minor: number;
  /** The currency of the slip, in which the amounts among the facts are. */
  readonly currency: Currency;
  /** How much of the line's currency one of the slip's is worth; nothing where they are the same. */
  readonly rate?: string | undefined;
  readonly facts: Facts;
  /** How many people it covers, at least one. */
  readonly people: number;
  /** Who they are, where that is known: shares that add up to `minor`. Else it is shared evenly. */
  readonly shares?: readonly CostShare[] | undefined;
  readonly hasReceipt: boolean;
}

/** What rules need to know besides the costs. Days are ISO text. */
export interface Circumstances {
  /** The currency of the line that pays, in which costs are given. */
  readonly currency: Currency;
  /** The summit’s days of arrival and departure. */
  readonly firstDay: string;
  readonly lastDay: string;
  /** When those arrive, leave and are home who claim, as far as it is known. */
  readonly arrivesOn?: string | undefined;
  readonly leavesOn?: string | undefined;
  readonly returnedOn?: string | undefined;
  /** Nights outside of the summit's that organisers agreed the grant pays, each by the day on which it begins. */
  readonly agreedNights?: readonly string[] | undefined;
  /** The day on which the claim is, or would be, submitted. */
  readonly submittedOn: string;
  /** Who provides a meal of a day, in words, such as “lunch in the work rooms”. */
  readonly provided: (date: string, meal: Meal) => string | undefined;
  /** Costs of the same people in other claims: they use up what is paid for a meal, a day or a person. */
  readonly earlier?: readonly Cost[] | undefined;
}

/** What a rule takes off a cost. */
export interface Deduction {
  readonly rule: string;
  readonly minor: number;
  /** What is taken off and why, with the rule in words. */
  readonly sentence: string;
}

/** What a rule asks for, or asks a treasurer to look at. */
export interface Finding {
  readonly rule: string;
  readonly kind: 'missing' | 'record' | 'late' | 'look';
  readonly sentence: string;
  /** The claim cannot be submitted like this. */
  readonly blocks: boolean;
}

/** What the rules make of a cost: `minor` of the cost is `allowedMinor` and the deductions together, always. */
export interface Judgement {
  readonly id: string;
  readonly allowedMinor: number;
  readonly deductions: readonly Deduction[];
  readonly findings: readonly Finding[];
}

/** What holds where a line has no rules: nothing is taken off, and what has no receipt is looked at. */
const noPolicy = (currency: Currency): PolicyContent => ({
  title: 'No rules yet',
  currency,
  about: '',
  rules: [
    {
      key: 'receipts',
      kind: 'receipt_above',
      above: 0,
      itemised: false,
      statement: true,
      words: 'Keep the receipt of everything that you claim.',
      source: 'Cairn, where a line has no rules of its own',
      source_date: '2026-11-22',
      confirm: false,
    },
  ],
});

/** Steps in an order that matters: what is not paid at all goes first, caps look at what is left. */
const STEPS: readonly ((of: Case) => void)[] = [
  judgeLeftOut,
  judgeTravel,
  judgeAmounts,
  judgeMeals,
  judgeFindings,
];

/**
 * What a set of rules makes of costs: one judgement for each, in their order. Costs are judged together, so that a
 * dinner on two slips is one dinner. The slip that stands first uses up a cap first.
 */
export function judgeCosts(
  policy: PolicyContent | undefined,
  costs: readonly Cost[],
  circumstances: Circumstances,
): readonly Judgement[] {
  const { currency } = circumstances;
  if (policy !== undefined && policy.currency !== currency) {
    const sentence = `These rules are in ${policy.currency} and the money is in ${currency}, so no amount was checked. Somebody has to look.`;
    return costs.map(({ id, minor }) => ({
      id,
      allowedMinor: minor,
      deductions: [],
      findings: [{ rule: '', kind: 'look', sentence, blocks: false }],
    }));
  }
  const earlier = circumstances.earlier ?? [];
  const all = [...earlier, ...costs].map((cost, index) => begun(cost, index < earlier.length));
  for (const step of STEPS) step({ policy: policy ?? noPolicy(currency), all, circumstances });
  return all.slice(earlier.length).map((one) => ({
    id: one.cost.id,
    allowedMinor: leftOf(one),
    deductions: one.deductions,
    findings: one.findings,
  }));
}
