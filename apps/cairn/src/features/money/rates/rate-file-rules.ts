import { delimiterOf, type TableLine, tableLines } from '@cairn/formats/csv-lines';
import { type Currency, parseCurrency, parseRate } from '@cairn/kernel/money';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { parseDate } from '@cairn/kernel/time';
import { MONTHS } from '@cairn/kernel/words';
import type { ExchangeRate } from './rate-rules.ts';

/** A line of a file that could not be taken whole, with the reason. */
export interface BadRateLine {
  readonly line: number;
  readonly raw: string;
  readonly reason: string;
}

export interface ReadRates {
  /** Each pair and day once; where a file says it twice, the later line holds. */
  readonly rates: readonly ExchangeRate[];
  readonly bad: readonly BadRateLine[];
  /** Rates that lie before the first day that was asked for. */
  readonly leftOut: number;
}

export interface RateFileOptions {
  /** Where the rates are from, where a line does not say it itself. */
  readonly source: string;
  /** The currency that a wide file gives the others for: euro in those of the European Central Bank. */
  readonly base: Currency;
  /** ISO days; what lies before the first is left out, what lies after the last is a mistake. */
  readonly from: string;
  readonly until: string;
}

/** What columns of a long file may be called; the data portal of the European Central Bank among them. */
const HEADERS: Readonly<Record<'date' | 'base' | 'quote' | 'rate' | 'source', readonly string[]>> =
  {
    date: ['date', 'day', 'on_date', 'time_period'],
    base: ['base', 'from', 'currency_denom'],
    quote: ['quote', 'to', 'currency'],
    rate: ['rate', 'value', 'obs_value'],
    source: ['source'],
  };

/** More lines than this are no file of rates. */
const MOST_LINES = 50_000;

/**
 * Reads rates from CSV. Two forms are known: the wide one of the European Central Bank (a column `Date`, one for each
 * currency, `N/A` where there is none), and a long one with the columns date, base, quote, rate and, where wanted,
 * source. What is good is taken; what is not is listed with its line and why. Refused only where it is no such file.
 */
export function readRateFile(text: string, options: RateFileOptions): Result<ReadRates, Problem> {
  // No text of the database’s can hold NUL.
  const whole = text.replaceAll('\0', '\uFFFD');
  const delimiter = delimiterOf(whole);
  const [head, ...lines] = tableLines(whole, delimiter);
  if (lines.length > MOST_LINES) {
    const sentence = `This file has more than ${MOST_LINES} lines; take only the years that you need.`;
    return fail(problem('too-long', sentence, { path: 'file' }));
  }
  const names = (head?.cells ?? []).map((name) => name.toLowerCase());
  const long = longColumns(names);
  const wide = long === undefined ? wideColumns(names) : undefined;
  const readLine =
    long !== undefined
      ? (cells: readonly string[]) => readLong(cells, long, options, delimiter)
      : wide !== undefined
        ? (cells: readonly string[]) => readWide(cells, wide, options, delimiter)
        : undefined;
  if (readLine === undefined) {
    const sentence =
      'The first line names no columns that are known here: write date, base, quote, rate; or Date and a column for each currency.';
    return fail(problem('no-columns', sentence, { path: 'file' }));
  }
  return ok(gathered(lines, names.length, readLine, options));
}

/** What one line says: its rates, and what is wrong with the rest of it. */
interface LineSays {
  readonly rates: readonly ExchangeRate[];
  readonly wrong: readonly string[];
}

function gathered(
  lines: readonly TableLine[],
  columns: number,
  readLine: (cells: readonly string[]) => LineSays,
  { from }: RateFileOptions,
): ReadRates {
  const rates = new Map<string, ExchangeRate>();
  const bad: BadRateLine[] = [];
  let leftOut = 0;
  for (const { line, raw, cells } of lines) {
    const reason =
      cells === undefined
        ? 'The quotes of this line are broken.'
        : cells.length > columns && cells.slice(columns).some((cell) => cell !== '')
          ? `This line has ${cells.length} cells and the first one ${columns}.`
          : undefined;
    if (cells === undefined || reason !== undefined) {
      bad.push({ line, raw, reason: reason ?? '' });
      continue;
    }
    const says = readLine(cells);
    if (says.wrong.length > 0) bad.push({ line, raw, reason: says.wrong.join(' ') });
    for (const rate of says.rates) {
      if (rate.onDate < from) leftOut += 1;
      else rates.set(`${rate.onDate} ${rate.base} ${rate.quote}`, rate);
    }
  }
  return { rates: [...rates.values()], bad, leftOut };
}

type Columns = Readonly<Record<keyof typeof HEADERS, number>>;

function longColumns(names: readonly string[]): Columns | undefined {
  const at = (key: keyof typeof HEADERS): number =>
    names.findIndex((name) => HEADERS[key].includes(name));
  const columns = {
    date: at('date'),
    base: at('base'),
    quote: at('quote'),
    rate: at('rate'),
    source: at('source'),
  };
  const { source: _, ...needed } = columns;
  return Object.values(needed).every((index) => index >= 0) ? columns : undefined;
}

/** The column of the day, and the currency of each other one; columns of something else are passed over. */
interface WideColumns {
  readonly date: number;
  readonly quotes: readonly { readonly index: number; readonly currency: Currency }[];
}

function wideColumns(names: readonly string[]): WideColumns | undefined {
  const date = names.findIndex((name) => HEADERS.date.includes(name));
  const quotes = names.flatMap((name, index) => {
    const currency = index === date ? undefined : parseCurrency(name);
    return currency?.ok ? [{ index, currency: currency.value }] : [];
  });
  return date >= 0 && quotes.length > 0 ? { date, quotes } : undefined;
}

function readLong(
  cells: readonly string[],
  columns: Columns,
  { source: usual, until }: RateFileOptions,
  delimiter: string,
): LineSays {
  const cell = (key: keyof Columns): string => cells[columns[key]] ?? '';
  const day = readDay(cell('date'), until);
  const [base, quote] = [parseCurrency(cell('base')), parseCurrency(cell('quote'))];
  const rate = readNumber(cell('rate'), delimiter);
  const wrong = [day, base, quote, rate].flatMap((read) => (read.ok ? [] : [read.error.sentence]));
  if (!day.ok || !base.ok || !quote.ok || !rate.ok) return { rates: [], wrong };
  if (base.value === quote.value) {
    return { rates: [], wrong: [`${base.value} is always worth 1 ${quote.value}.`] };
  }
  const source = columns.source >= 0 && cell('source') !== '' ? cell('source') : usual;
  return {
    rates: [
      {
        base: base.value,
        quote: quote.value,
        onDate: day.value,
        rate: rate.value,
        source: source.slice(0, 200),
      },
    ],
    wrong: [],
  };
}

function readWide(
  cells: readonly string[],
  { date, quotes }: WideColumns,
  { base, source, until }: RateFileOptions,
  delimiter: string,
): LineSays {
  const day = readDay(cells[date] ?? '', until);
  if (!day.ok) return { rates: [], wrong: [day.error.sentence] };
  const wrong: string[] = [];
  const rates = quotes.flatMap(({ index, currency }) => {
    const text = cells[index] ?? '';
    if (/^(|-|n\/?a)$/i.test(text) || currency === base) return [];
    const rate = readNumber(text, delimiter);
    if (!rate.ok) wrong.push(`${currency}: ${rate.error.sentence}`);
    return rate.ok ? [{ base, quote: currency, onDate: day.value, rate: rate.value, source }] : [];
  });
  return { rates, wrong };
}

const SHORT_MONTHS = MONTHS.map((month) => month.slice(0, 3).toLowerCase());

/** An ISO day, or one such as `22 May 2023`, not after the last. */
function readDay(text: string, until: string): Result<string, Problem> {
  const [, day = '', month = '', year = ''] =
    /^(\d{1,2}) ([A-Za-z]{3,9}) (\d{4})$/.exec(text) ?? [];
  const number = SHORT_MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1;
  const iso =
    number > 0 ? `${year}-${String(number).padStart(2, '0')}-${day.padStart(2, '0')}` : text;
  const read = parseDate(iso.slice(0, 40));
  if (!read.ok) return read;
  return iso <= until
    ? ok(iso)
    : fail(problem('in-future', `${iso} lies in the future; check the year.`));
}

/** A rate with a point, or with a comma where cells are divided by something else. */
function readNumber(text: string, delimiter: string): Result<string, Problem> {
  const read = parseRate(delimiter === ',' ? text : text.replace(',', '.'));
  return read.ok
    ? read
    : fail(problem('no-rate', `“${text.slice(0, 40)}” is no rate; write it such as 1.0823.`));
}

/** What a kept line may have meant, to begin its mending with: cells by what they look like. */
export function guessedCells(raw: string): Readonly<Record<string, string>> {
  const cells = raw
    .slice(0, 2000)
    .split(/[,;\t|]/)
    .map((cell) => cell.replace(/^["'\s]+|["'\s]+$/g, ''));
  const codes = cells.filter((cell) => /^[A-Za-z]{3}$/.test(cell));
  return {
    date: cells.find((cell) => /^\d{4}-\d{1,2}-\d{1,2}$/.test(cell)) ?? '',
    base: codes[0]?.toUpperCase() ?? '',
    quote: codes[1]?.toUpperCase() ?? '',
    rate: cells.find((cell) => /^\d+(\.\d+)?$/.test(cell)) ?? '',
  };
}
