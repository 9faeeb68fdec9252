import { formatMoney } from '@cairn/kernel/money';
import { listed } from '@cairn/kernel/words';
import { claimName } from '../claims/claim-rules.ts';
import { plain } from './bank-mapping-rules.ts';
import type { BankRow } from './bank-row-rules.ts';
import { type Due, stillOwed } from './payment-rules.ts';

/** What a row of a bank's list pays, or why nobody can say. */
export type BankMatch =
  | { readonly due: Due; readonly how: 'number' | 'amount' }
  | { readonly due: undefined; readonly reason: string };

/** A payment of the same funder that stands already. */
export interface RecordedPayment {
  readonly claimId: string;
  readonly minor: number;
}

/** Numbers of claims that a text names: `C-12`, `c 12`, `Claim 12`. */
export function claimNumbersIn(text: string): readonly number[] {
  const found = [
    ...text.matchAll(
      /(?:^|[^\p{L}\p{N}])(?:C|claim)[ -]?(?:no\.? ?)?0*(\d{1,7})(?![\p{L}\p{N}])/giu,
    ),
  ];
  return [...new Set(found.map(([, number]) => Number(number)))];
}

const words = (name: string): readonly string[] =>
  plain(name)
    .split(' ')
    .filter((word) => word.length > 1);

/** Whether two names can be of the same payee: the words of one are all in the other, in any order. */
export function isSamePayee(one: string, other: string): boolean {
  const [a, b] = [words(one), words(other)];
  const [few, many] = a.length <= b.length ? [a, b] : [b, a];
  return (
    few.length > 0 &&
    (few.length > 1 || many.length === 1) &&
    few.every((word) => many.includes(word))
  );
}

const sharesWord = (one: string, other: string): boolean => {
  const known = words(other);
  return words(one).some((word) => known.includes(word));
};

/**
 * Says of each row which claim it pays: the one whose number its words name, else the only one that is owed exactly
 * this amount to a payee of this name. What could be two is nobody's. Rows are taken in order, so that a second one
 * for the same claim finds less owed. `dues` are those of the funder whose bank it is; what is owed to the treasurer
 * who reads it (`reader`) is for another one. A row that says what `recorded` payments of its claim say already may be
 * one of them, typed by hand before the file came, so somebody looks.
 */
export function matchRows(
  rows: readonly BankRow[],
  dues: readonly Due[],
  reader: string,
  recorded: readonly RecordedPayment[],
): readonly BankMatch[] {
  const open = new Map(dues.map((due) => [due.claimId, stillOwed(due)]));
  const byNumber = new Map(dues.map((due) => [due.number, due]));
  const openOf = (due: Due): number => open.get(due.claimId) ?? 0;
  return rows.map((row) => {
    const found = matchOne(row, dues, byNumber, openOf, reader);
    if (found.due !== undefined && isRecorded(found.due, row, recorded)) {
      return none(
        `${formatMoney(row.minor, row.currency)} of ${claimName(found.due.number)} is recorded as paid already. Set this row aside if it is that payment, or match it by hand if it is another one.`,
      );
    }
    if (found.due !== undefined) open.set(found.due.claimId, openOf(found.due) - row.minor);
    return found;
  });
}

const isRecorded = (
  { claimId }: Due,
  { minor }: BankRow,
  recorded: readonly RecordedPayment[],
): boolean => recorded.some((payment) => payment.claimId === claimId && payment.minor === minor);

const none = (reason: string): BankMatch => ({ due: undefined, reason });

function matchOne(
  row: BankRow,
  dues: readonly Due[],
  byNumber: ReadonlyMap<number, Due>,
  openOf: (due: Due) => number,
  reader: string,
): BankMatch {
  const numbers = claimNumbersIn(`${row.reference} ${row.payee}`);
  if (numbers.length > 1) {
    return none(
      `It names several claims (${listed(numbers.map(claimName))}); say what each was paid.`,
    );
  }
  const [number] = numbers;
  const due = number === undefined ? undefined : byNumber.get(number);
  if (number !== undefined && due === undefined) {
    return none(`${claimName(number)} is no approved claim of this funder.`);
  }
  const one = due ?? onlyOne(row, dues, openOf);
  if (typeof one === 'string') return none(one);
  const name = claimName(one.number);
  if (one.personId === reader) {
    return none(`${name} is your own; another treasurer records what was paid.`);
  }
  if (row.currency !== one.currency) {
    return none(
      `It is in ${row.currency}, and ${name} is owed in ${one.currency}; match it by hand.`,
    );
  }
  if (openOf(one) <= 0) return none(`${name} is paid already.`);
  if (row.minor > openOf(one)) {
    return none(
      `It is more than ${name} is still owed, ${formatMoney(openOf(one), one.currency)}.`,
    );
  }
  if (due !== undefined && words(row.payee).length > 0 && !sharesWord(row.payee, one.payee)) {
    return none(`${name} is owed to ${one.payee}, and this row names somebody else.`);
  }
  return { due: one, how: due === undefined ? 'amount' : 'number' };
}

/** The only claim that is owed this amount to a payee of this name; otherwise why there is none. */
function onlyOne(row: BankRow, dues: readonly Due[], openOf: (due: Due) => number): Due | string {
  const fits = dues.filter(
    (due) =>
      due.currency === row.currency &&
      openOf(due) === row.minor &&
      (isSamePayee(row.payee, due.payee) || isSamePayee(row.reference, due.payee)),
  );
  const [first, second] = fits;
  if (first !== undefined && second === undefined) return first;
  if (first !== undefined) {
    const names = listed(
      fits.map((due) => claimName(due.number)),
      'or',
    );
    return `It could be ${names}; choose one.`;
  }
  return 'It names no claim, and no payee of this name is owed this amount.';
}
