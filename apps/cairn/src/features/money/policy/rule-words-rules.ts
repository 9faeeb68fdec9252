import { type Currency, formatMoney } from '@cairn/kernel/money';
import { counted } from '@cairn/kernel/words';
import type { Rule } from './rule-schema.ts';

const BRACES = /\{([a-z_]+)\}/g;

/** The names in braces that a rule's words use. */
export const namesIn = (words: string): readonly string[] =>
  [...words.matchAll(BRACES)].map(([, name = '']) => name);

/** What the names in braces stand for: figures of the rule itself, so that words and figures never differ. */
export function valuesOf(rule: Rule, currency: Currency): Readonly<Record<string, string>> {
  const amount = (minor: number): string => formatMoney(minor, currency);
  switch (rule.kind) {
    case 'meal_cap':
    case 'category_cap':
    case 'lodging_cap':
      return { most: amount(rule.most) };
    case 'mileage':
      return { rate: `${rule.rate} ${currency}`, unit: rule.unit === 'km' ? 'kilometre' : 'mile' };
    case 'per_diem':
      return { percent: `${rule.first_last_percent} %` };
    case 'receipt_above':
      return { above: amount(rule.above) };
    case 'deadline_after_return':
      return { days: counted(rule.days, 'day') };
    case 'within_days':
      return { before: counted(rule.before, 'day'), after: counted(rule.after, 'day') };
    default:
      return {};
  }
}

/** A rule in words, with its figures in them. */
export function ruleWords(rule: Rule, currency: Currency): string {
  const values = valuesOf(rule, currency);
  return rule.words.replace(BRACES, (whole, name: string) => values[name] ?? whole);
}
