import type { Cell } from '@cairn/formats/csv';
import { columnName, type Sheet, type SheetCell, type SheetFormat } from '@cairn/formats/xlsx';
import { amountText, type Currency, expectCurrency, minorDigits } from '@cairn/kernel/money';
import { categoryLabel } from '../category-rules.ts';
import {
  type Evidence,
  type Ledger,
  type LedgerEntry,
  type LedgerPayee,
  lacksOf,
  payeesIn,
  sumsOf,
} from './ledger-rules.ts';
import { lineSheet } from './line-sheet-rules.ts';

/** How an amount of a currency is shown in a sheet. */
const formatOf = (currency: Currency): SheetFormat => {
  const formats: Readonly<Record<number, SheetFormat>> = {
    0: 'amount0',
    3: 'amount3',
    4: 'amount4',
  };
  return formats[minorDigits(currency)] ?? 'amount2';
};

/** The columns of the entries, in a sheet and in a CSV file. */
const ENTRY_HEADS = [
  'claim',
  'payee_no',
  'payee',
  'state',
  'line_no',
  'line',
  'category',
  'spent_on',
  'what',
  'spent',
  'spent_currency',
  'rate',
  'rate_on',
  'rate_source',
  'asked',
  'approved',
  'paid',
  'why_not_all',
  'paid_on',
  'references',
  'receipts',
] as const;
const at = (head: (typeof ENTRY_HEADS)[number]): string => columnName(ENTRY_HEADS.indexOf(head));

interface Numbered {
  readonly entry: LedgerEntry;
  readonly no: number;
  readonly lineNo: number;
  readonly line: string;
}

function numbered({ entries, lines }: Ledger, payees: readonly LedgerPayee[]): readonly Numbered[] {
  const numbers = new Map(
    payees.flatMap((payee) => payee.entries.map((entry) => [entry, payee.no])),
  );
  return entries.map((entry) => {
    const index = lines.findIndex(({ id }) => id === entry.lineId);
    return {
      entry,
      no: numbers.get(entry) ?? 0,
      lineNo: index + 1,
      line: lines[index]?.title ?? '',
    };
  });
}

const whatOf = ({ meal, text }: LedgerEntry): string => [meal, text].filter(Boolean).join(': ');
const spentText = ({ spentMinor, spentCurrency }: LedgerEntry): string | null =>
  spentMinor === null || spentCurrency === null
    ? null
    : amountText(spentMinor, expectCurrency(spentCurrency));

/** A ledger as a CSV file: one row for each cost. */
export function ledgerTable(ledger: Ledger): {
  readonly header: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
} {
  const { currency } = ledger.funder;
  return {
    header: [...ENTRY_HEADS, 'currency'],
    rows: numbered(ledger, payeesIn(ledger)).map(({ entry, no, lineNo, line }) => [
      `C-${entry.number}`,
      no,
      entry.payee,
      entry.state,
      lineNo,
      line,
      categoryLabel(entry.category),
      entry.spentOn,
      whatOf(entry),
      spentText(entry),
      entry.spentCurrency,
      entry.rate,
      entry.rateOn,
      entry.rateSource,
      amountText(entry.askedMinor, currency),
      entry.approvedMinor === null ? null : amountText(entry.approvedMinor, currency),
      amountText(entry.paidMinor, currency),
      entry.reason,
      entry.paidOn,
      entry.references,
      entry.receipts,
      currency,
    ]),
  };
}

/** A ledger as the sheets of a workbook, whose sums are formulas over the entries and carry their values. */
export function ledgerSheets(
  ledger: Ledger,
  evidence: Evidence,
  about: readonly string[],
): Sheet[] {
  const { funder } = ledger;
  const payees = payeesIn(ledger);
  const rows = numbered(ledger, payees);
  const amount = (minor: number): SheetCell => ({
    number: amountText(minor, funder.currency),
    format: formatOf(funder.currency),
  });
  const sum = (formula: string, minor: number): SheetCell => ({
    formula,
    value: amountText(minor, funder.currency),
    format: formatOf(funder.currency),
  });
  const last = rows.length + 1;
  const range = (head: (typeof ENTRY_HEADS)[number]): string =>
    `Entries!$${at(head)}$2:$${at(head)}$${Math.max(2, last)}`;
  const total = (column: string, to: number, minor: number): SheetCell =>
    sum(`SUM(${column}2:${column}${Math.max(2, to)})`, minor);
  const all = sumsOf(ledger.entries);
  const byPayee = payees.map((payee) => ({ ...payee, sums: sumsOf(payee.entries) }));
  const byLine = ledger.lines.map((line) => ({
    ...line,
    sums: sumsOf(ledger.entries.filter(({ lineId }) => lineId === line.id)),
  }));
  const matching = (
    of: 'payee_no' | 'line_no',
    cell: string,
    head: 'asked' | 'approved' | 'paid',
  ) => `SUMIF(${range(of)},${cell},${range(head)})`;
  return [
    {
      name: 'Entries',
      columns: ENTRY_HEADS.map((head) => ({
        head: head.replaceAll('_', ' '),
        width: WIDE.has(head) ? 30 : 13,
      })),
      rows: rows.map(({ entry, no, lineNo, line }) => [
        `C-${entry.number}`,
        { number: String(no) },
        entry.payee,
        entry.state,
        { number: String(lineNo) },
        line,
        categoryLabel(entry.category),
        day(entry.spentOn),
        whatOf(entry),
        spentCell(entry),
        entry.spentCurrency,
        entry.rate === null ? null : { number: entry.rate },
        day(entry.rateOn),
        entry.rateSource,
        amount(entry.askedMinor),
        entry.approvedMinor === null ? null : amount(entry.approvedMinor),
        amount(entry.paidMinor),
        entry.reason,
        day(entry.paidOn),
        entry.references,
        { number: String(entry.receipts) },
      ]),
      sums: [
        ENTRY_HEADS.map((head): SheetCell => {
          if (head === 'claim') return 'All';
          if (head !== 'asked' && head !== 'approved' && head !== 'paid') return null;
          return total(at(head), last, all[head]);
        }),
      ],
    },
    {
      name: 'People',
      columns: [
        { head: 'no' },
        { head: 'payee', width: 30 },
        { head: 'participant' },
        { head: 'asked' },
        { head: 'approved' },
        { head: 'paid' },
        { head: 'still owed' },
        { head: 'missing', width: 50 },
      ],
      rows: byPayee.map(({ no, payee, personId, entries, sums }, index) => [
        { number: String(no) },
        payee,
        participantWord(ledger, personId),
        sum(matching('payee_no', `$A${index + 2}`, 'asked'), sums.asked),
        sum(matching('payee_no', `$A${index + 2}`, 'approved'), sums.approved),
        sum(matching('payee_no', `$A${index + 2}`, 'paid'), sums.paid),
        sum(`E${index + 2}-F${index + 2}`, sums.approved - sums.paid),
        lacksOf(funder, { personId, entries }, evidence).join('; '),
      ]),
      sums: [
        [
          'All',
          null,
          null,
          total('D', byPayee.length + 1, all.asked),
          total('E', byPayee.length + 1, all.approved),
          total('F', byPayee.length + 1, all.paid),
          total('G', byPayee.length + 1, all.approved - all.paid),
        ],
      ],
    },
    lineSheet(byLine, { amount, sum, total, matching }),
    {
      name: 'About',
      columns: [{ head: funder.name, width: 100 }],
      rows: about.map((sentence) => [sentence]),
    },
  ];
}

const WIDE: ReadonlySet<string> = new Set([
  'payee',
  'line',
  'category',
  'what',
  'why_not_all',
  'references',
]);

const day = (date: string | null): SheetCell => (date === null ? null : { date });

function spentCell(entry: LedgerEntry): SheetCell {
  const text = spentText(entry);
  if (text === null || entry.spentCurrency === null) return null;
  return { number: text, format: formatOf(expectCurrency(entry.spentCurrency)) };
}

/** Whether a payee counts as a participant, in a word. */
export function participantWord({ participants }: Ledger, personId: string | null): string {
  if (personId === null) return 'supplier';
  const said = participants.get(personId);
  return said === undefined ? 'not decided' : said ? 'participant' : 'works for the programme';
}
