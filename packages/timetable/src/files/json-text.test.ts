import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJsonText, placeByPath } from './json-text.ts';

const accepts = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe('a JSON text', () => {
  test('is read as JSON itself reads it, however it is spaced', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t'), (value, space) => {
        const text = JSON.stringify(value, null, space);
        expect(parseJsonText(text, 'a.json')).toEqual({ ok: true, value: JSON.parse(text) });
      }),
    );
  });

  test('is refused when JSON itself refuses it, and only then', () => {
    const character = fc.constantFrom(...'{}[]:,"\\ \n\ttrufalsn0129.eE+-', '\u0001', '😀');
    const spoilt = fc
      .tuple(
        fc.jsonValue({ maxDepth: 3 }),
        fc.nat(),
        fc.nat(2),
        fc.array(character, { maxLength: 3 }),
      )
      .map(([value, at, cut, added]) => {
        const text = JSON.stringify(value);
        const position = at % (text.length + 1);
        return text.slice(0, position) + added.join('') + text.slice(position + cut);
      });
    fc.assert(
      fc.property(spoilt, (text) => {
        const read = parseJsonText(text, 'a.json');
        const isTwice = !read.ok && read.error[0]?.code === 'key-twice';
        fc.pre(!isTwice);
        expect(read.ok).toBe(accepts(text));
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['', 1, 1, 'The file ends where a value'],
    ['{\n "a": 1,\n}', 3, 1, '“}” stands where a key in double quotes should be.'],
    ['{"a" 1}', 1, 6, '“1” stands where “:” should be.'],
    ['[1 2]', 1, 4, '“2” stands where “,” or “]” should be.'],
    ['[1,\n 2', 2, 3, 'The file ends where “,” or “]” should be'],
    ['[\n  tru]', 2, 3, '“tru” stands where a value'],
    ['{"a": "x\ny"}', 1, 7, 'does not end, or has a line break'],
    ['{"a": 1 "b": 2}', 1, 9, 'stands where “,” or “}” should be.'],
    ['{} {}', 1, 4, '“{” stands where the end of the file should be.'],
    ['{"a": 1,\n"\\u0061": 2}', 2, 1, 'The key “a” is here twice.'],
    ['['.repeat(100_000), 1, 65, 'nested deeper than 64'],
  ])('%# is refused with what was expected, and where', (text, line, column, words) => {
    const read = parseJsonText(text, 'bad.json');
    expect(read).toMatchObject({
      ok: false,
      error: [{ place: { file: 'bad.json', line, column } }],
    });
    expect(JSON.stringify(read.ok ? '' : read.error[0]?.sentence)).toContain(
      words.replaceAll('"', '\\"'),
    );
  });

  test('shows problems at their paths, and what is missing at what should hold it', () => {
    const text = '{\n "rooms": [\n  { "key": "a" },\n  { "key": "b.c" }\n ]\n}';
    const placed = placeByPath(
      ['rooms[1].key', 'rooms[0].capacity', 'sessions', ''].map((path) => ({
        code: 'x',
        sentence: 'x',
        place: { path },
      })),
      text,
      'a.json',
    );
    expect(placed.map(({ place: { line, column, path } }) => [path, line, column])).toEqual([
      ['rooms[1].key', 4, 12],
      ['rooms[0].capacity', 3, 3],
      ['sessions', 1, 1],
      ['', 1, 1],
    ]);
  });
});
