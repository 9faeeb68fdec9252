import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkMeetingTimes } from '../meeting-checker.ts';
import {
  compareValues as compareMeetingValues,
  type MeetingTimesProblem,
} from '../meeting-model.ts';
import { checkTimetable } from './checker.ts';
import { meetingTimesInstance, timetableOfTimes } from './from-meetings.ts';
import { indexInstance } from './index-instance.ts';
import { compareValues } from './model.ts';

const anyProblem: fc.Arbitrary<MeetingTimesProblem> = fc
  .record({
    slots: fc.integer({ min: 1, max: 7 }),
    people: fc.integer({ min: 0, max: 6 }),
    meetings: fc.integer({ min: 1, max: 3 }),
  })
  .chain(({ slots, people, meetings }) =>
    fc.record({
      required: fc.integer({ min: 0, max: meetings }),
      minutes: fc.constant(60),
      minGapMinutes: fc.constantFrom(0, 60, 100, 180),
      meetings: fc.array(
        fc.record({
          key: fc.constant('call'),
          candidates: fc.subarray([...Array(slots).keys()]),
        }),
        { minLength: meetings, maxLength: meetings },
      ),
      slots: fc.constantFrom(60, 90).map((step) =>
        // Not in the order of time.
        Array.from({ length: slots }, (_, at) => ({ start: step * ((at + 2) % slots) })),
      ),
      people: fc.array(
        fc.record(
          {
            id: fc.constant('somebody'),
            weight: fc.integer({ min: 1, max: 4 }),
            isNeeded: fc.boolean(),
            can: fc.uint8Array({ min: 0, max: 2, minLength: slots, maxLength: slots }),
            pain: fc.constant(new Uint8Array(slots)),
            interest: fc.constant([]),
          },
          { requiredKeys: ['id', 'can', 'pain', 'interest'] },
        ),
        { minLength: people, maxLength: people },
      ),
      tracks: people === 0 ? fc.constant([]) : fc.constantFrom([], [{ key: 'docs', lead: 0 }]),
      parallel: fc.constant({ least: 0, most: 1 }),
    }),
  );

/** Both checkers on the same times. */
function judged(problem: MeetingTimesProblem, times: readonly number[]) {
  const instance = meetingTimesInstance(problem);
  if (!instance.ok) throw new Error(instance.error.map(({ sentence }) => sentence).join(' '));
  const indexed = indexInstance(instance.value);
  if (!indexed.ok) throw new Error(indexed.error.map(({ sentence }) => sentence).join(' '));
  const placement = times.map(() => []);
  return {
    timetable: checkTimetable(indexed.value, timetableOfTimes(problem, times)).values,
    meeting: checkMeetingTimes(problem, { times, placement }),
  };
}

const withTimes = anyProblem.chain((problem) =>
  fc.record({
    problem: fc.constant(problem),
    times: fc.array(fc.nat(problem.slots.length - 1), {
      minLength: problem.meetings.length,
      maxLength: problem.meetings.length,
    }),
    others: fc.array(fc.nat(problem.slots.length - 1), {
      minLength: problem.meetings.length,
      maxLength: problem.meetings.length,
    }),
  }),
);

describe('the times of calls as a timetable', () => {
  test('keep what must hold in the one where they do in the other', () => {
    fc.assert(
      fc.property(withTimes, ({ problem, times }) => {
        const { timetable, meeting } = judged(problem, times);
        expect(timetable[0] === 0).toBe(meeting.faults.length === 0);
      }),
      { numRuns: 300 },
    );
  });

  test('are worth what the checker of calls says, level by level', () => {
    let without = 0;
    fc.assert(
      fc.property(withTimes, ({ problem, times }) => {
        const { timetable, meeting } = judged(problem, times);
        if (meeting.faults.length > 0) return;
        without += 1;
        const all = problem.people.reduce((sum, { weight = 1 }) => sum + weight, 0);
        const { neededMissing, enough, attended, present } = meeting.values;
        expect(timetable.slice(1)).toEqual([
          neededMissing,
          all - enough,
          problem.required * all - attended,
          problem.meetings.length * all - present,
        ]);
      }),
      { numRuns: 500 },
    );
    expect(without).toBeGreaterThan(30);
  });

  test('are better where those of calls are, down to what people attend', () => {
    fc.assert(
      fc.property(withTimes, ({ problem, times, others }) => {
        const [one, other] = [judged(problem, times), judged(problem, others)];
        if (one.meeting.faults.length + other.meeting.faults.length > 0) return;
        const compared = compareMeetingValues(one.meeting.values, other.meeting.values, 3);
        const first = (values: readonly number[]) => values.slice(0, 4);
        expect(Math.sign(compareValues(first(one.timetable), first(other.timetable)))).toBe(
          Math.sign(compared),
        );
      }),
      { numRuns: 500 },
    );
  });

  test('are refused where slots overlap, or where a gap is not so many slots', () => {
    const of = (starts: readonly number[], minGapMinutes: number) =>
      meetingTimesInstance({
        ...{ required: 1, minutes: 60, minGapMinutes, people: [], tracks: [] },
        meetings: [{ key: 'call', candidates: [0] }],
        slots: starts.map((start) => ({ start })),
        parallel: { least: 0, most: 1 },
      });
    expect(of([0, 30], 0)).toMatchObject({ ok: false, error: [{ code: 'slots-overlap' }] });
    expect(of([0, 60, 300, 360, 420, 600], 100)).toMatchObject({
      ok: false,
      error: [{ code: 'slots-uneven' }],
    });
    expect(of([0, 200, 260, 320], 200)).toMatchObject({ ok: false });
    expect(of([0, 60, 120], 90)).toMatchObject({ ok: true });
  });
});
