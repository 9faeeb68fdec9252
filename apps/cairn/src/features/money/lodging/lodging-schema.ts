import { type Currency, parseAmount, parseCurrency } from '@cairn/kernel/money';
import { z } from 'zod';
import { line, linkOrNone, whole, words } from '../../../platform/http/fields.ts';

export const houseForm = z.object({
  name: line('the name of the house', 100),
  address: words(500).default(''),
  link: linkOrNone,
  text: words(2000).default(''),
});

const room = {
  beds: whole(1, 12, 'the beds'),
  accessible: z.enum(['yes']).optional(),
  price: z.string().trim().max(40, 'write an amount').default(''),
  currency: z.string().trim().toUpperCase().max(3, 'write three letters, such as USD').default(''),
};

/** A price for the night in units of its currency, or none. */
function priced<T extends { readonly price: string; readonly currency: string }>(
  form: T,
  context: z.core.$RefinementCtx<T>,
): { readonly nightMinor: number | null; readonly currency: Currency | null } {
  const none = { nightMinor: null, currency: null };
  if (form.price === '') return none;
  const refuse = (name: string, message: string) => {
    context.addIssue({ code: 'custom', path: [name], message, input: form });
    return none;
  };
  const currency = parseCurrency(form.currency);
  if (!currency.ok) return refuse('currency', currency.error.sentence);
  const amount = parseAmount(form.price, currency.value);
  if (!amount.ok) return refuse('price', amount.error.sentence);
  if (amount.value < 0) return refuse('price', 'a price is not less than nothing');
  return { nightMinor: amount.value, currency: currency.value };
}

export const roomsForm = z
  .object({
    ...room,
    names: z
      .string('write the rooms')
      .transform((text) =>
        text
          .split(/[,;\n]/)
          .map((name) => name.trim().replace(/\s+/g, ' '))
          .filter((name) => name !== ''),
      )
      .refine((names) => names.length > 0, 'write at least one room, such as 101, 102, 103')
      .refine(
        (names) => names.length <= 200 && names.every((name) => name.length <= 60),
        'write at most 200 rooms of at most 60 characters each',
      ),
  })
  .transform((form, context) => ({
    names: form.names,
    room: { beds: form.beds, isAccessible: form.accessible === 'yes', ...priced(form, context) },
  }));

export const roomForm = z
  .object({ ...room, name: line('the name of the room', 60) })
  .transform((form, context) => ({
    name: form.name,
    beds: form.beds,
    isAccessible: form.accessible === 'yes',
    ...priced(form, context),
  }));

export const proposeForm = z.object({ seed: whole(1, 999_999, 'the number of the proposal') });
