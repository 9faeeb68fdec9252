import type { Currency } from '@cairn/kernel/money';
import { CATEGORY_KEYS, type Category } from '../category-rules.ts';
import type { FundLine } from '../funders/funder-rules.ts';
import { type Posting, type Standing, standing } from '../journal/journal-rules.ts';

/** What is spoken for in one way of looking at the money; all of it in one currency. */
export interface Part {
  readonly currency: Currency;
  readonly standing: Standing;
}

/** What is spoken for of one kind of cost. */
export interface CategoryPart extends Part {
  readonly category: Category;
}

/** What is spoken for somebody; `personId` is null for what is for nobody in particular. */
export interface PersonPart extends Part {
  readonly personId: string | null;
}

/** What is committed, claimed, owed and paid together. */
export const spokenFor = ({ committed, claimed, approved, paid }: Standing): number =>
  committed + claimed + approved + paid;

/** The sum of several lines of one currency, line by line of the table. */
export const sumOfLines = (
  lines: readonly FundLine[],
  standings: ReadonlyMap<string, Standing>,
): Standing =>
  standing(
    lines.flatMap(({ id }) => {
      const of = standings.get(id);
      if (of === undefined) return [];
      const { granted, uncommitted, ...rest } = of;
      return [
        { stage: 'grant' as const, minor: 0 - granted },
        { stage: 'uncommitted' as const, minor: 0 - uncommitted },
        { stage: 'left' as const, minor: rest.left },
        { stage: 'committed' as const, minor: rest.committed },
        { stage: 'claimed' as const, minor: rest.claimed },
        { stage: 'approved' as const, minor: rest.approved },
        { stage: 'paid' as const, minor: rest.paid },
      ];
    }),
  );

/** Balances by what they have in common, each with its currency; what belongs to no line that is known is left out. */
function parts<Key extends string | null>(
  balances: readonly Posting[],
  lines: readonly FundLine[],
  keyOf: (balance: Posting) => Key | undefined,
): readonly (Part & { readonly key: Key })[] {
  const currencies = new Map(lines.map(({ id, funder }) => [id, funder.currency]));
  const found = balances.flatMap((balance) => {
    const key = keyOf(balance);
    const currency = currencies.get(balance.lineId);
    return key === undefined || currency === undefined ? [] : [{ key, currency, balance }];
  });
  const groups = Map.groupBy(found, ({ key, currency }) => `${currency} ${key}`);
  return [...groups.values()].flatMap((of) => {
    const [first] = of;
    if (first === undefined) return [];
    const { key, currency } = first;
    return [{ key, currency, standing: standing(of.map(({ balance }) => balance)) }];
  });
}

/** What is spoken for of each kind of cost, in the order of the kinds. */
export const byCategory = (
  balances: readonly Posting[],
  lines: readonly FundLine[],
): readonly CategoryPart[] =>
  parts(balances, lines, ({ category }) => (category === '' ? undefined : category))
    .map(({ key, ...part }) => ({ ...part, category: key }))
    .toSorted(
      (a, b) =>
        CATEGORY_KEYS.indexOf(a.category) - CATEGORY_KEYS.indexOf(b.category) ||
        a.currency.localeCompare(b.currency),
    );

/** What is spoken for each person; what is for nobody in particular has no person. */
export const byPerson = (
  balances: readonly Posting[],
  lines: readonly FundLine[],
): readonly PersonPart[] =>
  parts(balances, lines, ({ category, personId }) => (category === '' ? undefined : personId)).map(
    ({ key, ...part }) => ({ ...part, personId: key }),
  );
