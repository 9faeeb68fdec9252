import {
  type Frame,
  later,
  minutesOf,
  type Stretch,
  timeAt,
  workOf,
} from '../frame/frame-rules.ts';
import { isThere, type Presence } from '../presence/presence-rules.ts';
import type { Session } from './session-rules.ts';

/** Without whom a session cannot be: its leads, its group's leads, and who is needed. */
export const boundTo = (
  { leads, needed, groupKey }: Session,
  groups: ReadonlyMap<string, { readonly leads: readonly string[] }>,
): string[] => {
  const ofGroup = groupKey === null ? [] : (groups.get(groupKey)?.leads ?? []);
  return [...new Set([...leads, ...needed, ...ofGroup])];
};

/** Where a session of so many minutes could be as far as days and blocks go: each start in a stretch of work. */
export function startsOf(
  frame: Pick<Frame, 'days' | 'blocks' | 'slotMinutes'>,
  minutes: number,
): Stretch[] {
  const { slotMinutes } = frame;
  return frame.days.flatMap(({ date }) =>
    workOf(frame, date).flatMap(({ starts, ends }) => {
      const [from, until] = [minutesOf(starts), minutesOf(ends)];
      const many = Math.floor((until - from - minutes) / slotMinutes) + 1;
      return Array.from({ length: Math.max(0, many) }, (_, index) => {
        const start = timeAt(from + index * slotMinutes);
        return { date, starts: start, ends: later(start, minutes) };
      });
    }),
  );
}

/** Minutes of slots in which somebody is there. */
export const minutesThere = (
  slots: readonly Stretch[],
  slotMinutes: number,
  presence: Presence | undefined,
): number => slots.filter((slot) => isThere(presence, slot)).length * slotMinutes;
