import { seededRandom } from '@cairn/kernel/random';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyMeetingProblem } from '../../../tests/arbitrary-meetings.ts';
import { checkMeetingTimes } from './meeting-checker.ts';
import {
  compareValues,
  gapOf,
  type MeetingTimesProblem,
  type MeetingValues,
  startOf,
} from './meeting-model.ts';
import { findMeetingTimes, searchMeetingTimes } from './meeting-times.ts';

const PLENTY = { seed: 1, budget: 10_000_000 };

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
      fc.property(anyMeetingProblem, fc.integer({ min: 0, max: 99 }), (problem, seed) => {
        const found = findMeetingTimes(problem, { ...PLENTY, seed });
        const best = bruteForce(problem);
        expect(found.best?.values).toEqual(best?.values);
        expect(found.best?.times).toEqual(best?.times);
        expect(found.isOptimal).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('are judged as the slow checker judges them, and keep every rule', () => {
    fc.assert(
      fc.property(anyMeetingProblem, fc.integer({ min: 0, max: 500 }), (problem, budget) => {
        const { best } = findMeetingTimes(problem, { seed: 1, budget });
        if (best === undefined) return;
        expect(checkMeetingTimes(problem, best)).toEqual({ values: best.values, faults: [] });
      }),
      { numRuns: 500 },
    );
  });

  test('are never better than the bound, however early the search was stopped', () => {
    fc.assert(
      fc.property(anyMeetingProblem, fc.integer({ min: 0, max: 500 }), (problem, budget) => {
        const { best, bound, provenLevels, isOptimal } = findMeetingTimes(problem, {
          seed: 1,
          budget,
        });
        const proven = findMeetingTimes(problem, PLENTY).best;
        if (best === undefined || bound === undefined || proven === undefined) {
          expect(proven).toBeUndefined();
          return;
        }
        expect(compareValues(bound, proven.values)).toBeLessThanOrEqual(0);
        expect(compareValues(best.values, proven.values, provenLevels)).toBe(0);
        if (isOptimal) expect(best.values).toEqual(proven.values);
      }),
      { numRuns: 500 },
    );
  });

  test('are the same for people in another order', () => {
    fc.assert(
      fc.property(anyMeetingProblem, fc.integer({ min: 0, max: 40 }), (problem, by) => {
        const count = Math.max(1, problem.people.length);
        const turned = {
          ...problem,
          people: problem.people.map((_, i, all) => all[(i + by) % count] ?? fail()),
          tracks: problem.tracks.map(({ lead, ...track }) => ({
            ...track,
            ...(lead === undefined ? {} : { lead: (lead - (by % count) + count) % count }),
          })),
        };
        const one = findMeetingTimes(problem, PLENTY).best;
        const other = findMeetingTimes(turned, PLENTY).best;
        expect(other?.times).toEqual(one?.times);
        expect(other?.values).toEqual(one?.values);
      }),
      { numRuns: 300 },
    );
  });

  test('are never worse when somebody can more', () => {
    fc.assert(
      fc.property(anyMeetingProblem, fc.nat(), fc.nat(), (problem, person, slot) => {
        const one = problem.people[person % Math.max(1, problem.people.length)];
        if (one === undefined) return;
        const more = Uint8Array.from(one.can);
        const at = slot % more.length;
        more[at] = Math.min(2, (more[at] ?? 0) + 1);
        const people = problem.people.map((each) => (each === one ? { ...one, can: more } : each));
        const before = findMeetingTimes(problem, PLENTY).best?.values;
        const after = findMeetingTimes({ ...problem, people }, PLENTY).best?.values;
        if (before === undefined || after === undefined) return;
        expect(compareValues(after, before)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 500 },
    );
  });

  test('are the same for the same seed and budget, and as told when the search is stopped', () => {
    fc.assert(
      fc.property(anyMeetingProblem, fc.integer({ min: 0, max: 300 }), (problem, budget) => {
        expect(findMeetingTimes(problem, { seed: 5, budget })).toEqual(
          findMeetingTimes(problem, { seed: 5, budget }),
        );
      }),
      { numRuns: 200 },
    );
    const search = searchMeetingTimes(bigProblem(), { seed: 1, budget: 200_000 });
    for (const { best, iterations } of search) {
      expect(iterations).toBeGreaterThan(0);
      expect(checkMeetingTimes(bigProblem(), best).values).toEqual(best.values);
    }
  });

  test('are no more than the budget allows, give or take one branch', () => {
    const { iterations, isOptimal } = findMeetingTimes(bigProblem(), { seed: 1, budget: 50_000 });
    expect(iterations).toBeLessThan(80_000);
    expect(isOptimal).toBe(false);
  });
});

describe('wishes that cannot be fulfilled', () => {
  const problem = (some: Partial<MeetingTimesProblem>): MeetingTimesProblem => ({
    required: 1,
    minutes: 60,
    minGapMinutes: 0,
    meetings: [{ key: 'one', candidates: [0, 1] }],
    slots: [{ start: 0 }, { start: 60 }],
    people: [{ id: 'Asha', can: Uint8Array.of(2, 0), pain: Uint8Array.of(0, 0), interest: [1] }],
    tracks: [],
    parallel: { least: 0, most: 2 },
    ...some,
  });
  const nobody = [{ id: 'Bo', can: Uint8Array.of(0, 0), pain: Uint8Array.of(0, 0), interest: [] }];
  const twice = [
    { key: 'one', candidates: [1] },
    { key: 'two', candidates: [0, 1] },
  ];

  test.each([
    ['nothing', {}, []],
    [
      'a call without slots',
      { meetings: [{ key: 'one', candidates: [] }] },
      [
        { code: 'no-candidates', meeting: 0 },
        { code: 'never-enough', person: 0, most: 0 },
      ],
    ],
    [
      'a call that nobody can make',
      { people: nobody },
      [
        { code: 'nobody-can', meeting: 0 },
        { code: 'never-enough', person: 0, most: 0 },
      ],
    ],
    [
      'calls that follow too soon',
      { meetings: twice },
      [
        { code: 'nobody-can', meeting: 0 },
        { code: 'too-close', meeting: 1 },
      ],
    ],
    [
      'a lead who can make nothing',
      { people: nobody, tracks: [{ key: 'packaging', lead: 0 }] },
      [
        { code: 'nobody-can', meeting: 0 },
        { code: 'never-enough', person: 0, most: 0 },
        { code: 'track-nowhere', track: 0 },
      ],
    ],
    [
      'more tracks than places',
      { tracks: ['a', 'b', 'c'].map((key) => ({ key })) },
      [{ code: 'tracks-do-not-fit', asked: 3, possible: 2 }],
    ],
    [
      'more places than tracks',
      { tracks: [{ key: 'a' }], parallel: { least: 2, most: 2 } },
      [{ code: 'tracks-do-not-fit', asked: 2, possible: 1 }],
    ],
  ] as const)('%s is named', (_, some, wishes) => {
    expect(findMeetingTimes(problem(some), PLENTY).wishes).toEqual(wishes);
  });

  test('there is no best where there are no times at all', () => {
    expect(findMeetingTimes(problem({ meetings: twice }), PLENTY)).toMatchObject({
      isOptimal: true,
    });
    expect(findMeetingTimes(problem({ meetings: twice }), PLENTY).best).toBeUndefined();
  });
});

/** Too many columns to be proven at once. */
function bigProblem(): MeetingTimesProblem {
  const random = seededRandom(7);
  const slots = Array.from({ length: 240 }, (_, slot) => ({ start: slot * 60 }));
  const levels = (): Uint8Array =>
    Uint8Array.from(slots, () => Math.max(0, Math.floor(random() * 4) - 1));
  return {
    required: 3,
    minutes: 60,
    minGapMinutes: 60,
    meetings: [0, 60, 120, 180].map((from) => ({
      key: `from ${from}`,
      candidates: Array.from({ length: 60 }, (_, i) => from + i),
    })),
    slots,
    people: Array.from({ length: 70 }, (_, i) => ({
      id: `${i}`,
      can: levels(),
      pain: levels(),
      interest: [1, i % 3],
    })),
    tracks: [{ key: 'a' }, { key: 'b' }],
    parallel: { least: 0, most: 1 },
  };
}

function fail(): never {
  throw new Error('every index has a person');
}
