import { amountText, type Currency, parseAmount, parseCurrency } from '@cairn/kernel/money';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { CATEGORY_KEYS, type Category } from '../category-rules.ts';
import type { Typed } from '../typed-rules.ts';
import type { CapDecision, Estimate } from './estimate-rules.ts';
import { capField, lineField, reasonField } from './estimate-rules.ts';

/** What a person asks for, as far as they have written it. */
export interface DraftEstimate {
  readonly note: string;
  readonly items: readonly {
    readonly category: Category;
    readonly text: string;
    /** 0: not said yet. */
    readonly spentMinor: number;
    readonly spentCurrency: Currency;
  }[];
}

/** As many costs as one estimate may have: a form has to stay one. */
export const MOST_ITEMS = 30;

const FIELDS = ['category', 'text', 'amount', 'currency'] as const;

/** The name of a field of the form, for the cost at a place. */
export const itemField = (position: number, field: (typeof FIELDS)[number]): string =>
  `cost_${position}_${field}`;

const textOf = (typed: Typed, name: string): string => {
  const value = typed[name];
  return (typeof value === 'string' ? value : (value?.[0] ?? '')).trim();
};

/** How many costs a form was sent with, written in or not. */
export const itemsIn = (typed: Typed): number =>
  Math.min(
    MOST_ITEMS,
    Math.max(
      0,
      ...Object.keys(typed).map((name) => Number(/^cost_(\d{1,2})_/.exec(name)?.[1] ?? -1) + 1),
    ),
  );

/** Reads a posted estimate. Costs without text and amount are left out; problems stand at the field as typed. */
export function readEstimate(typed: Typed): Result<DraftEstimate, Problem[]> {
  const problems: Problem[] = [];
  const items: DraftEstimate['items'][number][] = [];
  const note = textOf(typed, 'note');
  if (note.length > 2000) {
    problems.push(problem('too-long', 'Shorten this to 2,000 characters.', { path: 'note' }));
  }
  for (let position = 0; position < itemsIn(typed); position += 1) {
    const read = (field: (typeof FIELDS)[number]) => textOf(typed, itemField(position, field));
    const [text, amount] = [read('text'), read('amount')];
    if (text === '' && amount === '') continue;
    const at = (field: (typeof FIELDS)[number]) => ({ path: itemField(position, field) });
    const category = CATEGORY_KEYS.find((key) => key === read('category'));
    const currency = parseCurrency(read('currency'));
    if (category === undefined) {
      problems.push(problem('no-category', 'Choose what kind of cost it is.', at('category')));
    }
    if (text.length > 200) {
      problems.push(problem('too-long', 'Shorten this to 200 characters.', at('text')));
    }
    if (!currency.ok) {
      problems.push({ ...currency.error, place: at('currency') });
      continue;
    }
    const minor = amount === '' ? ok(0) : parseAmount(amount, currency.value);
    if (!minor.ok) problems.push({ ...minor.error, place: at('amount') });
    else if (minor.value < 0) {
      problems.push(problem('below-zero', 'A cost is not below zero.', at('amount')));
    } else if (category !== undefined) {
      items.push({ category, text, spentMinor: minor.value, spentCurrency: currency.value });
    }
  }
  return problems.length > 0 ? fail(problems) : ok({ note, items });
}

/** An estimate as the fields of its form. */
export const estimateAsTyped = ({ note, items }: Pick<Estimate, 'note' | 'items'>): Typed => ({
  note,
  ...Object.fromEntries(
    items.flatMap(({ category, text, spentMinor, spentCurrency }, position) => [
      [itemField(position, 'category'), category],
      [itemField(position, 'text'), text],
      [
        itemField(position, 'amount'),
        spentMinor === 0 ? '' : amountText(spentMinor, spentCurrency),
      ],
      [itemField(position, 'currency'), spentCurrency],
    ]),
  ),
});

/** What a treasurer decided, with the revision of the estimate that they saw. */
export interface ReadDecision {
  readonly revision: number;
  readonly decisions: readonly CapDecision[];
  readonly overReason: string;
}

/** Reads caps; each is in the currency of the line that was chosen for its item. */
export function readDecision(
  typed: Typed,
  itemIds: readonly string[],
  currencyOf: (lineId: string) => Currency | undefined,
): Result<ReadDecision, Problem[]> {
  const problems: Problem[] = [];
  const decisions = itemIds.flatMap((itemId): CapDecision[] => {
    const lineId = textOf(typed, lineField(itemId));
    const currency = currencyOf(lineId);
    if (currency === undefined) {
      const sentence = 'Choose a line that may pay this for this person.';
      problems.push(problem('no-line', sentence, { path: lineField(itemId) }));
      return [];
    }
    const cap = parseAmount(textOf(typed, capField(itemId)), currency);
    if (!cap.ok || cap.value < 0) {
      const sentence = cap.ok ? 'A cap is not below zero.' : cap.error.sentence;
      problems.push(problem('no-cap', sentence, { path: capField(itemId) }));
      return [];
    }
    const reason = textOf(typed, reasonField(itemId));
    if (reason.length > 500) {
      const sentence = 'Shorten this to 500 characters.';
      problems.push(problem('too-long', sentence, { path: reasonField(itemId) }));
    }
    return [{ itemId, lineId, capMinor: cap.value, reason }];
  });
  const overReason = textOf(typed, 'over_reason');
  if (overReason.length > 2000) {
    const sentence = 'Shorten this to 2,000 characters.';
    problems.push(problem('too-long', sentence, { path: 'over_reason' }));
  }
  if (problems.length > 0) return fail(problems);
  return ok({ revision: revisionOf(typed), decisions, overReason });
}

/** The revision that a form was made of; -1, which none has, where it does not say. */
export function revisionOf(typed: Typed): number {
  const text = textOf(typed, 'revision');
  return /^\d{1,9}$/.test(text) ? Number(text) : -1;
}
