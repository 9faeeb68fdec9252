import { type Frame, type Slot, slotsOf } from '../frame/frame-rules.ts';
import { weekdayOf } from '../frame/frame-words-rules.ts';

/** Half a day: what people mean when they say “Tuesday morning”. */
export interface HalfDay {
  /** `2023-05-23 morning`. */
  readonly key: string;
  readonly words: string;
  /** Keys of the slots that begin in it. */
  readonly slots: readonly string[];
}

/** Where there is no lunch between them. */
const NOON = '12:00';

/** The halves of the days in which sessions can begin, in order. */
export function halfDaysOf(frame: Pick<Frame, 'days' | 'blocks' | 'slotMinutes'>): HalfDay[] {
  const noonOf = (date: string): string =>
    frame.blocks.find((block) => block.date === date && block.meal === 'lunch')?.starts ?? NOON;
  const halfOf = ({ date, starts }: Slot): string =>
    `${date} ${starts < noonOf(date) ? 'morning' : 'afternoon'}`;
  return [...Map.groupBy(slotsOf(frame), halfOf)].map(([key, slots]) => {
    const [date = '', half = ''] = key.split(' ');
    return { key, words: `${weekdayOf(date)} ${half}`, slots: slots.map((slot) => slot.key) };
  });
}

/** The slots of half days. */
export const slotsOfHalves = (halves: readonly HalfDay[], keys: readonly string[]): string[] =>
  halves.filter(({ key }) => keys.includes(key)).flatMap(({ slots }) => slots);

/** The half days that a rule names whole or in part. */
export const halvesOfSlots = (halves: readonly HalfDay[], at: readonly string[]): string[] =>
  halves.filter(({ slots }) => slots.some((slot) => at.includes(slot))).map(({ key }) => key);
