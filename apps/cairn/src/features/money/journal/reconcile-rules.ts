import { type Currency, formatMoney } from '@cairn/kernel/money';
import { categoryLabel } from '../category-rules.ts';
import type { Stage } from './journal-rules.ts';
import { STAGE_WORDS } from './journal-words-rules.ts';

/** A number that was reckoned twice and came out differently, or cannot be. */
export interface Difference {
  readonly check: Check;
  readonly lineId: string;
  readonly category: string;
  readonly personId: string | null;
  /** The stage, or what the number is of. */
  readonly of: Stage | 'entry' | 'payment';
  /** The entry or the claim that is meant, where it is one. */
  readonly number: number | null;
  /** What stands, and what it should be, in minor units of the line's currency. */
  readonly stands: number;
  readonly shouldBe: number;
}

/** What is reckoned. Each compares two ways of keeping the same number. */
export const CHECKS = {
  balances: 'Each balance is the sum of its postings',
  entries: 'Each entry sums to zero for each line',
  signs: 'Nothing is below zero but what was let be overdrawn',
  caps: 'What is committed is what the caps of estimates leave',
  claims: 'What is claimed, approved and paid is what claims say',
  payments: 'What is paid is what payments say',
  states: 'A claim is paid when all that was approved of it is',
} as const;
export type Check = keyof typeof CHECKS;
export const CHECK_KEYS = Object.keys(CHECKS) as readonly Check[]; // the keys of the constant above

/** What a reckoning came to. */
export interface Reconciliation {
  readonly entries: number;
  readonly postings: number;
  readonly accounts: number;
  readonly differences: readonly Difference[];
  /** There are more differences than those listed. */
  readonly hasMore: boolean;
}

/** What a difference is about, by id. */
export interface DifferenceNames {
  readonly line: (
    id: string,
  ) => { readonly title: string; readonly currency: Currency } | undefined;
  readonly person: (id: string) => string | undefined;
}

/** Says what differs and by how much. */
export function differenceSentence(difference: Difference, names: DifferenceNames): string {
  const { check, lineId, category, personId, of, number, stands, shouldBe } = difference;
  const line = names.line(lineId);
  const money = (minor: number) =>
    line === undefined ? String(minor) : formatMoney(minor, line.currency);
  const where = [
    `“${line?.title ?? 'A line that is gone'}”`,
    ...(category === '' ? [] : [categoryLabel(category)]),
    ...(personId === null ? [] : [names.person(personId) ?? 'somebody']),
  ].join(', ');
  if (check === 'entries')
    return `Entry ${number} does not sum to zero for ${where}: ${money(stands)}.`;
  if (check === 'payments') {
    if (number === null) {
      return `The journal has ${money(stands)} as paid from ${where}, and no payment says so.`;
    }
    return `A payment of claim C-${number} is ${money(shouldBe)}; the journal has ${money(stands)} for it.`;
  }
  if (check === 'states') {
    return `Of claim C-${number} ${money(shouldBe)} is approved and ${money(stands)} is paid; its state says something else.`;
  }
  const what = of === 'entry' || of === 'payment' ? of : STAGE_WORDS[of].toLowerCase();
  if (check === 'signs') return `${where}: ${money(stands)} is ${what}, and nobody let that be.`;
  return `${where}: ${money(stands)} is ${what}; it should be ${money(shouldBe)}.`;
}
