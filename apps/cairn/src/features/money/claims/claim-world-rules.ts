import type { Currency } from '@cairn/kernel/money';
import { type FundLine, linesFor, type Payee } from '../funders/funder-rules.ts';
import type { Circumstances, Cost, Policy } from '../policy/policy-rules.ts';
import type { ClaimItem } from './claim-rules.ts';

/** A rate as it is frozen with a cost. */
export interface Rate {
  readonly rate: string;
  readonly onDate: string;
  readonly source: string;
}

/** A meal that somebody else’s claim asks for already. */
export interface ClaimedMeal {
  readonly personId: string;
  readonly spentOn: string;
  readonly meal: string;
  readonly number: number;
}

/** What a slip comes to, and what other claims ask of it, in its currency. */
export interface ReceiptUse {
  readonly id: string;
  readonly totalMinor: number | null;
  readonly currency: string | null;
  /** What its owner left to the payee of it; null where it is theirs, or left open. */
  readonly partMinor: number | null;
  readonly elsewhereMinor: number;
  readonly usesElsewhere: number;
}

/** All that decides what a claim comes to, besides the claim itself. */
export interface World {
  readonly lines: readonly FundLine[];
  /** Undefined for the bill of a supplier. */
  readonly payee: Payee | undefined;
  /** By line; nothing where a line has no rules. */
  readonly policies: ReadonlyMap<string, Policy>;
  readonly circumstances: Omit<Circumstances, 'currency' | 'earlier'>;
  /** Costs of the payee in their other claims, by the currency of the line. */
  readonly earlier: ReadonlyMap<Currency, readonly Cost[]>;
  /** By line and category: what is committed still for the payee; `line category`. */
  readonly committed: ReadonlyMap<string, number>;
  /** Lines on which the payee has, or had, an approved estimate. */
  readonly estimatedLines: ReadonlySet<string>;
  readonly claimedMeals: readonly ClaimedMeal[];
  readonly receipts: ReadonlyMap<string, ReceiptUse>;
  /** Names of people who come. */
  readonly names: ReadonlyMap<string, string>;
  /** Today, where the summit is. */
  readonly today: string;
}

/** The line that is to pay a cost: the one that was chosen, or the first that may. */
export function lineOf(
  item: Pick<ClaimItem, 'category' | 'lineId' | 'spentOn'>,
  { lines, payee }: Pick<World, 'lines' | 'payee'>,
): { readonly line: FundLine | undefined; readonly choices: readonly FundLine[] } {
  const may =
    payee === undefined
      ? lines.filter((line) => !line.isClosed && line.categories.includes(item.category))
      : linesFor(lines, payee, item.category);
  const choices = may.filter(({ funder: { fromOn, untilOn } }) => {
    const { spentOn } = item;
    return (
      spentOn === null ||
      ((fromOn === null || spentOn >= fromOn) && (untilOn === null || spentOn <= untilOn))
    );
  });
  return { line: choices.find(({ id }) => id === item.lineId) ?? choices[0], choices };
}

/** From which currency to which, and on which day, a rate is needed for a cost; undefined where nothing says it. */
export const rateNeeded = (
  item: ClaimItem,
  line: FundLine | undefined,
): { from: Currency; to: Currency; day: string } | undefined =>
  line === undefined || item.spentCurrency === null || item.spentOn === null
    ? undefined
    : { from: item.spentCurrency, to: line.funder.currency, day: item.spentOn };

/** The rate that was frozen with a cost, as long as it is that of its line. */
export const frozenRate = (item: ClaimItem, line: FundLine | undefined): Rate | undefined =>
  item.rate !== null && item.lineId === line?.id
    ? { rate: item.rate, onDate: item.rateOn ?? '', source: item.rateSource ?? '' }
    : undefined;
