import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkMeetingTimes } from './meeting-checker.ts';
import { columnsOf, earliestTimes } from './meeting-columns.ts';
import { countChoices, Enumeration } from './meeting-enumeration.ts';
import { compareValues, type MeetingTimesProblem } from './meeting-model.ts';
import { findMeetingTimes } from './meeting-times.ts';

/** Three calls in one week of few slots, for people who differ in weight and in who is needed. */
const anyWeek: fc.Arbitrary<MeetingTimesProblem> = fc
  .record({ slots: fc.integer({ min: 3, max: 9 }), people: fc.constantFrom(1, 4, 40, 70) })
  .chain(({ slots, people }) =>
    fc.record({
      required: fc.constantFrom(1, 2, 3),
      minutes: fc.constant(60),
      minGapMinutes: fc.constantFrom(60, 120),
      meetings: fc.constant(
        [1, 2, 3].map((call) => ({ key: `call ${call}`, candidates: [...Array(slots).keys()] })),
      ),
      slots: fc.constant(Array.from({ length: slots }, (_, slot) => ({ start: 60 * slot }))),
      people: fc.array(
        fc.record({
          id: fc.constant('somebody'),
          weight: fc.constantFrom(1, 1, 2, 5),
          isNeeded: fc.constantFrom(false, false, true),
          can: fc.uint8Array({ min: 0, max: 2, minLength: slots, maxLength: slots }),
          pain: fc.uint8Array({ min: 0, max: 3, minLength: slots, maxLength: slots }),
          interest: fc.constant([]),
        }),
        { minLength: people, maxLength: people },
      ),
      tracks: fc.constant([]),
      parallel: fc.constant({ least: 0, most: 1 }),
    }),
  );

test('keeps all choices that serve people best, whatever it is given to better', () => {
  fc.assert(
    fc.property(anyWeek, (problem) => {
      const columns = columnsOf(problem);
      const nothing = { neededMissing: Number.POSITIVE_INFINITY, enough: 0, attended: 0 };
      const enumeration = new Enumeration(columns, nothing);
      while (enumeration.step());
      const [first = [], second = [], third = []] = columns.choices;
      const all = first.flatMap((one) =>
        second.flatMap((two) =>
          third.flatMap((three) => {
            const times = earliestTimes(columns, [one, two, three]);
            if (times === undefined) return [];
            const found = { times, placement: [[], [], []] };
            return [{ times, values: checkMeetingTimes(problem, found).values }];
          }),
        ),
      );
      const best = all.filter(({ values }) =>
        all.every((other) => compareValues(values, other.values, 3) <= 0),
      );
      expect(enumeration.kept.map((chosen) => earliestTimes(columns, chosen))).toEqual(
        best.map(({ times }) => times),
      );
    }),
    { numRuns: 200 },
  );
});

test('finds what branching finds where the budget is too small to look at every choice', () => {
  let branched = 0;
  fc.assert(
    fc.property(anyWeek, (problem) => {
      const choices = countChoices(columnsOf(problem)) ?? 0;
      const plenty = findMeetingTimes(problem, { seed: 1, budget: 1_000_000 });
      const scarce = findMeetingTimes(problem, { seed: 1, budget: 2 * choices });
      expect(plenty.isOptimal).toBe(true);
      if (!scarce.isOptimal) return;
      branched += 1;
      expect(scarce.best?.values).toEqual(plenty.best?.values);
    }),
    { numRuns: 200 },
  );
  expect(branched).toBeGreaterThan(20);
});
