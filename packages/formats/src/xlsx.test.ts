import { parseXml } from '@rgrove/parse-xml';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { columnName, workbookParts } from './xlsx.ts';

test('a formula carries the value that it comes to, and a day is a day', () => {
  const parts = workbookParts([
    {
      name: 'What: was/paid?',
      columns: [{ head: 'Day' }, { head: 'Paid', width: 20 }],
      rows: [[{ date: '2023-05-22' }, { number: '12.50', format: 'amount2' }]],
      sums: [['All', { formula: 'SUM(B2:B2)', value: '12.50', format: 'amount2' }]],
    },
  ]);
  const sheet = parts['xl/worksheets/sheet1.xml'] ?? '';
  expect(sheet).toContain('<v>45068</v>');
  expect(sheet).toContain('<f>SUM(B2:B2)</f><v>12.50</v>');
  expect(parts['xl/workbook.xml']).toContain('name="What  was paid"');
});

test('columns are named as spreadsheets do', () => {
  expect([0, 25, 26, 701, 702].map(columnName)).toEqual(['A', 'Z', 'AA', 'ZZ', 'AAA']);
});

test('any text is well-formed XML, comes back as it was, and is never a formula', () => {
  const text = fc.string({ unit: fc.constantFrom(...'=<&>"\'\u0001\ud800a😀\t ') });
  fc.assert(
    fc.property(text, (cell) => {
      const parts = workbookParts([{ name: cell, columns: [{ head: cell }], rows: [[cell]] }]);
      for (const part of Object.values(parts)) expect(() => parseXml(part)).not.toThrow();
      expect(parts['xl/worksheets/sheet1.xml']).not.toContain('<f>');
    }),
    { numRuns: 60 },
  );
});
