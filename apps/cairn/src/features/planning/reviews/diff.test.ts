import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DiffLine } from '../../../design/diff-lines.ts';
import { diffTexts, folded, lineEndChange, unified, wordParts } from './diff-rules.ts';
import { follower, followLine, followLines, lineHunks, plainLines } from './line-rules.ts';

const WORDS = ['one', 'two', 'three', 'four', ''] as const;
const line = fc.array(fc.constantFrom(...WORDS), { maxLength: 4 }).map((words) => words.join(' '));
const lines = fc.array(line, { maxLength: 25 });
const text = fc
  .tuple(lines, fc.boolean(), fc.constantFrom('\n', '\r\n'))
  .map(([all, ends, br]) => all.join(br) + (ends && all.length > 0 ? br : ''));

const joined = (all: readonly (DiffLine | undefined)[]): string =>
  all.map((one) => (one === undefined ? '' : `${one.text}${one.isOpen ? '' : '\n'}`)).join('');

/** The length of the longest common subsequence, slowly. */
function common(one: readonly string[], other: readonly string[]): number {
  const row = new Array<number>(other.length + 1).fill(0);
  for (const left of one) {
    let corner = 0;
    for (const [index, right] of other.entries()) {
      const above = row[index + 1] ?? 0;
      row[index + 1] = left === right ? corner + 1 : Math.max(above, row[index] ?? 0);
      corner = above;
    }
  }
  return row.at(-1) ?? 0;
}

describe('a difference', () => {
  test('holds every line of both texts once and in order, in both views', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const stretches = diffTexts(before, after);
        const pairs = stretches.flatMap((stretch) => stretch.pairs);
        expect(joined(pairs.map(({ left }) => left))).toBe(before);
        expect(joined(pairs.map(({ right }) => right))).toBe(after);
        const all = stretches.flatMap(unified);
        expect(joined(all.map(({ left }) => left))).toBe(before);
        expect(joined(all.map(({ right }) => right))).toBe(after);
        for (const { kind, left, right } of all) {
          if (kind === 'same') expect(left?.text).toBe(right?.text);
        }
      }),
    );
  });

  test('is nothing between a text and itself', () => {
    fc.assert(
      fc.property(text, (same) => {
        expect(diffTexts(same, same).every(({ kind }) => kind === 'same')).toBe(true);
      }),
    );
  });

  test('marks in paired lines what makes the one of the other', () => {
    fc.assert(
      fc.property(line, line, (before, after) => {
        const [left, right] = wordParts(before, after);
        expect(left.map((part) => part.text).join('')).toBe(before);
        expect(right.map((part) => part.text).join('')).toBe(after);
        const kept = (parts: typeof left) =>
          parts
            .filter(({ isChanged }) => !isChanged)
            .map((part) => part.text)
            .join('');
        expect(kept(left)).toBe(kept(right));
      }),
    );
  });

  test('sets the line beside what it became, also where others came before it', () => {
    const before = 'The lead of this topic is Mira.\n';
    const after = 'A new line.\nThe lead of this topic is Olga.\n';
    expect(diffTexts(before, after)[0]?.pairs).toMatchObject([
      { left: undefined, right: { number: 1 } },
      {
        left: {
          number: 1,
          parts: [{ isChanged: false }, { text: 'Mira', isChanged: true }, { text: '.' }],
        },
        right: { number: 2, parts: [{}, { text: 'Olga', isChanged: true }, {}] },
      },
    ]);
  });

  test('tells a line break that is missing at the end, and line ends that changed', () => {
    expect(diffTexts('a\nb', 'a\nb\n').map(({ kind }) => kind)).toEqual(['same', 'change']);
    expect(diffTexts('a\nb', 'a\nb\n')[1]?.pairs[0]?.left).toMatchObject({ isOpen: true });
    expect(lineEndChange('a\nb\n', 'a\r\nb\r\n')).toContain('CRLF');
    expect(lineEndChange('a\n', 'b\n')).toBeUndefined();
  });

  test('finds what stayed of a long text of which nearly everything changed', () => {
    const many = Array.from({ length: 4000 }, (_, index) => `line ${index}`);
    const other = many.map((said, index) => (index % 3 === 0 ? said : `${said}, changed`));
    const hunks = lineHunks(many, other);
    expect(hunks.length).toBeGreaterThan(1300);
    expect(hunks.every(({ from, to }) => to - from <= 2)).toBe(true);
  });
});

describe('folding', () => {
  test('hides only unchanged lines, and loses none', () => {
    fc.assert(
      fc.property(lines, lines, fc.nat(30), (before, after, sought) => {
        const stretches = diffTexts(before.join('\n'), after.join('\n'));
        const shown = folded(stretches, ({ left }) => left?.number === sought);
        expect(shown.flatMap(({ pairs }) => pairs)).toEqual(
          stretches.flatMap(({ pairs }) => pairs),
        );
        for (const { kind, isFolded, pairs } of shown) {
          if (!isFolded) continue;
          expect(kind).toBe('same');
          expect(pairs.length).toBeGreaterThanOrEqual(4);
          expect(pairs.some(({ left }) => left?.number === sought)).toBe(false);
        }
      }),
    );
  });

  test('keeps three lines around a change in sight, and numbers the changes', () => {
    const before = Array.from({ length: 30 }, (_, index) => `${index + 1}`);
    const after = before.map((said) => (said === '15' ? 'fifteen' : said));
    const shown = folded(diffTexts(before.join('\n'), after.join('\n')));
    expect(shown.map(({ isFolded, change, pairs }) => [isFolded, change, pairs.length])).toEqual([
      [true, undefined, 11],
      [false, undefined, 3],
      [false, 1, 1],
      [false, undefined, 3],
      [true, undefined, 12],
    ]);
  });
});

describe('a line is followed', () => {
  test('to itself in the same text', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 30 }), (same, asked) => {
        const isThere = asked <= plainLines(same).length;
        expect(followLine(same, same, asked)).toBe(isThere ? asked : undefined);
      }),
    );
  });

  test('down by what was inserted above it, and not by what was inserted below', () => {
    fc.assert(
      fc.property(lines, lines, lines, (above, kept, below) => {
        // Lines that are nowhere twice, so that there is one right answer.
        const own = kept.map((said, index) => `${index} ${said}`);
        const fresh = (all: string[]) => all.map((said, index) => `new ${index} ${said}`);
        const after = [...fresh(above), ...own, ...fresh(below)].join('\n');
        for (const index of own.keys()) {
          expect(followLine(own.join('\n'), after, index + 1)).toBe(index + 1 + above.length);
        }
      }),
    );
  });

  test('nowhere when it was taken out or reworded', () => {
    expect(followLine('a\nb\nc\n', 'a\nc\n', 2)).toBeUndefined();
    expect(followLine('a\nb\nc\n', 'a\nB\nc\n', 2)).toBeUndefined();
    expect(followLine('a\nb\nc\n', '', 2)).toBeUndefined();
  });

  test('as a slow comparison finds it, whatever was edited', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const [old, now] = [plainLines(before), plainLines(after)];
        const follow = follower(before, after);
        const found = old.flatMap((said, index) => {
          const place = follow(index + 1);
          if (place === undefined) return [];
          expect(now[place - 1]).toBe(said);
          return [place];
        });
        expect(found).toEqual(found.toSorted((one, other) => one - other));
        expect(new Set(found).size).toBe(found.length);
        // As many lines stay as can stay.
        expect(found).toHaveLength(common(old, now));
      }),
    );
  });

  test('exactly, where no line is there twice', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(60).map(String), { maxLength: 40 }),
        fc.func(fc.boolean()),
        fc.array(fc.nat(40), { maxLength: 10 }),
        (old, isKept, inserted) => {
          const now = old.filter((said) => isKept(said));
          for (const [index, place] of inserted.entries()) now.splice(place, 0, `new ${index}`);
          for (const [index, said] of old.entries()) {
            const place = now.indexOf(said);
            expect(followLine(old.join('\n'), now.join('\n'), index + 1)).toBe(
              place < 0 ? undefined : place + 1,
            );
          }
        },
      ),
    );
  });

  test('with those before it, as far as they are there', () => {
    const follow = follower('a\nb\nc\nd\n', 'x\nb\nc\nd\n');
    expect(followLines(follow, { firstLine: 1, line: 3 })).toEqual({ firstLine: 2, line: 3 });
    expect(followLines(follow, { firstLine: null, line: 1 })).toBeUndefined();
    expect(followLines(follow, { firstLine: 1, line: 2 })).toEqual({ firstLine: null, line: 2 });
  });
});
