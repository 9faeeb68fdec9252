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
    const at = positionOf(this.#text, this.name, row, column);
    return { ...placeInText(this.#text, at, this.#file), path };
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
      const at = positionOf(text, name, ...read.error);
      problems.push(
        problem(
          'not-a-sheet',
          `The sheet “${name}” should be a list of rows, each a list of texts.`,
          {
            ...placeInText(text, at, file),
            path: JSON.stringify(name),
          },
        ),
      );
    }
  }
  return problems.length > 0 ? fail(problems) : ok(sheets);
}

/** The rows as texts, or the row and the column of what is none. */
function readRows(value: unknown): Result<string[][], [row: number, column: number]> {
  if (!Array.isArray(value)) return fail([0, 0]);
  const rows: string[][] = [];
  for (const [row, cells] of (value as unknown[]).entries()) {
    if (!Array.isArray(cells)) return fail([row, 0]);
    const texts: string[] = [];
    for (const [column, cell] of (cells as unknown[]).entries()) {
      if (typeof cell === 'string') texts.push(cell);
      else if (typeof cell === 'number') texts.push(String(cell));
      else if (cell === null) texts.push('');
      else return fail([row, column]);
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

/**
 * The position of a cell in the text of a workbook that is known to be JSON; of the row, of the sheet,
 * or 0, where there is no such cell.
 */
function positionOf(text: string, sheet: string, row: number, column: number): number {
  let depth = 0;
  let isName = false;
  let isSheet = false;
  let found = 0;
  const at = [0, 0, 0, 0];
  for (const token of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g)) {
    const [piece] = token;
    const isHere =
      isSheet &&
      ((depth === 1 && piece === '[') ||
        (depth === 2 && at[2] === row && piece === '[') ||
        (depth === 3 && at[2] === row && at[3] === column && piece !== ']' && piece !== ','));
    if (isHere) found = token.index;
    if (isHere && depth === 3) return found;
    if (piece === '{' || piece === '[') {
      depth += 1;
      at[depth] = 0;
      isName = depth === 1;
    } else if (piece === '}' || piece === ']') {
      depth -= 1;
    } else if (piece === ',') {
      at[depth] = (at[depth] ?? 0) + 1;
      isName = depth === 1;
    } else if (piece === ':') {
      isName = false;
    } else if (isName && depth === 1) {
      isSheet = JSON.parse(piece) === sheet;
    }
  }
  return found;
}
