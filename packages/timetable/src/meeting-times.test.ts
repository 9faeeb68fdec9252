import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkMeetingTimes } from './meeting-checker.ts';
import {
  compareValues,
  gapOf,
  type MeetingTimesProblem,
  type MeetingValues,
  startOf,
} from './meeting-model.ts';
import { findMeetingTimes } from './meeting-times.ts';

const PLENTY = { seed: 1, budget: 10_000_000 };

/** Small problems of every kind: windows that overlap, gaps that matter, weights, leads, tracks. */
const anyProblem: fc.Arbitrary<MeetingTimesProblem> = fc
  .record({
    meetings: fc.constantFrom(0, 1, 2, 3, 3, 4),
    slots: fc.integer({ min: 1, max: 8 }),
    // More than fit into one word of bits, too.
    people: fc.constantFrom(0, 1, 3, 5, 9, 35),
    tracks: fc.constantFrom(0, 0, 1, 2),
    isEasy: fc.boolean(),
  })
  .chain(({ meetings, slots, people, tracks, isEasy }) =>
    fc.record({
      required: fc.integer({ min: 0, max: meetings }),
      minutes: fc.constantFrom(30, 60),
      minGapMinutes: fc.constantFrom(0, 60, 150),
      meetings: fc.array(
        fc.record({
          key: fc.constant('call'),
          candidates: fc.subarray([...Array(slots).keys()], { minLength: Math.ceil(slots / 2) }),
        }),
        { minLength: meetings, maxLength: meetings },
      ),
      slots: fc.array(
        fc.integer({ min: 0, max: 30 }).map((half) => ({ start: half * 30 })),
        { minLength: slots, maxLength: slots },
      ),
      people: fc.array(
        fc.record(
          {
            id: fc.constant('somebody'),
            weight: fc.integer({ min: 1, max: 6 }),
            isNeeded: fc.boolean(),
            can: fc
              .array(fc.constantFrom(...(isEasy ? [1, 2, 2, 2] : [0, 0, 1, 2])), {
                minLength: slots,
                maxLength: slots,
              })
              .map((levels) => Uint8Array.from(levels)),
            pain: fc
              .array(fc.constantFrom(0, 0, 1, 2, 5), { minLength: slots, maxLength: slots })
              .map((levels) => Uint8Array.from(levels)),
            interest: fc.array(fc.integer({ min: 0, max: 3 }), {
              minLength: tracks,
              maxLength: tracks,
            }),
          },
          { requiredKeys: ['id', 'can', 'pain', 'interest'] },
        ),
        { minLength: people, maxLength: people },
      ),
      tracks: fc.array(
        fc.record(
          {
            key: fc.constant('track'),
            lead: people === 0 ? fc.constant(0) : fc.integer({ min: 0, max: people - 1 }),
            meetings: fc.subarray([...Array(meetings).keys()]),
            times: fc.constantFrom(
              { least: 0, most: 2 },
              { least: 1, most: 2 },
              { least: 2, most: 2 },
            ),
          },
          { requiredKeys: ['key'] },
        ),
        { minLength: people === 0 ? 0 : tracks, maxLength: people === 0 ? 0 : tracks },
      ),
      parallel: fc.constantFrom(
        { least: 0, most: 1 },
        { least: 1, most: 2 },
        { least: 2, most: 3 },
      ),
    }),
  );

/** Every timetable there is, each with every placing of its tracks. */
function bruteForce(
  problem: MeetingTimesProblem,
): { values: MeetingValues; times: number[] } | undefined {
  let best: { values: MeetingValues; times: number[] } | undefined;
  const starts = (times: number[]) => times.flatMap((slot) => [startOf(problem, slot), slot]);
  const isEarlier = (a: number[], b: number[]): boolean => {
    const [one, other] = [starts(a), starts(b)];
    const at = one.findIndex((value, i) => value !== other[i]);
    return at !== -1 && (one[at] ?? 0) < (other[at] ?? 0);
  };
  for (const times of allTimes(problem)) {
    for (const placement of allPlacements(problem, times)) {
      const { values, faults } = checkMeetingTimes(problem, { times, placement });
      if (faults.length > 0) continue;
      const compared = best === undefined ? -1 : compareValues(values, best.values);
      if (compared < 0 || (compared === 0 && isEarlier(times, best?.times ?? [])))
        best = { values, times };
    }
  }
  return best;
}

function* allTimes(problem: MeetingTimesProblem, times: number[] = []): Iterable<number[]> {
  const meeting = problem.meetings[times.length];
  if (meeting === undefined) return yield times;
  for (const slot of meeting.candidates) {
    const before = times.at(-1);
    if (before !== undefined && startOf(problem, slot) - startOf(problem, before) < gapOf(problem))
      continue;
    yield* allTimes(problem, [...times, slot]);
  }
}

function* allPlacements(problem: MeetingTimesProblem, times: number[]): Iterable<number[][]> {
  const sets = times.map((_, call) =>
    Array.from({ length: 2 ** problem.tracks.length }, (_, bits) =>
      problem.tracks.flatMap((_, track) => ((bits >> track) & 1 ? [track] : [])),
    ).filter(
      (here) =>
        here.length <= problem.parallel.most &&
        here.every((track) => problem.tracks[track]?.meetings?.includes(call) !== false),
    ),
  );
  yield* sets.reduce<number[][][]>(
    (before, here) => before.flatMap((each) => here.map((set) => [...each, set])),
    [[]],
  );
}

describe('the times that are found', () => {
  test('are the best there are, and the earliest of these', () => {
    fc.assert(
      fc.property(anyProblem, fc.integer({ min: 0, max: 99 }), (problem, seed) => {
        const found = findMeetingTimes(problem, { ...PLENTY, seed });
        const best = bruteForce(problem);
        expect(found.best?.values).toEqual(best?.values);
        expect(found.best?.times).toEqual(best?.times);
        expect(found.isOptimal).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });
});
