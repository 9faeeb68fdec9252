/**
 * The rows of a table whose columns nobody has named yet: a bank's list, a spreadsheet of one's own. Reads any text in
 * one pass, however much of it is broken.
 */

/** One row of a table. */
export interface TableLine {
  /** The line on which the row begins, from 1. */
  readonly line: number;
  /** The row as it stands in the file, without its line break. */
  readonly raw: string;
  /** Trimmed; undefined where a quote is never closed or something follows it. */
  readonly cells: readonly string[] | undefined;
}

/** A quoted cell that goes on for more lines than this has lost its other quote. */
const MOST_LINES = 12;

/**
 * Splits a table into rows and cells (RFC 4180). Rows that are empty are left out. A row whose quotes are broken is
 * the one line that it begins on, and reading goes on with the next line. A quote inside a cell that is not quoted is
 * a quote.
 */
export function tableLines(text: string, delimiter = delimiterOf(text)): TableLine[] {
  const all = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const lines: TableLine[] = [];
  let at = 0;
  let line = 1;
  while (at < all.length) {
    const lineEnd = ending(all, '\n', at);
    const row = readRow(all, at, delimiter);
    const end = row?.end ?? lineEnd;
    const raw = all.slice(at, end);
    if (raw.trim() !== '') lines.push({ line, raw, cells: row?.cells });
    line += end === lineEnd ? 1 : raw.split('\n').length;
    at = end + 1;
  }
  return lines;
}

/** The separator that most of the first lines are divided by: comma, semicolon, tab or bar. */
export function delimiterOf(text: string): string {
  const lines = text.slice(0, 20_000).split('\n').slice(0, 30);
  const counted = [',', ';', '\t', '|'].map((sign) => ({
    sign,
    // Decimal commas stand in lines that are divided otherwise, so the widest line decides.
    count: Math.max(0, ...lines.map((row) => row.replace(/"[^"]*"/g, '').split(sign).length - 1)),
    rows: lines.filter((row) => row.includes(sign)).length,
  }));
  return counted.reduce((best, each) =>
    each.count * each.rows > best.count * best.rows ? each : best,
  ).sign;
}

const ending = (text: string, sign: string, from: number): number => {
  const found = text.indexOf(sign, from);
  return found === -1 ? text.length : found;
};

function readRow(
  text: string,
  start: number,
  delimiter: string,
): { readonly cells: string[]; readonly end: number } | undefined {
  const cells: string[] = [];
  let at = start;
  for (;;) {
    const cell = text[at] === '"' ? readQuoted(text, at) : readPlain(text, at, delimiter);
    if (cell === undefined) return undefined;
    cells.push(cell.text.trim());
    const after = text[cell.end];
    if (after === undefined || after === '\n') return { cells, end: cell.end };
    if (after !== delimiter) return undefined;
    at = cell.end + 1;
  }
}

function readPlain(text: string, start: number, delimiter: string) {
  let end = start;
  while (end < text.length && text[end] !== '\n' && text[end] !== delimiter) end += 1;
  return { text: text.slice(start, end), end };
}

function readQuoted(text: string, start: number) {
  let from = start + 1;
  let breaks = 0;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote === -1) return undefined;
    breaks += text.slice(from, quote).split('\n', MOST_LINES + 1).length - 1;
    if (breaks >= MOST_LINES) return undefined;
    if (text[quote + 1] !== '"') {
      return { text: text.slice(start + 1, quote).replaceAll('""', '"'), end: quote + 1 };
    }
    from = quote + 2;
  }
}
