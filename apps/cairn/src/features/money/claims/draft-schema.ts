import { amountText, parseAmount, parseCurrency } from '@cairn/kernel/money';
import { type Problem, problem } from '@cairn/kernel/problem';
import { parseDate } from '@cairn/kernel/time';
import { type Typed, typedList, typedText } from '../../../platform/http/form.ts';
import { CATEGORY_KEYS, type Category } from '../category-rules.ts';
import { factsAsTyped } from '../policy/facts-schema.ts';
import type { Facts } from '../policy/policy-rules.ts';
import { MEALS, type Meal } from '../policy/rule-schema.ts';
import type { Claim, ClaimItem, Covered } from './claim-rules.ts';

/** A cost as its owner means it: what could be read, and what could not, as it was typed. */
export type DraftItem = Pick<
  ClaimItem,
  | 'category'
  | 'meal'
  | 'spentOn'
  | 'text'
  | 'facts'
  | 'spentMinor'
  | 'spentCurrency'
  | 'lineId'
  | 'covers'
  | 'receiptIds'
  | 'typed'
> & {
  /** Undefined for one that is not stored yet. */
  readonly id: string | undefined;
};

/** A claim as its owner means it. */
export interface Draft {
  readonly title: string;
  readonly note: string;
  readonly isFinal: boolean;
  readonly overReason: string;
  readonly items: readonly DraftItem[];
}

/** More than a claim has, and less than would make its page unusable. */
export const MOST_ITEMS = 60;
/** How many people beside the payee a cost has fields for, and at most. */
export const MOST_COVERED = 12;

/** What a cost is, in one choice: `meals:dinner`, `travel`; empty where nobody said yet. */
export const kindOf = ({ category, meal, typed }: Pick<ClaimItem, 'category' | 'meal' | 'typed'>) =>
  typed['kind'] ?? (meal === null ? category : `${category}:${meal}`);

function readKind(text: string): { category: Category; meal: Meal | null } | undefined {
  const [name = '', mealName] = text.split(':');
  const category = CATEGORY_KEYS.find((key) => key === name);
  const meal = mealName === undefined ? null : MEALS.find((key) => key === mealName);
  return category === undefined || meal === undefined ? undefined : { category, meal };
}

const short = (text: string, most: number): string => text.trim().slice(0, most);

/** The field of a cost in the form. */
export const itemField = (name: string, index: number): string => `${name}[${index}]`;

/**
 * Reads the form of a claim. What can be read is in the draft, and what cannot stands beside it as it was typed, with
 * a problem at its field: nothing that somebody typed is lost by a slip elsewhere.
 */
export function readDraft(typed: Typed): {
  readonly draft: Draft;
  readonly problems: readonly Problem[];
} {
  const problems: Problem[] = [];
  const items: DraftItem[] = [];
  for (let index = 0; index < MOST_ITEMS; index += 1) {
    if (typed[itemField('id', index)] === undefined) continue;
    items.push(readItem(typed, index, (found) => problems.push(found)));
  }
  const tooLong = (name: string, most: number) => {
    if (typedText(typed, name).trim().length > most) {
      const sentence = `Shorten this to ${most} characters.`;
      problems.push(problem('too-long', sentence, { path: name }));
    }
  };
  tooLong('title', 100);
  tooLong('note', 2000);
  tooLong('over_reason', 1000);
  return {
    draft: {
      title: short(typedText(typed, 'title').replace(/\s+/g, ' '), 100),
      note: short(typedText(typed, 'note'), 2000),
      isFinal: typedText(typed, 'is_final') === 'yes',
      overReason: short(typedText(typed, 'over_reason'), 1000),
      items,
    },
    problems,
  };
}

function readItem(typed: Typed, index: number, complain: (found: Problem) => void): DraftItem {
  const unread: Record<string, string> = {};
  const text = (name: string) => typedText(typed, itemField(name, index));
  const wrong = (name: string, what: Problem) => {
    unread[name] = text(name).slice(0, 500);
    complain({ ...what, place: { path: itemField(name, index) } });
  };
  const kind = readKind(text('kind'));
  // Not yet said is no mistake of a draft.
  if (kind === undefined) unread['kind'] = '';
  const category = kind?.category ?? 'other';
  const day = text('spent_on').trim();
  const spentOn = day === '' ? undefined : parseDate(day);
  if (spentOn?.ok === false) wrong('spent_on', spentOn.error);
  const currency = parseCurrency(text('currency'));
  if (!currency.ok && text('currency').trim() !== '') wrong('currency', currency.error);
  const amount =
    text('amount').trim() === '' || !currency.ok
      ? undefined
      : parseAmount(text('amount'), currency.value);
  if (amount?.ok === false) wrong('amount', amount.error);
  if (amount?.ok === true && amount.value < 0) {
    wrong('amount', problem('below-nothing', 'Write what you spent, without a minus.'));
  }
  if (amount === undefined && text('amount').trim() !== '') {
    unread['amount'] = text('amount').slice(0, 500);
  }
  if (text('text').trim().length > 300) {
    wrong('text', problem('too-long', 'Shorten this to 300 characters.'));
  }
  const lineId = /^[0-9a-f-]{36}$/.test(text('line')) ? text('line') : null;
  return {
    id: text('id') === '' ? undefined : text('id'),
    category,
    meal: kind?.meal ?? null,
    spentOn: spentOn?.ok === true ? spentOn.value.toString() : null,
    text: short(text('text').replace(/\s+/g, ' '), 300),
    facts: typedFacts(typed, index),
    spentMinor: amount?.ok === true && amount.value >= 0 ? amount.value : null,
    spentCurrency: currency.ok ? currency.value : null,
    lineId,
    covers: readCovered(typed, index, currency, unread, complain),
    receiptIds: [...new Set(typedList(typed, itemField('receipt', index)))].filter((id) =>
      /^[0-9a-f-]{36}$/.test(id),
    ),
    typed: unread,
  };
}

/**
 * What was said of a cost, as it was typed: what of it is asked, and whether it can be read, is known once the line and
 * its rules are.
 */
function typedFacts(typed: Typed, index: number): Facts {
  const facts: Record<string, string> = {};
  for (const name of Object.keys(typed)) {
    const [, key, at] = /^fact\.([a-z0-9_]{1,80})\[(\d+)\]$/.exec(name) ?? [];
    const value = typedText(typed, name);
    if (key !== undefined && Number(at) === index && value !== '')
      facts[key] = value.slice(0, 2000);
  }
  return facts;
}

function readCovered(
  typed: Typed,
  index: number,
  currency: ReturnType<typeof parseCurrency>,
  unread: Record<string, string>,
  complain: (found: Problem) => void,
): Covered[] {
  const covers = new Map<string, Covered>();
  for (let place = 0; place < MOST_COVERED; place += 1) {
    const personId = typedText(typed, itemField(`with.${place}`, index));
    if (!/^[0-9a-f-]{36}$/.test(personId)) continue;
    const name = `share.${place}`;
    const share = typedText(typed, itemField(name, index)).trim();
    const read = share === '' || !currency.ok ? undefined : parseAmount(share, currency.value);
    if (read?.ok === false) {
      unread[name] = share.slice(0, 100);
      complain({ ...read.error, place: { path: itemField(name, index) } });
    }
    const minor = read?.ok === true && read.value >= 0 ? read.value : null;
    covers.set(personId, { personId, minor });
  }
  return [...covers.values()];
}

/** A claim as the fields of its form. */
export function claimAsTyped(claim: Claim): Typed {
  const fields: Record<string, string | readonly string[]> = {
    title: claim.title,
    note: claim.note,
    over_reason: claim.overReason,
    ...(claim.isFinal ? { is_final: 'yes' } : {}),
  };
  claim.items.forEach((item, index) => {
    const set = (name: string, value: string | readonly string[]) => {
      fields[itemField(name, index)] = value;
    };
    const { spentCurrency: currency } = item;
    const amount = (minor: number | null) =>
      minor === null || currency === null ? '' : amountText(minor, currency);
    set('id', item.id);
    set('kind', kindOf(item));
    set('spent_on', item.typed['spent_on'] ?? item.spentOn ?? '');
    set('text', item.typed['text'] ?? item.text);
    set('amount', item.typed['amount'] ?? amount(item.spentMinor));
    set('currency', item.typed['currency'] ?? currency ?? '');
    set('line', item.lineId ?? '');
    set('receipt', item.receiptIds);
    for (const [key, value] of Object.entries(factsAsTyped(item.facts))) set(`fact.${key}`, value);
    item.covers.forEach(({ personId, minor }, place) => {
      set(`with.${place}`, personId);
      set(`share.${place}`, item.typed[`share.${place}`] ?? amount(minor));
    });
  });
  return fields;
}
