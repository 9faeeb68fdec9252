import { expectOk } from '@cairn/kernel/result';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { formatFrontMatter, parseFrontMatter, validateFrontMatter } from './front-matter.ts';

const text = '---\ntitle: "A"\nauthors: [X]\n---\n\n## Goals\n';

describe('front matter', () => {
  test('is split from the body, which keeps its line', () => {
    const read = expectOk(parseFrontMatter(text));
    expect(read.front.value).toEqual({ title: 'A', authors: ['X'] });
    expect(read.body).toBe('\n## Goals\n');
    expect(read.bodyLine).toBe(5);
  });

  test('knows places as places in the file', () => {
    const { front } = expectOk(parseFrontMatter(text, 'a.md'));
    expect(front.placeOf(['authors', 0])).toEqual({ file: 'a.md', line: 3, column: 11 });
  });

  test('reports problems at their line in the file', () => {
    const read = validateFrontMatter(text, 'a.md', z.strictObject({ title: z.number() }));
    expect(read.ok ? [] : read.error.map(({ place, code }) => [place.line, code])).toEqual([
      [2, 'wrong-type'],
      [3, 'unknown-key'],
    ]);
  });

  test('may use CRLF, a byte order mark, Pandoc dots, no body, or be empty', () => {
    expect(expectOk(parseFrontMatter('\ufeff---\r\na: 1\r\n---\r\nx')).body).toBe('x');
    expect(expectOk(parseFrontMatter('---\na: 1\n...\nx')).body).toBe('x');
    expect(expectOk(parseFrontMatter('---\na: 1\n---')).body).toBe('');
    expect(expectOk(parseFrontMatter('---\n---\nx')).front.value).toBeNull();
  });

  test('a dash line inside a block of text does not close it', () => {
    const read = expectOk(parseFrontMatter('---\na: |\n  x\n  ---\n  y\n---\nz'));
    expect(read.front.value).toEqual({ a: 'x\n---\ny\n' });
  });

  test('that is missing or unclosed is a problem', () => {
    const codes = (input: string) => {
      const read = parseFrontMatter(input);
      return read.ok ? [] : read.error.map(({ code }) => code);
    };
    expect(codes('# A')).toEqual(['no-front-matter']);
    expect(codes('---\na: 1\n')).toEqual(['front-matter-not-closed']);
  });

  test('written is read back, whatever the data and the body', () => {
    const data = fc.dictionary(
      fc.string(),
      fc.oneof(fc.string(), fc.constant('a\n---\nb\n...\n')),
      {
        noNullPrototype: true,
      },
    );
    fc.assert(
      fc.property(data, fc.string(), (front, body) => {
        const read = expectOk(parseFrontMatter(formatFrontMatter(front, body)));
        expect({ front: read.front.value, body: read.body }).toEqual({ front, body });
      }),
    );
  });
});
