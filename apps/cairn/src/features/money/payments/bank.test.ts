import { tableLines } from '@cairn/formats/csv-lines';
import { type Currency, expectCurrency } from '@cairn/kernel/money';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readDay, readMinor } from './bank-cell-rules.ts';
import { guessMapping } from './bank-mapping-rules.ts';
import { claimNumbersIn, isSamePayee, matchRows } from './bank-match-rules.ts';
import { readBankTable } from './bank-row-rules.ts';
import { type Due, partsOf } from './payment-rules.ts';

const usd = expectCurrency('USD');

const read = (text: string, currency: Currency = usd) => {
  const lines = tableLines(text);
  const guessed = guessMapping(lines);
  if (guessed === undefined) return undefined;
  return { ...guessed, table: readBankTable(lines, guessed.mapping, currency) };
};

const due = (number: number, payee: string, owed: number, more: Partial<Due> = {}): Due => ({
  claimId: `claim-${number}`,
  number,
  personId: `person-${number}`,
  payee,
  funderId: 'funder',
  funder: 'Foundation',
  currency: usd,
  state: 'sent',
  approvedMinor: owed,
  paidMinor: 0,
  sentOn: null,
  ...more,
});

test.each([
  ['2023-05-21', 'dmy', '2023-05-21'],
  ['21.05.2023', 'dmy', '2023-05-21'],
  ['21.5.23', 'dmy', '2023-05-21'],
  ['05/21/2023', 'mdy', '2023-05-21'],
  ['20230521', 'dmy', '2023-05-21'],
  ['21 May 2023', 'ymd', '2023-05-21'],
  ['May 21, 2023', 'ymd', '2023-05-21'],
  ['2023-05-21 13:45:02', 'dmy', '2023-05-21'],
  ['31.02.2023', 'dmy', undefined],
  ['21/05/2023', 'mdy', undefined],
  ['soon', 'dmy', undefined],
] as const)('the day %s, written %s, is %s', (cell, form, day) => {
  const said = readDay(cell, form);
  expect(said.ok ? said.value : undefined).toBe(day);
});

test.each([
  ['1,234.56', 'point', 123_456],
  ['1.234,56', 'comma', 123_456],
  ['-1 234,56 €', 'comma', -123_456],
  ['1,234', 'point', 123_400],
  ['1.234', 'comma', 123_400],
  ['(12.50)', 'point', -1250],
  ['12.50-', 'point', -1250],
  ['12.50 DR', 'point', -1250],
  ['$12.5', 'point', 1250],
  ['USD 12', 'point', 1200],
  ['1,23', 'point', undefined],
  ['1.2.3', 'point', undefined],
  ['12.345', 'point', undefined],
  ['twelve', 'point', undefined],
] as const)('the amount %s, with a %s, is %s cents', (cell, form, minor) => {
  const said = readMinor(cell, form, usd);
  expect(said.ok ? said.value : undefined).toBe(minor);
});

test('lists of banks are understood as they come', () => {
  const german = read(
    'Kontoauszug;;;;\n\nBuchungstag;Empfänger;Verwendungszweck;Betrag;Währung\n21.05.2023;Mira Example;Erstattung C-12;-1.234,56;USD\n22.05.2023;Einzahlung;;500,00;USD\n',
  );
  expect(german?.mapping).toMatchObject({
    headerLine: 3,
    dateForm: 'dmy',
    numberForm: 'comma',
    paidIs: 'negative',
  });
  expect(german?.doubts).toEqual([]);
  expect(german?.table.rows).toMatchObject([
    { paidOn: '2023-05-21', minor: 123_456, payee: 'Mira Example', reference: 'Erstattung C-12' },
  ]);
  expect(german?.table.others).toMatchObject([{ line: 5, kind: 'incoming' }]);

  const columns = read(
    'Date,Description,Paid out,Paid in,Balance\n05/21/2023,MIRA EXAMPLE,12.50,,100.00\n05/22/2023,Grant,,500.00,600.00\n',
  );
  expect(columns?.table.rows).toMatchObject([
    { paidOn: '2023-05-21', minor: 1250, payee: 'MIRA EXAMPLE' },
  ]);

  const bare = read('2023-05-21,Mira Example,C-12,12.50\n2023-05-22,Noor Example,C-13,7\n');
  expect(bare?.mapping).toMatchObject({ headerLine: 0, date: 0, amount: 3, payee: undefined });
});

test('what could be read in two ways is asked', () => {
  expect(read('Date,Payee,Amount\n03/04/2023,Mira,"1,234"\n')?.doubts).toHaveLength(2);
  expect(read('a,b\nc,d\n')).toBeUndefined();
});

test('of ten thousand rows, half of them broken, each is read or listed with its line and reason', () => {
  const broken = [
    '2023-02-30,Mira,C-1,5.00',
    ',Mira,C-1,5.00',
    '2023-05-01,"Mira,C-1,5.00',
    '2023-05-01,Mira,C-1,five',
    'Total',
  ];
  const lines = Array.from({ length: 10_000 }, (_, at) =>
    at % 2 === 0 ? `2023-05-01,Somebody ${at},C-${at},5.00` : broken[((at - 1) / 2) % 5],
  );
  const said = read(`Date,Payee,Reference,Amount\n${lines.join('\n')}`);
  expect(said?.table.rows).toHaveLength(5000);
  expect(said?.table.others).toHaveLength(5000);
  expect(new Set(said?.table.others.map(({ reason }) => reason)).size).toBe(5);
  expect(said?.table.others[0]).toMatchObject({ line: 3, raw: '2023-02-30,Mira,C-1,5.00' });
});

test('every row is either read or listed, whatever it holds', () => {
  const cell = fc.constantFrom('2023-05-01', '1.00', '-3', '"', 'C-4', '', ' ', 'x,y', '€');
  fc.assert(
    fc.property(fc.array(fc.array(cell, { maxLength: 5 }), { maxLength: 12 }), (rows) => {
      const text = `Date,Payee,Amount\n2023-05-01,Ada,1.00\n${rows.map((row) => row.join(',')).join('\n')}`;
      const said = read(text);
      const all = [...(said?.table.rows ?? []), ...(said?.table.others ?? [])];
      expect(all).toHaveLength(tableLines(text).length - 1);
      expect(new Set(all.map(({ line }) => line)).size).toBe(all.length);
    }),
    { numRuns: 60 },
  );
});

test('claims are named in several ways, and words that only look like it are none', () => {
  expect(claimNumbersIn('Refund C-12')).toEqual([12]);
  expect(claimNumbersIn('claim no. 012; C 7')).toEqual([12, 7]);
  expect(claimNumbersIn('ABC-12 C12x SPEC-0')).toEqual([]);
  expect(isSamePayee('EXAMPLE MIRA', 'Mira Example')).toBe(true);
  expect(isSamePayee('Mira', 'Mira Example')).toBe(false);
});

const row = (payee: string, reference: string, minor: number) => ({
  line: 1,
  raw: '',
  paidOn: '2023-06-01',
  minor,
  currency: usd,
  payee,
  reference,
});

test('a row pays the claim that it names, or the only one that fits, and never one of two', () => {
  const dues = [
    due(1, 'Mira Example', 500),
    due(2, 'Noor Example', 700),
    due(3, 'Noor Example', 700),
    due(4, 'Tove Treasurer', 900, { personId: 'tove' }),
  ];
  const found = matchRows(
    [
      row('Mira Example', 'C-1', 200),
      row('Example, Mira', '', 300),
      row('Mira Example', 'C-1', 1),
      row('Noor Example', '', 700),
      row('Noor Example', 'C-2', 701),
      row('Somebody Else', 'C-2', 700),
      row('Noor Example', 'C-2 and C-3', 1400),
      row('Tove Treasurer', 'C-4', 900),
      row('Nobody', 'C-99', 5),
      { ...row('Noor Example', 'C-2', 700), currency: expectCurrency('EUR') },
    ],
    dues,
    'tove',
    [],
  );
  expect(found.map((match) => match.due?.number ?? match.due)).toEqual([
    1,
    1,
    ...new Array(8).fill(undefined),
  ]);
  const reasons = found.flatMap((match) => (match.due === undefined ? [match.reason] : []));
  expect(new Set(reasons).size).toBe(8);
  expect(reasons[1]).toBe('It could be C-2 or C-3; choose one.');
});

test('a row that says what is recorded already pays nothing by itself, so that one payment is not two', () => {
  const dues = [due(1, 'Mira Example', 1_000), due(2, 'Noor Example', 500)];
  const recorded = [{ claimId: dues[0]?.claimId ?? '', minor: 500 }];
  const rows = [row('Mira Example', 'C-1', 500), row('', 'C-1', 499), row('Noor Example', '', 500)];
  const [same, ...others] = matchRows(rows, dues, 'tove', recorded);
  expect(same).toMatchObject({ due: undefined, reason: expect.stringContaining('already') });
  expect(others.map((match) => match.due?.number)).toEqual([1, 2]);
});

test('the parts of a payment add up to it, and none is beyond what is open', () => {
  const opens = fc.array(fc.integer({ min: 0, max: 500 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(opens, fc.double({ min: 0, max: 1, noNaN: true }), (all, share) => {
      const items = all.map((openMinor, index) => ({ itemId: String(index), openMinor }));
      const total = all.reduce((sum, part) => sum + part, 0);
      const minor = Math.ceil(total * share);
      if (minor === 0) return;
      const parts = partsOf(minor, items);
      expect(parts.reduce((sum, part) => sum + part.minor, 0)).toBe(minor);
      for (const part of parts) {
        expect(part.minor).toBeLessThanOrEqual(all[Number(part.itemId)] ?? 0);
      }
    }),
  );
});
