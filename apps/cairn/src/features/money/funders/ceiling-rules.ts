import { formatMoney, sumOf } from '@cairn/kernel/money';
import { categoryLabel } from '../category-rules.ts';
import type { Posting, Purpose, Stage } from '../journal/journal-rules.ts';
import type { FundLine } from './funder-rules.ts';

/** A ceiling that a line would pay beyond; amounts are in the line's currency. */
export interface OverCeiling {
  readonly kind: 'person' | 'category';
  readonly ceiling: number;
  /** What would be spoken for with it. */
  readonly would: number;
  readonly over: number;
}

/** What counts towards a ceiling: kept, asked for, owed and paid. Each unit is in one of them. */
const SPOKEN_FOR: readonly Stage[] = ['committed', 'claimed', 'approved', 'paid'];

const spokenFor = (balances: Iterable<Posting>, isOf: (balance: Posting) => boolean): number =>
  sumOf(
    [...balances]
      .filter((balance) => SPOKEN_FOR.includes(balance.stage) && isOf(balance))
      .map(({ minor }) => minor),
  );

/** A ceiling of a line and what is spoken for below it. */
interface Ceiling {
  readonly kind: OverCeiling['kind'];
  readonly ceiling: number;
  readonly spokenFor: number;
}

/** The ceilings that a purpose has on its line; what is for nobody in particular has none of a person. */
function ceilingsOf(line: FundLine, balances: readonly Posting[], purpose: Purpose): Ceiling[] {
  const { category, personId } = purpose;
  const ofLine = balances.filter(({ lineId }) => lineId === line.id);
  const categoryCeiling = line.categoryCeilings[category];
  return [
    ...(line.personCeiling === null || personId === null
      ? []
      : [
          {
            kind: 'person' as const,
            ceiling: line.personCeiling,
            spokenFor: spokenFor(ofLine, (balance) => balance.personId === personId),
          },
        ]),
    ...(categoryCeiling === undefined
      ? []
      : [
          {
            kind: 'category' as const,
            ceiling: categoryCeiling,
            spokenFor: spokenFor(ofLine, (balance) => balance.category === category),
          },
        ]),
  ];
}

/**
 * The ceilings of a line that would be passed if so much more were spoken for: what is newly committed, or claimed
 * without having been. What is claimed already counts already, so approving part of it is `approved - asked`, which
 * is below zero or 0. A ceiling that is passed already is told again unless the change brings it down to it.
 *
 * `balances` are those of `balancesOf`, of all lines or of this one.
 */
export const overCeilings = (
  line: FundLine,
  balances: readonly Posting[],
  purpose: Purpose,
  moreMinor: number,
): readonly OverCeiling[] =>
  ceilingsOf(line, balances, purpose).flatMap(({ kind, ceiling, spokenFor: already }) => {
    const would = sumOf([already, moreMinor]);
    return would > ceiling ? [{ kind, ceiling, would, over: would - ceiling }] : [];
  });

/** How much more fits below the ceilings for a purpose; undefined where the line has none for it. Never below 0. */
export function headRoom(
  line: FundLine,
  balances: readonly Posting[],
  purpose: Purpose,
): number | undefined {
  const rooms = ceilingsOf(line, balances, purpose).map(({ ceiling, spokenFor: already }) =>
    Math.max(0, ceiling - already),
  );
  return rooms.length === 0 ? undefined : Math.min(...rooms);
}

/** Says which ceiling is passed, and by how much. */
export const overCeilingSentence = (
  line: FundLine,
  { category }: Purpose,
  { kind, ceiling, over }: OverCeiling,
): string => {
  const { currency } = line.funder;
  const of = kind === 'person' ? 'one person' : `“${categoryLabel(category)}”`;
  return `“${line.title}” pays at most ${formatMoney(ceiling, currency)} for ${of}; this is ${formatMoney(over, currency)} more.`;
};
