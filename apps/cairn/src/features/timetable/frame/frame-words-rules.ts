import { formatDate, parseDate } from '@cairn/kernel/time';
import { WEEKDAYS } from '@cairn/kernel/words';
import type { BlockKind, Meal, Stretch } from './frame-rules.ts';

/** A day in words: `Mon 22 May 2023`; what is no day as it is. */
export function dayWords(date: string): string {
  const parsed = parseDate(date);
  return parsed.ok ? formatDate(parsed.value) : date;
}

/** The name of a day's weekday: `Monday`; the day itself where it is none. */
export function weekdayOf(date: string): string {
  const parsed = parseDate(date);
  return parsed.ok ? (WEEKDAYS[parsed.value.dayOfWeek - 1] ?? date) : date;
}

/** What days are called: by their weekday where none comes twice, else with the date. */
export function dayNames(dates: readonly string[]): (date: string) => string {
  const isShort = new Set(dates.map(weekdayOf)).size === dates.length;
  return (date) => (isShort && dates.includes(date) ? weekdayOf(date) : dayWords(date));
}

/** `Monday, 09:00–10:30`. */
export const stretchWords = ({ date, starts, ends }: Stretch): string =>
  `${weekdayOf(date)}, ${starts}–${ends}`;

/** What kinds of blocks are called on screens. */
export const BLOCK_WORDS: Readonly<Record<BlockKind, string>> = {
  plenary: 'Plenary',
  check_in: 'Check-in',
  closing: 'Closing',
  meal: 'Meal',
  break: 'Break',
  free: 'Free time',
};

export const MEAL_WORDS: Readonly<Record<Meal, string>> = {
  breakfast: 'Breakfast',
  lunch: 'Lunch',
  dinner: 'Dinner',
};

/** Ninety minutes as `1 h 30`, twenty as `20 min`. */
export function lengthWords(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${String(rest).padStart(2, '0')}`;
}
