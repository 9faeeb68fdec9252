import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { unzip } from './zip.ts';

/**
 * The sheets of an `.xlsx` workbook as JSON, as `readCosplib` and `readCosplibSolution` read it: the
 * library publishes its instances and its solutions as such files.
 *
 * Reads what cells hold, as text, and nothing else: no formats, so that times are fractions of a day.
 */
export async function xlsxAsJson(
  bytes: Uint8Array,
  file: string,
): Promise<Result<string, Problem[]>> {
  const files = await unzip(bytes);
  const workbook = files?.get('xl/workbook.xml');
  const links = files?.get('xl/_rels/workbook.xml.rels');
  if (files === undefined || workbook === undefined || links === undefined) {
    const sentence = 'The file is no workbook: a spreadsheet saved as .xlsx of at most 50 MB.';
    return fail([problem('not-xlsx', sentence, { file })]);
  }
  const targets = new Map(
    elements(links, 'Relationship').map(({ attributes }) => [
      attributes.get('Id'),
      attributes.get('Target') ?? '',
    ]),
  );
  const shared = elements(files.get('xl/sharedStrings.xml') ?? '', 'si').map(({ inner }) =>
    textOf(inner),
  );
  const sheets: Record<string, string[][]> = {};
  for (const { attributes } of elements(workbook, 'sheet')) {
    const target = targets.get(attributes.get('r:id')) ?? '';
    const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`;
    sheets[attributes.get('name') ?? ''] = rowsOf(files.get(path) ?? '', shared);
  }
  return ok(JSON.stringify(sheets));
}

const MOST_ROWS = 100_000;
const MOST_COLUMNS = 16_384;

function rowsOf(sheet: string, shared: readonly string[]): string[][] {
  const rows: string[][] = [];
  for (const { attributes, inner } of elements(sheet, 'c')) {
    const at = /^([A-Z]{1,3})(\d{1,6})$/.exec(attributes.get('r') ?? '');
    const kind = attributes.get('t');
    const value = elements(inner, 'v')[0]?.inner ?? '';
    const text =
      kind === 's'
        ? (shared[Number(value)] ?? '')
        : kind === 'inlineStr'
          ? textOf(inner)
          : unescaped(value);
    if (at === null || text === '') continue;
    const row = Number(at[2]) - 1;
    const column = [...(at[1] ?? '')].reduce(
      (sum, letter) => sum * 26 + letter.charCodeAt(0) - 64,
      0,
    );
    if (row < 0 || row >= MOST_ROWS || column > MOST_COLUMNS) continue;
    while (rows.length <= row) rows.push([]);
    const cells = rows[row] as string[];
    while (cells.length < column) cells.push('');
    cells[column - 1] = text;
  }
  return rows;
}

interface Element {
  readonly attributes: ReadonlyMap<string, string>;
  readonly inner: string;
}

/** The elements of a name, which do not stand in each other. */
function elements(xml: string, name: string): Element[] {
  const found: Element[] = [];
  const tag = new RegExp(`<${name}((?:\\s[^>]*?)?)(/?)>`, 'g');
  for (let match = tag.exec(xml); match !== null; match = tag.exec(xml)) {
    const from = match.index + match[0].length;
    const end = match[2] === '/' ? from : xml.indexOf(`</${name}>`, from);
    const attributes = new Map(
      [...(match[1] ?? '').matchAll(/([\w:]+)="([^"]*)"/g)].map((pair) => [
        pair[1] ?? '',
        unescaped(pair[2] ?? ''),
      ]),
    );
    found.push({ attributes, inner: end === -1 ? '' : xml.slice(from, end) });
  }
  return found;
}

/** The text of a string with its runs; not how it is pronounced. */
const textOf = (xml: string): string =>
  elements(xml.replaceAll(/<rPh[\s\S]*?<\/rPh>/g, ''), 't')
    .map(({ inner }) => unescaped(inner))
    .join('');

const NAMED: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
};

const unescaped = (text: string): string =>
  text.replaceAll(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return NAMED[name as string] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex as string, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
