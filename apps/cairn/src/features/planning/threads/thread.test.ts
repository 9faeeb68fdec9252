import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commentHtml } from './comment-text-rules.ts';
import { readLabels } from './label-rules.ts';
import { numbersIn, trimmed } from './thread-rules.ts';

describe('numbers named in a text', () => {
  test('are those that stand by themselves, outside code and addresses', () => {
    expect(numbersIn('See #12, (#3) and #12 again; not a#4, &#5;, x/#6, ##7 or `#8`')).toEqual([
      12, 3,
    ]);
    expect(numbersIn('```\n#1\n```\n#2\n~~~\n#3')).toEqual([2]);
    expect(numbersIn('#0 #999999999999 #1a')).toEqual([]);
  });

  test('are found in time that grows with the text alone', () => {
    for (const hostile of ['`'.repeat(200_000), '#'.repeat(200_000), '~~~\n'.repeat(50_000)]) {
      expect(numbersIn(hostile)).toEqual([]);
    }
  });
});

describe('a long conversation', () => {
  test('shows every entry once: at the beginning, at the end, or counted as left out', () => {
    fc.assert(
      fc.property(fc.nat(2_000), fc.nat(60), fc.nat(60), (count, first, last) => {
        const { head, tail, hidden } = trimmed(count, { first, last });
        expect(head + tail + hidden).toBe(count);
        expect(Math.min(head, tail, hidden)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('labels', () => {
  test('are trimmed, each once whatever its case, and in one order', () => {
    expect(readLabels(' docs,good  first task,, Docs\nci')).toMatchObject({
      value: ['ci', 'docs', 'good first task'],
    });
  });

  test('of any text are read or refused, and read again give the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const read = readLabels(text);
        if (read.ok) expect(readLabels(read.value)).toEqual(read);
        else expect(read.error.sentence).toMatch(/[.!]$/);
      }),
    );
  });

  test('that hide signs, or are too long or too many, are refused', () => {
    const many = Array.from({ length: 21 }, (_, index) => `label ${index}`);
    for (const wrong of ['a\u202eb', 'x'.repeat(51), many.join(',')]) {
      expect(readLabels(wrong)).toMatchObject({ ok: false, error: { code: 'bad-label' } });
    }
  });
});

describe('a comment', () => {
  test('links people and numbers, and runs nothing, whatever is in it', () => {
    const html = commentHtml(
      '@mira see #4 <img src=x onerror=alert(1)> [x](javascript:alert(1)) ![y](data:text/html,z)',
      '/s/summit',
    );
    expect(html).toContain('href="/s/summit/plan/people/mira"');
    expect(html).toContain('href="/s/summit/plan/4"');
    expect(html).not.toMatch(/<img|<script|href="javascript|href="data/);
  });
});
