import fc from 'fast-check';
import { expect, test } from 'vitest';
import { delimiterOf, tableLines } from './csv-lines.ts';

const cellsOf = (text: string) => tableLines(text).map(({ cells }) => cells);

test('rows are split at commas, semicolons, tabs or bars, whichever divide them', () => {
  expect(cellsOf('a,b\n1,2')).toEqual([['a', 'b'], ['1', '2']]); // biome-ignore format: rows
  expect(cellsOf('Datum;Betrag\n01.02.2023;1.234,56')).toEqual([['Datum', 'Betrag'], ['01.02.2023', '1.234,56']]); // biome-ignore format: rows
  expect(delimiterOf('a\tb, c\td')).toBe('\t');
  expect(delimiterOf('"a;b;c;d",e\n1,2')).toBe(',');
});

test('a broken quote costs its own line only', () => {
  const rows = tableLines('a,b\n"never closed,1\nc,d\n"x"y,2\ne,"f ""g"""\n5" pipe,3');
  expect(rows.map(({ line, cells }) => [line, cells])).toEqual([
    [1, ['a', 'b']],
    [2, undefined],
    [3, ['c', 'd']],
    [4, undefined],
    [5, ['e', 'f "g"']],
    [6, ['5" pipe', '3']],
  ]);
});

test('a quoted cell may hold lines, and the lines after it keep their numbers', () => {
  expect(tableLines('a,"b\r\nc"\nd,e').map(({ line, cells }) => [line, cells])).toEqual([
    [1, ['a', 'b\nc']],
    [3, ['d', 'e']],
  ]);
});

test('no line of any text is lost', () => {
  const piece = fc.constantFrom('a', '"', ',', '\n', ' ', ';', '\r\n', '""', '1.5');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (parts) => {
      const text = parts.join('');
      const rows = tableLines(text, ',');
      const said = text
        .replace(/\r\n?/g, '\n')
        .split('\n')
        .filter((row) => row.trim() !== '');
      expect(
        rows
          .map(({ raw }) => raw)
          .join('\n')
          .split('\n')
          .filter((row) => row.trim() !== ''),
      ).toEqual(said);
    }),
  );
});
