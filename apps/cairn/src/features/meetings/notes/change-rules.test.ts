import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { markedParts, movedPlace, textChanges } from './change-rules.ts';

const anyText = fc.oneof(
  fc
    .array(fc.constantFrom('a', 'b', 'word', ' ', '\n', '\n', '- ', '.', 'é'), { maxLength: 30 })
    .map((p) => p.join('')),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

describe('how a text became another', () => {
  test('can be made from the last change to the first', () => {
    fc.assert(
      fc.property(anyText, anyText, (before, after) => {
        const made = textChanges(before, after).reduceRight(
          (text, change) => text.slice(0, change.from) + change.text + text.slice(change.to),
          before,
        );
        expect(made).toBe(after);
      }),
    );
  });

  test('is told in parts that give either text again', () => {
    fc.assert(
      fc.property(anyText, anyText, (before, after) => {
        const parts = markedParts(before, after);
        const without = (kind: string) =>
          parts
            .filter((part) => part.kind !== kind)
            .map(({ text }) => text)
            .join('');
        expect(without('removed')).toBe(after);
        expect(without('added')).toBe(before);
      }),
    );
  });

  test('is told by words inside a line', () => {
    expect(markedParts('the old array', 'the new array')).toEqual([
      { kind: 'same', text: 'the ' },
      { kind: 'removed', text: 'old' },
      { kind: 'added', text: 'new' },
      { kind: 'same', text: ' array' },
    ]);
  });
});

describe('a caret', () => {
  const moved = (before: string, after: string): string => {
    const place = before.indexOf('|');
    const text = before.replace('|', '');
    const now = movedPlace(textChanges(text, after), place);
    return `${after.slice(0, now)}|${after.slice(now)}`;
  };

  test.each([
    ['what comes in before it moves it on', 'one |two', 'zero\none two', 'zero\none |two'],
    ['what comes in after it leaves it', 'one| two', 'one two\nthree', 'one| two\nthree'],
    ['what comes in where it stands comes after it', 'one|', 'one\ntwo', 'one|\ntwo'],
    ['a word that changes around it keeps it', 'the o|ld array', 'the new array', 'the n|ew array'],
    ['a line that goes takes it to where the line was', 'a\nb|b\nc', 'a\nc', 'a\n|c'],
  ])('%s', (_, before, after, there) => {
    expect(moved(before, after)).toBe(there);
  });

  test('never leaves the text', () => {
    fc.assert(
      fc.property(anyText, anyText, fc.nat(40), (before, after, place) => {
        const now = movedPlace(textChanges(before, after), Math.min(place, before.length));
        expect(now).toBeGreaterThanOrEqual(0);
        expect(now).toBeLessThanOrEqual(after.length);
      }),
    );
  });
});
