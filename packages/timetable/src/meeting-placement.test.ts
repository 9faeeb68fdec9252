import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkMeetingTimes } from './meeting-checker.ts';
import type { MeetingTimesProblem } from './meeting-model.ts';
import { placeTracks } from './meeting-placement.ts';

const times = [0, 1, 2];

/** Three calls at three given slots, and tracks of every kind. */
const anyProblem: fc.Arbitrary<MeetingTimesProblem> = fc
  .record({ people: fc.integer({ min: 1, max: 6 }), tracks: fc.integer({ min: 0, max: 4 }) })
  .chain(({ people, tracks }) =>
    fc.record({
      required: fc.constant(1),
      minutes: fc.constant(60),
      minGapMinutes: fc.constant(0),
      meetings: fc.constant(times.map((slot) => ({ key: `call ${slot}`, candidates: [slot] }))),
      slots: fc.constant(times.map((slot) => ({ start: slot * 60 }))),
      people: fc.array(
        fc.record({
          id: fc.constant('somebody'),
          can: fc.uint8Array({ min: 0, max: 2, minLength: 3, maxLength: 3 }),
          pain: fc.constant(new Uint8Array(3)),
          interest: fc.array(fc.integer({ min: 0, max: 3 }), {
            minLength: tracks,
            maxLength: tracks,
          }),
        }),
        { minLength: people, maxLength: people },
      ),
      tracks: fc.array(
        fc.record(
          {
            key: fc.constant('track'),
            lead: fc.integer({ min: 0, max: people - 1 }),
            meetings: fc.subarray(times),
            times: fc.constantFrom(
              { least: 0, most: 1 },
              { least: 1, most: 3 },
              { least: 2, most: 2 },
            ),
          },
          { requiredKeys: ['key'] },
        ),
        { minLength: tracks, maxLength: tracks },
      ),
      parallel: fc.constantFrom(
        { least: 0, most: 1 },
        { least: 1, most: 2 },
        { least: 2, most: 4 },
      ),
    }),
  );

function* allPlacements(tracks: number): Iterable<number[][]> {
  const sets = Array.from({ length: 2 ** tracks }, (_, bits) =>
    Array.from({ length: tracks }, (_, track) => track).filter((track) => (bits >> track) & 1),
  );
  for (const one of sets) for (const two of sets) for (const three of sets) yield [one, two, three];
}

test('tracks are placed as well as any placing that keeps the rules', () => {
  fc.assert(
    fc.property(anyProblem, (problem) => {
      let best = { unplaced: Number.POSITIVE_INFINITY, interest: 0 };
      for (const placement of allPlacements(problem.tracks.length)) {
        // Dear to judge and often against a plain rule: that one first.
        if (placement.some(({ length }) => length > problem.parallel.most)) continue;
        const { values, faults } = checkMeetingTimes(problem, { times, placement });
        if (faults.length > 0) continue;
        const { unplaced, interest } = values;
        const isBetter =
          unplaced < best.unplaced || (unplaced === best.unplaced && interest > best.interest);
        if (isBetter) best = { unplaced, interest };
      }
      const { placement, unplaced, interest, isOptimal } = placeTracks(problem, times);
      expect({ unplaced, interest, isOptimal }).toEqual({ ...best, isOptimal: true });
      const { values, faults } = checkMeetingTimes(problem, { times, placement });
      expect({ values, faults }).toMatchObject({ values: { unplaced, interest }, faults: [] });
    }),
    { numRuns: 100 },
  );
});
