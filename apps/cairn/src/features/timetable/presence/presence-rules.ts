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
