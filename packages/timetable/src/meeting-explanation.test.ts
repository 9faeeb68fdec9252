import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyMeetingProblem } from '../../../tests/arbitrary-meetings.ts';
import { explainPerson, whoIsMissed } from './meeting-explanation.ts';
import { gapOf, type MeetingTimesProblem, startOf, weightOf } from './meeting-model.ts';
import { findMeetingTimes } from './meeting-times.ts';
import {
  explainMissed,
  explainPersonInWords,
  explainProof,
  explainUnmeetable,
} from './meeting-words.ts';

const keeping = ({ people, required }: MeetingTimesProblem, times: readonly number[]) =>
  people.map(({ can }) => times.filter((slot) => can[slot]).length >= required);

const isInOrder = (problem: MeetingTimesProblem, times: readonly number[]) =>
  times.every(
    (slot, i) =>
      i === 0 || startOf(problem, slot) - startOf(problem, times[i - 1] ?? -1) >= gapOf(problem),
  );

describe('what is said of a move', () => {
  test('is what happens when the call is moved', () => {
    fc.assert(
      fc.property(anyMeetingProblem, fc.nat(300), (problem, budget) => {
        const { best } = findMeetingTimes(problem, { seed: 1, budget });
        if (best === undefined) return;
        const now = keeping(problem, best.times);
        for (const [person, { can }] of problem.people.entries()) {
          const explained = explainPerson(problem, best.times, person);
          expect(explained.made >= problem.required).toBe(now[person]);
          for (const { best: move, meeting } of explained.elsewhere) {
            expect(best.times.map((slot) => can[slot])[meeting]).toBe(0);
            if (move === undefined) continue;
            const moved = best.times.with(move.meeting, move.slot);
            const then = keeping(problem, moved);
            expect(isInOrder(problem, moved)).toBe(true);
            expect(moved.filter((slot) => can[slot]).length).toBe(move.wouldMake);
            expect(then.filter((keeps, i) => !keeps && now[i]).length).toBe(move.loses);
            expect(then.filter((keeps, i) => keeps && !now[i]).length).toBe(move.gains);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test('names the cheapest: no slot that the person can make costs others less', () => {
    fc.assert(
      fc.property(anyMeetingProblem, (problem) => {
        const { best } = findMeetingTimes(problem, { seed: 1, budget: 200 });
        if (best === undefined) return;
        const now = keeping(problem, best.times);
        for (const [person, { can }] of problem.people.entries()) {
          const { change, made } = explainPerson(problem, best.times, person);
          if (made >= problem.required) continue;
          const costs = problem.meetings.flatMap(({ candidates }, meeting) =>
            can[best.times[meeting] ?? -1]
              ? []
              : candidates
                  .filter((slot) => can[slot])
                  .map((slot) => best.times.with(meeting, slot))
                  .filter((moved) => isInOrder(problem, moved))
                  .map(
                    (moved) =>
                      keeping(problem, moved).filter((keeps, i) => !keeps && now[i]).length,
                  ),
          );
          expect(change?.loses).toBe(costs.length === 0 ? undefined : Math.min(...costs));
        }
      }),
      { numRuns: 300 },
    );
  });

  test('brings no weight in where it is proven that nobody can do better', () => {
    fc.assert(
      fc.property(anyMeetingProblem, (problem) => {
        const { best } = findMeetingTimes(problem, { seed: 1, budget: 1_000_000 });
        if (best === undefined || best.values.neededMissing > 0) return;
        const { missed, bestMove } = whoIsMissed(problem, best.times);
        expect(missed.map(({ person }) => person)).toEqual(
          keeping(problem, best.times).flatMap((keeps, i) => (keeps ? [] : [i])),
        );
        if (bestMove === undefined) return;
        const moved = keeping(problem, best.times.with(bestMove.meeting, bestMove.slot));
        const weight = problem.people.reduce(
          (sum, each, i) => sum + (moved[i] ? weightOf(each) : 0),
          0,
        );
        // It may need the needed: those are not in the weight.
        if (
          problem.tracks.length === 0 &&
          problem.people.every(({ isNeeded = false }) => !isNeeded)
        ) {
          expect(weight).toBeLessThanOrEqual(best.values.enough);
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** Three calls on one day; slots are whole hours of UTC. */
const DAY: MeetingTimesProblem = {
  required: 2,
  minutes: 60,
  minGapMinutes: 60,
  meetings: [
    { key: 'one', candidates: [8, 9] },
    { key: 'two', candidates: [14, 15, 16, 17, 18] },
    { key: 'three', candidates: [20] },
  ],
  slots: Array.from({ length: 24 }, (_, hour) => ({ start: hour * 60 })),
  people: [
    person('Asha', [8, 14, 15, 16]),
    person('Bo', [8, 9, 14, 20]),
    person('Chen', [9, 16, 17, 20], { 20: 5 }),
    person('Dora', [20, 16, 17]),
  ],
  tracks: [],
  parallel: { least: 0, most: 1 },
};

function person(
  id: string,
  hours: readonly number[],
  pains: Readonly<Record<number, number>> = {},
) {
  return {
    id,
    can: Uint8Array.from({ length: 24 }, (_, hour) => (hours.includes(hour) ? 2 : 0)),
    pain: Uint8Array.from({ length: 24 }, (_, hour) => pains[hour] ?? 0),
    interest: [],
  };
}

const NAMES = {
  call: (meeting: number) => `the ${['first', 'second', 'third'][meeting]} call`,
  person: (index: number) => DAY.people[index]?.id ?? '',
  track: (track: number) => `track ${track}`,
  time: (start: number) => `${String(start / 60).padStart(2, '0')}:00 UTC`,
};

describe('in words', () => {
  const told = (index: number, times: readonly number[]) =>
    explainPersonInWords(explainPerson(DAY, times, index), DAY, times, NAMES, 'You');

  test('somebody who makes one learns what would make it two', () => {
    expect(told(3, [8, 14, 20])).toEqual([
      'You can make only 1 of the 3 calls: the third call; 2 are asked for.',
      'The second call at 16:00 UTC would make it 2, and bring in 1 other; nobody would fall below what is asked.',
      'Nearest to now: the second call at 16:00 UTC or later (until 17:00 UTC) would make it 2.',
    ]);
  });

  test('somebody who makes enough learns which, and at what hours', () => {
    expect(told(1, [8, 14, 20])).toEqual([
      'You can make 3 of the 3 calls: the first call, the second call and the third call.',
    ]);
    expect(told(2, [9, 14, 20])).toEqual([
      'You can make 2 of the 3 calls: the first call and the third call.',
      'That is 2 hours and a half outside sociable hours.',
    ]);
  });

  test('the organiser learns who is missed and which move serves most', () => {
    expect(explainMissed(whoIsMissed(DAY, [8, 14, 20]), DAY, NAMES)).toEqual([
      '2 people cannot make 2: Chen and Dora.',
      'Of all moves of one call this serves most: the second call at 16:00 UTC; 2 come in and 0 fall out.',
    ]);
    expect(explainMissed(whoIsMissed(DAY, [8, 16, 20]), DAY, NAMES)).toEqual([
      'Everybody can make 2 or more.',
    ]);
  });

  test('what is proven is said, and what is not', () => {
    const proven = findMeetingTimes(DAY, { seed: 1, budget: 10_000 });
    expect(explainProof(proven)).toBe('It is proven that nobody can do better.');
    const { best } = proven;
    if (best === undefined) throw new Error('there are times');
    const bound = { ...best.values, worstPain: 0 };
    const values = { ...best.values, worstPain: 3 };
    expect(
      explainProof({
        ...proven,
        best: { ...best, values },
        bound,
        isOptimal: false,
        provenLevels: 3,
      }),
    ).toBe(
      'Proven to be the best for the needed people, how many can make enough calls and how many calls they can make. Of half hours of unsociable time for the one who has most this has 3; fewer than 0 are not possible.',
    );
  });

  test('a wish that cannot be fulfilled says what to do', () => {
    expect(explainUnmeetable({ code: 'never-enough', person: 3, most: 1 }, DAY, NAMES)).toBe(
      'Dora can make only 1 whenever the calls are, and 2 are asked for.',
    );
    expect(explainUnmeetable({ code: 'no-candidates', meeting: 1 }, DAY, NAMES)).toBe(
      'The second call has no times to choose from; widen its window.',
    );
  });
});
