import { type Currency, parseAmount, parseCurrency } from '@cairn/kernel/money';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { SlipTotal } from './receipt-commands.ts';

/** What a slip comes to, as it was typed; undefined where both fields are empty, which takes it back. */
export function readTotal(
  total: string,
  currency: string,
): Result<SlipTotal | undefined, readonly Problem[]> {
  if (total.trim() === '') return ok(undefined);
  const parsed = parseCurrency(currency);
  if (!parsed.ok) return fail([at(parsed.error, 'currency')]);
  const minor = readAmount(total, parsed.value, 'total');
  return minor.ok ? ok({ minor: minor.value, currency: parsed.value }) : fail([minor.error]);
}

/** A part of a receipt as it was typed; null where it is left open. */
export function readPart(part: string, currency: Currency | null): Result<number | null, Problem> {
  if (part.trim() === '') return ok(null);
  if (currency === null) {
    const sentence = 'Say first what the whole slip comes to; then give parts of it.';
    return fail(problem('no-total', sentence, { path: 'part' }));
  }
  return readAmount(part, currency, 'part');
}

function readAmount(text: string, currency: Currency, path: string): Result<number, Problem> {
  const parsed = parseAmount(text, currency);
  if (!parsed.ok) return fail(at(parsed.error, path));
  return parsed.value < 0
    ? fail(problem('below-zero', 'Write an amount of zero or more.', { path }))
    : parsed;
}

const at = (wrong: Problem, path: string): Problem => ({ ...wrong, place: { path } });
