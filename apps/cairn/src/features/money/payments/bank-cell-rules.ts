import { type Currency, parseAmount, parseCurrency } from '@cairn/kernel/money';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { parseDate } from '@cairn/kernel/time';

/** In which order a file writes day, month and year. */
export type DateForm = 'ymd' | 'dmy' | 'mdy';
/** Which mark a file writes before the cents. */
export type NumberForm = 'point' | 'comma';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const two = (part: number): string => String(part).padStart(2, '0');
const fullYear = (year: number): number => (year < 100 ? 2000 + year : year);

/**
 * The ISO day of a cell. Months in letters and years in front need no form; a time after the day is left out. The
 * problem is a sentence about the cell.
 */
export function readDay(cell: string, form: DateForm): Result<string, Problem> {
  const wrong = () =>
    fail(problem('no-day', `“${cell.slice(0, 40)}” is no day in the form that was chosen.`));
  const bare = cell.trim().replace(/[T ]\d{1,2}:\d{2}.*$/, '');
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(bare);
  const named =
    /^(\d{1,2})[ ./-]*([a-z]{3})[a-z]*\.?[ ,./-]*(\d{4}|\d{2})$/i.exec(bare) ??
    swap(/^([a-z]{3})[a-z]*\.? *(\d{1,2}),? *(\d{4})$/i.exec(bare));
  const parts = /^(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})$/.exec(bare);
  const [year, month, day] = compact
    ? numbers(compact)
    : named
      ? [
          fullYear(Number(named[3])),
          MONTHS.indexOf((named[2] ?? '').toLowerCase()) + 1,
          Number(named[1]),
        ]
      : parts
        ? inOrder(numbers(parts), (parts[1] ?? '').length === 4 ? 'ymd' : form)
        : [0, 0, 0];
  const read = parseDate(`${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`);
  return read.ok && year >= 1990 && year < 2100 ? ok(read.value.toString()) : wrong();
}

const swap = (found: RegExpExecArray | null): readonly (string | undefined)[] | null =>
  found === null ? null : [found[0], found[2], found[1], found[3]];

const numbers = (found: RegExpExecArray): [number, number, number] => [
  Number(found[1]),
  Number(found[2]),
  Number(found[3]),
];

function inOrder([a, b, c]: [number, number, number], form: DateForm): [number, number, number] {
  if (form === 'ymd') return [fullYear(a), b, c];
  return form === 'dmy' ? [fullYear(c), b, a] : [fullYear(c), a, b];
}

/** What banks write around amounts: signs and codes of currencies, and on which side they stand. */
const AROUND = /^(?:[A-Za-z]{3}|[$€£¥])?\s*|\s*(?:[A-Za-z]{3}|[$€£¥])?$/g;

/**
 * An amount of a cell in minor units, with its sign: in front, behind, in brackets, or as DR and CR. `form` says which
 * mark stands before the cents; the other one may only stand between thousands.
 */
export function readMinor(
  cell: string,
  form: NumberForm,
  currency: Currency,
): Result<number, Problem> {
  const wrong = () =>
    fail(problem('no-amount', `“${cell.slice(0, 40)}” is no amount in the form that was chosen.`));
  const side = /\b(DR|CR)\.?$/i.exec(cell.trim())?.[1]?.toUpperCase();
  const unsided = side === undefined ? cell.trim() : cell.trim().slice(0, -side.length).trim();
  const isBracketed = /^\(.*\)$/.test(unsided);
  const bare = (isBracketed ? unsided.slice(1, -1) : unsided).replace(AROUND, '');
  const isNegative = isBracketed || side === 'DR' || /^[-−–]|[-−–]$/.test(bare);
  const digits = bare.replace(/^[-−–+]\s*|\s*[-−–]$/g, '').replace(AROUND, '');
  const [mark, group] = form === 'comma' ? [',', '.'] : ['.', ','];
  const [whole = '', rest, ...more] = digits.split(mark);
  const groups = whole.split(new RegExp(`[${group}'’ \\u00a0\\u2009\\u202f]`));
  const isGrouped = groups.every((part, index) =>
    index === 0 ? /^\d{1,3}$/.test(part) : /^\d{3}$/.test(part),
  );
  const isWhole = (groups.length === 1 && /^\d*$/.test(whole)) || isGrouped;
  if (more.length > 0 || !isWhole || !/^\d*$/.test(rest ?? '') || !/\d/.test(digits))
    return wrong();
  const plain = `${groups.join('') || '0'}${rest === undefined || rest === '' ? '' : `.${rest}`}`;
  // Three digits after a point that is known to be one are not thousands.
  const read = parseAmount(/\.\d{3}$/.test(plain) ? `${plain}0` : plain, currency);
  if (!read.ok) return read;
  return ok(isNegative && read.value !== 0 ? -read.value : read.value);
}

/** The currency of a cell; undefined where it names none. */
export function readCurrency(cell: string): Currency | undefined {
  const read = parseCurrency(cell);
  return read.ok ? read.value : undefined;
}

/** In which order days are written, as far as the cells tell; `isSure` is false where they could be read both ways. */
export function dateFormOf(cells: readonly string[]): { form: DateForm; isSure: boolean } {
  const parts = cells.flatMap((cell) => {
    const found = /^(\d{1,4})([./-])(\d{1,2})[./-]\d{1,4}/.exec(cell.trim());
    return found ? [{ a: found[1] ?? '', mark: found[2], b: Number(found[3]) }] : [];
  });
  if (parts.length === 0 || parts.every(({ a }) => a.length === 4))
    return { form: 'ymd', isSure: true };
  if (parts.some(({ a }) => Number(a) > 12)) return { form: 'dmy', isSure: true };
  if (parts.some(({ b }) => b > 12)) return { form: 'mdy', isSure: true };
  // A point is written between parts of a day where the day comes first.
  return { form: 'dmy', isSure: parts.every(({ mark }) => mark === '.') };
}

/** Which mark stands before the cents; `isSure` is false where no cell tells. */
export function numberFormOf(cells: readonly string[]): { form: NumberForm; isSure: boolean } {
  const ends = cells.map((cell) => /([.,])(\d+)\D*$/.exec(cell.trim()));
  const told = ends.flatMap((found, index) => {
    if (found === null) return [];
    const mark = found[1] ?? '';
    const isLast = new RegExp(`[${mark === '.' ? ',' : '.'}].*\\${mark}`).test(cells[index] ?? '');
    return (found[2] ?? '').length !== 3 || isLast ? [mark] : [];
  });
  const commas = told.filter((mark) => mark === ',').length;
  return { form: commas * 2 > told.length ? 'comma' : 'point', isSure: told.length > 0 };
}
