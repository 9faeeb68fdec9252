/** Whom a release tells: those whose sessions it moves, all who come, or nobody. */
export const TELL = ['moved', 'everybody', 'nobody'] as const;
export type Tell = (typeof TELL)[number];

export const LONGEST_NAME = 100;
export const LONGEST_NOTE = 4000;
