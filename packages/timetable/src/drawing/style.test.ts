import { describe, expect, test } from 'vitest';
import { DARK, LIGHT, TRACK_COLOURS } from './style.ts';

/** Contrast ratio, WCAG 2.2. */
function contrast(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

describe.each([
  ['light', LIGHT],
  ['dark', DARK],
] as const)('in the %s scheme', (_, palette) => {
  const grounds = [palette.paper, palette.box, palette.tint];

  test('text is readable on paper, in boxes and on what is closed', () => {
    for (const text of [palette.ink, palette.soft, palette.bad, palette.warn]) {
      for (const ground of grounds) expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5);
    }
  });

  test('outlines, lines and stripes of tracks stand out', () => {
    expect(palette.tracks).toHaveLength(TRACK_COLOURS);
    for (const shape of [...palette.tracks, palette.edge, palette.line]) {
      for (const ground of grounds) expect(contrast(shape, ground)).toBeGreaterThanOrEqual(3);
    }
  });
});
