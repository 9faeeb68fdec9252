import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutTo, linesOf, widthOf } from './text-lines.ts';

const anyText = fc.string({ unit: 'grapheme', maxLength: 80 });

test('lines fit, unless a single letter does not', () => {
  fc.assert(
    fc.property(
      anyText,
      fc.integer({ min: 2, max: 30 }),
      fc.integer({ min: 1, max: 5 }),
      (text, width, most) => {
        const lines = linesOf(text, width, most);
        expect(lines.length).toBeLessThanOrEqual(most);
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
      },
    ),
  );
});

test('lines lose nothing but spaces', () => {
  const bare = (text: string) => text.replace(/\s+/g, '');
  fc.assert(
    fc.property(anyText, (text) => {
      expect(bare(linesOf(text, 6, 200).join(''))).toBe(bare(text));
    }),
  );
});

test('lines break between words where they can', () => {
  expect(linesOf('one two three four', 4.2, 9)).toEqual(['one two', 'three', 'four']);
  expect(linesOf('Supercalifragilistic', 5, 2)).toEqual(['Supercali', 'fragilistic']);
});

test('what is too long ends in an ellipsis', () => {
  expect(cutTo('timetable', 4)).toBe('timet…');
  expect(cutTo('time', 4)).toBe('time');
  expect(linesOf('one two three four', 4.2, 2)).toEqual(['one two', 'three…']);
});

test('a letter of several code points is not torn', () => {
  expect(cutTo('👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 3.4)).toBe('👩‍👩‍👧‍👦👩‍👩‍👧‍👦…');
});
