import { expectOk } from '@cairn/kernel/result';
import { daysBetween, parseDate } from '@cairn/kernel/time';
import type { SummitDefinition } from '../../summits/schema.ts';
import type { Block, Frame, FrameDay, Meal } from './frame-rules.ts';

/** A block that has no row yet. */
export type NewBlock = Omit<Block, 'id'>;

/** What a frame begins as. All of it is data from then on, and changed by hand. */
export interface FirstFrame extends Pick<Frame, 'slotMinutes' | 'sessionMinutes'> {
  readonly days: readonly FrameDay[];
  readonly blocks: readonly NewBlock[];
}

const HOURS = { starts: '09:00', ends: '17:30' };
const MEALS: Record<Meal, { readonly starts: string; readonly ends: string }> = {
  breakfast: { starts: '08:00', ends: '09:00' },
  lunch: { starts: '12:30', ends: '13:30' },
  dinner: { starts: '18:30', ends: '20:00' },
};
const TITLES: Record<Meal, string> = { breakfast: 'Breakfast', lunch: 'Lunch', dinner: 'Dinner' };

/** A proposal from the definition: its days, its meals, and a check-in and a closing round each day. */
export function firstFrame({ dates, meals }: SummitDefinition): FirstFrame {
  const [start, end] = [dates.start, dates.end].map((day) => expectOk(parseDate(day)));
  const days =
    start === undefined || end === undefined
      ? []
      : Array.from({ length: daysBetween(start, end) + 1 }, (_, index) =>
          start.add({ days: index }).toString(),
        );
  const plain = { meal: null, isProvided: false, roomId: null, place: '', text: '' };
  const blocksOf = (date: string): NewBlock[] => [
    ...meals.plan.map(({ meal, how }): NewBlock => {
      const times = MEALS[meal];
      return { ...plain, date, ...times, kind: 'meal', title: TITLES[meal], meal, text: how };
    }),
    { ...plain, date, starts: '09:00', ends: '09:30', kind: 'check_in', title: 'Morning check-in' },
    { ...plain, date, starts: '17:00', ends: '17:30', kind: 'closing', title: 'Closing round' },
  ];
  return {
    slotMinutes: 30,
    sessionMinutes: 90,
    days: days.map((date) => ({ date, ...HOURS })),
    blocks: days.flatMap(blocksOf),
  };
}
