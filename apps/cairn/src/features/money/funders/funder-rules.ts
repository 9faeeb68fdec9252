import type { Currency } from '@cairn/kernel/money';
import type { Category } from '../category-rules.ts';

/** Who gives money for a summit, in which currency and for which days. */
export interface Funder {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly currency: Currency;
  readonly award: string;
  readonly link: string | null;
  /** ISO days; what is spent outside of them is not the funder's. */
  readonly fromOn: string | null;
  readonly untilOn: string | null;
  readonly documents: readonly string[];
  /** Percent of the indirect base, as decimal text. */
  readonly indirectRate: string | null;
  readonly note: string;
}

/** A part of a funder's money with rules of its own; amounts are in the funder's currency. */
export interface FundLine {
  readonly id: string;
  readonly key: string;
  readonly title: string;
  readonly funder: Funder;
  readonly categories: readonly Category[];
  readonly paysFor: 'everyone' | 'tracks' | 'communities' | 'people';
  /** Keys of tracks or communities. */
  readonly paysForKeys: readonly string[];
  /** Ids of people, where it pays for those named. */
  readonly people: readonly string[];
  readonly personCeiling: number | null;
  readonly categoryCeilings: Readonly<Partial<Record<Category, number>>>;
  readonly needsEstimate: boolean;
  readonly isParticipantSupport: boolean;
  readonly inIndirectBase: boolean;
  readonly policyId: string | null;
  readonly isClosed: boolean;
}

/** What decides whether a line may pay for somebody. */
export interface Payee {
  readonly personId: string;
  readonly communities: readonly string[];
  /** Tracks of the planning meetings that they lead or work in. */
  readonly tracks: readonly string[];
  /** Self-funded and sponsored people, and hosts, are paid by no line. */
  readonly seatKind: 'funded' | 'self_funded' | 'sponsored' | 'host' | undefined;
}

/** Whether a line may pay for somebody at all. */
export function paysForPerson(line: FundLine, payee: Payee): boolean {
  if (line.isClosed || (payee.seatKind !== undefined && payee.seatKind !== 'funded')) return false;
  switch (line.paysFor) {
    case 'everyone':
      return true;
    case 'communities':
      return payee.communities.some((key) => line.paysForKeys.includes(key));
    case 'tracks':
      return payee.tracks.some((key) => line.paysForKeys.includes(key));
    case 'people':
      return line.people.includes(payee.personId);
  }
}

/** The lines that may pay a cost of this category for somebody, in the organisers' order. */
export const linesFor = (
  lines: readonly FundLine[],
  payee: Payee,
  category: Category,
): readonly FundLine[] =>
  lines.filter((line) => paysForPerson(line, payee) && line.categories.includes(category));
