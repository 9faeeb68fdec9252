import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { valuesByDefinition } from '../week-checker.ts';
import { compareWeeks, type WeekProblem } from '../week-ranking.ts';
import { checkTimetable } from './checker.ts';
import { timetableOfWeek, weekInstance } from './from-weeks.ts';
import { indexInstance } from './index-instance.ts';
import { compareValues, type Values } from './model.ts';

const anyWeeks: fc.Arbitrary<WeekProblem> = fc.integer({ min: 1, max: 4 }).chain((weeks) => {
  const ids = Array.from({ length: weeks }, (_, week) => `week ${week}`);
  return fc.record({
    seats: fc.integer({ min: 1, max: 8 }),
    windows: fc.tuple(
      ...ids.map((id) =>
        fc.record(
          {
            id: fc.constant(id),
            leadDays: fc.constant(100),
            leadShortDays: fc.integer({ min: 0, max: 3 }),
            cost: fc.integer({ min: 0, max: 3 }),
          },
          { requiredKeys: ['id', 'leadDays', 'leadShortDays'] },
        ),
      ),
    ),
    communities: fc.uniqueArray(
      fc.record(
        { key: fc.constantFrom('a', 'b', 'c'), least: fc.integer({ min: 0, max: 3 }) },
        { requiredKeys: ['key'] },
      ),
      { selector: ({ key }) => key },
    ),
    people: fc.array(
      fc.record({
        id: fc.constantFrom('Ada', 'Bo'),
        communities: fc.subarray(['a', 'b', 'c', 'd']),
        weight: fc.integer({ min: 0, max: 3 }),
        isNeeded: fc.boolean(),
        answers: fc.dictionary(
          fc.constantFrom(...ids),
          fc.constantFrom('yes' as const, 'if_need_be' as const, 'no' as const),
        ),
      }),
      { maxLength: 6 },
    ),
  });
});

function valuesOf(problem: WeekProblem): Values[] {
  const indexed = indexInstance(weekInstance(problem));
  if (!indexed.ok) throw new Error(indexed.error.map(({ sentence }) => sentence).join(' '));
  return problem.windows.map(
    ({ id }) => checkTimetable(indexed.value, timetableOfWeek(problem, id)).values,
  );
}

describe('a week as a timetable of one session', () => {
  test('is worth what the checker of weeks says, level by level', () => {
    fc.assert(
      fc.property(anyWeeks, (problem) => {
        const weeks = problem.windows.map(({ id }) => valuesByDefinition(problem, id));
        const all = problem.people.reduce((sum, { weight }) => sum + weight, 0);
        const fits = problem.people.length <= problem.seats;
        const most = (of: 'seatsFilled' | 'comfort') =>
          fits ? all : Math.max(...weeks.map((week) => week[of]));
        expect(valuesOf(problem)).toEqual(
          weeks.map((week) => [
            0,
            week.neededNo,
            week.neededUnanswered,
            week.communitiesLeftOut,
            week.communityPeopleShort,
            most('seatsFilled') - week.seatsFilled,
            most('comfort') - week.comfort,
            week.extraCost,
            week.leadShortDays,
          ]),
        );
      }),
      { numRuns: 300 },
    );
  });

  test('is better than another exactly where the week is', () => {
    fc.assert(
      fc.property(anyWeeks, (problem) => {
        const values = valuesOf(problem);
        const weeks = problem.windows.map(({ id }) => valuesByDefinition(problem, id));
        for (const [one, here] of weeks.entries()) {
          for (const [other, there] of weeks.entries()) {
            const compared = compareValues(values[one] ?? [], values[other] ?? []);
            expect(Math.sign(compared)).toBe(Math.sign(compareWeeks(here, there)));
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
