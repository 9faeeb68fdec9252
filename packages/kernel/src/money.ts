import type { Branded } from './id.ts';
import { type Problem, problem } from './problem.ts';
import { fail, ok, type Result } from './result.ts';

/** A currency by its code of ISO 4217, such as `USD`. */
export type Currency = Branded<string, 'Currency'>;

/** An amount in whole minor units of its currency: 12.50 USD is 1250. Exact up to 2^53. */
export interface Money {
  readonly minor: number;
  readonly currency: Currency;
}

/** Codes of ISO 4217 that this machine knows, less those that are no money to spend (metals, tests, units of account). */
const KNOWN = new Set(
  Intl.supportedValuesOf('currency').filter((code) => !/^X(?!AF|CD|CG|OF|PF)/.test(code)),
);

/** Digits after the point where they are not two (ISO 4217, list one). */
const DIGITS: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'
      .split(' ')
      .map((code) => [code, 0]),
  ),
  ...Object.fromEntries('BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3])),
  CLF: 4,
  UYW: 4,
};

/** Every currency that can be spent, by code. */
export const CURRENCIES: readonly Currency[] = [...KNOWN].sort() as Currency[]; // checked above

/** Reads a currency's code, in capitals or not. */
export function parseCurrency(text: string): Result<Currency, Problem> {
  const code = text.trim().toUpperCase();
  return KNOWN.has(code)
    ? ok(code as Currency) // minted here only
    : fail(
        problem(
          'no-such-currency',
          `“${text.trim().slice(0, 20)}” is no currency; write its three letters, such as USD or EUR.`,
        ),
      );
}

/** A currency proven elsewhere (a stored row); throws on another text. */
export function expectCurrency(text: string): Currency {
  const parsed = parseCurrency(text);
  if (!parsed.ok) throw new RangeError(parsed.error.sentence);
  return parsed.value;
}

/** How many digits of a currency stand after the point: 2 for USD, 0 for JPY, 3 for KWD. */
export const minorDigits = (currency: Currency): number => DIGITS[currency] ?? 2;

const GROUPS = /^\d{1,3}(?:([.,' \u00a0\u2009\u202f’])\d{3})(?:\1\d{3})*$/;
const BLANKS = /[ \u00a0\u2009\u202f]/g;
const MOST = 1e13;

/**
 * Reads an amount as people write it (`12.50`, `12,5`, `1,133.32`, `1.133,32`, `1 133,32`) into minor units.
 * Where both marks stand, the last one is the point. `1,133` could be either, so it is refused with a sentence
 * that says how to write it. A code of the currency before or after it is allowed if it is the same one.
 */
export function parseAmount(text: string, currency: Currency): Result<number, Problem> {
  const digits = minorDigits(currency);
  const example = digits === 0 ? '1250' : `12.${'50'.padEnd(digits, '0')}`;
  const wrong = (code: string, sentence: string) => fail(problem(code, sentence));
  const bare = text.trim().replace(new RegExp(`^${currency}\\s*|\\s*${currency}$`, 'i'), '');
  const isNegative = /^[-−]/.test(bare);
  const body = bare.replace(/^[-−+]\s*/, '');
  if (!/^\d[\d.,'’ \u00a0\u2009\u202f]*$/.test(body)) {
    return wrong('no-amount', `Write an amount in ${currency}, such as ${example}.`);
  }
  const point = pointOf(body, digits);
  if (point === 'ambiguous') {
    return wrong(
      'ambiguous-amount',
      `“${body}” could mean two amounts; write all digits after the point, such as ${body.replace(/\D/g, '')}${digits === 0 ? '' : `.${'0'.repeat(digits)}`}.`,
    );
  }
  const [whole, rest] =
    point === undefined ? [body, ''] : [body.slice(0, point), body.slice(point + 1)];
  const isWhole = /^\d+$/.test(whole) || GROUPS.test(whole);
  if (!isWhole || !/^\d*$/.test(rest)) {
    return wrong('no-amount', `“${body.slice(0, 40)}” is no amount; write it such as ${example}.`);
  }
  if (rest.length > digits && /[1-9]/.test(rest.slice(digits))) {
    return wrong(
      'too-fine',
      `${currency} has ${digits === 0 ? 'nothing' : `${digits} digits`} after the point; round ${body}.`,
    );
  }
  const minor = Number(whole.replace(/\D/g, '') + rest.slice(0, digits).padEnd(digits, '0'));
  if (!(minor <= MOST)) return wrong('too-much', 'This amount is too large; check its digits.');
  return ok(isNegative && minor !== 0 ? -minor : minor);
}

/** Where the point of an amount stands, if it has one. */
function pointOf(body: string, digits: number): number | undefined | 'ambiguous' {
  const marks = [...body.replace(BLANKS, ' ').matchAll(/[.,]/g)].map((found) => found.index);
  const last = marks.at(-1);
  if (last === undefined) return undefined;
  const mark = body[last];
  const same = marks.filter((at) => body[at] === mark).length;
  if (same > 1) return undefined;
  const isOnlyMark = marks.length === 1 && !/[' \u00a0\u2009\u202f’]/.test(body);
  const after = body.length - last - 1;
  if (isOnlyMark && after === 3 && digits !== 3 && /^[1-9]\d{0,2}$/.test(body.slice(0, last))) {
    return 'ambiguous';
  }
  return last;
}

/** An amount in digits, as a form or a file holds it: `1234.50`. */
export function amountText(minor: number, currency: Currency): string {
  const digits = minorDigits(currency);
  const body = String(Math.abs(minor)).padStart(digits + 1, '0');
  const text = digits === 0 ? body : `${body.slice(0, -digits)}.${body.slice(-digits)}`;
  return minor < 0 ? `-${text}` : text;
}

/** An amount for reading, with its currency: `1,234.50 USD`, `−3.00 EUR`. */
export function formatMoney(minor: number, currency: Currency): string {
  const [whole = '', rest] = amountText(Math.abs(minor), currency).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${minor < 0 ? '−' : ''}${grouped}${rest === undefined ? '' : `.${rest}`} ${currency}`;
}

/** The sum of amounts; refuses to leave the numbers that are exact. */
export function sumOf(amounts: Iterable<number>): number {
  let sum = 0;
  for (const minor of amounts) sum += minor;
  return exact(sum);
}

function exact(minor: number): number {
  if (!Number.isSafeInteger(minor)) throw new RangeError(`${minor} is not a whole, exact amount`);
  return minor;
}

/**
 * Splits an amount by weights (whole, not negative, not all zero), so that the parts add up to it: each gets its
 * share rounded down, and the units that are left go to the largest remainders, the earlier one first (Hamilton's
 * method). A negative amount is split as its opposite is.
 */
export function split(minor: number, weights: readonly number[]): number[] {
  exact(minor);
  const all = weights.reduce((sum, weight) => sum + BigInt(exact(weight)), 0n);
  if (weights.some((weight) => weight < 0) || all === 0n) {
    throw new RangeError('an amount is split by weights that are not negative and not all zero');
  }
  const sign = minor < 0 ? -1 : 1;
  const total = BigInt(Math.abs(minor));
  const shares = weights.map((weight, index) => {
    const product = total * BigInt(weight);
    return { index, part: Number(product / all), rest: product % all };
  });
  let left = Number(total) - sumOf(shares.map(({ part }) => part));
  const byRest = [...shares].sort((a, b) =>
    a.rest === b.rest ? a.index - b.index : a.rest > b.rest ? -1 : 1,
  );
  for (const share of byRest) {
    if (left === 0) break;
    share.part += 1;
    left -= 1;
  }
  return shares.map(({ part }) => (part === 0 ? 0 : sign * part));
}

/** Splits an amount evenly; the first parts get the units that are left over. */
export const splitEvenly = (minor: number, parts: number): number[] =>
  split(minor, new Array<number>(parts).fill(1));

/** A decimal number, exactly: `numerator / 10^digits`. */
interface Decimal {
  readonly numerator: bigint;
  readonly digits: number;
}

/** How much of one currency another is worth, or a percentage: positive decimal text such as `1.0823`. */
export function parseRate(text: string): Result<string, Problem> {
  const bare = text.trim();
  if (!/^\d{1,12}(\.\d{1,12})?$/.test(bare) || /^[0.]*$/.test(bare)) {
    return fail(problem('no-rate', 'Write a rate as a decimal number above zero, such as 1.0823.'));
  }
  return ok(bare);
}

function decimalOf(text: string): Decimal {
  const parsed = parseRate(text);
  if (!parsed.ok) throw new RangeError(`“${text}” is no rate`);
  const [whole = '', rest = ''] = parsed.value.split('.');
  return { numerator: BigInt(whole + rest), digits: rest.length };
}

/** `numerator / denominator`, rounded to the nearest whole, halves away from zero. */
function rounded(numerator: bigint, denominator: bigint): number {
  const isNegative = numerator < 0n;
  const size = isNegative ? -numerator : numerator;
  const whole = (2n * size + denominator) / (2n * denominator);
  const value = exact(Number(whole));
  return isNegative && value !== 0 ? -value : value;
}

/**
 * Converts an amount: `rate` is how much of `to` one `from` is worth. Computed exactly and rounded once, to the
 * nearest minor unit of `to`, halves away from zero (commercial rounding).
 */
export function convert(minor: number, from: Currency, rate: string, to: Currency): number {
  const { numerator, digits } = decimalOf(rate);
  const up = 10n ** BigInt(minorDigits(to));
  const down = 10n ** BigInt(minorDigits(from) + digits);
  return rounded(BigInt(exact(minor)) * numerator * up, down);
}

/** So many percent of an amount, rounded as `convert` does; `percent` is decimal text: `75`, `12.5`. */
export function percentOf(minor: number, percent: string): number {
  if (/^0+(\.0+)?$/.test(percent)) return 0;
  const { numerator, digits } = decimalOf(percent);
  return rounded(BigInt(exact(minor)) * numerator, 100n * 10n ** BigInt(digits));
}

/**
 * So many of something at a price each: `quantity` is decimal text (`123.4` miles), `each` the price of one in units
 * of the currency, decimal text too (`0.725`). Computed exactly and rounded once, as `convert` does.
 */
export function priced(quantity: string, each: string, currency: Currency): number {
  if (/^0+(\.0+)?$/.test(quantity) || /^0+(\.0+)?$/.test(each)) return 0;
  const [many, price] = [decimalOf(quantity), decimalOf(each)];
  const up = 10n ** BigInt(minorDigits(currency));
  return rounded(many.numerator * price.numerator * up, 10n ** BigInt(many.digits + price.digits));
}
