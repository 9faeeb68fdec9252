import { type Place, type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { placeInText, quoted } from '../files/place-in-text.ts';

/** A workbook as JSON: by the name of a sheet its rows, each a list of cells. */
export type Workbook = ReadonlyMap<string, Sheet>;

/** A sheet whose cells are texts; what is not there is empty. */
export class Sheet {
  readonly name: string;
  readonly rows: readonly (readonly string[])[];
  readonly #text: string;
  readonly #file: string;
  /** Where the sheet and its rows begin in the text; found out when it is asked for. */
  #positions: number[] | undefined;

  constructor(name: string, rows: readonly (readonly string[])[], text: string, file: string) {
    this.name = name;
    this.rows = rows;
    this.#text = text;
    this.#file = file;
  }

  /** The text of a cell. */
  cell(row: number, column: number): string {
    return this.rows[row]?.[column] ?? '';
  }

  /** The numbers of the rows below the head that have a first cell. */
  get named(): number[] {
    return this.rows.flatMap((cells, row) => (row > 0 && (cells[0] ?? '') !== '' ? [row] : []));
  }

  /** Where a cell stands; the row, or the sheet, if it is not there. */
  place(row: number, column = 0): Place {
    const path = `${JSON.stringify(this.name)}[${row}][${column}]`;
    this.#positions ??= rowPositions(this.#text, this.name);
    const at = this.#positions[row + 1];
    const position =
      at === undefined ? (this.#positions[0] ?? 0) : itemPosition(this.#text, at, column);
    return { ...placeInText(this.#text, position, this.#file), path };
  }

  /** A problem with a cell. */
  problem(code: string, sentence: string, row: number, column = 0): Problem {
    return problem(code, sentence, this.place(row, column));
  }
}

/** Reads a workbook as JSON. Cells may be texts, numbers, or null for empty ones. */
export function readWorkbook(
  text: string,
  file: string,
  needed: readonly string[],
): Result<Workbook, Problem[]> {
  let document: unknown;
  try {
    document = JSON.parse(text.replace(/^\uFEFF/, ' '));
  } catch (error) {
    return fail([notJson(text, file, error)]);
  }
  const start = placeInText(text, 0, file);
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    const sentence = `The file should be one object, with the rows of ${needed.length === 1 ? 'the sheet' : 'each sheet by its name:'} ${needed.join(', ')}.`;
    return fail([problem('not-a-workbook', sentence, start)]);
  }
  const sheets = new Map<string, Sheet>();
  const problems: Problem[] = [];
  for (const name of needed) {
    const rows = (document as Record<string, unknown>)[name];
    if (rows === undefined) {
      problems.push(problem('no-sheet', `The sheet “${name}” is missing.`, start));
      continue;
    }
    const read = readRows(rows);
    if (read.ok) sheets.set(name, new Sheet(name, read.value, text, file));
    else {
      const position = rowPositions(text, name)[read.error + 1] ?? rowPositions(text, name)[0];
      problems.push(
        problem(
          'not-a-sheet',
          `The sheet “${name}” should be a list of rows, each a list of texts.`,
          {
            ...placeInText(text, position ?? 0, file),
            path: JSON.stringify(name),
          },
        ),
      );
    }
  }
  return problems.length > 0 ? fail(problems) : ok(sheets);
}

/** The rows as texts, or the number of what is none. */
function readRows(value: unknown): Result<string[][], number> {
  if (!Array.isArray(value)) return fail(-1);
  const rows: string[][] = [];
  for (const [row, cells] of (value as unknown[]).entries()) {
    if (!Array.isArray(cells)) return fail(row);
    const texts: string[] = [];
    for (const cell of cells as unknown[]) {
      if (typeof cell === 'string') texts.push(cell);
      else if (typeof cell === 'number') texts.push(String(cell));
      else if (cell === null) texts.push('');
      else return fail(row);
    }
    rows.push(texts);
  }
  return ok(rows);
}

/** Where JSON ends being JSON, as far as the engine says. */
function notJson(text: string, file: string, error: unknown): Problem {
  const message = error instanceof Error ? error.message : '';
  const at = /position (\d+)/.exec(message)?.[1];
  const position = at === undefined ? text.trimEnd().length : Number(at);
  const piece = text.slice(position, position + 24).trim();
  const found = piece === '' ? 'the file ends there' : `${quoted(piece)} stands there`;
  return problem(
    'not-json',
    `The file is not JSON here: ${found}.`,
    placeInText(text, position, file),
  );
}

const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** Where the sheet and its rows begin in the text of a workbook that is known to be JSON. */
function rowPositions(text: string, sheet: string): number[] {
  const positions: number[] = [];
  let depth = 0;
  let isName = false;
  let isSheet = false;
  for (const { 0: piece, index } of text.matchAll(TOKENS)) {
    const opens = piece === '{' || piece === '[';
    if (isSheet && opens && depth === 1) positions.length = 0;
    if (isSheet && (depth === 1 || depth === 2) && !'}],:'.includes(piece)) positions.push(index);
    if (opens) {
      depth += 1;
      isName = depth === 1;
    } else if (piece === '}' || piece === ']') depth -= 1;
    else if (piece === ',') isName = depth === 1;
    else if (piece === ':') isName = isName && depth !== 1;
    else if (isName && depth === 1) isSheet = JSON.parse(piece) === sheet;
  }
  return positions;
}

/** The position of an item of a list that begins at a position of a text; of the list, if it has none such. */
function itemPosition(text: string, list: number, item: number): number {
  TOKENS.lastIndex = list;
  let depth = 0;
  let at = 0;
  for (let match = TOKENS.exec(text); match !== null; match = TOKENS.exec(text)) {
    const [piece] = match;
    if (depth === 1 && at === item && piece !== ']' && piece !== ',') return match.index;
    if (piece === '{' || piece === '[') depth += 1;
    else if (piece === '}' || piece === ']') depth -= 1;
    else if (piece === ',' && depth === 1) at += 1;
    if (depth === 0) break;
  }
  return list;
}
