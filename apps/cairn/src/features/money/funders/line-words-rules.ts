import { formatMoney } from '@cairn/kernel/money';
import { listed } from '@cairn/kernel/words';
import { type Category, categoryLabel } from '../category-rules.ts';
import type { FundLine } from './funder-rules.ts';

/** What tracks, communities and people are called, by key or id. */
export type Names = ReadonlyMap<string, string>;

/** Whom a line pays for, in words. */
export function paysForWords({ paysFor, paysForKeys, people }: FundLine, names: Names): string {
  const called = (keys: readonly string[]) =>
    listed(keys.map((key) => names.get(key) ?? key)) || 'nobody';
  switch (paysFor) {
    case 'everyone':
      return 'everybody with a funded seat';
    case 'tracks':
      return `those who lead or work in ${called(paysForKeys)}`;
    case 'communities':
      return `people of ${called(paysForKeys)}`;
    case 'people':
      return called(people);
  }
}

/** What a line pays at most, in words; one phrase for each ceiling. */
export function ceilingWords({ funder, personCeiling, categoryCeilings }: FundLine): string[] {
  const each = Object.entries(categoryCeilings).map(
    ([category, minor]) =>
      `${formatMoney(minor, funder.currency)} for ${categoryLabel(category as Category).toLowerCase()}`, // its keys are categories
  );
  return [
    ...(personCeiling === null ? [] : [`${formatMoney(personCeiling, funder.currency)} a person`]),
    ...each,
  ];
}
