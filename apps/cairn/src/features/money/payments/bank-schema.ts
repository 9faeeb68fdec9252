import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { z } from 'zod';
import { type Typed, typedList, typedText } from '../../../platform/http/form.ts';
import type { BankMapping } from './bank-mapping-rules.ts';

const column = z
  .string()
  .regex(/^(\d{1,2})?$/)
  .transform((text) => (text === '' ? undefined : Number(text)));

const mappingForm = z.object({
  header_line: z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number),
  date: z
    .string()
    .regex(/^\d{1,2}$/)
    .transform(Number),
  amount: column,
  out: column,
  payee: column,
  currency: column,
  date_form: z.enum(['ymd', 'dmy', 'mdy']),
  number_form: z.enum(['point', 'comma']),
  paid_is: z.enum(['negative', 'positive']),
});

/** Reads what somebody said of the columns of a bank's list. */
export function readMapping(typed: Typed): Result<BankMapping, Problem[]> {
  const texts = Object.fromEntries(
    Object.keys(mappingForm.shape).map((key) => [key, typedText(typed, key)]),
  );
  const read = mappingForm.safeParse(texts);
  if (!read.success) {
    const paths = [...new Set(read.error.issues.map(({ path }) => String(path[0])))];
    const sentence = 'Choose one of the list.';
    return fail(paths.map((path) => problem('bad-field', sentence, { path })));
  }
  const { header_line, date_form, number_form, paid_is, ...columns } = read.data;
  if (columns.amount === undefined && columns.out === undefined) {
    const sentence = 'Choose the column that says what was paid.';
    return fail([problem('no-amount-column', sentence, { path: 'amount' })]);
  }
  const reference = typedList(typed, 'reference[]').filter((text) => /^\d{1,2}$/.test(text));
  return ok({
    ...columns,
    out: columns.amount === undefined ? columns.out : undefined,
    headerLine: header_line,
    dateForm: date_form,
    numberForm: number_form,
    paidIs: paid_is,
    reference: reference.map(Number),
  });
}

/** A mapping as the form shows it. */
export const mappingAsTyped = (mapping: BankMapping): Typed => ({
  header_line: String(mapping.headerLine),
  date: String(mapping.date),
  amount: mapping.amount === undefined ? '' : String(mapping.amount),
  out: mapping.out === undefined ? '' : String(mapping.out),
  payee: mapping.payee === undefined ? '' : String(mapping.payee),
  currency: mapping.currency === undefined ? '' : String(mapping.currency),
  date_form: mapping.dateForm,
  number_form: mapping.numberForm,
  paid_is: mapping.paidIs,
  'reference[]': mapping.reference.map(String),
});
