import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FOUND, numberTyped, searchHref, searchQuery, segmentsOf } from './search-rules.ts';

describe('what is looked for', () => {
  test('is read whatever the address holds', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), fc.string(), (others, q) => {
        const read = searchQuery.parse({ ...others, q });
        expect(read.q.length).toBeLessThanOrEqual(300);
        expect(read.q).not.toContain('\0');
      }),
    );
    expect(searchQuery.parse({ kind: 'person', by: '@Mira', page: '-1', label: ' ' })).toEqual({
      q: '',
      kind: undefined,
      state: undefined,
      by: 'mira',
      label: undefined,
      page: 1,
    });
  });

  test('may be a number', () => {
    expect(['#12', '12', '#0', '12a', '#1234567890'].map(numberTyped)).toEqual([
      12,
      12,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('stands in the address as it was typed', () => {
    expect(searchHref('/s/x', { q: 'a&b=c', page: 1, kind: 'topic' })).toBe(
      '/s/x/plan/search?q=a%26b%3Dc&kind=topic',
    );
  });
});

describe('a snippet', () => {
  test('is parted at what was found', () => {
    expect(segmentsOf(`Let ${FOUND.from}sparse${FOUND.to} be`)).toEqual([
      { text: 'Let ', isHit: false },
      { text: 'sparse', isHit: true },
      { text: ' be', isHit: false },
    ]);
  });

  test('says all of its text and none of the signs, however they stand', () => {
    const part = fc.constantFrom('a', ' ', '<b>', FOUND.from, FOUND.to);
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const said = segmentsOf(parts.join(''))
          .map(({ text }) => text)
          .join('');
        expect(said).toBe(parts.filter((one) => one.length !== 1 || one < '\uE000').join(''));
      }),
    );
  });
});
