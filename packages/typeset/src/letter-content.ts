import type { PlainDate } from '@cairn/kernel/time';
import type { Paper } from './handout-content.ts';

/** A letter on one sheet: who writes, to whom, what about, and who signs. All texts are plain. */
export interface Letter {
  /** Who writes, line by line. */
  readonly letterhead: readonly string[];
  readonly date: PlainDate;
  /** To whom, line by line. */
  readonly to: readonly string[];
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** What is to be found at once, after the first paragraph: terms with what they are. */
  readonly facts: readonly LetterFact[];
  /** Who signs, line by line, under a space for the hand. */
  readonly signed: readonly string[];
  readonly paper: Paper;
  /** A language tag such as `en` or `en-GB` (BCP 47). */
  readonly language: string;
  /** Says across the top that it is no letter yet. */
  readonly isDraft?: boolean;
}

/** A term with what it is; an empty value leaves a line to write it by hand. */
export interface LetterFact {
  readonly term: string;
  readonly value: string;
}
