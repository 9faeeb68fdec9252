import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mergeTexts } from './merge-rules.ts';

const merged = (base: string, mine: string, theirs: string): string =>
  mergeTexts(base, mine, theirs).text;

/** Words as people see them, with how often each occurs. */
const wordsOf = (text: string): string[] => text.match(/[a-z0-9]+/g) ?? [];
function counts(text: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const word of wordsOf(text)) found.set(word, (found.get(word) ?? 0) + 1);
  return found;
}

const word = fc.constantFrom('array', 'docs', 'spec', 'wheel', 'nightly', 'call', 'topic', 'lead');
const line = fc
  .tuple(fc.constantFrom('', '- ', '- [ ] ', '# ', '  - '), fc.array(word, { maxLength: 6 }))
  .map(([mark, words]) => mark + words.join(' '));
const anyText = fc.oneof(
  fc.array(line, { maxLength: 8 }).map((lines) => lines.join('\n')),
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

/** A change that somebody makes: takes words out and puts words of their own in. */
interface Edit {
  readonly at: number;
  readonly removes: number;
  readonly insert: string;
}
const editOf = (own: string): fc.Arbitrary<Edit> =>
  fc.record({
    at: fc.nat(200),
    removes: fc.nat(3),
    insert: fc
      .tuple(
        fc.constantFrom(' ', '\n', '\n- ', ' a, '),
        fc.integer({ min: 1, max: 3 }),
        fc.nat(999),
      )
      .map(([before, length, number]) =>
        Array.from({ length }, (_, index) => `${before}${own}${number}x${index}`).join(' '),
      ),
  });

function edited(base: string, edits: readonly Edit[]): string {
  const pieces = base.match(/\n|[^\S\n]+|\S+/g) ?? [];
  for (const { at, removes, insert } of edits) {
    pieces.splice(at % (pieces.length + 1), removes, `${insert} `);
  }
  return pieces.join('');
}

/** Texts in which every word occurs once, so that one can say what became of it. */
const uniqueBase = fc
  .array(fc.tuple(fc.constantFrom(' ', ' ', ' ', '\n', '\n- '), fc.constant('')), { maxLength: 60 })
  .map((gaps) => gaps.map(([gap], index) => `${gap}base${index}`).join(''));

const three = uniqueBase.chain((base) =>
  fc
    .tuple(fc.array(editOf('mine'), { maxLength: 5 }), fc.array(editOf('theirs'), { maxLength: 5 }))
    .map(([my, their]) => ({ base, mine: edited(base, my), theirs: edited(base, their) })),
);

describe('merging two versions of one text', () => {
  test('gives the other version where one changed nothing, and once what both changed alike', () => {
    fc.assert(
      fc.property(anyText, anyText, (base, other) => {
        expect(merged(base, base, other)).toBe(other);
        expect(merged(base, other, base)).toBe(other);
        expect(merged(base, other, other)).toBe(other);
      }),
    );
  });

  test('loses no word that either side added', () => {
    fc.assert(
      fc.property(three, ({ base, mine, theirs }) => {
        const result = new Set(wordsOf(merged(base, mine, theirs)));
        const old = new Set(wordsOf(base));
        for (const added of [...wordsOf(mine), ...wordsOf(theirs)]) {
          if (!old.has(added)) expect(result).toContain(added);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('loses no word of either side where words repeat and lines are like each other', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (base, mine, theirs) => {
        const [old, my, their] = [counts(base), counts(mine), counts(theirs)];
        const result = counts(merged(base, mine, theirs));
        for (const version of [my, their]) {
          for (const [each, count] of version) {
            if (count > (old.get(each) ?? 0)) expect(result.get(each) ?? 0).toBeGreaterThan(0);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  test('keeps out what both took out', () => {
    fc.assert(
      fc.property(three, ({ base, mine, theirs }) => {
        const [my, their] = [new Set(wordsOf(mine)), new Set(wordsOf(theirs))];
        const result = new Set(wordsOf(merged(base, mine, theirs)));
        for (const each of wordsOf(base)) {
          if (!my.has(each) && !their.has(each)) expect(result).not.toContain(each);
        }
      }),
    );
  });

  test('keeps every word that neither took out, and adds none of its own', () => {
    fc.assert(
      fc.property(three, ({ base, mine, theirs }) => {
        const [my, their] = [new Set(wordsOf(mine)), new Set(wordsOf(theirs))];
        const result = wordsOf(merged(base, mine, theirs));
        for (const each of wordsOf(base)) {
          if (my.has(each) && their.has(each)) expect(result).toContain(each);
        }
        for (const each of result) expect(my.has(each) || their.has(each)).toBe(true);
      }),
    );
  });

  test('depends on who saved first only in the order of what is at one place', () => {
    fc.assert(
      fc.property(three, ({ base, mine, theirs }) => {
        const [one, other] = [merged(base, mine, theirs), merged(base, theirs, mine)];
        expect(wordsOf(one).toSorted()).toEqual(wordsOf(other).toSorted());
      }),
    );
  });
});

describe('what people do in notes', () => {
  test.each([
    ['two add a point to a list', '- a', '- a\n- mine', '- a\n- theirs', '- a\n- theirs\n- mine'],
    ['two begin an empty page', '', 'Hello', 'World', 'World\nHello'],
    ['two change different lines', 'a\nb\nc', 'A\nb\nc', 'a\nb\nC', 'A\nb\nC'],
    [
      'two change different words of a line',
      'the old array',
      'the new array',
      'the old arrays',
      'the new arrays',
    ],
    ['neighbouring lines', 'a\nb', 'a1\nb', 'a\nb1', 'a1\nb1'],
    [
      'a line is ticked while another is added after it',
      '- [ ] a',
      '- [x] a',
      '- [ ] a\n- [ ] b',
      '- [x] a\n- [ ] b',
    ],
    ['one deletes a line that the other edits', 'a\nb c\nd', 'a\nd', 'a\nb x c\nd', 'a\nb x c\nd'],
    [
      'one deletes a phrase in which the other edits a word',
      'x: the quick brown fox. y',
      'x: y!',
      'x: the quick red fox. y',
      'x: the quick red fox. y!',
    ],
    [
      'both set another day',
      'by 2023-03-01',
      'by 2023-03-05',
      'by 2023-04-01',
      'by 2023-04-01 2023-03-05',
    ],
    ['one deletes all, the other adds', 'a\nb', '', 'a\nb\nc', '\nc'],
    ['the same line is added by both', 'a', 'a\nb', 'a\nb', 'a\nb'],
    ['one adds the line of the other and more', 'a', 'a\nb\nc', 'a\nb', 'a\nb\nc'],
  ])('%s', (_, base, mine, theirs, both) => {
    expect(merged(base, mine, theirs)).toBe(both);
  });

  test('is clean where they wrote at different places, and counts the places where they did not', () => {
    expect(mergeTexts('a\nb\nc', 'A\nb\nc', 'a\nb\nC').joins).toBe(0);
    expect(mergeTexts('- a', '- a\n- b', '- a\n- c').joins).toBe(1);
  });
});

describe('long texts', () => {
  const long = Array.from({ length: 2500 }, (_, i) => `- point ${i} of a very long call`).join(
    '\n',
  );

  test('of 100 kB, changed here and there by both, are merged by words', () => {
    const mine = long.replace('point 3 of', 'point three of').concat('\nmine');
    const theirs = long
      .replace('point 3 of a very', 'point 3 of a quite')
      .replace('- point 9 ', '- ');
    expect(merged(long, mine, theirs)).toContain('point three of a quite long call');
  });

  test('rewritten by both from one end to the other lose no word of either', () => {
    const rewrite = (own: string) =>
      Array.from({ length: 2500 }, (_, i) => `${own}${i} and ${own}also${i} of it`).join('\n');
    const result = new Set(wordsOf(merged(long, rewrite('mine'), rewrite('theirs'))));
    for (const own of ['mine', 'theirs']) {
      for (let i = 0; i < 2500; i += 1) expect(result.has(`${own}${i}`)).toBe(true);
    }
  });
});

test('a word with any number of signs in it takes no longer than another one', () => {
  const dots = '.'.repeat(100_000);
  const base = `see ${dots}a here`;
  expect(merged(base, `see ${dots}b here`, `look ${dots}a here`)).toBe(`look ${dots}b here`);
});
