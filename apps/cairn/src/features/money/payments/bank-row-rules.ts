import type { TableLine } from '@cairn/formats/csv-lines';
import type { Currency } from '@cairn/kernel/money';
import { readCurrency, readDay, readMinor } from './bank-cell-rules.ts';
import type { BankMapping } from './bank-mapping-rules.ts';

/** In which lists rows of bank files are looked at. */
export const ROW_STATES = ['unmatched', 'unreadable', 'set_aside', 'matched', 'known'] as const;
export type RowState = (typeof ROW_STATES)[number];

/** A row of a bank's list as it was understood. */
export interface BankRow {
  readonly line: number;
  readonly raw: string;
  /** ISO day. */
  readonly paidOn: string;
  /** What went out, above zero, in minor units of `currency`. */
  readonly minor: number;
  readonly currency: Currency;
  readonly payee: string;
  readonly reference: string;
}

/** A row that is no payment, and why: it cannot be read, or money came in. */
export interface OtherRow {
  readonly line: number;
  readonly raw: string;
  readonly kind: 'unreadable' | 'incoming';
  readonly reason: string;
}

/** A bank's list, row by row in its order. Every row below the header is in one of the two. */
export interface BankTable {
  readonly rows: readonly BankRow[];
  readonly others: readonly OtherRow[];
}

/** Texts longer than this are cut; the row's own words are kept whole. */
const LONGEST = 300;

/** Reads the rows of a bank's list; amounts are in `currency` where no column says otherwise. */
export function readBankTable(
  lines: readonly TableLine[],
  mapping: BankMapping,
  currency: Currency,
): BankTable {
  const rows: BankRow[] = [];
  const others: OtherRow[] = [];
  for (const line of lines) {
    if (line.line <= mapping.headerLine) continue;
    const read = readRow(line, mapping, currency);
    if ('kind' in read) others.push(read);
    else rows.push(read);
  }
  return { rows, others };
}

function readRow(
  { line, raw, cells }: TableLine,
  mapping: BankMapping,
  usual: Currency,
): BankRow | OtherRow {
  const other = (kind: OtherRow['kind'], reason: string): OtherRow => ({ line, raw, kind, reason });
  if (cells === undefined) {
    return other('unreadable', 'A quotation mark of this row is never closed.');
  }
  const cell = (column: number | undefined): string =>
    column === undefined ? '' : (cells[column] ?? '');
  const day = readDay(cell(mapping.date), mapping.dateForm);
  if (!day.ok) {
    const isEmpty = cell(mapping.date) === '';
    return other('unreadable', isEmpty ? 'There is no day in this row.' : day.error.sentence);
  }
  const code = cell(mapping.currency);
  const currency = code === '' ? usual : readCurrency(code);
  if (currency === undefined) return other('unreadable', `“${code.slice(0, 20)}” is no currency.`);
  const text = cell(mapping.amount ?? mapping.out);
  if (text === '') {
    return mapping.out !== undefined
      ? other('incoming', 'Nothing went out in this row.')
      : other('unreadable', 'There is no amount in this row.');
  }
  const minor = readMinor(text, mapping.numberForm, currency);
  if (!minor.ok) return other('unreadable', minor.error.sentence);
  // A column of its own for what went out says so whichever sign it writes.
  const paid =
    mapping.out !== undefined
      ? Math.abs(minor.value)
      : mapping.paidIs === 'negative'
        ? -minor.value
        : minor.value;
  if (paid === 0) return other('unreadable', 'The amount of this row is zero.');
  if (paid < 0) return other('incoming', 'This row is money that came in.');
  const reference = mapping.reference
    .map(cell)
    .filter((part) => part !== '')
    .join(' ');
  return {
    line,
    raw,
    paidOn: day.value,
    minor: paid,
    currency,
    payee: cell(mapping.payee).slice(0, LONGEST),
    reference: reference.slice(0, LONGEST),
  };
}
