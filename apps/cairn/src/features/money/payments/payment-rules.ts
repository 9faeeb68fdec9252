import { type Currency, formatMoney, sumOf } from '@cairn/kernel/money';
import { type Problem, problem } from '@cairn/kernel/problem';
import { daysBetween, formatDate, type Instant, type PlainDate } from '@cairn/kernel/time';

/** What one claim is owed by one funder, in the funder's currency. */
export interface Due {
  readonly claimId: string;
  /** As in C-12. */
  readonly number: number;
  /** Null for a supplier's bill. */
  readonly personId: string | null;
  readonly payee: string;
  readonly funderId: string;
  readonly funder: string;
  readonly currency: Currency;
  readonly state: 'approved' | 'sent' | 'paid';
  readonly approvedMinor: number;
  readonly paidMinor: number;
  /** When it went to whoever pays for the funder, and was not given back. */
  readonly sentOn: Instant | null;
}

/** What is still to be paid. */
export const stillOwed = ({ approvedMinor, paidMinor }: Due): number => approvedMinor - paidMinor;

/** A cost of a claim, and how much of it is not paid yet. */
export interface OpenItem {
  readonly itemId: string;
  readonly openMinor: number;
}

/** A part of a payment, for one cost. */
export interface PaidPart {
  readonly itemId: string;
  readonly minor: number;
}

/**
 * Which costs a payment pays: in the order of the claim, each as far as it is open. The parts add up to the payment.
 * A payment above all that is open is a mistake of the caller's, and thrown.
 */
export function partsOf(minor: number, items: readonly OpenItem[]): readonly PaidPart[] {
  if (minor <= 0 || minor > sumOf(items.map(({ openMinor }) => openMinor))) {
    throw new RangeError('a payment pays what is open, and no more');
  }
  let left = minor;
  return items.flatMap(({ itemId, openMinor }) => {
    const part = Math.min(left, openMinor);
    left -= part;
    return part === 0 ? [] : [{ itemId, minor: part }];
  });
}

/** Days before this one are slips of the pen. */
const DAYS_BACK = 3660;

/** What is wrong with the day of a payment. The day itself may be tomorrow's, east of the summit. */
export function dayProblem(paidOn: PlainDate, today: PlainDate): Problem | undefined {
  const ago = daysBetween(paidOn, today);
  if (ago >= -1 && ago <= DAYS_BACK) return undefined;
  const sentence =
    ago < 0
      ? `${formatDate(paidOn)} is not here yet; record a payment once it was made.`
      : `${formatDate(paidOn)} is long ago; check the year.`;
  return problem('wrong-day', sentence, { path: 'paid_on' });
}

/** What is wrong with the amount of a payment. */
export function amountProblem(minor: number, due: Due): Problem | undefined {
  const open = stillOwed(due);
  const place = { path: 'amount' };
  if (minor <= 0) return problem('no-amount', 'Write an amount above zero.', place);
  if (open <= 0) {
    const sentence = `All of C-${due.number} that ${due.funder} owes is paid already.`;
    return problem('paid-already', sentence, place);
  }
  if (minor <= open) return undefined;
  const sentence = `Of C-${due.number} only ${formatMoney(open, due.currency)} is still owed by ${due.funder}; write at most that. If more was paid, approve the rest as a claim first.`;
  return problem('too-much', sentence, place);
}
