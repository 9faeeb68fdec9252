import { expectZone, Temporal } from '@cairn/kernel/time';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyMeetingProblem } from '../../../tests/arbitrary-meetings.ts';
import { instantOfMinute, minuteOf } from './availability-slots.ts';
import { checkMeetingTimes } from './meeting-checker.ts';
import { bestFixedTime, countKeeping, judgeTimes } from './meeting-fixed-time.ts';
import { compareValues, type MeetingTimesProblem } from './meeting-model.ts';
import { findMeetingTimes } from './meeting-times.ts';
import { explainComparison, formatFixedTime } from './meeting-words.ts';

const BERLIN = expectZone('Europe/Berlin');
const FIRST = minuteOf(Temporal.Instant.from('2023-02-01T00:00Z'));
const MONTHS = [
  [0, 28],
  [28, 59],
  [59, 89],
] as const;

/** Hourly slots of three months; everybody by what they can at a moment on a wall in Berlin. */
function inBerlin(...people: ((at: Temporal.ZonedDateTime) => boolean)[]): MeetingTimesProblem {
  const slots = Array.from({ length: 89 * 24 }, (_, hour) => ({ start: FIRST + hour * 60 }));
  const local = slots.map(({ start }) => instantOfMinute(start).toZonedDateTimeISO(BERLIN));
  return {
    required: 2,
    minutes: 60,
    minGapMinutes: 7 * 24 * 60,
    meetings: MONTHS.map(([from, until], month) => ({
      key: `call ${month}`,
      candidates: Array.from({ length: (until - from) * 24 }, (_, hour) => from * 24 + hour),
    })),
    slots,
    people: people.map((can, i) => ({
      id: `person ${i}`,
      can: Uint8Array.from(local, (at) => (can(at) ? 2 : 0)),
      pain: new Uint8Array(slots.length),
      interest: [],
    })),
    tracks: [],
    parallel: { least: 0, most: 1 },
  };
}

test('the best fixed time is on the clock of its zone, across the change to summer time', () => {
  const problem = inBerlin(
    (at) => at.dayOfWeek === 2 && at.hour === 15 && at.day > 7 && at.day < 15,
  );
  const fixed = bestFixedTime(problem, BERLIN);
  expect(fixed?.fixed).toEqual({ ordinal: 2, weekday: 2, minuteOfDay: 15 * 60, zone: BERLIN });
  const at = fixed?.times.map((slot) =>
    instantOfMinute(problem.slots[slot]?.start ?? 0).toString(),
  );
  expect(at).toEqual(['2023-02-14T14:00:00Z', '2023-03-14T14:00:00Z', '2023-04-11T13:00:00Z']);
  expect(
    formatFixedTime(fixed?.fixed ?? { ordinal: 1, weekday: 1, minuteOfDay: 0, zone: BERLIN }),
  ).toBe('the second Tuesday of the month at 15:00 (Europe/Berlin)');
});

test('the last weekday of a month is a fixed time too', () => {
  const problem = inBerlin(
    (at) => at.dayOfWeek === 5 && at.hour === 9 && at.day + 7 > at.daysInMonth,
  );
  const all = { ...problem, required: 3 };
  expect(bestFixedTime(all, BERLIN)?.fixed).toMatchObject({ ordinal: 'last', weekday: 5 });
});

test('found times are never worse than the best fixed time, and may let more people keep the rule', () => {
  const problem = inBerlin(
    (at) => at.dayOfWeek < 6 && at.hour === 9,
    (at) => at.dayOfWeek < 6 && (at.hour === 9 || at.hour === 20) && at.month !== 3,
    (at) => at.dayOfWeek < 6 && (at.hour === 20 || (at.hour === 9 && at.month === 2)),
    (at) => at.dayOfWeek === 7 && at.hour === 10,
  );
  const { best } = findMeetingTimes(problem, { seed: 1, budget: 1_000_000 });
  const fixed = bestFixedTime(problem, BERLIN);
  if (best === undefined || fixed === undefined) throw new Error('there are times');
  expect(compareValues(best.values, fixed.values)).toBeLessThan(0);
  const [ours, theirs] = [countKeeping(problem, best.times), countKeeping(problem, fixed.times)];
  expect([ours, theirs]).toEqual([3, 2]);
  expect(explainComparison(ours, theirs, problem, 'one time a month')).toBe(
    '3 of 4 people can make 2 of 3 calls. With one time a month it would be 2: 1 fewer.',
  );
});

test('an organiser’s own times are judged like all others', () => {
  const problem = inBerlin((at) => at.hour === 9);
  const own = judgeTimes(problem, [8, 28 * 24 + 9, 59 * 24 + 7]);
  expect(own.values).toEqual(checkMeetingTimes(problem, own).values);
  expect(own.values).toMatchObject({ enough: 1, attended: 2 });
});

test('any times are judged as the slow checker judges them', () => {
  fc.assert(
    fc.property(
      anyMeetingProblem,
      fc.array(fc.nat(), { minLength: 4, maxLength: 4 }),
      (some, picks) => {
        const times = some.meetings.map(({ candidates }, i) => {
          return candidates[(picks[i] ?? 0) % candidates.length] ?? 0;
        });
        // Any order will do: only whether they can be together depends on it.
        const problem = {
          ...some,
          slots: some.slots.map((_, i) => ({ start: times.indexOf(i) * 1000 })),
        };
        if (new Set(times).size < times.length) return;
        const judged = judgeTimes(problem, times);
        expect(checkMeetingTimes(problem, judged)).toEqual({ values: judged.values, faults: [] });
      },
    ),
    { numRuns: 500 },
  );
});

test('there is no fixed time where no weekday and hour is in every window', () => {
  const problem = inBerlin(() => true);
  const [one, two, three] = problem.meetings;
  if (one === undefined || two === undefined || three === undefined) throw new Error('three calls');
  const meetings = [{ ...one, candidates: [8] }, { ...two, candidates: [28 * 24 + 9] }, three];
  expect(bestFixedTime({ ...problem, meetings }, BERLIN)).toBeUndefined();
});
