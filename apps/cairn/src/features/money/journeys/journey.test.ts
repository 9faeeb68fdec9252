import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { daysOfJourney, journeyProblems, type Leg } from './journey-rules.ts';
import { shareRides } from './ride-rules.ts';

const leg = (more: Partial<Leg & { at: string }>): Leg & { at: string } => ({
  direction: 'there',
  mode: 'air',
  fromPlace: 'CPH',
  toPlace: 'SEA',
  carrier: '',
  number: '',
  departsAt: null,
  arrivesAt: null,
  wantsRide: false,
  note: '',
  at: 'there_0',
  ...more,
});

describe('journeys', () => {
  test('the days of a stay follow from the last leg there and the first one back', () => {
    const legs = [
      leg({ departsAt: '2023-05-20T22:00', arrivesAt: '2023-05-21T06:00' }),
      leg({ departsAt: '2023-05-21T08:00', arrivesAt: '2023-05-21T14:05' }),
      leg({ direction: 'back', departsAt: '2023-05-27T10:30' }),
      leg({ direction: 'back', departsAt: '2023-05-28T02:00' }),
    ];
    expect(daysOfJourney(legs)).toEqual({
      arrivesOn: '2023-05-21',
      arrivesAt: '14:05',
      leavesOn: '2023-05-27',
      leavesAt: '10:30',
    });
    expect(daysOfJourney([])).toMatchObject({ arrivesOn: null, leavesOn: null });
  });

  test('who flies over the date line may land the day before, and nobody two days before', () => {
    const over = leg({ departsAt: '2023-05-22T01:00', arrivesAt: '2023-05-21T18:00' });
    expect(journeyProblems([over])).toEqual([]);
    const wrong = leg({ departsAt: '2023-05-22T01:00', arrivesAt: '2023-05-20T18:00' });
    expect(journeyProblems([wrong]).map(({ place }) => place.path)).toEqual(['there_0_arrives_at']);
  });

  test('nobody leaves a place before they came there', () => {
    const legs = [
      leg({ arrivesAt: '2023-05-21T09:00' }),
      leg({ at: 'there_1', departsAt: '2023-05-21T08:00' }),
    ];
    expect(journeyProblems(legs).map(({ place }) => place.path)).toEqual(['there_1_departs_at']);
  });
});

const riders = fc
  .array(
    fc.record({
      place: fc.constantFrom('SEA', ' sea ', 'PDX'),
      minute: fc.integer({ min: 0, max: 240 }),
    }),
    { maxLength: 8 },
  )
  .map((all) =>
    all.map(({ place, minute }, index) => ({
      personId: `p${index}`,
      place,
      at: `2023-05-21T${String(10 + Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`,
    })),
  );

describe('rides', () => {
  test('everybody is in one ride, at one place, within the wait and the seats', () => {
    fc.assert(
      fc.property(
        riders,
        fc.integer({ min: 0, max: 90 }),
        fc.integer({ min: 1, max: 4 }),
        (all, minutes, seats) => {
          const rides = shareRides(all, { minutes, seats });
          expect(rides.flatMap((ride) => ride.riders).length).toBe(all.length);
          for (const { riders: there, from, until } of rides) {
            expect(there.length).toBeLessThanOrEqual(seats);
            expect(new Set(there.map(({ place }) => place.trim().toLowerCase())).size).toBe(1);
            expect(Date.parse(`${until}:00Z`) - Date.parse(`${from}:00Z`)).toBeLessThanOrEqual(
              minutes * 60_000,
            );
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test('there are no fewer rides by any other way of sharing', () => {
    // Slow and sure: every way of filling rides for up to six people.
    const fewest = (
      left: readonly { place: string; at: string }[],
      minutes: number,
      seats: number,
    ): number => {
      const [first, ...rest] = left;
      if (first === undefined) return 0;
      const fits = rest.filter(
        (other) =>
          other.place === first.place &&
          Math.abs(Date.parse(`${other.at}:00Z`) - Date.parse(`${first.at}:00Z`)) <=
            minutes * 60_000,
      );
      let best = Number.POSITIVE_INFINITY;
      for (let mask = 0; mask < 2 ** fits.length; mask++) {
        const group = [first, ...fits.filter((_, index) => (mask >> index) % 2 === 1)];
        const times = group.map(({ at }) => Date.parse(`${at}:00Z`));
        if (group.length > seats || Math.max(...times) - Math.min(...times) > minutes * 60_000)
          continue;
        best = Math.min(
          best,
          1 +
            fewest(
              left.filter((each) => !group.includes(each)),
              minutes,
              seats,
            ),
        );
      }
      return best;
    };
    fc.assert(
      fc.property(
        riders,
        fc.integer({ min: 0, max: 90 }),
        fc.integer({ min: 1, max: 3 }),
        (all, minutes, seats) => {
          const few = all
            .slice(0, 6)
            .map((rider) => ({ ...rider, place: rider.place.trim().toUpperCase() }));
          expect(shareRides(few, { minutes, seats }).length).toBe(fewest(few, minutes, seats));
        },
      ),
      { numRuns: 60 },
    );
  });
});
