import { type Problem, problem } from '@cairn/kernel/problem';
import type { Stretch, TimeOfDay } from '../frame/frame-rules.ts';

/** When somebody is there. What is not said is unknown, and nobody is taken for absent by it. */
export interface Presence {
  readonly personId: string;
  readonly arrivesOn: string | null;
  readonly arrivesAt: TimeOfDay | null;
  readonly leavesOn: string | null;
  readonly leavesAt: TimeOfDay | null;
  /** Takes part from afar: can only be where a room has `video`. */
  readonly isRemote: boolean;
  readonly note: string;
}

/**
 * Whether somebody is there for the whole of a stretch, as far as they said. Without a time of day
 * they arrive before the first, and leave after the last, session of that day.
 */
export function isThere(presence: Presence | undefined, { date, starts, ends }: Stretch): boolean {
  if (presence === undefined) return true;
  const { arrivesOn, arrivesAt, leavesOn, leavesAt } = presence;
  if (arrivesOn !== null) {
    if (date < arrivesOn) return false;
    if (date === arrivesOn && arrivesAt !== null && starts < arrivesAt) return false;
  }
  if (leavesOn !== null) {
    if (date > leavesOn) return false;
    if (date === leavesOn && leavesAt !== null && ends > leavesAt) return false;
  }
  return true;
}

/** What is wrong with when somebody says they are there, by the names of fields. */
export function presenceProblems({
  arrivesOn,
  arrivesAt,
  leavesOn,
  leavesAt,
}: Omit<Presence, 'personId'>): Problem[] {
  const wrong = (path: string, sentence: string): Problem =>
    problem('bad-presence', sentence, { path });
  return [
    ...(arrivesOn === null && arrivesAt !== null
      ? [wrong('arrives_on', 'Say on which day the arrival is, or leave its time out.')]
      : []),
    ...(leavesOn === null && leavesAt !== null
      ? [wrong('leaves_on', 'Say on which day the departure is, or leave its time out.')]
      : []),
    ...(arrivesOn !== null &&
    leavesOn !== null &&
    `${leavesOn} ${leavesAt ?? '24:00'}` <= `${arrivesOn} ${arrivesAt ?? '00:00'}`
      ? [wrong('leaves_on', 'Leaving comes after arriving; mend one of the two.')]
      : []),
  ];
}

/** Whether somebody is there for all of the days. */
export const isWhole = (presence: Presence | undefined, days: readonly Stretch[]): boolean =>
  days.every((day) => isThere(presence, day));

/** Whether two say the same of somebody. */
export const isSamePresence = (one: Presence, other: Presence): boolean =>
  one.arrivesOn === other.arrivesOn &&
  one.arrivesAt === other.arrivesAt &&
  one.leavesOn === other.leavesOn &&
  one.leavesAt === other.leavesAt &&
  one.isRemote === other.isRemote &&
  one.note === other.note;
