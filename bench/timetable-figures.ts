import { type Cell, rounded, type Table } from './bench.ts';

/** One figure of ours beside the one that it is held against. */
export interface Figure {
  readonly work: string;
  /** What was published, or measured before, and by whom. */
  readonly reference: string;
  readonly ours: Cell;
  /** Ours over the reference, where both are numbers and less is better. */
  readonly ratio?: number;
  readonly first: Aim;
  readonly further: Aim;
}

/** Something to reach, and whether it was. */
export interface Aim {
  readonly aim: string;
  readonly isReached: boolean;
}

/** The table that begins a row's report. */
export const AGAINST_REFERENCES = 'Against the references';

/** Figures as a table; none where there are none. */
export function figuresTable(figures: readonly Figure[]): Table[] {
  if (figures.length === 0) return [];
  const table = {
    title: AGAINST_REFERENCES,
    rows: figures.map(({ work, reference, ours, ratio, first, further }) => ({
      work,
      reference,
      ours,
      ratio: ratio === undefined ? '' : rounded(ratio),
      'first aim': first.aim,
      reached: yesOrNo(first.isReached),
      'then, aim': further.aim,
      'then, reached': yesOrNo(further.isReached),
    })),
  };
  return [table];
}

const yesOrNo = (is: boolean): string => (is ? 'yes' : 'no');

/** The value in the middle; of an even number the lower one. */
export const median = (values: readonly number[]): number =>
  [...values].sort((one, other) => one - other)[Math.floor((values.length - 1) / 2)] ?? 0;

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** All of them, in the order of their seeds. */
export const bySeed = (values: readonly number[]): string => values.join(', ');
