import { CURRENCIES, type Currency, parseAmount, parseCurrency } from '@cairn/kernel/money';
import { z } from 'zod';
import { dayOrNone, line, linkOrNone, ticked, words } from '../../../platform/http/fields.ts';
import { type Typed, typedText } from '../../../platform/http/form.ts';
import { CATEGORY_KEYS, type Category } from '../category-rules.ts';
import { DOCUMENT_KEYS } from './document-rules.ts';
import type { FundLine } from './funder-rules.ts';

const SAY_PERCENT = 'write the percent as a number, such as 15 or 12.5, or leave it empty';

/** A currency of the list. */
const currency = z.string('choose a currency').transform((text, context): Currency => {
  const parsed = parseCurrency(text);
  if (parsed.ok) return parsed.value;
  context.addIssue({ code: 'custom', message: parsed.error.sentence });
  return z.NEVER;
});

/** A funder as its form says it. */
export const funderForm = z
  .object({
    name: line('whose money it is'),
    currency,
    award: line('the number of the award').or(z.literal('')).default(''),
    link: linkOrNone,
    from_on: dayOrNone,
    until_on: dayOrNone,
    'documents[]': z.array(z.enum(DOCUMENT_KEYS, 'choose from the list')).max(20).default([]),
    indirect_rate: z
      .string(SAY_PERCENT)
      .trim()
      .default('')
      .refine((text) => text === '' || /^\d{1,3}(\.\d{1,4})?$/.test(text), SAY_PERCENT)
      .transform((text) => (text === '' ? null : text)),
    note: words(2000).default(''),
  })
  .refine(({ from_on, until_on }) => from_on === null || until_on === null || from_on <= until_on, {
    path: ['until_on'],
    message: 'the last day is not before the first',
  })
  .transform(({ from_on, until_on, indirect_rate, 'documents[]': documents, ...form }) => ({
    ...form,
    fromOn: from_on,
    untilOn: until_on,
    indirectRate: indirect_rate,
    documents,
  }));

/** An amount in a currency, above zero unless `sign` lets it be below; the sentence says how to write it. */
const amount = (of: Currency, sign: 'positive' | 'any' = 'positive') =>
  z
    .string(`write an amount in ${of}`)
    .trim()
    .min(1, `write an amount in ${of}`)
    .transform((text, context): number => {
      const parsed = parseAmount(text, of);
      if (!parsed.ok) {
        context.addIssue({ code: 'custom', message: parsed.error.sentence });
        return z.NEVER;
      }
      if (sign === 'positive' && parsed.value < 0) {
        context.addIssue({ code: 'custom', message: 'write an amount that is not below zero' });
        return z.NEVER;
      }
      return parsed.value;
    });

/** An amount, or null where nothing was written. */
const amountOrNone = (of: Currency) =>
  z
    .literal('')
    .transform(() => null)
    .or(amount(of))
    .optional()
    .transform((value) => value ?? null);

const keys = z.array(z.string().regex(/^[a-z][a-z0-9_]*$/, 'choose from the list')).max(200);

/** The name of the field for the ceiling of a category. */
export const ceilingField = (category: Category): string => `ceiling_${category}`;

/**
 * A line as its form says it, read with the currency of the funder that it names. A funder that nobody knows is a
 * problem of the command's, which names the field; amounts are then read as dollars.
 */
export function lineForm(typed: Typed, currencyOf: (funderId: string) => Currency | undefined) {
  const of = currencyOf(typedText(typed, 'funder')) ?? currency.parse('USD');
  return z
    .object({
      funder: z.uuid('choose one of the funders'),
      title: line('what it is for'),
      'categories[]': z
        .array(z.enum(CATEGORY_KEYS, 'choose from the list'), 'choose what it pays')
        .min(1, 'choose what it pays'),
      pays_for: z.enum(['everyone', 'tracks', 'communities', 'people'], 'choose whom it pays for'),
      'tracks[]': keys.default([]),
      'communities[]': keys.default([]),
      'people[]': z.array(z.uuid('choose people of the list')).max(1000).default([]),
      person_ceiling: amountOrNone(of),
      needs_estimate: ticked,
      participant_support: ticked,
      indirect_base: ticked,
      policy: z
        .union([z.literal('').transform(() => null), z.uuid()], 'choose one of the list')
        .default(null),
      ...Object.fromEntries(CATEGORY_KEYS.map((key) => [ceilingField(key), amountOrNone(of)])),
    })
    .superRefine((form, context) => {
      const none =
        (form.pays_for === 'tracks' && form['tracks[]'].length === 0) ||
        (form.pays_for === 'communities' && form['communities[]'].length === 0) ||
        (form.pays_for === 'people' && form['people[]'].length === 0);
      if (none) {
        const message = `choose which ${form.pays_for} it pays for`;
        context.addIssue({ code: 'custom', path: [`${form.pays_for}[]`], message });
      }
    })
    .transform((form) => ({
      funderId: form.funder,
      title: form.title,
      categories: form['categories[]'],
      paysFor: form.pays_for,
      paysForKeys:
        form.pays_for === 'tracks'
          ? form['tracks[]']
          : form.pays_for === 'communities'
            ? form['communities[]']
            : [],
      people: form.pays_for === 'people' ? form['people[]'] : [],
      personCeiling: form.person_ceiling,
      categoryCeilings: ceilingsIn(form),
      needsEstimate: form.needs_estimate,
      isParticipantSupport: form.participant_support,
      inIndirectBase: form.indirect_base,
      policyId: form.policy,
    }))
    .safeParse(typed);
}

const ceilingsIn = (form: Readonly<Record<string, unknown>>): FundLine['categoryCeilings'] =>
  Object.fromEntries(
    CATEGORY_KEYS.flatMap((key) => {
      const ceiling = form[ceilingField(key)];
      return typeof ceiling === 'number' ? [[key, ceiling]] : [];
    }),
  );

/** What an allotment and a move say besides the amount. */
const told = {
  on_date: dayOrNone.transform((date) => date ?? undefined),
  note: words(1000).default(''),
  key: z.uuid('this form is not ours; open the page again'),
  override: ticked,
};

/** A funder gives a line so much; below zero, it takes it back. */
export const allotForm = (of: Currency) => z.object({ amount: amount(of, 'any'), ...told });

/** So much of a line goes to another one. */
export const transferForm = (of: Currency) =>
  z.object({ amount: amount(of), to: z.uuid('choose the line that gets it'), ...told });

/** Whether somebody is a participant for participant support, and why. */
export const statusForm = z.object({
  person: z.uuid('choose one of the list'),
  is: z.enum(['participant', 'staff'], 'choose one of the two'),
  reason: words(500).default(''),
});

/** Every currency, for a form's list. */
export const CURRENCY_OPTIONS = CURRENCIES.map((code) => ({
  value: code,
  label: `${code}, ${new Intl.DisplayNames('en-GB', { type: 'currency' }).of(code) ?? code}`,
}));
