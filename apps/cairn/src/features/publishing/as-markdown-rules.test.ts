import { inlineText, parseMarkdown } from '@cairn/formats/markdown';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asMarkdown } from './as-markdown-rules.ts';

describe('a plain line as Markdown', () => {
  test('stays as it is where Markdown reads it as it is', () => {
    const lines = [
      'NumPy',
      'scikit-image',
      'sp_summit_2023',
      'Stéfan J. van der Walt',
      'PRs & issues',
    ];
    expect(lines.map(asMarkdown)).toEqual(lines);
  });

  test('means the same text, whatever signs are in it', () => {
    const signs = fc.constantFrom(...'ab1 .)(*_`~#>-+=|[]!<&;\\:/^"\'é漢😀');
    const line = fc
      .string({ unit: signs, minLength: 1, maxLength: 30 })
      .map((text) => text.trim().replace(/\s+/g, ' '))
      .filter((text) => text !== '');
    fc.assert(
      fc.property(line, (text) => {
        const [block, ...more] = parseMarkdown(asMarkdown(text));
        expect(more).toEqual([]);
        expect(block?.kind === 'paragraph' && inlineText(block.content)).toBe(text);
      }),
      { numRuns: 500 },
    );
  });
});
