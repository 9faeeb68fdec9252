import { type Currency, minorDigits, sumOf } from '@cairn/kernel/money';

/** What of a summit's money the public sees, and how carefully. */
export interface PublicationOptions {
  /** No row is about fewer people than this. */
  readonly atLeast: number;
  /** Amounts are rounded to so many whole units of the currency; 1 rounds to the unit. */
  readonly roundTo: number;
  /** Which tables there are. */
  readonly tables: readonly PublicTableKind[];
}

/** By what money is grouped. */
export type PublicTableKind = 'category' | 'community' | 'country';

/** What was paid for one person in one group, in minor units. */
export interface PaidFor {
  readonly personId: string;
  readonly group: string;
  readonly minor: number;
}

/** A row of the public table; nothing in it names anybody. */
export interface PublicRow {
  readonly label: string;
  readonly people: number;
  /** Rounded. */
  readonly minor: number;
}

/** One public table, of one currency. */
export interface PublicTable {
  readonly kind: PublicTableKind;
  readonly currency: Currency;
  readonly rows: readonly PublicRow[];
}

/** How groups that are too small are called together. */
const OTHERS = 'All others';

/**
 * Groups what was paid so that no row is about fewer than `atLeast` people. Small groups become one; where that one is
 * still too small, the smallest of the others joins it, because a total less all rows that are shown would show it.
 * No rows at all where even everybody together are too few.
 */
export const publicRows = (
  paid: readonly PaidFor[],
  { atLeast, roundTo }: Pick<PublicationOptions, 'atLeast' | 'roundTo'>,
  currency: Currency,
): readonly PublicRow[] =>
  groupsOf(paid, atLeast).map(({ label, own }) => ({
    label,
    people: peopleIn(own),
    minor: roundedTo(sumOf(own.map(({ minor }) => minor)), roundTo, currency),
  }));

interface Group {
  readonly label: string;
  readonly own: readonly PaidFor[];
}

function groupsOf(paid: readonly PaidFor[], atLeast: number): readonly Group[] {
  const spent = paid.filter(({ minor }) => minor > 0);
  const groups = [...Map.groupBy(spent, ({ group }) => group)].map(([label, own]) => ({
    label,
    own,
    people: peopleIn(own),
  }));
  const large = groups
    .filter(({ people }) => people >= atLeast)
    .sort((a, b) => b.people - a.people || a.label.localeCompare(b.label, 'en'));
  let rest = groups.filter(({ people }) => people < atLeast).flatMap(({ own }) => own);
  while (rest.length > 0 && peopleIn(rest) < atLeast) {
    const joining = large.pop();
    if (joining === undefined) return [];
    rest = [...rest, ...joining.own];
  }
  const merged = rest.length === 0 ? [] : [{ label: OTHERS, own: rest }];
  return [...large, ...merged];
}

const peopleIn = (own: readonly PaidFor[]): number =>
  new Set(own.map(({ personId }) => personId)).size;

/** To the nearest so many whole units, halves up. */
function roundedTo(minor: number, units: number, currency: Currency): number {
  const step = units * 10 ** minorDigits(currency);
  return Math.floor((2 * minor + step) / (2 * step)) * step;
}

/**
 * Why a table that was published may not be replaced now: the difference between the two would show what the few were
 * paid who were paid between them. Undefined where it may.
 */
export function tooFewBetween(changed: number, atLeast: number): string | undefined {
  if (changed === 0 || changed >= atLeast) return undefined;
  return `Since the table was last made only ${changed === 1 ? 'one person was' : `${changed} people were`} paid. A new one would show how much, so wait until there are ${atLeast}.`;
}

/**
 * Whether a table beside the one before it tells what few people were paid: where a row says something else, and fewer
 * than `atLeast` of its people are among those who were paid, or paid back, between the two (`changed`). Rows that came
 * or went are looked at together with the one of all others, from which they came or into which they went.
 */
export function tellsOfFew(
  before: readonly PublicRow[],
  after: { readonly rows: readonly PublicRow[]; readonly paid: readonly PaidFor[] },
  changed: ReadonlySet<string>,
  atLeast: number,
): boolean {
  const groups = groupsOf(after.paid, atLeast);
  const isIn = (rows: readonly { readonly label: string }[], label: string): boolean =>
    rows.some((row) => row.label === label);
  const hasMoved =
    before.some(({ label }) => !isIn(after.rows, label)) ||
    after.rows.some(({ label }) => !isIn(before, label));
  const isBlock = (label: string): boolean =>
    !isIn(before, label) || !isIn(after.rows, label) || (hasMoved && label === OTHERS);
  const labels = new Set([...before, ...after.rows].map(({ label }) => label));
  const alone = [...labels].filter((label) => !isBlock(label)).map((label) => [label]);
  const together = [...labels].filter(isBlock);
  return [...alone, ...(together.length === 0 ? [] : [together])].some((own) => {
    const sum = (rows: readonly PublicRow[], of: (row: PublicRow) => number): number =>
      sumOf(rows.filter(({ label }) => own.includes(label)).map(of));
    const people = groups
      .filter(({ label }) => own.includes(label))
      .flatMap((group) => group.own.map(({ personId }) => personId));
    const paidBetween = new Set(people.filter((id) => changed.has(id))).size;
    const isOther =
      sum(before, (row) => row.people) !== sum(after.rows, (row) => row.people) ||
      // Rounded otherwise, the same is no news.
      (paidBetween > 0 && sum(before, (row) => row.minor) !== sum(after.rows, (row) => row.minor));
    return isOther && paidBetween < atLeast;
  });
}
