/** What a difference of two texts looks like, for the views that show it. */

/** A part of a line; changed against the line that it is paired with, or not. */
export interface LinePart {
  readonly text: string;
  readonly isChanged: boolean;
}

/** A line of one of the texts. */
export interface DiffLine {
  /** From 1. */
  readonly number: number;
  /** Without its line break. */
  readonly text: string;
  /** Whether the text ends here without a line break. */
  readonly isOpen: boolean;
  /** Its words, where it is much like the line that took its place. */
  readonly parts?: readonly LinePart[];
}

/** What stands on the same height side by side. Both sides of an unchanged line say the same. */
export interface DiffPair {
  readonly left: DiffLine | undefined;
  readonly right: DiffLine | undefined;
}

/** Lines that stayed, or lines that became others. */
export interface DiffStretch {
  readonly kind: 'same' | 'change';
  readonly pairs: readonly DiffPair[];
}
