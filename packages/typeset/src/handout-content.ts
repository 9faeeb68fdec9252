import type { PlainDate } from '@cairn/kernel/time';

export const PAPERS = ['a4', 'us-letter'] as const;
export type Paper = (typeof PAPERS)[number];

/** A short document in the shape of a Tufte handout. Texts marked Markdown may come from anyone. */
export interface Handout {
  readonly title: string;
  readonly subtitle?: string;
  readonly authors: readonly string[];
  readonly organisation?: string;
  readonly date: PlainDate;
  /** Markdown. */
  readonly abstract: string;
  readonly sections: readonly HandoutSection[];
  readonly paper: Paper;
  /** A language tag such as `en` or `en-GB` (BCP 47); screen readers and hyphenation use it. */
  readonly language: string;
}

export interface HandoutSection {
  readonly heading: string;
  /** From 1. A level deeper than its place allows is raised, so that no level is skipped. */
  readonly level: number;
  /** Markdown; its headings go below the section's own. */
  readonly body: string;
  /** Markdown, each a note in the margin beside the section. */
  readonly marginNotes: readonly string[];
}

/** `A`, `A and B`, `A, B, and C`, as the handout's language writes it. */
export const formatAuthors = ({ authors, language }: Handout): string =>
  new Intl.ListFormat(language, { type: 'conjunction' }).format(authors);

/** `11 January 2023`, as the handout's language writes it. */
export const formatHandoutDate = ({ date, language }: Pick<Handout, 'date' | 'language'>): string =>
  date.toLocaleString(language, { day: 'numeric', month: 'long', year: 'numeric' });

/** Whether `Intl` and the typesetter both know what to do with a language tag. */
export const isLanguageTag = (tag: string): boolean => {
  try {
    return /^[a-z]{2,3}(?:-|$)/.test(tag) && Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
};

/**
 * Gives headings their levels one after the other, none deeper than one below the last: skipped
 * levels leave people who read by headings without a way (WCAG 2.2 G141, PDF/UA-1).
 */
export function headingLevels(): (wanted: number) => number {
  let last = 0;
  return (wanted) => {
    last = Math.max(1, Math.min(wanted, last + 1, 6));
    return last;
  };
}
