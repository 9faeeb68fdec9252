import { counted, listed } from '@cairn/kernel/words';
import type { LevelName } from './instance-rules.ts';

/** What a level is worth to people, by how much more or less there is of it. */
const WORDS: Readonly<Record<LevelName, (size: number, isMore: boolean) => string>> = {
  must: (size, isMore) => `${of(size, isMore)} ${size === 1 ? 'thing' : 'things'} broken`,
  moved: (size, isMore) => `${of(size, isMore)} ${size === 1 ? 'session' : 'sessions'} moved`,
  wishes: (size, isMore) => `clashes and wishes not met weigh ${size} ${isMore ? 'more' : 'less'}`,
  worst: (size, isMore) =>
    `whoever loses most loses ${size / 10} % ${isMore ? 'more' : 'less'} of what they care for`,
  interest: (size, isMore) =>
    `all lose ${counted(size, 'point')} of interest ${isMore ? 'more' : 'less'}`,
  steady: (size, isMore) =>
    `${of(size, isMore)} ${size === 1 ? 'change' : 'changes'} of room, or days without the group`,
};

const of = (size: number, isMore: boolean): string => `${size} ${isMore ? 'more' : 'fewer'}`;

/**
 * What a change of a timetable’s values means, the weightiest level first; `change` has a number for each
 * level, below zero where it is better.
 */
export const gainInWords = (levels: readonly LevelName[], change: readonly number[]): string =>
  listed(
    levels.flatMap((level, index) => {
      const by = change[index] ?? 0;
      return by === 0 ? [] : [WORDS[level](Math.abs(by), by > 0)];
    }),
  );
