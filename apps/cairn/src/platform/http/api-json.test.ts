import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseJson } from './api-json.ts';

const problemOf = (text: string) => {
  const parsed = parseJson(text);
  if (parsed.ok) throw new Error(`${text} was read`);
  return parsed.error;
};

test.each([
  ['{"a": 1,}', 1, 9, /name in double quotes/],
  ["{'a': 1}", 1, 2, /name in double quotes/],
  ['{\n  "a": nul\n}', 2, 8, /value is missing/],
  ['[1 2]', 1, 4, /comma/],
  ['{"a" 1}', 1, 6, /write :/],
  ['', 1, 1, /ends too early/],
  ['{"a": [1, 2', 1, 12, /ends too early/],
  ['1 2', 1, 3, /nothing may follow/],
  ['[01]', 1, 2, /value/],
  ['["a\nb"]', 1, 2, /value/],
  ['{"a": 1]', 1, 8, /comma/],
  ['\r\n\r\n"\\x"', 3, 1, /value/],
])('%j is told with its line, its column and what to write', (text, line, column, words) => {
  const { code, place, sentence } = problemOf(text);
  expect({ code, place }).toEqual({ code: 'not-json', place: { line, column } });
  expect(sentence).toMatch(words);
});

test('whatever is JSON is read, unless it holds what cannot be stored', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      const parsed = parseJson(text);
      if (parsed.ok) expect(JSON.stringify(parsed.value)).toBe(text);
      else expect(['unstorable-text', 'too-deep']).toContain(parsed.error.code);
    }),
  );
});

test('a text is refused as no JSON exactly when JSON.parse refuses it, at a place inside it', () => {
  const cut = fc.tuple(
    fc.json(),
    fc.nat(),
    fc.constantFrom('', ',', '}', ']', '"', ':', 'x', '0', '-'),
  );
  const texts = fc.oneof(
    fc.string(),
    cut.map(([text, at, put]) => {
      const index = at % (text.length + 1);
      return `${text.slice(0, index)}${put}${text.slice(index + 1)}`;
    }),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const parsed = parseJson(text);
      const isRefused = !parsed.ok && parsed.error.code === 'not-json';
      expect(isRefused).toBe(!isJson(text));
      if (parsed.ok || !isRefused) return;
      const lines = text.split(/\r\n|\r|\n/);
      const { line = 0, column = 0 } = parsed.error.place;
      expect(line).toBeGreaterThan(0);
      expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? -1) + 1);
    }),
    { numRuns: 2000 },
  );
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test.each([
  ['{"a": {"b": ["x", "\\u0000"]}}', 'a.b[1]'],
  ['{"name": "\\ud800"}', 'name'],
])('%s is refused, with the path of the text that cannot be stored', (text, path) => {
  expect(problemOf(text)).toMatchObject({ code: 'unstorable-text', place: { path } });
});

test('depth without end is refused and does not exhaust anything', () => {
  const deep = '['.repeat(200_000);
  expect(problemOf(deep).code).toBe('not-json');
  expect(problemOf(`${deep}${']'.repeat(200_000)}`).code).toBe('too-deep');
});
