/** How somebody came to where they are in a grouping. */
export type CameBy = 'search' | 'hand' | 'self' | 'swap';

/** Sentences that were kept as JSON. */
export const sentencesOf = (stored: unknown): readonly string[] =>
  Array.isArray(stored) ? stored.filter((each) => typeof each === 'string') : [];
