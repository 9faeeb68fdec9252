import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  amountText,
  CURRENCIES,
  type Currency,
  convert,
  expectCurrency,
  formatMoney,
  minorDigits,
  parseAmount,
  parseCurrency,
  percentOf,
  priced,
  split,
  splitEvenly,
  sumOf,
} from './money.ts';
import { expectOk } from './result.ts';

const [USD, EUR, JPY, KWD] = ['USD', 'EUR', 'JPY', 'KWD'].map(expectCurrency) as [
  Currency,
  Currency,
  Currency,
  Currency,
];
const cents = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });

describe('an amount', () => {
  test.each([
    ['12.50', USD, 1250],
    ['12,5', EUR, 1250],
    ['1,133.32', USD, 113_332],
    ['1.133,32 USD', USD, 113_332],
    ['1 133,32', EUR, 113_332],
    ['USD 20', USD, 2000],
    ['-3', USD, -300],
    ['1,250,000', USD, 125_000_000],
    ['1’250.00', EUR, 125_000],
    ['0.125', KWD, 125],
    ['0.50', USD, 50],
    ['15000', JPY, 15_000],
    ['12.500', KWD, 12_500],
    ['5.0', JPY, 5],
  ])('%s in %s is read', (text, currency, minor) => {
    expect(expectOk(parseAmount(text, currency))).toBe(minor);
  });

  test.each([
    ['1,133', USD, 'ambiguous-amount'],
    ['1.133', JPY, 'ambiguous-amount'],
    ['12.5055', USD, 'too-fine'],
    ['12.5', JPY, 'too-fine'],
    ['', USD, 'no-amount'],
    ['12 EUR', USD, 'no-amount'],
    ['1,13,00', USD, 'no-amount'],
    ['1e5', USD, 'no-amount'],
    ['99999999999999', USD, 'too-much'],
  ])('%s in %s is refused', (text, currency, code) => {
    expect(parseAmount(text, currency)).toMatchObject({ ok: false, error: { code } });
  });

  test('is read back from what was written of it, in every currency', () => {
    fc.assert(
      fc.property(cents, fc.constantFrom(...CURRENCIES), (minor, currency) => {
        expect(expectOk(parseAmount(amountText(minor, currency), currency))).toBe(minor);
        expect(expectOk(parseAmount(formatMoney(minor, currency), currency))).toBe(minor);
      }),
    );
  });

  test('has the digits after the point that ISO 4217 gives its currency', () => {
    const digits = (codes: string) =>
      codes.split(' ').map((code) => minorDigits(expectCurrency(code)));
    expect(digits('USD EUR GBP DKK CHF INR AFN IDR')).toEqual([2, 2, 2, 2, 2, 2, 2, 2]);
    expect(digits('JPY KRW ISK CLP XOF')).toEqual([0, 0, 0, 0, 0]);
    expect(digits('KWD BHD TND IQD')).toEqual([3, 3, 3, 3]);
  });

  test('is written for reading', () => {
    expect(formatMoney(-123_456_789, USD)).toBe('−1,234,567.89 USD');
    expect(formatMoney(5, KWD)).toBe('0.005 KWD');
    expect(formatMoney(1_500, JPY)).toBe('1,500 JPY');
  });
});

test('a currency is one that can be spent', () => {
  expect(parseCurrency(' usd ')).toEqual({ ok: true, value: 'USD' });
  for (const text of ['US', 'XAU', 'XTS', 'ABC', '$', 'constructor']) {
    expect(parseCurrency(text)).toMatchObject({ ok: false, error: { code: 'no-such-currency' } });
  }
});

describe('a split', () => {
  test('loses and makes no unit, and is fair to one unit', () => {
    const weights = fc
      .array(fc.nat(1000), { minLength: 1, maxLength: 12 })
      .filter((each) => each.some((weight) => weight > 0));
    fc.assert(
      fc.property(cents, weights, (minor, each) => {
        const parts = split(minor, each);
        expect(sumOf(parts)).toBe(minor);
        const all = sumOf(each);
        for (const [index, part] of parts.entries()) {
          expect(Math.abs(part - (minor * (each[index] ?? 0)) / all)).toBeLessThan(1);
        }
      }),
    );
  });

  test('gives the first the units that are left over', () => {
    expect(splitEvenly(100, 3)).toEqual([34, 33, 33]);
    expect(splitEvenly(-100, 3)).toEqual([-34, -33, -33]);
    expect(split(10, [0, 1, 1, 1])).toEqual([0, 4, 3, 3]);
    expect(() => split(10, [0, 0])).toThrow(RangeError);
  });
});

describe('a conversion', () => {
  test('is rounded once, halves away from zero', () => {
    expect(convert(1000, EUR, '1.0823', USD)).toBe(1082);
    expect(convert(1, EUR, '0.5', USD)).toBe(1);
    expect(convert(-1, EUR, '0.5', USD)).toBe(-1);
    expect(convert(15_000, JPY, '0.0072', USD)).toBe(10_800);
    expect(convert(10_800, USD, '138.89', JPY)).toBe(15_000);
    expect(convert(1_000, KWD, '3.25', USD)).toBe(325);
  });

  test('is never further than half a unit from the exact value', () => {
    fc.assert(
      fc.property(cents, fc.integer({ min: 1, max: 10_000_000 }), (minor, millionths) => {
        const rate = (millionths / 1_000_000).toFixed(6);
        const exactly = (BigInt(minor) * BigInt(millionths)) as bigint;
        const off = BigInt(convert(minor, EUR, rate, USD)) * 1_000_000n - exactly;
        expect(off <= 500_000n && off >= -500_000n).toBe(true);
      }),
    );
  });

  test('of a percentage too', () => {
    expect(percentOf(8000, '75')).toBe(6000);
    expect(percentOf(5555, '12.5')).toBe(694);
    expect(percentOf(5555, '0')).toBe(0);
  });

  test('of so many at a price each too, rounded once', () => {
    expect(priced('123.4', '0.725', USD)).toBe(8947);
    expect(priced('3', '110.00', USD)).toBe(33_000);
    expect(priced('2.5', '19', JPY)).toBe(48);
    expect(priced('0', '19', USD)).toBe(0);
  });
});
