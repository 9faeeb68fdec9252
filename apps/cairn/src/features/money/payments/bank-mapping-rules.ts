import type { TableLine } from '@cairn/formats/csv-lines';
import {
  type DateForm,
  dateFormOf,
  type NumberForm,
  numberFormOf,
  readDay,
} from './bank-cell-rules.ts';

/** Which column of a bank's list says what, and how it writes days and numbers. Columns count from 0. */
export interface BankMapping {
  /** Rows up to this line are above the list; 0 where it has no header. */
  readonly headerLine: number;
  readonly date: number;
  /** One column with signs, or two: what went out, and what came in. */
  readonly amount: number | undefined;
  readonly out: number | undefined;
  readonly payee: number | undefined;
  /** Read one after the other, as one text. */
  readonly reference: readonly number[];
  readonly currency: number | undefined;
  readonly dateForm: DateForm;
  readonly numberForm: NumberForm;
  /** Whether amounts that were paid stand below zero. */
  readonly paidIs: 'negative' | 'positive';
}

/** What a file was understood to be, to be looked at before anything is kept. */
export interface GuessedMapping {
  readonly mapping: BankMapping;
  readonly headers: readonly string[];
  /** What a reader has to decide, in sentences. */
  readonly doubts: readonly string[];
}

const NAMES = {
  date: /^(booking|transaction|completed|payment|posting|value)? ?(date|day)|^datum|buchung|valuta|^paid ?on|^date/,
  amount: /^(amount|betrag|umsatz|sum|total|value|montant|importe)/,
  out: /debit|soll|withdraw|paid ?out|money ?out|ausgang|^out/,
  payee:
    /payee|beneficiary|recipient|counterparty|empfanger|begunstigt|auftraggeber|^name|^to$|description/,
  reference: /reference|verwendung|purpose|memo|message|remittance|details|note|claim|text/,
  currency: /currency|wahrung|^ccy|^devise/,
} as const;
type Part = keyof typeof NAMES;

/** Header and cells without case, accents and marks. */
export const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();

const partsOf = (cells: readonly string[]): Partial<Record<Part, number[]>> => {
  const found: Partial<Record<Part, number[]>> = {};
  for (const [index, cell] of cells.entries()) {
    // The keys of the constant above.
    for (const part of Object.keys(NAMES) as Part[]) {
      if (NAMES[part].test(plain(cell))) found[part] = [...(found[part] ?? []), index];
    }
  }
  return found;
};

/** The header may stand so far down. */
const MOST_PREAMBLE = 30;
/** Rows that a guess looks at. */
const SAMPLE = 400;

/**
 * Understands a bank's list: where its header is, which column says what, how it writes days and numbers. Undefined
 * where no column of any row holds days.
 */
export function guessMapping(lines: readonly TableLine[]): GuessedMapping | undefined {
  const scored = lines.slice(0, MOST_PREAMBLE).map(({ cells = [] }) => {
    const parts = partsOf(cells);
    const isDated = cells.some((cell) => readDay(cell, 'dmy').ok || readDay(cell, 'mdy').ok);
    return isDated ? 0 : Object.keys(parts).length;
  });
  const best = Math.max(0, ...scored);
  const at = best >= 2 ? scored.indexOf(best) : -1;
  const header = at === -1 ? undefined : lines[at];
  const width = Math.max(0, ...lines.slice(0, SAMPLE).map(({ cells = [] }) => cells.length));
  const headers = Array.from(
    { length: Math.min(width, 60) },
    (_, index) => header?.cells?.[index] || `Column ${index + 1}`,
  );
  const body = lines
    .slice(at + 1, at + 1 + SAMPLE)
    .flatMap(({ cells }) => (cells === undefined ? [] : [cells]));
  const column = (index: number) =>
    body.map((cells) => cells[index] ?? '').filter((cell) => cell !== '');
  const parts = partsOf(header?.cells ?? []);
  const every = headers.map((_, index) => index);
  const date = bestOf(parts.date, every, (index) => shareOf(column(index), isDay));
  if (date === undefined) return undefined;
  const doubts: string[] = [];
  const [out] = parts.out ?? [];
  const isOther = (index: number): boolean => index !== date;
  const amount =
    out !== undefined && parts.amount === undefined
      ? undefined
      : bestOf(parts.amount?.filter(isOther), every.filter(isOther), (index) =>
          shareOf(column(index), looksLikeMoney),
        );
  if (amount === undefined && out === undefined) doubts.push('Say which column holds the amounts.');
  const amounts = column(amount ?? out ?? -1);
  const days = dateFormOf(column(date));
  const figures = numberFormOf(amounts);
  if (!days.isSure)
    doubts.push('The days could be read with the day first or with the month first; choose which.');
  if (!figures.isSure && amounts.length > 0)
    doubts.push('No amount shows which mark stands before the cents; choose it.');
  const isNegative = amounts.filter((cell) => /^\s*[-−–(]|[-−–]\s*$|DR\.?$/i.test(cell)).length;
  const [currency] = (parts.currency ?? []).filter((index) => index !== amount);
  const [payee] = (parts.payee ?? []).filter((index) => index !== amount && index !== currency);
  const reference = (parts.reference ?? []).filter(
    (index) => ![date, amount, currency, payee].includes(index),
  );
  return {
    headers,
    doubts,
    mapping: {
      headerLine: header?.line ?? 0,
      date,
      amount,
      out: amount === undefined ? out : undefined,
      payee,
      reference,
      currency,
      dateForm: days.form,
      numberForm: figures.form,
      paidIs:
        amount !== undefined && isNegative * 2 >= amounts.length && isNegative > 0
          ? 'negative'
          : 'positive',
    },
  };
}

const isDay = (cell: string): boolean =>
  (['ymd', 'dmy', 'mdy'] as const).some((form) => readDay(cell, form).ok);
const looksLikeMoney = (cell: string): boolean =>
  /^[-−–+(]?\s*(?:[A-Z]{3}|[$€£¥])?\s*\d[\d., '’]*\)?[-−–]?\s*(?:[A-Z]{3}|[$€£¥]|CR|DR)?$/.test(
    cell,
  ) && !isDay(cell);

const shareOf = (cells: readonly string[], fits: (cell: string) => boolean): number =>
  cells.length === 0 ? 0 : cells.filter(fits).length / cells.length;

/** Broken rows must not hide the column in which the others have what is looked for. */
const LEAST_SHARE = 0.2;

function bestOf(
  named: readonly number[] | undefined,
  others: readonly number[],
  share: (column: number) => number,
): number | undefined {
  // A column that the header names is the one, whatever its rows hold.
  const columns = named ?? others;
  const least = named === undefined ? LEAST_SHARE : 0;
  const [best] = columns
    .map((column) => ({ column, share: share(column) }))
    .sort((a, b) => b.share - a.share || a.column - b.column);
  return best !== undefined && best.share >= least ? best.column : undefined;
}
