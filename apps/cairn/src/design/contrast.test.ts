import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const SHEET = readFileSync(new URL('./assets/tokens.css', import.meta.url), 'utf8');

/** The colours of one `:root` block of the tokens. */
function coloursIn(block: string): ReadonlyMap<string, string> {
  return new Map(
    [...block.matchAll(/--([a-z]+):\s*(#[0-9a-f]{6})/g)].map(([, name = '', hex = '']) => [
      name,
      hex,
    ]),
  );
}

const [, light = '', dark = ''] = SHEET.split(':root {');
const SCHEMES = { light: coloursIn(light), dark: coloursIn(dark) };

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Contrast ratio, WCAG 2.2. */
function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

test('the measure agrees with published ratios', () => {
  expect(contrast('#000000', '#ffffff')).toBe(21);
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
  expect(contrast('#777777', '#ffffff')).toBeLessThan(4.5);
});

describe.each(Object.entries(SCHEMES))('in the %s scheme', (_, colours) => {
  const named = (name: string): string => {
    const hex = colours.get(name);
    if (hex === undefined) throw new Error(`tokens.css has no --${name}`);
    return hex;
  };

  test.each(['ink', 'soft', 'link', 'visited', 'good', 'warn', 'bad'])(
    '%s is readable on paper and on tint, and paper on it',
    (name) => {
      expect(contrast(named(name), named('paper'))).toBeGreaterThanOrEqual(4.5);
      expect(contrast(named(name), named('tint'))).toBeGreaterThanOrEqual(4.5);
    },
  );

  test.each(['edge', 'focus', 'bar'])('%s stands out from paper', (name) => {
    expect(contrast(named(name), named('paper'))).toBeGreaterThanOrEqual(3);
  });
});
