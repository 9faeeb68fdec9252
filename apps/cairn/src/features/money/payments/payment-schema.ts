import { type Currency, parseAmount, parseCurrency } from '@cairn/kernel/money';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Typed, typedText } from '../../../platform/http/form.ts';
import type { NewPayment } from './payment-commands.ts';

/** What the form of a payment says besides which claim it is for. */
export type TypedPayment = Omit<NewPayment, 'claimId' | 'funderId'>;

/** A reference longer than this is no reference. */
const LONGEST = 200;

/** Reads the form of a payment; amounts in the funder's currency, or in the one that is named beside them. */
export function readPayment(typed: Typed, currency: Currency): Result<TypedPayment, Problem[]> {
  const problems: Problem[] = [];
  const at = (path: string, { code, sentence }: Problem) => {
    problems.push(problem(code, sentence, { path }));
  };
  const amount = parseAmount(typedText(typed, 'amount'), currency);
  if (!amount.ok) at('amount', amount.error);
  const sentText = typedText(typed, 'sent_amount').trim();
  const sentCode = typedText(typed, 'sent_currency').trim();
  const sentIn = sentCode === '' ? undefined : parseCurrency(sentCode);
  if (sentIn?.ok === false) at('sent_currency', sentIn.error);
  const sent =
    sentText === '' || sentIn?.ok !== true ? undefined : parseAmount(sentText, sentIn.value);
  if (sent?.ok === false) at('sent_amount', sent.error);
  if ((sentText === '') !== (sentCode === '')) {
    const sentence = 'Write both what arrived and in which currency, or neither.';
    problems.push(problem('half-said', sentence, { path: 'sent_amount' }));
  }
  const reference = typedText(typed, 'reference').trim();
  if (reference.length > LONGEST) {
    const sentence = `Keep the reference within ${LONGEST} characters.`;
    problems.push(problem('too-long', sentence, { path: 'reference' }));
  }
  const key = typedText(typed, 'key');
  if (!/^[0-9a-f-]{36}$/.test(key)) {
    problems.push(problem('no-key', 'Open the form again, then send it.', { path: 'amount' }));
  }
  const seen = Number(typedText(typed, 'seen') || Number.NaN);
  if (problems.length > 0 || !amount.ok) return fail(problems);
  return ok({
    minor: amount.value,
    paidOn: typedText(typed, 'paid_on').trim(),
    reference,
    sentMinor: sent?.ok === true ? sent.value : undefined,
    sentCurrency: sentIn?.ok === true ? sentIn.value : undefined,
    key: `form:${key}`,
    seenPaidMinor: Number.isSafeInteger(seen) ? seen : undefined,
  });
}
