import { sumOf } from '@cairn/kernel/money';
import { CATEGORY_KEYS } from '../category-rules.ts';
import { type FundLine, linesFor, type Payee } from '../funders/funder-rules.ts';
import type { Stage } from '../journal/journal-rules.ts';
import { type KnownPart, PARTS, type Part, partOf } from './cost-rules.ts';

/** Whom the lines are asked about where a person is not among their payees. */
export const nobody = (personId: string): Payee => ({
  personId,
  communities: [],
  tracks: [],
  seatKind: 'funded',
});

/** Two things that are known of the same part, as one. */
export const plus = (known: KnownPart, more: Partial<KnownPart>): KnownPart => ({
  paid: sumOf([known.paid, more.paid ?? 0]),
  approved: sumOf([known.approved, more.approved ?? 0]),
  claimed: sumOf([known.claimed, more.claimed ?? 0]),
  uncommitted: sumOf([known.uncommitted, more.uncommitted ?? 0]),
  cap: sumOf([known.cap, more.cap ?? 0]),
  estimate: sumOf([known.estimate, more.estimate ?? 0]),
});

/** What an amount in a stage of the journal says of a part. */
export function ofStage(stage: Stage, minor: number): Partial<KnownPart> {
  switch (stage) {
    case 'paid':
      return { paid: minor };
    case 'approved':
      return { approved: minor };
    case 'claimed':
      return { claimed: minor };
    case 'uncommitted':
      return { uncommitted: -minor };
    case 'committed':
      return { cap: minor };
    default:
      return {};
  }
}

/** Which line would pay each part for somebody. */
export function linesByPart(
  lines: readonly FundLine[],
  payee: Payee,
): Readonly<Record<Part, number>> {
  const bits = (part: Part): number =>
    CATEGORY_KEYS.filter((category) => partOf(category) === part)
      .flatMap((category) => linesFor(lines, payee, category))
      .reduce((all, line) => all | (1 << lines.indexOf(line)), 0);
  return Object.fromEntries(PARTS.map((part) => [part, bits(part)])) as Record<Part, number>; // every part
}

/** What the lines that may pay for somebody pay at most for one person; undefined where one has no ceiling. */
export function ceilingOf(
  lines: readonly FundLine[],
  payee: Payee,
  inModel: (line: FundLine, minor: number) => number,
): number | undefined {
  const paying = lines.filter((line) =>
    line.categories.some((category) => linesFor([line], payee, category).length > 0),
  );
  let sum = 0;
  for (const line of paying) {
    if (line.personCeiling === null) return undefined;
    sum = sumOf([sum, inModel(line, line.personCeiling)]);
  }
  return paying.length === 0 ? undefined : sum;
}
