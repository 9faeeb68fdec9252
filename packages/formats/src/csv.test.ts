import { expectOk } from '@cairn/kernel/result';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { formatCsv, parseCsv } from './csv.ts';

const person = z.object({
  name: z.string(),
  email: z.email(),
  nights: z.coerce.number().optional(),
});
const headerAliases = { name: ['full name'], email: ['e-mail', 'mail'] };
const read = (input: string | Uint8Array) =>
  parseCsv(input, person, { file: 'people.csv', headerAliases });
const failure = (input: string | Uint8Array) => {
  const result = read(input);
  return result.ok ? [] : result.error.map(({ code, place }) => [code, place.line]);
};

const ann = { name: 'Ann', email: 'ann@x.org' };

describe('reading a table', () => {
  test.each([
    ['commas', 'name,email\nAnn,ann@x.org\n'],
    ['semicolons', 'name;email\nAnn;ann@x.org\n'],
    ['tabs', 'name\temail\nAnn\tann@x.org'],
    ['CRLF', 'name,email\r\nAnn,ann@x.org\r\n'],
    ['a byte order mark', '\ufeffname,email\nAnn,ann@x.org\n'],
    ['other headers and case', 'E-Mail,FULL_NAME\nann@x.org,Ann\n'],
    ['quotes', '"name","email"\n"Ann","ann@x.org"\n'],
    ['commas inside a quoted header', '"name",email,"a;b;c;d"\nAnn,ann@x.org,\n'],
    ['padding cells and lines', 'name,email\n\nAnn,ann@x.org,,,\n\n'],
  ])('with %s', (_, text) => {
    expect(expectOk(read(text)).rows.map(({ value }) => value)).toEqual([ann]);
  });

  test('from bytes in UTF-8 or, as spreadsheets write it, UTF-16', () => {
    const text = 'name\temail\nBrigitta Sipőcz\tb@x.org\n';
    const wide = new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'));
    for (const bytes of [new TextEncoder().encode(text), wide]) {
      expect(expectOk(read(bytes)).rows[0]?.value.name).toBe('Brigitta Sipőcz');
    }
  });

  test('a character that few places can keep is read as HTML shows it', () => {
    const bytes = new TextEncoder().encode('name,email\nA\0nn,ann@x.org\n');
    expect(expectOk(read(bytes)).rows[0]?.value.name).toBe('A\uFFFDnn');
  });

  test('lines are those of the file, also below quoted line breaks', () => {
    const { rows } = expectOk(read('name,email\n"A\r\nnn",ann@x.org\nBob,bob@x.org\n'));
    expect(rows.map(({ line, value }) => [line, value.name])).toEqual([
      [2, 'A\nnn'],
      [4, 'Bob'],
    ]);
  });

  test('columns that are not known are kept and listed', () => {
    const table = expectOk(read('name,email,diet\nAnn,ann@x.org,vegan\n'));
    expect(table.unknownColumns).toEqual(['diet']);
    expect(table.rows[0]?.extra).toEqual({ diet: 'vegan' });
  });
});

describe('bad rows', () => {
  test('never stop good ones, and are listed with line, text and reason', () => {
    const text = [
      'name,email,nights',
      'Ann,ann@x.org,5',
      'Bob,bob at x.org,many',
      ',carl@x.org,',
      'Dan,dan@x.org',
      'Eve,eve@x.org,1,2',
      'Fay,"fay@x.org,2',
      'Gus,gus"@x.org,3',
      'Hal,"hal"@x.org,4',
      'Ida,ida@x.org,6',
    ].join('\n');
    const { rows, bad } = expectOk(read(text));
    expect(rows.map(({ line, value }) => [line, value.name])).toEqual([
      [2, 'Ann'],
      [10, 'Ida'],
    ]);
    expect(
      bad.map(({ line, raw, problems }) => [line, raw, problems.map(({ code }) => code)]),
    ).toEqual([
      [3, 'Bob,bob at x.org,many', ['wrong-format', 'wrong-type']],
      [4, ',carl@x.org,', ['empty-cell']],
      [5, 'Dan,dan@x.org', ['ragged-row']],
      [6, 'Eve,eve@x.org,1,2', ['ragged-row']],
      [7, 'Fay,"fay@x.org,2', ['broken-quotes']],
      [8, 'Gus,gus"@x.org,3', ['broken-quotes']],
      [9, 'Hal,"hal"@x.org,4', ['broken-quotes']],
    ]);
    expect(bad[0]?.problems[0]).toEqual({
      code: 'wrong-format',
      sentence: '“email” is “bob at x.org”; write an e-mail address such as name@example.org.',
      place: { file: 'people.csv', line: 3, path: 'email' },
    });
  });

  test('every row of the file is either good or bad, never lost', () => {
    const piece = fc.constantFrom('a', 'x@y.org', '"', ',', '\n', ' ', '=', ';', '\r\n', '""');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 80 }), (parts) => {
        const body = parts.join('');
        const { rows, bad } = expectOk(read(`name,email\n${body}`));
        const lines = [...rows, ...bad].map(({ line }) => line).sort((a, b) => a - b);
        expect(new Set(lines).size).toBe(lines.length);
        if (body.replace(/[\s]/g, '') !== '') expect(lines.length).toBeGreaterThan(0);
        // Only within a quoted cell may a line with content have no row of its own.
        const full = body.split(/\r?\n/).flatMap((text, i) => (text.trim() === '' ? [] : [i + 2]));
        if (!body.includes('"')) expect(lines).toEqual(full);
      }),
    );
  });
});

describe('files that cannot be read', () => {
  test.each([
    ['name\nAnn\n', [['missing-column', 1]]],
    ['name,emial\nAnn,a@x.org\n', [['missing-column', 1]]],
    ['name,email,mail\n', [['duplicate-column', 1]]],
    ['', [['not-a-table', 1]]],
    ['"', [['not-a-table', 1]]],
    [`name,email\n${'a"b\n'.repeat(1_000)}`, [['not-a-table', 1]]],
  ])('%j', (text, problems) => {
    expect(failure(text)).toEqual(problems);
  });

  test('bytes that are not UTF-8 are refused instead of garbled', () => {
    expect(failure(new Uint8Array(Buffer.from('name,email\nStéfan,s@x.org', 'latin1')))).toEqual([
      ['not-utf-8', 1],
    ]);
  });
});

describe('writing a table', () => {
  test('no cell is a formula for a spreadsheet', () => {
    expect(
      formatCsv(
        ['a', 'b'],
        [
          ['=1+1', '+49 1'],
          ['@x', '-5'],
          [-5, null],
          ['\t=1', "'=x"],
        ],
      ),
    ).toBe(`\ufeffa,b\r\n'=1+1,'+49 1\r\n'@x,'-5\r\n-5,\r\n"'\t=1",''=x\r\n`);
  });

  test('cells come back as they were', () => {
    const cell = fc
      .string({ unit: fc.constantFrom(...'ab,;"\'=+-@\t\n é😀') })
      .filter((text) => text.trim() === text && text !== '');
    const schema = z.object({ a: z.string(), b: z.string() });
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1 }), (rows) => {
        const table = expectOk(parseCsv(formatCsv(['a', 'b'], rows), schema));
        expect(table.rows.map(({ value }) => [value.a, value.b])).toEqual(rows);
      }),
    );
  });
});
