import { fail, ok, type Result } from '@cairn/kernel/result';

/** How many digits a currency has after the point (ISO 4217, as the machine knows it). */
const digitsOf = (currency: string | undefined): number =>
  currency === undefined
    ? 2
    : (new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
        .maximumFractionDigits ?? 2);

/** An amount as it is typed: `1200.50`; empty where nothing is known. */
export const costField = (minor: number | undefined, currency: string | undefined): string => {
  if (minor === undefined) return '';
  const digits = digitsOf(currency);
  return (minor / 10 ** digits).toFixed(digits);
};

/** Reads an amount in minor units; empty is nothing known. */
export function costOf(
  text: string,
  currency: string | undefined,
): Result<number | undefined, string> {
  if (text === '') return ok(undefined);
  const digits = digitsOf(currency);
  const match = /^(\d{1,9})(?:\.(\d{1,3}))?$/.exec(text);
  const [, whole = '', part = ''] = match ?? [];
  if (match === null || part.length > digits) {
    return fail('Write an amount such as 1200 or 1200.50; leave it empty where nothing is known.');
  }
  return ok(Number(whole) * 10 ** digits + Number(part.padEnd(digits, '0') || '0'));
}

/** An amount in words, with its currency where one is known: `1,200.50 USD`. */
export function moneyWords(minor: number, currency: string | undefined): string {
  const digits = digitsOf(currency);
  const amount = (minor / 10 ** digits).toLocaleString('en-GB', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return currency === undefined ? amount : `${amount} ${currency}`;
}
