import { expectOk } from '@cairn/kernel/result';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatYaml, parseYaml, updateYaml } from './yaml-document.ts';

const codesOf = (text: string, options = {}) => {
  const read = parseYaml(text, 'a.yaml', options);
  return read.ok
    ? []
    : read.error.map(({ code, place }) => `${place.line}:${place.column} ${code}`);
};

describe('reading', () => {
  test('gives plain data; dates and unquoted words stay text, keys are always text', () => {
    const text = 'day: 2023-05-22\nyes: yes\nseats: 40\n2023: x\nempty:\n';
    expect(expectOk(parseYaml(text)).value).toEqual({
      day: '2023-05-22',
      yes: 'yes',
      seats: 40,
      2023: 'x',
      empty: null,
    });
  });

  test('a key named __proto__ is an ordinary key', () => {
    const { value } = expectOk(parseYaml('__proto__:\n  admin: true\n'));
    expect(Object.keys(Object(value))).toEqual(['__proto__']);
    expect(Object(value).admin).toBeUndefined();
  });

  test.each([
    ['a: 1\na: 2\n', ['2:1 duplicate-key']],
    ['a:\n\tb: 1\n', ['2:1 tab-indent']],
    ['title: Summit: the first\n', ['1:8 colon-in-text']],
    ['a: @x\n', ['1:4 reserved-character']],
    ['a: "\\q"\n', ['1:5 bad-escape']],
    ['a: 1\n---\nb: 2\n', ['2:1 several-documents']],
    ['a: [1, 2\nb: 3\n', ['2:1 unclosed-bracket']],
    ['a: 1\nb: "x\nc: 2\n', ['2:4 unclosed-quote']],
    ['a: *nobody\n', ['1:4 unknown-alias']],
    ['a: !python/object x\n', ['1:4 unknown-tag']],
    ['? [a]\n: b\n', ['1:3 complex-key']],
    ['words\nbar: 1\n', ['1:1 missing-colon']],
    ['a: - b\n', ['1:4 unexpected-text']],
    ['a: 1\nb: x\u0000y\n', ['2:5 control-character']],
  ])('%j is refused with its place', (text, codes) => {
    expect(codesOf(text)).toEqual(codes);
  });

  test('all syntax errors are listed at once', () => {
    expect(codesOf('a: 1\na: 2\nb: @x\nc: "\\q"\n')).toEqual([
      '2:1 duplicate-key',
      '3:4 reserved-character',
      '4:5 bad-escape',
    ]);
  });

  test('every sentence says what to write, and ends as a sentence', () => {
    const read = parseYaml('a: 1\na: 2\nb: @x\nc: "\\q"\nd: [1\n');
    expect(read.ok ? [] : read.error.map(({ sentence }) => sentence.at(-1))).toEqual(
      Array(4).fill('.'),
    );
  });

  test('aliases that multiply are refused, a few are read', () => {
    const laughs = ['a: &a [x, x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 10; i++) {
      const before = `*${'abcdefghij'[i - 1]}`;
      const name = 'abcdefghij'[i];
      laughs.push(`${name}: &${name} [${Array(10).fill(before).join(', ')}]`);
    }
    expect(codesOf(laughs.join('\n'))).toEqual(['1:1 too-many-aliases']);
    expect(expectOk(parseYaml('a: &x [1]\nb: *x\n')).value).toEqual({ a: [1], b: [1] });
  });

  test('nesting beyond reason is refused without exhausting the stack', () => {
    expect(codesOf('['.repeat(50_000))).toHaveLength(1);
    expect(codesOf('- '.repeat(20_000))).toHaveLength(1);
  });

  test('a text over the limit is refused before it is parsed', () => {
    expect(codesOf(`a: ${'x'.repeat(100)}`, { maxLength: 50 })).toEqual(['1:1 too-long']);
  });
});

describe('places', () => {
  const text =
    'title: A\nphases:\n  - name: invite\n  - name: plan\n    starts: 2023-02-01\nflow: {a: 1}\n';
  const { placeOf } = expectOk(parseYaml(text, 'summit.yaml'));

  test('of a value and of its key', () => {
    expect(placeOf(['phases', 1, 'starts'])).toEqual({ file: 'summit.yaml', line: 5, column: 13 });
    expect(placeOf(['phases', 1, 'starts'], 'key')).toEqual({
      file: 'summit.yaml',
      line: 5,
      column: 5,
    });
    expect(placeOf(['flow', 'a'])).toEqual({ file: 'summit.yaml', line: 6, column: 11 });
  });

  test('of a missing key: its group', () => {
    expect(placeOf(['phases', 0, 'starts'])).toMatchObject({ line: 3, column: 5 });
    expect(placeOf(['venue'])).toMatchObject({ line: 1, column: 1 });
  });
});

describe('writing', () => {
  test('prose stands in literal blocks, keys keep their order', () => {
    const value = { title: 'A', text: 'One line.\n\nAnother.\n', after: [1, { b: null }] };
    expect(formatYaml(value)).toBe(
      'title: A\ntext: |\n  One line.\n\n  Another.\nafter:\n  - 1\n  - b: null\n',
    );
  });

  test('what is written is what is read', () => {
    fc.assert(
      fc.property(plainData(), (value) => {
        expect(expectOk(parseYaml(formatYaml(value))).value).toEqual(value);
      }),
    );
  });
});

describe('updating', () => {
  const text = [
    '# The summit, kept by hand.',
    'title: "A: summit"   # quoted for its colon',
    'seats: 40   # never more than 50',
    '',
    'authors:',
    '- Brigitta Sipőcz   # first',
    "- 'K. Jarrod Millman'",
    'venue:',
    '    city: Seattle  # rain',
    '    zone: America/Los_Angeles',
    'summary: >',
    '  folded text',
    '  over lines.',
    '',
    'phases:',
    '  - name: invite # soon',
    '    days: 3',
    '  # the long one',
    '  - name: plan',
    '    days: 120',
    'empty:',
    'flow: [1,  2]  # tight',
    '# The end.',
    '',
  ].join('\n');
  const document = expectOk(parseYaml(text));
  const base = document.value as Record<string, unknown>;

  test('an unchanged value leaves every byte', () => {
    expect(updateYaml(document, structuredClone(base))).toBe(text);
  });

  test.each([
    ['a number', { seats: 45 }, 'seats: 40 ', 'seats: 45 '],
    ['a quoted text', { title: 'B' }, '"A: summit"', '"B"'],
    [
      'an entry of a list',
      { authors: ['Brigitta Sipőcz', 'Stéfan'] },
      "'K. Jarrod Millman'",
      "'Stéfan'",
    ],
    [
      'a nested key',
      { venue: { city: 'Berlin', zone: 'America/Los_Angeles' } },
      'Seattle',
      'Berlin',
    ],
    ['an empty key', { empty: 'no longer' }, 'empty:', 'empty: no longer'],
    [
      'a new entry',
      { authors: ['Brigitta Sipőcz', 'K. Jarrod Millman', 'X'] },
      "Millman'\n",
      "Millman'\n- X\n",
    ],
    ['a removed key', { venue: { city: 'Seattle' } }, '    zone: America/Los_Angeles\n', ''],
    [
      'a removed entry and its comment',
      { phases: [{ name: 'invite', days: 3 }] },
      '  # the long one\n  - name: plan\n    days: 120\n',
      '',
    ],
  ])('%s changes that place only', (_, change, from, to) => {
    expect(updateYaml(document, { ...base, ...change })).toBe(text.replace(from, to));
  });

  test('comments beside unchanged keys survive any other change', () => {
    const keys = Object.keys(base);
    const change = fc.dictionary(fc.constantFrom(...keys), plainData());
    fc.assert(
      fc.property(change, (changes) => {
        const after = { ...base, ...changes };
        const written = updateYaml(document, after);
        expect(expectOk(parseYaml(written)).value).toEqual(after);
        const comments = {
          title: '# quoted for its colon',
          seats: '# never more than 50',
          authors: '# first',
          venue: '# rain',
          phases: '# the long one',
        };
        for (const [key, comment] of Object.entries(comments)) {
          if (!(key in changes)) expect(written).toContain(comment);
        }
      }),
    );
  });

  test('any text takes any value', () => {
    const texts = fc.oneof(
      plainData().map(formatYaml),
      fc.constantFrom(
        text,
        text.replaceAll('\n', '\r\n'),
        '',
        'a: &x 1\nb: *x\n',
        'a: !!str 1\nb: 2',
        '- a\n- b # two\n',
        '- - a\n  - b\n- c: |+\n    x\n\n',
        '"quoted": {a: [1]}\n',
        'a:\n  - x\n',
      ),
    );
    fc.assert(
      fc.property(texts, plainData(), (before, value) => {
        const read = expectOk(parseYaml(before));
        expect(expectOk(parseYaml(updateYaml(read, value))).value).toEqual(value);
      }),
      { numRuns: 300 },
    );
  });

  test('a slight change of a random value is written', () => {
    fc.assert(
      fc.property(fc.dictionary(word(), plainData()), word(), plainData(), (value, key, inner) => {
        const read = expectOk(parseYaml(formatYaml(value)));
        const after = { ...value, [key]: inner };
        expect(expectOk(parseYaml(updateYaml(read, after))).value).toEqual(after);
      }),
    );
  });
});

const word = () =>
  fc.string({ unit: fc.constantFrom(...'ab :#-"\'\n\t{[&*!|>%@`,?é😀\u0000\u2028') });

function plainData() {
  return fc.letrec<{ any: unknown }>((tie) => ({
    any: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.oneof(
        fc.constantFrom(
          null,
          true,
          false,
          'true',
          'null',
          '~',
          '1e3',
          '0x1F',
          '-',
          '',
          ' ',
          '\n',
          'long '.repeat(30),
        ),
        fc.integer(),
        fc.double({ noNaN: true }),
        fc.string({ unit: 'binary' }),
        word(),
      ),
      fc.array(tie('any'), { maxLength: 4 }),
      fc.dictionary(fc.oneof(word(), fc.string({ unit: 'binary' })), tie('any'), {
        maxKeys: 4,
        noNullPrototype: true,
      }),
    ),
  })).any;
}
