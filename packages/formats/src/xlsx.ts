/**
 * Workbooks as spreadsheet programs keep them (ECMA-376): the XML of each part, by its path. Whoever wants a file zips
 * them. Made for tables with sums: a formula carries the value that it comes to, so that programs which do not
 * compute (previews, readers of phones) show it too.
 */

/** What a cell of a sheet holds; null is empty. Text is never taken for a formula. */
export type SheetCell =
  | string
  | null
  | { readonly number: string; readonly format?: SheetFormat }
  /** An ISO day, which becomes a day of the spreadsheet. */
  | { readonly date: string }
  /** Without the equals sign; `value` is the decimal text that it comes to. */
  | { readonly formula: string; readonly value: string; readonly format?: SheetFormat };

/** How a number is shown: whole, an amount with so many digits, or as it is. */
export type SheetFormat = 'amount0' | 'amount2' | 'amount3' | 'amount4' | 'plain';

/** One sheet: a header that stays in sight, rows, and rows of sums below them. */
export interface Sheet {
  /** At most 31 letters. */
  readonly name: string;
  readonly columns: readonly { readonly head: string; readonly width?: number }[];
  readonly rows: readonly (readonly SheetCell[])[];
  /** Shown bold, below the rows. */
  readonly sums?: readonly (readonly SheetCell[])[];
}

const FORMATS: readonly SheetFormat[] = ['plain', 'amount0', 'amount2', 'amount3', 'amount4'];
const CODES = ['General', '#,##0', '#,##0.00', '#,##0.000', '#,##0.0000', 'yyyy\\-mm\\-dd'];
const DATE = 5;

/** The parts of a workbook, by their paths in its archive. */
export function workbookParts(sheets: readonly Sheet[]): Readonly<Record<string, string>> {
  const names = sheets.map(({ name }, index) => sheetName(name, index));
  return {
    '[Content_Types].xml': xml(
      `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${MAIN}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="${MAIN}.styles+xml"/>${each(sheets, (at) => `<Override PartName="/xl/worksheets/sheet${at}.xml" ContentType="${MAIN}.worksheet+xml"/>`)}</Types>`,
    ),
    '_rels/.rels': xml(
      `<Relationships xmlns="${PACKAGE}"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ),
    'xl/workbook.xml': xml(
      `<workbook xmlns="${SHEET}" xmlns:r="${OFFICE}"><sheets>${each(sheets, (at) => `<sheet name="${escaped(names[at - 1] ?? '')}" sheetId="${at}" r:id="rId${at}"/>`)}</sheets><calcPr calcId="0" fullCalcOnLoad="1"/></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': xml(
      `<Relationships xmlns="${PACKAGE}">${each(sheets, (at) => `<Relationship Id="rId${at}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${at}.xml"/>`)}<Relationship Id="rId${sheets.length + 1}" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    ),
    'xl/styles.xml': xml(STYLES),
    ...Object.fromEntries(
      sheets.map((sheet, index) => [`xl/worksheets/sheet${index + 1}.xml`, xml(sheetXml(sheet))]),
    ),
  };
}

const MAIN = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const SHEET = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

const xml = (body: string): string =>
  `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${body}`;

const each = (sheets: readonly Sheet[], part: (at: number) => string): string =>
  sheets.map((_, index) => part(index + 1)).join('');

/** Cell styles: each format plain, then each bold. */
const STYLES = `<styleSheet xmlns="${SHEET}"><numFmts count="${CODES.length - 1}">${CODES.slice(1)
  .map((code, index) => `<numFmt numFmtId="${164 + index}" formatCode="${code}"/>`)
  .join(
    '',
  )}</numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${CODES.length * 2}">${[
  0, 1,
]
  .flatMap((font) =>
    CODES.map(
      (_, index) =>
        `<xf numFmtId="${index === 0 ? 0 : 163 + index}" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>`,
    ),
  )
  .join('')}</cellXfs></styleSheet>`;

function sheetXml({ columns, rows, sums = [] }: Sheet): string {
  const header = columns.map(({ head }) => head);
  const all = [
    { cells: header as readonly SheetCell[], isBold: true },
    ...rows.map((cells) => ({ cells, isBold: false })),
    ...sums.map((cells) => ({ cells, isBold: true })),
  ];
  const widths = columns
    .map(
      ({ width = 14 }, index) =>
        `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
    )
    .join('');
  const body = all
    .map(({ cells, isBold }, row) => {
      const inside = cells
        .map((cell, column) => cellXml(cell, `${columnName(column)}${row + 1}`, isBold))
        .join('');
      return `<row r="${row + 1}">${inside}</row>`;
    })
    .join('');
  return `<worksheet xmlns="${SHEET}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>${widths === '' ? '' : `<cols>${widths}</cols>`}<sheetData>${body}</sheetData></worksheet>`;
}

function cellXml(cell: SheetCell, at: string, isBold: boolean): string {
  const bold = isBold ? CODES.length : 0;
  if (cell === null || cell === '') return '';
  if (typeof cell === 'string') {
    return `<c r="${at}" s="${bold}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`;
  }
  if ('date' in cell) return `<c r="${at}" s="${DATE + bold}"><v>${dayNumber(cell.date)}</v></c>`;
  const style = FORMATS.indexOf(cell.format ?? 'plain') + bold;
  return 'formula' in cell
    ? `<c r="${at}" s="${style}"><f>${escaped(cell.formula)}</f><v>${escaped(cell.value)}</v></c>`
    : `<c r="${at}" s="${style}"><v>${escaped(cell.number)}</v></c>`;
}

/** The letters of a column, counted from 0: `A`, `Z`, `AA`. */
export function columnName(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : `${columnName(Math.floor(column / 26) - 1)}${letter}`;
}

/** A day as spreadsheets count them. Before March 1900 they count wrongly, and nobody was paid. */
const dayNumber = (date: string): number =>
  Math.round((Date.parse(`${date}T00:00:00Z`) - Date.UTC(1899, 11, 30)) / 86_400_000);

/** Names may not hold these marks, nor be longer, nor empty. */
const sheetName = (name: string, index: number): string =>
  name
    .replace(/[[\]:*?/\\']/g, ' ')
    .trim()
    .slice(0, 31) || `Sheet ${index + 1}`;

/** XML cannot hold most control characters, even escaped. */
const escaped = (text: string): string =>
  text
    .slice(0, 32_767)
    .replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]|\p{Cs}/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
