import { Temporal } from '@cairn/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  freeSeats,
  ifEveryOfferIsAccepted,
  nextOffers,
  offerExpiry,
  type SeatCount,
  seatFor,
  type Waiting,
} from './seat-rules.ts';

const anyCount: fc.Arbitrary<SeatCount> = fc
  .record({
    cap: fc.integer({ min: 1, max: 60 }),
    seats: fc.uniqueArray(fc.integer({ min: 1, max: 60 })),
    openOffers: fc.integer({ min: 0, max: 10 }),
    openInvitations: fc.integer({ min: 0, max: 100 }),
  })
  .map(({ cap, seats, ...rest }) => {
    const taken = seats.filter((number) => number <= cap);
    return { ...rest, cap, taken, openOffers: Math.min(rest.openOffers, cap - taken.length) };
  });

describe('seats', () => {
  test('no sequence of acceptances seats anybody above the cap, or two on one seat', () => {
    fc.assert(
      fc.property(anyCount, fc.array(fc.boolean(), { maxLength: 80 }), (start, acceptances) => {
        let count = start;
        for (const wantsOffer of acceptances) {
          const holdsOffer = wantsOffer && count.openOffers > 0;
          const seating = seatFor(count, holdsOffer);
          if (seating.kind === 'waiting') continue;
          expect(seating.number).toBeLessThanOrEqual(count.cap);
          expect(count.taken).not.toContain(seating.number);
          count = {
            ...count,
            taken: [...count.taken, seating.number],
            openOffers: count.openOffers - (holdsOffer ? 1 : 0),
          };
        }
        return count.taken.length + count.openOffers <= count.cap;
      }),
    );
  });

  test('whoever holds an open offer always gets a seat', () => {
    fc.assert(
      fc.property(
        anyCount.filter(({ openOffers }) => openOffers > 0),
        (count) => seatFor(count, true).kind === 'seated',
      ),
    );
  });

  test('says how many would come: 38 seated, 1 offer, 4 invited make 43 of 40', () => {
    const count = {
      cap: 40,
      taken: Array.from({ length: 38 }, (_, index) => index + 1),
      openOffers: 1,
      openInvitations: 4,
    };
    expect(ifEveryOfferIsAccepted(count)).toBe(43);
    expect(freeSeats(count)).toBe(1);
  });
});

const waits = (personId: string, position: number, more: Partial<Waiting> = {}): Waiting => ({
  personId,
  position,
  seatKind: 'funded',
  noticeDays: undefined,
  holdsOpenOffer: false,
  lapsedOffers: 0,
  ...more,
});

describe('the waiting list', () => {
  test('is offered seats in the organiser’s order, whatever order it comes in', () => {
    const list = [waits('third', 30), waits('first', 2), waits('second', 7)];
    expect(nextOffers(list, 2, 100).map(({ personId }) => personId)).toEqual(['first', 'second']);
  });

  test.each([
    ['holds an open offer', { holdsOpenOffer: true }],
    ['let an offer lapse', { lapsedOffers: 1 }],
    ['needs more days of notice than are left', { noticeDays: 15 }],
  ])('passes over somebody who %s', (_, more) => {
    const list = [waits('passed over', 1, more), waits('next', 2)];
    expect(nextOffers(list, 1, 14).map(({ personId }) => personId)).toEqual(['next']);
  });

  test('offers to somebody whose notice is just enough', () => {
    expect(nextOffers([waits('ready', 1, { noticeDays: 14 })], 1, 14)).toHaveLength(1);
  });

  test('offers nothing when nothing is free', () => {
    expect(nextOffers([waits('first', 1)], 0, 100)).toEqual([]);
  });
});

describe('an offer', () => {
  const instant = (text: string) => Temporal.Instant.from(text);

  test('runs for the summit’s number of days', () => {
    expect(
      offerExpiry(instant('2023-03-01T12:00Z'), 5, instant('2023-05-21T07:00Z')).toString(),
    ).toBe('2023-03-06T12:00:00Z');
  });

  test('runs out at the latest when people arrive', () => {
    expect(
      offerExpiry(instant('2023-05-19T12:00Z'), 5, instant('2023-05-21T07:00Z')).toString(),
    ).toBe('2023-05-21T07:00:00Z');
  });
});
