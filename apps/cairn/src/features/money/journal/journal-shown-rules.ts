import type { Currency } from '@cairn/kernel/money';
import type { Instant } from '@cairn/kernel/time';
import type { Category } from '../category-rules.ts';
import type { EntryKind, Stage } from './journal-rules.ts';

/** One side of an entry, with what it is about in words. */
export interface ShownPosting {
  readonly lineId: string;
  readonly line: string;
  readonly currency: Currency;
  readonly category: Category | '';
  readonly personId: string | null;
  readonly person: string | null;
  readonly stage: Stage;
  readonly minor: number;
}

/** An entry as treasurers read it. */
export interface ShownEntry {
  readonly id: number;
  readonly at: Instant;
  readonly onDate: string | null;
  readonly by: string | null;
  readonly kind: EntryKind;
  readonly subjectKind: string;
  /** The estimate or the claim that it follows from. */
  readonly estimate: number | null;
  readonly claim: number | null;
  readonly corrects: number | null;
  readonly correctedBy: number | null;
  readonly isOverride: boolean;
  readonly note: string;
  readonly postings: readonly ShownPosting[];
}
