import type { Instant } from '@cairn/kernel/time';
import type { SeatKind } from '../invitations/invitation-rules.ts';

/** The seats of a summit at one moment. */
export interface SeatCount {
  /** As many seats as the summit has: its definition's `seats.planned`. */
  readonly cap: number;
  /** Numbers of the seats that are taken, from 1. */
  readonly taken: readonly number[];
  /** Offers to people on the waiting list that are still open: each holds a seat. */
  readonly openOffers: number;
  /** Invitations that still await an answer: they hold no seat. */
  readonly openInvitations: number;
}

/** Seats that neither a person nor an open offer holds; never below zero. */
export const freeSeats = ({ cap, taken, openOffers }: SeatCount): number =>
  Math.max(0, cap - taken.length - openOffers);

/** How many would be seated if every open invitation and offer were accepted: “43 of 40”. */
export const ifEveryOfferIsAccepted = ({ taken, openOffers, openInvitations }: SeatCount): number =>
  taken.length + openOffers + openInvitations;

/** What saying yes leads to. */
export type Seating =
  | { readonly kind: 'seated'; readonly number: number }
  | { readonly kind: 'waiting'; readonly reason: 'full' };

/**
 * Gives the lowest free seat, or a place on the waiting list when none is left. Somebody who holds
 * an open offer takes the seat that the offer holds, even when every other seat is gone.
 */
export function seatFor(count: SeatCount, holdsOffer: boolean): Seating {
  const free = freeSeats(count) + (holdsOffer ? 1 : 0);
  if (free <= 0) return { kind: 'waiting', reason: 'full' };
  const taken = new Set(count.taken);
  let number = 1;
  while (taken.has(number)) number += 1;
  return number <= count.cap ? { kind: 'seated', number } : { kind: 'waiting', reason: 'full' };
}

/** Somebody on the waiting list. */
export interface Waiting {
  readonly personId: string;
  /** The organiser's order: smaller is sooner. */
  readonly position: number;
  readonly seatKind: SeatKind;
  /** Days of notice that this person needs to come; undefined when they have not said. */
  readonly noticeDays: number | undefined;
  readonly holdsOpenOffer: boolean;
  /** Offers that ended without a yes, newest last. */
  readonly lapsedOffers: number;
}

/**
 * Whom to offer the free seats, in the organiser's order. Passed over, not removed: those who need
 * more days of notice than are left, those with an open offer, and those who let an offer lapse
 * (they are asked again only when the organiser offers by hand).
 */
export function nextOffers(
  waiting: readonly Waiting[],
  free: number,
  daysUntilArrival: number,
): readonly Waiting[] {
  return [...waiting]
    .sort((a, b) => a.position - b.position)
    .filter(
      (person) =>
        !person.holdsOpenOffer &&
        person.lapsedOffers === 0 &&
        (person.noticeDays ?? 0) <= daysUntilArrival,
    )
    .slice(0, Math.max(0, free));
}

/** When an offer made now runs out: after so many days, but never later than the summit's start. */
export function offerExpiry(now: Instant, withinDays: number, start: Instant): Instant {
  const usual = now.add({ hours: 24 * withinDays });
  const latest = start.epochMilliseconds < usual.epochMilliseconds ? start : usual;
  return latest.epochMilliseconds > now.epochMilliseconds ? latest : usual;
}
