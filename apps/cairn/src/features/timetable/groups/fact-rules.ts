import type { Stretch } from '../frame/frame-rules.ts';
import { isThere, type Presence } from '../presence/presence-rules.ts';

/**
 * Whether somebody misses all of a day, or of the week where `date` is null: they are there in none of
 * its slots, or, where there are no slots yet, arrive after it or leave before it.
 */
export function isAwayFor(
  presence: Presence | undefined,
  date: string | null,
  slots: readonly Stretch[],
): boolean {
  if (presence === undefined) return false;
  const own = date === null ? slots : slots.filter((slot) => slot.date === date);
  if (own.length > 0) return own.every((slot) => !isThere(presence, slot));
  if (date === null) return false;
  const { arrivesOn, leavesOn } = presence;
  return (arrivesOn !== null && arrivesOn > date) || (leavesOn !== null && leavesOn < date);
}
