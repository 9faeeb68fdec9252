import type { SearchProgress } from './search-schema.ts';

const STAGES: Readonly<Record<string, string>> = {
  fair: 'Looking for the fairest timetable',
  few: 'Looking for the one with the fewest moves',
  most: 'Looking for the most interest in all',
  steady: 'Looking for steady rooms and days',
  proof: 'Proving how good what was found is',
  conflict: 'Finding out why not all can hold',
  repair: 'Looking for the fewest moves',
};

/** How far a search is, in a sentence. */
export function stageWords(progress: SearchProgress | undefined): string {
  if (progress === undefined) return 'It has not begun yet.';
  const { stage, values } = progress;
  const [broken] = values;
  const so =
    broken === undefined
      ? ''
      : broken === 0
        ? '; all that must hold does so far'
        : `; ${broken} broken so far`;
  return `${STAGES[stage] ?? 'At work'}${so}.`;
}
